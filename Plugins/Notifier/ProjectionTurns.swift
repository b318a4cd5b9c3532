import EventModel
import Store

/// What becomes of events without a word about them: the time goes on, and uids stand for other events.
extension Projection {
    /// Takes an event out of every output, and keeps it as it is.
    func putAside(_ row: EventRow) throws(StoreError) {
        try unsay(row.uid)
        var row = row
        row.sortDay = nil
        try save(row, isNew: false)
    }

    /// Shows again what was put aside, as it was; nobody is told.
    func putBack(_ row: EventRow, now: Instant) throws(StoreError) {
        guard row.embargo == nil, let event = try decode(row.state, row) else { return }
        var row = row
        let changedDay = Schedule.today(at: Instant(microseconds: Int64(row.changedAt)))
        row.sortDay = Schedule.sortDay(of: event, today: today, changedDay: changedDay)
        hasNews = true
        try save(row, isNew: false)
    }

    func endEmbargoes(_ now: Instant) throws(StoreError) {
        for row in try rows("embargo <= \(now.microseconds) ORDER BY embargo, id") {
            var changed = row
            if try linked.has(row.uid) { continue }
            guard let shown = try decode(row.pending, row) else { continue }
            try show(shown, in: &changed, decided: nil, known: row, now: now)
        }
    }

    /// Sorts what was to take place in the days that have ended under its next day.
    func roll(to now: Instant) throws(StoreError) {
        let day = Schedule.today(at: now)
        guard day > today else { return }
        for row in try rows("sort_day >= \(today) AND sort_day < \(day)") {
            guard let event = try decode(row.state, row) else { continue }
            var moved = row
            let changedDay = Schedule.today(at: Instant(microseconds: Int64(row.changedAt)))
            moved.sortDay = Schedule.sortDay(of: event, today: day, changedDay: changedDay)
            if moved.sortDay != row.sortDay { try save(moved, isNew: false) }
        }
        try tellings.setToday(day)
        today = day
        hasNews = true
    }
}
