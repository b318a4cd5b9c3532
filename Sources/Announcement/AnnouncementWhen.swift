import EventModel

/// Makes the times of an occurrence out of days and a time of day.
struct AnnouncementWhen {
    let days: [LocalDate]
    let isRange: Bool
    let precision: Precision
    let time: AnnouncementTime?

    /// The most days that a daily start is written out for.
    private static let mostDays = 62

    /// Whether the days follow each other.
    var isConsecutive: Bool {
        isRange || zip(days, days.dropFirst()).allSatisfy { $0.adding(days: 1) == $1 }
    }

    /// The times in a zone; nil where there is no day.
    func when(zone: String?) -> When? {
        guard let first = days.first, let last = days.last else { return nil }
        var when: When
        if let span = time?.span {
            let offset = span.offsetSeconds.flatMap(UTCOffset.init(seconds:))
            guard let start = moment(first, span.start, offset) else { return day(first, last, zone) }
            when = When(start: start, timeZone: zone ?? span.zone)
            if let end = span.end {
                let passesMidnight = (end.hour, end.minute) < (span.start.hour, span.start.minute)
                when.end = (passesMidnight ? last.adding(days: 1) : last).flatMap { moment($0, end, offset) }
            } else if last > first {
                // No end is stated, and none is invented: each day starts at that time.
                when.recurrenceDates = everyDay.dropFirst().compactMap { moment($0, span.start, offset) }
            }
            return when
        }
        return day(first, last, zone)
    }

    private func day(_ first: LocalDate, _ last: LocalDate, _ zone: String?) -> When {
        var when = When(
            start: .date(first), end: last > first ? .date(last) : nil, timeZone: zone, precision: precision)
        if !isConsecutive {
            when.end = nil
            when.recurrenceDates = days.dropFirst().map { .date($0) }
        }
        return when
    }

    private var everyDay: [LocalDate] {
        guard isRange, let first = days.first, let last = days.last else { return days }
        let count = min(last.daysSinceEpoch - first.daysSinceEpoch, AnnouncementWhen.mostDays)
        return count < 0 ? days : (0...count).compactMap { first.adding(days: $0) }
    }

    private func moment(_ day: LocalDate, _ time: TextTime, _ offset: UTCOffset?) -> Moment? {
        LocalDateTime(date: day, hour: time.hour, minute: time.minute).map { .time($0, offset: offset) }
    }
}
