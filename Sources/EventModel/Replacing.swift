extension Statement {
    /// Whether nothing is left of what its source would have said of the event before, once this is said later: a question
    /// about that needs no answer any more. One that names only a part, such as a text or a single date of a series, leaves
    /// what it does not name.
    ///
    /// - Parameters:
    ///   - earlier: All that the source would have said then; nil where that is not known.
    ///   - known: The event as it is known now.
    public func replaces(_ earlier: EventContent?, of known: KnownEvent) -> Bool {
        if update.isCancellation { return replacesByCancelling(earlier, of: known) }
        guard update.extent == .partial else { return true }
        if EventRevision.isInstances(update, of: base?.content?.occurrences ?? known.state.occurrences) {
            guard let earlier else { return false }
            return EventRevision.withInstances(update, on: earlier).occurrences == said(of: known)?.occurrences
        }
        guard let earlier else { return update.hasChangedStatus }
        let isSilent = difference(from: earlier, to: update.content).changes.contains { $0.operation == .remove }
        return !isSilent && (earlier.status == update.status || update.hasChangedStatus)
    }

    private func replacesByCancelling(_ earlier: EventContent?, of known: KnownEvent) -> Bool {
        guard let earlier, !update.occurrences.isEmpty else { return update.occurrences.isEmpty }
        do throws(EventRevision.Ambiguity) {
            let after = try EventRevision.cancelled(update, earlier)
            return after.status == .cancelled || after.occurrences == said(of: known)?.occurrences
        } catch {
            return false
        }
    }
}
