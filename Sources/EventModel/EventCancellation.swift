extension EventRevision {
    /// The state after a cancellation. It needs a uid only, and what it does not say stays as it was. One that names
    /// some of the occurrences cancels these.
    static func cancelled(_ update: EventUpdate, _ old: EventContent) throws(Ambiguity) -> EventContent {
        if [.postponed, .rescheduled, .movedOnline].contains(update.status) {
            throw Ambiguity(
                field: "status", message: "it cancels the event, and says that the event is \(update.status.rawValue)")
        }
        var after = stated(update, on: old)
        let explicit = update.occurrences.filter { $0.status == .cancelled }
        let named = explicit.isEmpty ? update.occurrences : explicit
        var partial = old.occurrences
        let cancelsAll = try cancel(named, in: &partial)
        if cancelsAll || named.isEmpty {
            after.status = .cancelled
            for index in partial.indices where partial[index].status == .cancelled { partial[index].status = nil }
        } else if old.status != .cancelled {
            after.status = old.status
        }
        after.occurrences = partial
        if old.occurrences.isEmpty, !update.occurrences.isEmpty { after.occurrences = update.occurrences }
        return after
    }

    /// What was known, with the cancellation's words about it.
    private static func stated(_ update: EventUpdate, on old: EventContent) -> EventContent {
        var after = old
        if let description = update.description { after.description = description }
        if old.name.text.isEmpty { after.name = update.name }
        return after
    }

    /// Cancels the named occurrences; true when none is left.
    private static func cancel(_ named: [Occurrence], in occurrences: inout [Occurrence]) throws(Ambiguity) -> Bool {
        let isSeries = occurrences.contains(where: \.when.isRepeated)
        let matching = OccurrenceMatching(from: occurrences, to: named)
        for (index, partner) in matching.partners.enumerated() where partner != nil {
            occurrences[index].status = .cancelled
        }
        for index in matching.added where !occurrences.isEmpty {
            guard isSeries else {
                throw Ambiguity(
                    field: "occurrences[\(index)]",
                    message: "it cancels the occurrence \(named[index].id), which the event is not known to have")
            }
            occurrences.append(cancelledInstance(named[index], of: occurrences))
        }
        return occurrences.allSatisfy { $0.status == .cancelled }
    }

    private static func cancelledInstance(_ named: Occurrence, of occurrences: [Occurrence]) -> Occurrence {
        var instance = named
        instance.status = .cancelled
        if instance.place == nil { instance.place = occurrences.first(where: \.when.isRepeated)?.place }
        return instance
    }

    /// Whether an update names only single dates of a known series (RFC 5545 RECURRENCE-ID).
    static func isInstances(_ update: EventUpdate, of known: [Occurrence]) -> Bool {
        let series = Set(known.filter(\.when.isRepeated).map(\.id))
        guard update.extent == .partial, !series.isEmpty, !update.occurrences.isEmpty else { return false }
        return update.occurrences.allSatisfy { !$0.when.isRepeated && !series.contains($0.id) }
    }

    /// The state after an update of single dates of a series: the rest stays.
    static func withInstances(_ update: EventUpdate, on old: EventContent) -> EventContent {
        var after = stated(update, on: old)
        after.description = old.description
        for instance in update.occurrences {
            var settled = instance
            if [.postponed, .rescheduled, .movedOnline, .tentative].contains(update.status), settled.status == nil {
                settled.status = update.status
            }
            if let index = after.occurrences.firstIndex(where: { $0.id == instance.id }) {
                after.occurrences[index] = settled
            } else {
                after.occurrences.append(settled)
            }
        }
        return after
    }
}
