public import EventModel

/// When nothing of an event is still to begin.
public enum LastStart {
    /// When the last date of an event has begun; nil where that cannot be told: one has no date, is postponed, or repeats
    /// without end. Of a run of days the last day counts. A day whose time is not known has begun for certain when it is over.
    ///
    /// - Parameters:
    ///   - occurrences: Its places and times.
    ///   - status: Its status.
    ///   - zones: The zones that time zones are looked up in. A time without one counts where it comes last on earth.
    public static func of(
        _ occurrences: [Occurrence], status: EventStatus, zones: ZoneDatabase = .system
    ) -> Instant? {
        if status == .postponed { return nil }
        var last: Instant?
        for occurrence in occurrences {
            let status = occurrence.status ?? status
            if status == .cancelled, occurrence.when.start == nil { continue }
            guard status != .postponed, let start = occurrence.when.lastStart(zones) else { return nil }
            last = max(last ?? start, start)
        }
        return last
    }
}

extension When {
    fileprivate func lastStart(_ zones: ZoneDatabase) -> Instant? {
        guard let start else { return nil }
        var starts = recurrenceDates + [start]
        if let recurrenceRule {
            guard let last = lastStart(of: recurrenceRule, zones) else { return nil }
            starts.append(last)
        }
        let days = furtherDays
        return starts.compactMap { $0.adding(days: days)?.begun(in: timeZone, precision, zones) }.max()
    }

    /// How many days after its first day the last day of a run begins: 9 for ten days from ten to six; 0 for one evening,
    /// though it ends in the night.
    private var furtherDays: Int {
        switch (start, end) {
        case (.date(let start)?, let end?): max(0, end.date.daysSinceEpoch - start.daysSinceEpoch)
        case (.time(let start, _)?, .time(let end, _)?):
            max(0, (end.secondsSinceEpoch - start.secondsSinceEpoch - 1).floorDivided(by: 86_400))
        case (.time(let start, _)?, .date(let end)?): max(0, end.daysSinceEpoch - start.date.daysSinceEpoch)
        default: 0
        }
    }

    /// The last date that a rule gives; nil where it has none. Of one that counts its dates, where they were all worked out.
    private func lastStart(of text: String, _ zones: ZoneDatabase) -> Moment? {
        // ignoring: a rule that cannot be read ends never
        guard let rule = try? RecurrenceRule(text) else { return nil }
        // One in UTC may be the next day here.
        if let until = rule.until { return until.date.adding(days: 1).map { .date($0) } }
        guard let count = rule.count, let set = recurrenceSet, let last = set.seconds.last,
            set.seconds.count + exceptionDates.count >= count
        else { return nil }
        return set.moment(last, offset: statedOffset)
    }
}

extension Moment {
    fileprivate func adding(days: Int) -> Moment? {
        switch self {
        case .date(let date): date.adding(days: days).map { .date($0) }
        case .time(let time, let offset):
            LocalDateTime(secondsSinceEpoch: time.secondsSinceEpoch + days * 86_400).map { .time($0, offset: offset) }
        }
    }

    /// When it has begun for certain: a time at once, a day when the next one begins, a month or a year with its last day.
    fileprivate func begun(in zone: String?, _ precision: Precision, _ zones: ZoneDatabase) -> Instant? {
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
