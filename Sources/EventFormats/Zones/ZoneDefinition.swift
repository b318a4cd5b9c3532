import EventModel

/// A zone as a calendar defines it (RFC 5545 §3.6.5, VTIMEZONE).
struct ZoneDefinition {
    /// A stretch of standard or daylight time, and when it begins anew.
    private struct Observance {
        var start: LocalDateTime
        var from: UTCOffset
        var to: UTCOffset
        var rule: RecurrenceRule?
        var dates: [LocalDateTime]

        /// The last time at or before a clock reading that the observance began.
        func onset(before reading: LocalDateTime) -> LocalDateTime? {
            var latest = ([start] + dates).filter { $0 <= reading }.max()
            guard let rule, start <= reading else { return latest }
            var first = start
            let skipped = LocalDate(year: reading.date.year - 1, month: start.date.month, day: start.date.day)
            if rule["COUNT"] == nil, rule["INTERVAL"] ?? "1" == "1", let skipped, skipped > start.date,
                let moved = LocalDateTime(date: skipped, hour: start.hour, minute: start.minute, second: start.second)
            {
                first = moved
            }
            RecurrenceIterator.forEach(
                rule, from: .time(first, offset: nil), after: first.date, through: reading.date
            ) { next in
                if let time = next.time, time <= reading { latest = max(latest ?? time, time) }
                return true
            }
            return latest
        }
    }

    /// The zone of the IANA database that the calendar's maker says it is (X-LIC-LOCATION).
    let location: String?
    private let observances: [Observance]

    /// Reads a VTIMEZONE; what is wrong in it is left out.
    init(_ component: ContentComponent, text: ContentText) {
        location = component.lines.first { $0.name == "X-LIC-LOCATION" }.map { text.string($0.value) }
        let read = component.children.prefix(ZoneDefinition.observancesMax)
            .compactMap { ZoneDefinition.observance($0, text: text) }
        observances = read.filter { $0.rule == nil } + read.filter { $0.rule != nil }.suffix(ZoneDefinition.rulesMax)
    }

    /// The most observances that are read of one zone, and the most with a rule: each costs time. Europe/London since
    /// 1847 has about a hundred, few with a rule.
    private static let (observancesMax, rulesMax) = (500, 50)

    /// The offset on a clock of this zone; nil where the definition does not say.
    func offset(at reading: LocalDateTime) -> UTCOffset? {
        var latest: (onset: LocalDateTime, offset: UTCOffset)?
        for observance in observances {
            guard let onset = observance.onset(before: reading) else { continue }
            if (latest?.onset).map({ $0 <= onset }) ?? true { latest = (onset, observance.to) }
        }
        return latest?.offset ?? observances.min { $0.start < $1.start }?.from
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
            guard let screened = try? RecurrenceRule(String(decoding: text, as: UTF8.self)) else { return nil }
            rule = ZoneDefinition.untilOnTheClock(screened, offset: from)
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

    /// UNTIL is in UTC (RFC 5545 §3.8.5.3), the onsets are not.
    private static func untilOnTheClock(_ rule: RecurrenceRule, offset: UTCOffset) -> RecurrenceRule {
        guard let until = rule["UNTIL"], let time = reading(ArraySlice(until.utf8)) else { return rule }
        guard until.hasSuffix("Z"), let local = Instant(time, offset: .zero).local(offset: offset) else {
            return rule.until(until.utf8.count == 8 ? until + "T235959" : until)
        }
        return rule.until(ICalendarText.basic(local))
    }
}
