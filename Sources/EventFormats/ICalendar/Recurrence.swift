public import EventModel

/// The single dates of repeating events (RFC 5545 §3.8.5).
public enum Recurrence {
    /// Starts that one expansion looks at, unless it is told otherwise.
    public static let defaultSteps = 50_000

    /// One date of an event.
    public struct Instance: Hashable, Sendable {
        /// The occurrence it belongs to, counted from 0.
        public var occurrence: Int
        /// The start.
        public var start: Moment
        /// The end, as long after the start as the occurrence's own; a date is inclusive.
        public var end: Moment?
    }

    /// The dates of an occurrence that touch a span of days, in order: its start, what its rule and its further dates
    /// give, without the excepted ones. A rule that could not be read, or has no start, gives none.
    /// - Parameters:
    ///   - occurrence: What repeats.
    ///   - range: The days, on the occurrence's own clock.
    ///   - limit: The most dates to give.
    ///   - steps: The most starts that are looked at: those before the days count, where a rule has a COUNT.
    ///   - zones: The zones that its time zone is looked up in.
    public static func expand(
        _ occurrence: Occurrence, within range: ClosedRange<LocalDate>, limit: Int, steps: Int = defaultSteps,
        zones: ZoneDatabase = .system
    ) -> [Instance] {
        expand(occurrence, index: 0, within: range, limit: limit, steps: steps, except: [], zones: zones)
    }

    /// The dates of all occurrences of an event that touch a span of days, in order. An occurrence whose id is the
    /// date it replaces (RECURRENCE-ID) takes the place of that date.
    public static func expand(
        _ update: EventUpdate, within range: ClosedRange<LocalDate>, limit: Int, zones: ZoneDatabase = .system
    ) -> [Instance] {
        var instances: [Instance] = []
        for (index, occurrence) in update.occurrences.enumerated() {
            let replaced = occurrence.when.isRepeated ? replacedStarts(of: occurrence, in: update, zones: zones) : []
            instances += expand(
                occurrence, index: index, within: range, limit: limit, steps: defaultSteps, except: replaced,
                zones: zones)
        }
        instances.sort { $0.start.sortKey < $1.start.sortKey }
        return Array(instances.prefix(max(0, limit)))
    }

    private static func expand(
        _ occurrence: Occurrence, index: Int, within range: ClosedRange<LocalDate>, limit: Int, steps: Int,
        except replaced: Set<Moment>, zones: ZoneDatabase
    ) -> [Instance] {
        let when = occurrence.when
        guard limit > 0 else { return [] }
        let span = Span(when, zones: zones)
        let first = range.lowerBound.adding(days: -span.days) ?? range.lowerBound
        var starts: Set<Moment> = []
        func take(_ candidate: Moment) {
            guard (first...max(first, range.upperBound)).contains(candidate.date), !isExcepted(candidate, by: when),
                !replaced.contains(candidate.reading)
            else { return }
            if let end = span.end(of: candidate), end.date < range.lowerBound { return }
            if span.end(of: candidate) == nil, candidate.date < range.lowerBound { return }
            starts.insert(candidate)
        }
        if let start = when.start { take(start) }
        for moment in when.recurrenceDates { take(moment) }
        if let start = when.start, let text = when.recurrenceRule, let rule = screened(text, when: when, zones: zones) {
            RecurrenceIterator.forEach(
                rule, from: start.reading, after: first, through: range.upperBound, steps: steps
            ) { next in
                if case .time(let time, _) = next { take(.time(time, offset: start.offset)) } else { take(next) }
                return starts.count < limit + when.recurrenceDates.count + 1
            }
        }
        return starts.sorted { $0.sortKey < $1.sortKey }.prefix(limit)
            .map { Instance(occurrence: index, start: $0, end: span.end(of: $0)) }
    }

    /// The rule, its UNTIL put on the clock of the start.
    private static func screened(_ text: String, when: When, zones: ZoneDatabase) -> RecurrenceRule? {
        // ignoring: a rule that the reader refused is in no accepted update
        guard let rule = try? RecurrenceRule(text), let until = rule["UNTIL"] else { return try? RecurrenceRule(text) }
        // ignoring: the screening has read UNTIL already
        guard let moment = try? ICalendarValue.moment(ArraySlice(until.utf8)) else { return rule }
        let isDate = when.start?.time == nil
        switch moment {
        case .date(let date):
            return isDate ? rule : rule.until(ICalendarText.basic(date) + "T235959")
        case .time(let time, let isUTC):
            var local = time
            if isUTC, let offset = when.offset(of: Instant(time, offset: .zero), zones: zones),
                let shifted = Instant(time, offset: .zero).local(offset: offset)
            {
                local = shifted
            }
            return rule.until(isDate ? ICalendarText.basic(local.date) : ICalendarText.basic(local))
        }
    }

    private static func isExcepted(_ start: Moment, by when: When) -> Bool {
        when.exceptionDates.contains { exception in
            exception.time == nil ? exception.date == start.date : exception.time == start.time
        }
    }

    /// The starts of a repeating occurrence that others of the event stand in for.
    private static func replacedStarts(of main: Occurrence, in update: EventUpdate, zones: ZoneDatabase) -> Set<Moment>
    {
        var starts: Set<Moment> = []
        for occurrence in update.occurrences where occurrence.id != main.id {
            // ignoring: an id that is no date replaces none
            guard let moment = try? ICalendarValue.moment(ArraySlice(occurrence.id.utf8)) else { continue }
            switch moment {
            case .date(let date): starts.insert(.date(date))
            case .time(let time, isUTC: false): starts.insert(.time(time, offset: nil))
            case .time(let time, isUTC: true):
                let instant = Instant(time, offset: .zero)
                let offset = main.when.offset(of: instant, zones: zones) ?? .zero
                if let local = instant.local(offset: offset) { starts.insert(.time(local, offset: nil)) }
            }
        }
        return starts
    }
}

/// How long an occurrence takes.
private struct Span {
    private enum Length { case none, days(Int), seconds(Int), exactSeconds(Int) }

    private let length: Length
    private let when: When
    private let zones: ZoneDatabase
    /// Whole days that a date of the event can reach past its start.
    let days: Int

    init(_ when: When, zones: ZoneDatabase) {
        (self.when, self.zones) = (when, zones)
        switch (when.start, when.end) {
        case (.date(let start)?, let end?):
            days = max(0, end.date.daysSinceEpoch - start.daysSinceEpoch)
            length = .days(days)
        case (.time(let start, let offset)?, .time(let end, let endOffset)?):
            let local = end.secondsSinceEpoch - start.secondsSinceEpoch
            days = max(0, local / 86_400 + 1)
            if offset == nil, endOffset == nil, let zone = when.timeZone, let from = zones.instant(of: start, in: zone),
                let to = zones.instant(of: end, in: zone)
            {
                length = .exactSeconds(to.seconds - from.seconds)
            } else {
                length = .seconds(local)
            }
        case (.time(let start, _)?, .date(let end)?):
            days = max(0, end.daysSinceEpoch - start.date.daysSinceEpoch)
            length = .days(days)
        default:
            days = 0
            length = .none
        }
    }

    func end(of start: Moment) -> Moment? {
        switch (length, start) {
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

extension When {
    /// Whether it has more dates than its start.
    var isRepeated: Bool { recurrenceRule != nil || !recurrenceDates.isEmpty }

    /// The offset of the event's own clock at a point in time, where it can be known.
    func offset(of instant: Instant, zones: ZoneDatabase) -> UTCOffset? {
        if let timeZone { return zones.utcOffset(at: instant, in: timeZone) }
        return start?.offset
    }
}

extension Moment {
    /// The clock reading alone.
    var reading: Moment {
        if case .time(let time, _) = self { .time(time, offset: nil) } else { self }
    }

    /// Orders moments of one clock; a day comes before its hours.
    fileprivate var sortKey: Int {
        time.map(\.secondsSinceEpoch) ?? date.daysSinceEpoch * 86_400
    }
}
