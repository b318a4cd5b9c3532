/// What an event becomes when a person takes back what made one of its revisions. What has changed since stays.
public struct Reversal: Sendable {
    /// The event as it is to be.
    public let state: Event
    /// What leads there from the current state.
    public let changes: ChangeSet
    /// Whether nothing that the revision did has changed since: whoever spoke before it has the last word again.
    public let isWhole: Bool
    /// What that is for the event; unchanged where nothing is left to take back.
    public let intent: Intent

    /// Takes a revision back.
    ///
    /// - Parameters:
    ///   - after: The state that the revision made.
    ///   - before: The state before; nil for the first revision, without which the event does not take place.
    ///   - current: The state now.
    public init(of after: Event, before: Event?, on current: Event) {
        var state = current
        var isWhole = true
        if let before {
            let since = difference(from: after.content, to: current.content).changes
            isWhole = since.isEmpty
            let undone = Reversal.undone(from: after, to: before, but: since)
            state.content = apply(ChangeSet(undone), to: current.content)
            if isWhole {
                state.uidOrigin = before.uidOrigin
                state.evidence = before.evidence
            } else {
                state.evidence = Reversal.evidence(of: before, for: undone, beside: current, in: state)
            }
        } else {
            state.status = .cancelled
            state.evidence.removeAll { $0.fieldPath == "status" }
        }
        self.isWhole = isWhole
        self.state = state
        changes = difference(from: current.content, to: state.content)
        intent = changes.isEmpty ? .unchanged : Intent(from: current.content, to: state.content)
    }

    /// The changes that lead back, without those of what others have changed since.
    private static func undone(from after: Event, to before: Event, but since: [Change]) -> [Change] {
        difference(from: after.content, to: before.content).changes.filter { change in
            !since.contains { later in
                later.occurrence == change.occurrence
                    && (later.field == change.field || later.field.isEmpty || change.field.isEmpty)
            }
        }
    }

    /// The evidence of what is as before, and of all else that of the current state. Paths count occurrences, and those of
    /// the states differ.
    private static func evidence(
        of before: Event, for changes: [Change], beside current: Event, in state: Event
    ) -> [Evidence] {
        let paths = changes.map(\.path)
        func moved(_ evidence: [Evidence], from occurrences: [Occurrence], isChanged: Bool) -> [Evidence] {
            let keys = occurrenceKeys(occurrences)
            let places = occurrenceKeys(state.occurrences)
            return evidence.compactMap { evidence in
                var named = evidence.fieldPath
                for (index, key) in keys.enumerated() where named.hasPrefix("occurrences[\(index)]") {
                    named = "occurrences[\(key)]" + named.dropFirst("occurrences[\(index)]".count)
                    guard let place = places.firstIndex(of: key) else { return nil }
                    var evidence = evidence
                    evidence.fieldPath =
                        "occurrences[\(place)]" + named.dropFirst("occurrences[\(key)]".count)
                    return isIn(named) == isChanged ? evidence : nil
                }
                return isIn(named) == isChanged ? evidence : nil
            }
        }
        func isIn(_ path: String) -> Bool { paths.contains { path == $0 || path.hasPrefix($0 + ".") } }
        return moved(current.evidence, from: current.occurrences, isChanged: false)
            + moved(before.evidence, from: before.occurrences, isChanged: true)
    }
}
