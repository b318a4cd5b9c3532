/// What an event becomes when a person takes back what made one of its revisions. What has changed since stays.
public struct Reversal: Sendable {
    /// The event as it is to be.
    public let state: EventUpdate
    /// What leads there from the current state.
    public let changes: ChangeSet
    /// What that is for the event; unchanged where nothing is left to take back.
    public let intent: Intent

    /// Takes a revision back.
    ///
    /// - Parameters:
    ///   - after: The state that the revision made.
    ///   - before: The state before; nil for the first revision, without which the event does not take place.
    ///   - current: The state now.
    public init(of after: EventUpdate, before: EventUpdate?, on current: EventUpdate) {
        var state = current
        if let before {
            let since = difference(from: after, to: current).changes.filter(\.concernsEvent)
            let undone = Reversal.undone(from: after, to: before, but: since)
            state = apply(ChangeSet(undone), to: current)
            if since.isEmpty {
                (state.kind, state.uidOrigin, state.references) = (before.kind, before.uidOrigin, before.references)
            }
            state.evidence = Reversal.evidence(of: before, for: undone, in: after, beside: current)
        } else {
            state.status = .cancelled
        }
        self.state = state
        changes = ChangeSet(difference(from: current, to: state).changes.filter(\.concernsEvent))
        intent = changes.isEmpty ? .unchanged : Intent(from: current, to: state)
    }

    /// The changes that lead back, without those of what others have changed since.
    private static func undone(from after: EventUpdate, to before: EventUpdate, but since: [Change]) -> [Change] {
        difference(from: after, to: before).changes.filter(\.concernsEvent).filter { change in
            !since.contains { later in
                later.occurrence == change.occurrence
                    && (later.field == change.field || later.field.isEmpty || change.field.isEmpty)
            }
        }
    }

    /// The evidence of what is as before, and of all else that of the current state.
    private static func evidence(
        of before: EventUpdate, for changes: [Change], in after: EventUpdate, beside current: EventUpdate
    ) -> [Evidence] {
        let paths = changes.map { $0.evidencePath(in: after.occurrences) }
        func isChanged(_ evidence: Evidence) -> Bool {
            paths.contains { evidence.fieldPath == $0 || evidence.fieldPath.hasPrefix($0 + ".") }
        }
        return current.evidence.filter { !isChanged($0) } + before.evidence.filter(isChanged)
    }
}
