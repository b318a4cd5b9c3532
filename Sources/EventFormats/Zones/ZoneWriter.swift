import EventModel

/// Writes the definition of a zone of the IANA database (VTIMEZONE), as far back as a calendar needs it.
struct ZoneWriter {
    private struct Key: Hashable {
        var from: Int
        var type: ZoneType
    }

    /// Years after the last date of a calendar for which changes without a yearly rule are listed.
    private static let yearsAhead = 10

    /// Writes the zone as it is from the year before `years` on.
    static func write(
        _ name: String, _ zone: ZoneFile, years: ClosedRange<Int>, into writer: inout ContentWriter
    ) {
        writer.line("BEGIN", "VTIMEZONE")
        writer.text("TZID", name)
        let start = civilDays(years.lowerBound - 1, 1, 1) * 86_400
        let base = zone.type(at: start)
        observance(
            base, from: base.offset, at: [start - base.offset], rule: nil, into: &writer)
        let end = civilDays(years.upperBound + yearsAhead, 1, 1) * 86_400
        let lastListed = zone.changes.last ?? .min
        var listed: [(key: Key, onsets: [Int])] = []
        var moment = start
        while let change = zone.nextChange(after: moment), change <= end,
            change <= lastListed || !isYearly(zone.rule)
        {
            let key = Key(from: zone.type(at: change - 1).offset, type: zone.type(at: change))
            if let index = listed.firstIndex(where: { $0.key == key }) {
                listed[index].onsets.append(change)
            } else {
                listed.append((key, [change]))
            }
            moment = change
        }
        for (key, onsets) in listed { observance(key.type, from: key.from, at: onsets, rule: nil, into: &writer) }
        if lastListed <= end { writeRule(zone.rule, after: max(start, lastListed), into: &writer) }
        writer.line("END", "VTIMEZONE")
    }

    private static func writeRule(_ rule: ZoneRule?, after start: Int, into writer: inout ContentWriter) {
        guard let rule, isYearly(rule), let daylight = rule.daylight else { return }
        let changes = [
            (daylight.from, rule.standard.offset, daylight.type), (daylight.to, daylight.type.offset, rule.standard),
        ]
        for (change, from, type) in changes {
            var year = civilYear(start)
            while rule.onset(change, year: year, offset: from) <= start { year += 1 }
            observance(
                type, from: from, at: [rule.onset(change, year: year, offset: from)], rule: yearly(change),
                into: &writer)
        }
    }

    /// Whether a rule's changes fall on days that a yearly recurrence can name.
    private static func isYearly(_ rule: ZoneRule?) -> Bool {
        guard let daylight = rule?.daylight else { return true }
        return yearly(daylight.from) != nil && yearly(daylight.to) != nil
    }

    private static func yearly(_ change: ZoneRule.Change) -> String? {
        guard case .weekday(let month, let week, let weekday) = change.day, (0..<86_400).contains(change.seconds) else {
            return nil
        }
        let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][weekday]
        return "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week == 5 ? -1 : week)\(day)"
    }

    private static func observance(
        _ type: ZoneType, from: Int, at onsets: [Int], rule: String?, into writer: inout ContentWriter
    ) {
        let readings = onsets.compactMap { LocalDateTime(secondsSinceEpoch: $0 + from) }.map(ICalendarText.basic)
        guard let first = readings.first, let fromOffset = UTCOffset(seconds: from),
            let toOffset = UTCOffset(seconds: type.offset)
        else { return }
        let name = type.isDaylight ? "DAYLIGHT" : "STANDARD"
        writer.line("BEGIN", name)
        writer.line("DTSTART", first)
        if let rule { writer.line("RRULE", rule) }
        if readings.count > 1 { writer.line("RDATE", readings.dropFirst().joined(separator: ",")) }
        writer.line("TZOFFSETFROM", ICalendarText.basic(fromOffset))
        writer.line("TZOFFSETTO", ICalendarText.basic(toOffset))
        writer.text("TZNAME", type.abbreviation)
        writer.line("END", name)
    }
}
