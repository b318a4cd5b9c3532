/// What an update does to its event.
public enum Intent: String, Sendable, CaseIterable {
    /// The event was not known.
    case new
    /// Something else than time, place and status changed, or a detail of these.
    case corrected
    /// It takes place at another time.
    case rescheduled
    /// Its time is not known any more.
    case postponed
    /// It takes place online.
    case movedOnline = "moved-online"
    /// It does not take place.
    case cancelled
    /// It takes place after all.
    case reinstated
    /// Nothing changed.
    case unchanged
    /// The update is older than what is known.
    case stale
}

/// What the archive decided about one update, stored with the delivery and carried to later stages as a fact.
public struct Resolution: Sendable {
    /// The event.
    public var uid: String
    /// What the update does.
    public var intent: Intent
    /// The archive's own number of the revision that is current after this update; 0 where none is.
    public var revision: Int
    /// The event before; nil where it was not known.
    public var before: Event?
    /// The event after. A tombstone for a cancellation of an unknown event.
    public var after: Event?
    /// What changed, in order.
    public var changes: [Change]

    /// Makes a resolution.
    public init(
        uid: String, intent: Intent, revision: Int, before: Event?, after: Event?, changes: [Change]
    ) {
        self.uid = uid
        self.intent = intent
        self.revision = revision
        self.before = before
        self.after = after
        self.changes = changes
    }

    /// Whether the event is another one than before.
    public var changesEvent: Bool { intent != .unchanged && intent != .stale }
}
