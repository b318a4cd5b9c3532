import EventFormats
import EventModel

/// Days counted since 1970-01-01, both inclusive.
struct DaySpan: Hashable {
    var first: Int
    var last: Int
}

extension When {
    /// The days of the first time it takes place; nil where no start is known.
    var days: DaySpan? {
        guard let start, let lastDay else { return nil }
        let first = start.date.daysSinceEpoch
        return DaySpan(first: first, last: max(first, lastDay.daysSinceEpoch))
    }

    /// The same time of day, moved to other days.
    func moved(to span: DaySpan) -> When {
        guard let days, days != span else { return self }
        var copy = self
        copy.start = start?.moved(by: span.first - days.first)
        copy.end = end?.moved(by: span.first - days.first)
        return copy
    }
}

extension Occurrence {
    /// Days looked at for the next repetition, and for the last one.
    private static let horizon = 4000
    private static let memory = 366

    /// The next time it takes place, or still does, on a day or after it; nil where it is over or not known.
    func next(onOrAfter day: Int) -> DaySpan? {
        guard let days = when.days else { return nil }
        guard when.isRepeated else { return days.last >= day ? days : nil }
        return dates(day...(max(day, days.first) + Occurrence.horizon), limit: 1).first
    }

    /// The last time it took place before a day; the first time where that is longer ago than a year.
    func last(before day: Int) -> DaySpan? {
        guard let days = when.days, when.isRepeated, days.first < day else { return when.days }
        return dates((day - Occurrence.memory)...day, limit: Occurrence.memory).last { $0.first < day } ?? days
    }

    private func dates(_ days: ClosedRange<Int>, limit: Int) -> [DaySpan] {
        guard let first = LocalDate(daysSinceEpoch: days.lowerBound),
            let last = LocalDate(daysSinceEpoch: days.upperBound)
        else { return [] }
        return Recurrence.dates(of: self, within: first...last, limit: limit).compactMap { instance in
            var when = when
            (when.start, when.end) = (instance.start, instance.end)
            return when.days
        }
    }
}

extension Moment {
    /// The same time of day some days later; unchanged where the calendar ends.
    func moved(by days: Int) -> Moment {
        guard let date = date.adding(days: days) else { return self }
        switch self {
        case .date: return .date(date)
        case .time(let time, let offset):
            return LocalDateTime(date: date, hour: time.hour, minute: time.minute, second: time.second)
                .map { .time($0, offset: offset) } ?? self
        }
    }
}

/// Where an event stands in the order of the calendar.
enum Schedule {
    /// Sorts behind every day of the calendar: the date is still to be announced.
    static let undated = 3_000_000

    /// The first day that has not ended everywhere: a day ends last at 12 hours behind UTC.
    static func today(at now: Instant) -> Int {
        (now.seconds - 43_200).floorDivided(by: 86_400)
    }

    /// When ``today(at:)`` next gives another day.
    static func nextDay(after now: Instant) -> Instant {
        Instant(microseconds: Int64(today(at: now) + 1) * 86_400_000_000 + 43_200_000_000)
    }

    /// The day that an event is sorted under: its next day, ``undated``, or, once it is over, the later of its last day
    /// and the day of its last change, so that an announcement of something past stays visible for a while too.
    static func sortDay(of event: Event, today: Int, changedDay: Int) -> Int {
        var next: Int?
        var last = changedDay
        for occurrence in event.occurrences {
            if let span = occurrence.next(onOrAfter: today) {
                next = min(next ?? .max, max(span.first, today))
            } else if let span = occurrence.last(before: today) {
                last = max(last, span.last)
            } else if event.content.status(of: occurrence) != .cancelled {
                let former = occurrence.previousStarts.last?.date.daysSinceEpoch ?? 0
                next = min(next ?? .max, former >= today ? former : undated)
            }
        }
        if event.occurrences.isEmpty, event.status != .cancelled { next = undated }
        return next ?? min(last, today - 1)
    }
}

extension EventContent {
    /// An occurrence's own status, else the event's. A cancelled event has no occurrence that takes place.
    func status(of occurrence: Occurrence) -> EventStatus {
        status == .cancelled ? .cancelled : occurrence.status ?? status
    }
}
