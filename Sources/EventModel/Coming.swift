extension EventContent {
    /// Whether it has not ended before a day, as far as is known.
    public func isComing(on day: LocalDate) -> Bool { occurrences.isEmpty || nextDay(on: day) != nil || hasOpenDate }

    private var hasOpenDate: Bool { occurrences.contains { $0.when.start == nil && $0.when.end == nil } }

    /// The first day from that one on which it takes place; nil where none is known.
    public func nextDay(on day: LocalDate) -> LocalDate? {
        occurrences.compactMap { occurrence -> LocalDate? in
            let when = occurrence.when
            if let last = when.end ?? when.start, last.date >= day { return max(when.start?.date ?? day, day) }
            guard when.isRepeated else { return nil }
            // Of a series whose dates were not worked out it is not known that it has ended.
            guard let set = when.recurrenceSet else { return day }
            return set.seconds(onOrAfter: day.daysSinceEpoch).first.flatMap {
                LocalDateTime(secondsSinceEpoch: $0)?.date
            }
        }.min()
    }
}
