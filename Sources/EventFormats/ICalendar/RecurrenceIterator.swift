import CICal
import EventModel

/// The starts that a screened rule gives, on the clock of the event, in order. libical sees no time zones here: readings
/// go in and come out as floating times, so that its zone tables (and their races) are never touched.
struct RecurrenceIterator {
    private let handle: OpaquePointer
    private let isDate: Bool

    /// Calls `body` with each start up to a day, until it answers false. A rule that libical refuses gives none.
    /// - Parameters:
    ///   - rule: The rule; its UNTIL, if any, on the same clock as `start`.
    ///   - start: The first start.
    ///   - first: A day before which no start is asked for.
    ///   - last: The day after which none is.
    ///   - steps: The most starts that are looked at.
    static func forEach(
        _ rule: RecurrenceRule, from start: Moment, after first: LocalDate, through last: LocalDate,
        steps: Int = Recurrence.defaultSteps, _ body: (Moment) -> Bool
    ) {
        guard let iterator = RecurrenceIterator(rule, from: start) else { return }
        defer { icalrecur_iterator_free(iterator.handle) }
        if rule["COUNT"] == nil, let skip = iterator.skip(start, to: first) {
            icalrecur_iterator_set_start(iterator.handle, skip)
        }
        for _ in 0..<max(0, steps) {
            guard let next = iterator.next(), next.date <= last, body(next) else { return }
        }
    }

    private init?(_ rule: RecurrenceRule, from start: Moment) {
        let recurrence = icalrecurrencetype_from_string(rule.text)
        guard recurrence.freq != ICAL_NO_RECURRENCE,
            let handle = icalrecur_iterator_new(recurrence, RecurrenceIterator.time(start, on: start.date))
        else { return nil }
        self.handle = handle
        isDate = start.time == nil
    }

    private func next() -> Moment? {
        let time = icalrecur_iterator_next(handle)
        guard icaltime_is_null_time(time) == 0,
            let date = LocalDate(year: Int(time.year), month: Int(time.month), day: Int(time.day))
        else { return nil }
        if isDate { return .date(date) }
        let reading = LocalDateTime(
            date: date, hour: Int(time.hour), minute: Int(time.minute), second: min(59, Int(time.second)))
        return reading.map { .time($0, offset: nil) }
    }

    /// Where to go on from, when the first start lies long before the first day asked for.
    private func skip(_ start: Moment, to first: LocalDate) -> icaltimetype? {
        guard first.daysSinceEpoch - start.date.daysSinceEpoch > 400 else { return nil }
        return RecurrenceIterator.time(start, on: first)
    }

    private static func time(_ moment: Moment, on date: LocalDate) -> icaltimetype {
        var time = icaltime_null_time()
        time.year = Int32(date.year)
        time.month = Int32(date.month)
        time.day = Int32(date.day)
        time.is_date = moment.time == nil ? 1 : 0
        time.hour = Int32(moment.time?.hour ?? 0)
        time.minute = Int32(moment.time?.minute ?? 0)
        time.second = Int32(moment.time?.second ?? 0)
        return time
    }
}
