import EventModel

/// Reads the TZ string at the end of a zone file (`CET-1CEST,M3.5.0,M10.5.0/3`).
struct ZoneRuleParser {
    private var rest: ArraySlice<UInt8>

    /// The rule, or nil where the string is empty or is none.
    static func parse(_ text: ArraySlice<UInt8>) -> ZoneRule? {
        var parser = ZoneRuleParser(rest: text)
        guard let rule = parser.rule(), parser.rest.isEmpty else { return nil }
        return rule
    }

    private mutating func rule() -> ZoneRule? {
        guard let name = abbreviation(), let west = time(), west.magnitude < 86_400 else { return nil }
        let standard = ZoneType(offset: west.negated, isDaylight: false, abbreviation: name)
        guard !rest.isEmpty else { return ZoneRule(standard: standard) }
        guard let summerName = abbreviation() else { return nil }
        var summer = ZoneType(offset: standard.offset + 3600, isDaylight: true, abbreviation: summerName)
        if rest.first != 0x2C {
            guard let west = time(), west.magnitude < 86_400 else { return nil }
            summer.offset = west.negated
        }
        guard take(0x2C), let from = change(), take(0x2C), let to = change() else { return nil }
        return ZoneRule(standard: standard, daylight: (summer, from, to))
    }

    private mutating func abbreviation() -> String? {
        let name: ArraySlice<UInt8>
        if take(0x3C) {
            name = rest.prefix { $0 != 0x3E }
            rest = rest.dropFirst(name.count)
            guard take(0x3E) else { return nil }
        } else {
            name = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            rest = rest.dropFirst(name.count)
        }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private mutating func change() -> ZoneRule.Change? {
        guard let day = day() else { return nil }
        guard take(0x2F) else { return ZoneRule.Change(day: day, seconds: 7200) }
        guard let seconds = time() else { return nil }
        return ZoneRule.Change(day: day, seconds: seconds)
    }

    private mutating func day() -> ZoneRule.Day? {
        if take(0x4A) {
            guard let number = number(), (1...365).contains(number) else { return nil }
            return .dayWithoutLeap(number)
        }
        guard take(0x4D) else {
            guard let number = number(), (0...365).contains(number) else { return nil }
            return .dayOfYear(number)
        }
        guard let month = number(), (1...12).contains(month), take(0x2E), let week = number(),
            (1...5).contains(week), take(0x2E), let weekday = number(), (0...6).contains(weekday)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    /// `[+-]hh[:mm[:ss]]`, in seconds.
    private mutating func time() -> Int? {
        let isNegative = take(0x2D)
        if !isNegative { _ = take(0x2B) }
        guard let hours = number(), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard take(0x3A) else { break }
            guard let part = number(), part <= 59 else { return nil }
            seconds += part * unit
        }
        return isNegative ? seconds.negated : seconds
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix(4).prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }
}
