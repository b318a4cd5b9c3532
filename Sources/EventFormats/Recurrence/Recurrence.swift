public import EventModel

/// The single dates of repeating events (RFC 5545 §3.8.5). They are worked out once, when an event is read, and kept with
/// it as a `RecurrenceSet`; what shows an event asks that.
public enum Recurrence {
    /// One date of an event.
    public struct Instance: Hashable, Sendable {
        /// The occurrence it belongs to, counted from 0.
        public var occurrence: Int
        /// The start.
        public var start: Moment
        /// The end, as long after the start as the occurrence's own; a date is inclusive.
        public var end: Moment?
    }

    /// The dates of an occurrence that touch a span of days, in order. One that repeats and whose dates were not worked out
    /// has its start alone.
    /// - Parameters:
    ///   - occurrence: What repeats.
    ///   - range: The days, on the occurrence's own clock.
    ///   - limit: The most dates to give.
    ///   - zones: The zones that its time zone is looked up in.
    public static func dates(
        of occurrence: Occurrence, within range: ClosedRange<LocalDate>, limit: Int, zones: ZoneDatabase = .system
    ) -> [Instance] {
        dates(of: occurrence, index: 0, within: range, limit: limit, except: [], zones: zones)
    }

    /// The dates of all occurrences of an event that touch a span of days, in order. An occurrence whose id is the
    /// date it replaces (RECURRENCE-ID) takes the place of that date.
    public static func dates(
        of event: EventContent, within range: ClosedRange<LocalDate>, limit: Int, zones: ZoneDatabase = .system
    ) -> [Instance] {
        var instances: [Instance] = []
        for (index, occurrence) in event.occurrences.enumerated() {
            let replaced = occurrence.when.isRepeated ? replacedStarts(of: occurrence, in: event, zones: zones) : []
            instances += dates(
                of: occurrence, index: index, within: range, limit: limit, except: replaced, zones: zones)
        }
        instances.sort { $0.start.secondsSinceEpoch < $1.start.secondsSinceEpoch }
        return Array(instances.prefix(max(0, limit)))
    }

    private static func dates(
        of occurrence: Occurrence, index: Int, within range: ClosedRange<LocalDate>, limit: Int,
        except replaced: Set<Int>, zones: ZoneDatabase
    ) -> [Instance] {
        let when = occurrence.when
        let length = OccurrenceLength(when, zones: zones)
        let lowest = range.lowerBound.daysSinceEpoch - length.days
        let highest = range.upperBound.daysSinceEpoch
        var instances: [Instance] = []
        func take(_ start: Moment) {
            let end = length.end(of: start)
            if (end ?? start).date >= range.lowerBound {
                instances.append(Instance(occurrence: index, start: start, end: end))
            }
        }
        guard let set = when.recurrenceSet else {
            if limit > 0, let start = when.start, start.date <= range.upperBound { take(start) }
            return instances
        }
        for seconds in set.seconds(onOrAfter: lowest) {
            guard instances.count < limit, seconds.floorDivided(by: 86_400) <= highest else { break }
            guard !replaced.contains(seconds) else { continue }
            if let start = set.moment(seconds, offset: when.statedOffset) { take(start) }
        }
        return instances
    }

    /// The starts of a repeating occurrence that others of the event stand in for, in seconds on its clock.
    private static func replacedStarts(of main: Occurrence, in event: EventContent, zones: ZoneDatabase) -> Set<Int> {
        var starts: Set<Int> = []
        for occurrence in event.occurrences where occurrence.id != main.id {
            // ignoring: an id that is no date replaces none
            guard let moment = try? ICalendarValue.moment(ArraySlice(occurrence.id.utf8)) else { continue }
            switch moment {
            case .date(let date): starts.insert(date.daysSinceEpoch * 86_400)
            case .time(let time, isUTC: false): starts.insert(time.secondsSinceEpoch)
            case .time(let time, isUTC: true):
                let instant = Instant(time, offset: .zero)
                let offset = main.when.offset(of: instant, zones: zones) ?? .zero
                if let local = instant.local(offset: offset) { starts.insert(local.secondsSinceEpoch) }
            }
        }
        return starts
    }
}

extension When {
    /// The offset of the event's own clock at a point in time, where it can be known.
    func offset(of instant: Instant, zones: ZoneDatabase) -> UTCOffset? {
        if let timeZone { return zones.utcOffset(at: instant, in: timeZone) }
        return statedOffset
    }

    /// The offset that the source stated for the first start.
    var statedOffset: UTCOffset? { start?.offset ?? recurrenceDates.first?.offset }
}
