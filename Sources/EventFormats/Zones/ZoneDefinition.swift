import EventModel

/// A zone as a calendar defines it (RFC 5545 §3.6.5, VTIMEZONE).
final class ZoneDefinition {
    /// A stretch of standard or daylight time, and when it begins anew.
    private struct Observance {
        var start: LocalDateTime
        var from: UTCOffset
        var to: UTCOffset
        var rule: RecurrenceRule?
        var dates: [LocalDateTime]
    }

    /// A time, in seconds on the zone's clock, at which an observance begins.
    private struct Onset: Comparable {
        var seconds: Int
        var observance: Int

        static func < (a: Onset, b: Onset) -> Bool { (a.seconds, a.observance) < (b.seconds, b.observance) }
    }

    /// The zone of the IANA database that the calendar's maker says it is (X-LIC-LOCATION).
    let location: String?
    private let observances: [Observance]
    private let hasRules: Bool
    private let budget: ExpansionBudget
    /// The onsets that are stated, of all observances, in their order.
    private let stated: [Onset]
    /// The onsets by rules that may be the last ones before a reading of a year, in their order.
    private var ruled: [Int: [Onset]] = [:]
    /// What holds before the first onset.
    private let first: UTCOffset?
    /// How many onsets were compared, which is what the work is measured by.
    private(set) var comparisons = 0

    /// Reads a VTIMEZONE; what is wrong in it is left out.
    init(_ component: ContentComponent, text: ContentText, budget: ExpansionBudget) {
        self.budget = budget
        location = component.lines.first { $0.name == "X-LIC-LOCATION" }.map { text.string($0.value) }
        let read = component.children.prefix(ZoneDefinition.observancesMax)
            .compactMap { ZoneDefinition.observance($0, text: text) }
        let kept = read.filter { $0.rule == nil } + read.filter { $0.rule != nil }.suffix(ZoneDefinition.rulesMax)
        observances = kept
        hasRules = kept.contains { $0.rule != nil }
        stated = kept.indices.flatMap { index in
            ([kept[index].start] + kept[index].dates).map { Onset(seconds: $0.secondsSinceEpoch, observance: index) }
        }.sorted()
        first = kept.min { $0.start < $1.start }?.from
    }

    /// The most observances that are read of one zone, and the most with a rule: each costs time. Europe/London since
    /// 1847 has about a hundred, few with a rule.
    private static let (observancesMax, rulesMax) = (500, 50)

    /// The offset on a clock of this zone; nil where the definition does not say, or asking it costs too much.
    func offset(at reading: LocalDateTime) -> UTCOffset? {
        // ignoring: a zone that costs too much says nothing
        guard let ruled = try? ruledOnsets(in: reading.date.year) else { return nil }
        let seconds = reading.secondsSinceEpoch
        var latest = last(of: stated, before: seconds)
        if let last = last(of: ruled, before: seconds) { latest = latest.map { max($0, last) } ?? last }
        return latest.map { observances[$0.observance].to } ?? first
    }

    /// The last onset at or before a time, found by halves: a calendar may state thousands, and ask as often.
    private func last(of onsets: [Onset], before seconds: Int) -> Onset? {
        var (low, high) = (0, onsets.count)
        while low < high {
            comparisons += 1
            let middle = low + (high - low) / 2
            if onsets[middle].seconds <= seconds { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? onsets[low - 1] : nil
    }

    private func ruledOnsets(in year: Int) throws(ExpansionBudget.Exhausted) -> [Onset] {
        guard hasRules else { return [] }
        if let known = ruled[year] { return known }
        var found: [Onset] = []
        for (index, observance) in observances.enumerated() {
            guard let rule = observance.rule else { continue }
            let start = Moment.time(observance.start, offset: nil)
            // UNTIL is in UTC (RFC 5545 §3.8.5.3), the onsets are not.
            let until = When(start: .time(observance.start, offset: observance.from)).lastStart(rule, zones: .system)
            let last = min(civilDays(year + 1, 1, 1), (until ?? .max).floorDivided(by: 86_400))
            let years = rule.frequency == .yearly ? rule.interval + 1 : 2
            try RecurrenceSeries(rule, from: start, until: until).forEach(
                from: last - 366 * years, through: last, budget
            ) { onset in
                found.append(Onset(seconds: onset, observance: index))
                return true
            }
        }
        found.sort()
        ruled[year] = found
        return found
    }

    /// Whether its clocks ever change.
    var hasDaylightTime: Bool { Set(observances.map(\.to)).count > 1 }

    /// Whether a zone of the database shows the same times for a year from a reading on, looked at every week.
    func agrees(with zone: String, in zones: ZoneDatabase, from reading: LocalDateTime, weeks: Int) -> Bool {
        for week in 0...weeks {
            guard let probe = LocalDateTime(secondsSinceEpoch: reading.secondsSinceEpoch + week * 604_800),
                let offset = offset(at: probe)
            else { return false }
            switch zones.offsets(of: probe, in: zone) {
            case .one(offset), .overlap(offset, _), .overlap(_, offset), .gap: continue
            default: return false
            }
        }
        return true
    }

    private static func observance(_ component: ContentComponent, text: ContentText) -> Observance? {
        func value(_ name: String) -> ArraySlice<UInt8>? {
            component.lines.first { $0.name == name }.map { text.bytes[$0.value] }
        }
        guard ["STANDARD", "DAYLIGHT"].contains(component.name), let start = value("DTSTART").flatMap(reading),
            let from = value("TZOFFSETFROM").flatMap(ICalendarValue.offset),
            let to = value("TZOFFSETTO").flatMap(ICalendarValue.offset)
        else { return nil }
        var dates: [LocalDateTime] = []
        for line in component.lines where line.name == "RDATE" {
            dates += text.split(line.value, at: 0x2C).compactMap { reading(text.bytes[$0]) }
        }
        var rule: RecurrenceRule?
        if let text = value("RRULE") {
            // ignoring: a zone whose rule cannot be read says nothing from there on
            guard let read = try? RecurrenceRule(String(decoding: text, as: UTF8.self)) else { return nil }
            rule = read
        }
        return Observance(start: start, from: from, to: to, rule: rule, dates: dates)
    }

    private static func reading(_ bytes: ArraySlice<UInt8>) -> LocalDateTime? {
        // ignoring: the caller leaves out what is no date
        guard let moment = try? ICalendarValue.moment(bytes) else { return nil }
        switch moment {
        case .time(let time, _): return time
        case .date(let date): return LocalDateTime(date: date, hour: 0, minute: 0)
        }
    }
}
