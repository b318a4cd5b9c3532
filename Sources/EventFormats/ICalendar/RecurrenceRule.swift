/// What is wrong with a recurrence rule.
enum RecurrenceFault: Error, Equatable {
    /// It breaks the grammar of RFC 5545 §3.3.10; the words say where.
    case invalid(String)
    /// It repeats more often than is sensible for a public event.
    case tooDense(String)
}

/// A screened RECUR value: its parts in the order written. Rules are screened before libical sees them, because some
/// keep it busy for many seconds within one call.
struct RecurrenceRule: Equatable {
    /// Name and value of each part, upper case, without blanks.
    private(set) var parts: [(name: String, value: String)] = []

    /// The most times of day a rule may give (BYHOUR × BYMINUTE × BYSECOND).
    static let timesPerDayMax = 24
    /// The longest rule, in bytes.
    static let lengthMax = 1024

    static func == (a: RecurrenceRule, b: RecurrenceRule) -> Bool { a.text == b.text }

    /// The rule as text.
    var text: String { parts.map { "\($0.name)=\($0.value)" }.joined(separator: ";") }

    /// The value of a part.
    subscript(_ name: String) -> String? { parts.first { $0.name == name }?.value }

    /// The rule with another UNTIL.
    func until(_ value: String) -> RecurrenceRule {
        var copy = self
        for index in copy.parts.indices where copy.parts[index].name == "UNTIL" { copy.parts[index].value = value }
        return copy
    }

    /// Screens a rule. Blanks, small letters and a semicolon at the end are forgiven.
    init(_ value: String) throws(RecurrenceFault) {
        guard value.utf8.count <= RecurrenceRule.lengthMax else {
            throw .invalid("it is longer than \(RecurrenceRule.lengthMax) bytes")
        }
        let clean = value.filter { $0 != " " && $0 != "\t" }.uppercased()
        for part in clean.split(separator: ";") {
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                throw .invalid("'\(String(part).quotable)' is not NAME=VALUE")
            }
            let name = String(part[..<equals])
            guard self[name] == nil else { throw .invalid("\(name.quotable) stands in it twice") }
            parts.append((name, String(part[part.index(after: equals)...])))
        }
        for part in parts { try RecurrenceRule.check(part.name, part.value) }
        guard let frequency = self["FREQ"] else { throw .invalid("it has no FREQ") }
        if self["COUNT"] != nil, self["UNTIL"] != nil { throw .invalid("COUNT and UNTIL exclude each other") }
        try checkDensity(frequency)
        try checkPossibility()
    }

    private static func check(_ name: String, _ value: String) throws(RecurrenceFault) {
        let range: ClosedRange<Int>
        switch name {
        case "FREQ":
            guard ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(value) else {
                throw .invalid("FREQ=\(value.quotable) is no frequency")
            }
            return
        case "UNTIL":
            // ignoring: which part of the date is wrong does not matter here
            guard (try? ICalendarValue.moment(ArraySlice(value.utf8))) != nil else {
                throw .invalid("UNTIL=\(value.quotable) is no date")
            }
            return
        case "WKST":
            guard weekdays.contains(value) else { throw .invalid("WKST=\(value.quotable) is no weekday") }
            return
        case "BYDAY": return try checkDays(value)
        case "BYMONTH": return try checkMonths(value)
        case "RSCALE", "SKIP":
            guard !value.isEmpty, value.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D }) else {
                throw .invalid("\(name)=\(value.quotable) is no word")
            }
            return
        case "COUNT": range = 1...999_999
        case "INTERVAL": range = 1...9999
        case "BYSECOND": range = 0...59
        case "BYMINUTE": range = 0...59
        case "BYHOUR": range = 0...23
        case "BYMONTHDAY": range = -31...31
        case "BYYEARDAY", "BYSETPOS": range = -366...366
        case "BYWEEKNO": range = -53...53
        default:
            guard name.hasPrefix("X-") else { throw .invalid("\(name.quotable) is no part of a rule") }
            return
        }
        let allowsList = name.hasPrefix("BY")
        let allowsZero = ["BYSECOND", "BYMINUTE", "BYHOUR"].contains(name)
        let numbers = value.split(separator: ",", omittingEmptySubsequences: false)
        for text in numbers {
            guard let number = Int(text), range.contains(number), number != 0 || allowsZero,
                allowsList || numbers.count == 1
            else { throw .invalid("\(name)=\(value.quotable) is not \(allowsList ? "numbers" : "a number") in range") }
        }
    }

    private static let weekdays: Set<String> = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

    private static func checkDays(_ value: String) throws(RecurrenceFault) {
        for day in value.split(separator: ",", omittingEmptySubsequences: false) {
            let number = day.dropLast(2)
            guard weekdays.contains(String(day.suffix(2))),
                number.isEmpty || Int(number).map({ $0 != 0 && abs($0) <= 53 }) == true
            else { throw .invalid("BYDAY=\(value.quotable) holds '\(String(day).quotable)', which is no weekday") }
        }
    }

    private static func checkMonths(_ value: String) throws(RecurrenceFault) {
        for month in value.split(separator: ",", omittingEmptySubsequences: false) {
            let number = month.last == "L" ? month.dropLast() : month
            guard let number = Int(number), (1...13).contains(number) else {
                throw .invalid("BYMONTH=\(value.quotable) holds '\(String(month).quotable)', which is no month")
            }
        }
    }

    private func checkDensity(_ frequency: String) throws(RecurrenceFault) {
        guard !["SECONDLY", "MINUTELY", "HOURLY"].contains(frequency) else {
            throw .tooDense("FREQ=\(frequency) repeats more often than daily")
        }
        let times = ["BYHOUR", "BYMINUTE", "BYSECOND"].reduce(1) { product, name in
            product * (self[name]?.split(separator: ",").count ?? 1)
        }
        guard times <= RecurrenceRule.timesPerDayMax else {
            throw .tooDense("it gives \(times) times a day, \(RecurrenceRule.timesPerDayMax) are the most")
        }
    }

    /// Refuses days that no month of the rule has: libical would look for them up to the year 2582.
    private func checkPossibility() throws(RecurrenceFault) {
        let days = (self["BYMONTHDAY"] ?? "").split(separator: ",").compactMap { Int($0) }
        guard let shortest = days.map({ abs($0) }).min() else { return }
        if let scale = self["RSCALE"], scale != "GREGORIAN" {
            guard shortest <= 30 else { throw .invalid("no month of RSCALE=\(scale.quotable) has day \(shortest)") }
            return
        }
        let months = (self["BYMONTH"] ?? "1").split(separator: ",").compactMap { Int($0) }
        let longest = months.map { [2: 29, 4: 30, 6: 30, 9: 30, 11: 30][$0] ?? 31 }.max() ?? 31
        guard shortest <= longest else { throw .invalid("none of its months has day \(shortest)") }
    }
}
