public import EventModel

/// When events are over.
public enum EventEnd {
    /// When the last occurrence of an event has ended, or has begun where no end is known; nil where that cannot be told: one
    /// has no date, is postponed, or repeats without end.
    ///
    /// - Parameters:
    ///   - occurrences: Its places and times.
    ///   - status: Its status.
    ///   - zones: The zones that time zones are looked up in. A time without one ends where the day ends last.
    public static func of(
        _ occurrences: [Occurrence], status: EventStatus, zones: ZoneDatabase = .system
    ) -> Instant? {
        if status == .postponed { return nil }
        var last: Instant?
        for occurrence in occurrences {
            let status = occurrence.status ?? status
            if status == .cancelled, occurrence.when.start == nil { continue }
            guard status != .postponed, let end = occurrence.when.over(zones) else { return nil }
            last = max(last ?? end, end)
        }
        return last
    }
}

extension When {
    fileprivate func over(_ zones: ZoneDatabase) -> Instant? {
        guard let start else { return nil }
        let length = OccurrenceLength(self, zones: zones)
        var ends = recurrenceDates.map { length.end(of: $0) ?? $0 }
        if let recurrenceRule {
            guard let last = lastStart(of: recurrenceRule, length) else { return nil }
            ends.append(length.end(of: last) ?? last)
        } else {
            ends += [start, end].compactMap(\.self)
        }
        return ends.compactMap { $0.over(in: timeZone, precision, zones) }.max()
    }

    /// The last date that a rule gives; nil where it has none. Of one that counts its dates, where they were all worked out.
    private func lastStart(of text: String, _ length: OccurrenceLength) -> Moment? {
        // ignoring: a rule that cannot be read ends never
        guard let rule = try? RecurrenceRule(text) else { return nil }
        // One in UTC may be the next day here.
        if let until = rule.until { return until.date.adding(days: length.days + 1).map { .date($0) } }
        guard let count = rule.count, let set = recurrenceSet, let last = set.seconds.last,
            set.seconds.count + exceptionDates.count >= count
        else { return nil }
        return set.moment(last, offset: statedOffset)
    }
}

extension Moment {
    /// When it is over: a time at once, a day when the next one begins, a month or a year with its last day.
    fileprivate func over(in zone: String?, _ precision: Precision, _ zones: ZoneDatabase) -> Instant? {
        if case .time(let time, let offset) = self {
            if let offset { return Instant(time, offset: offset) }
            return time.instant(in: zone, zones)
        }
        var day = date
        switch precision {
        case .year: day = LocalDate(year: day.year, month: 12, day: 31) ?? day
        case .month:
            let last = LocalDate.length(ofMonth: day.month, year: day.year)
            day = LocalDate(year: day.year, month: day.month, day: last) ?? day
        case .day, .minute: break
        }
        return day.adding(days: 1).flatMap { LocalDateTime(date: $0, hour: 0, minute: 0) }?.instant(in: zone, zones)
    }
}

extension LocalDateTime {
    fileprivate func instant(in zone: String?, _ zones: ZoneDatabase) -> Instant {
        zone.flatMap { zones.instant(of: self, in: $0) } ?? Instant(self, offset: .zero).adding(.seconds(12 * 3600))
    }
}
