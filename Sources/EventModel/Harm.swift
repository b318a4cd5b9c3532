extension Intent {
    /// Whether whoever relies on an event would be misled if this were false: one that has not ended is cancelled, takes
    /// place at another time or place, or leaves the public.
    ///
    /// - Parameters:
    ///   - before: The event before.
    ///   - after: The event after.
    ///   - changes: What differs between the two.
    ///   - day: The day from which on events are still to come.
    public func isHarmful(
        from before: EventContent, to after: EventContent, _ changes: ChangeSet, on day: LocalDate
    ) -> Bool {
        guard before.status != .cancelled, before.isComing(on: day) else { return false }
        if self == .cancelled || self == .postponed { return true }
        if before.visibility == .public, after.visibility != .public { return true }
        return changes.changes.contains { change in
            let removes = ["when.exceptionDates", "embargoUntil"].contains(change.field) && change.to != nil
            return removes || (change.class == .time || change.class == .place) && change.operation != .add
        }
    }
}
