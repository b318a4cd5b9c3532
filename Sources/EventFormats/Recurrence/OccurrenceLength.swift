import EventModel

/// How long each date of an occurrence takes: as many days, or seconds that pass, as its own start and end say.
struct OccurrenceLength {
    private enum Measure { case none, days(Int), seconds(Int), exactSeconds(Int) }

    private let measure: Measure
    private let when: When
    private let zones: ZoneDatabase
    /// Whole days that a date of the event can reach past its start.
    let days: Int

    init(_ when: When, zones: ZoneDatabase) {
        (self.when, self.zones) = (when, zones)
        switch (when.start, when.end) {
        case (.date(let start)?, let end?):
            days = max(0, end.date.daysSinceEpoch - start.daysSinceEpoch)
            measure = .days(days)
        case (.time(let start, let offset)?, .time(let end, let endOffset)?):
            let local = end.secondsSinceEpoch - start.secondsSinceEpoch
            days = max(0, local / 86_400 + 1)
            if offset == nil, endOffset == nil, let zone = when.timeZone, let from = zones.instant(of: start, in: zone),
                let to = zones.instant(of: end, in: zone)
            {
                measure = .exactSeconds(to.seconds - from.seconds)
            } else {
                measure = .seconds(local)
            }
        case (.time(let start, _)?, .date(let end)?):
            days = max(0, end.daysSinceEpoch - start.date.daysSinceEpoch)
            measure = .days(days)
        default:
            days = 0
            measure = .none
        }
    }

    /// The end of the date that begins then; nil where the occurrence has none.
    func end(of start: Moment) -> Moment? {
        switch (measure, start) {
        case (.none, _): return nil
        case (.days(let days), _): return start.date.adding(days: days).map { .date($0) }
        case (.exactSeconds(let seconds), .time(let time, nil)):
            guard let zone = when.timeZone, let from = zones.instant(of: time, in: zone) else { return nil }
            let to = from.adding(.seconds(seconds))
            return zones.utcOffset(at: to, in: zone).flatMap { to.local(offset: $0) }.map { .time($0, offset: nil) }
        case (.seconds(let seconds), .time(let time, _)), (.exactSeconds(let seconds), .time(let time, _)):
            return LocalDateTime(secondsSinceEpoch: time.secondsSinceEpoch + seconds)
                .map { .time($0, offset: when.end?.offset) }
        case (.seconds, .date), (.exactSeconds, .date): return nil
        }
    }
}
