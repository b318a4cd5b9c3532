/// What an update does to its event.
public enum Intent: String, Sendable, CaseIterable {
    case new, corrected, rescheduled, postponed, movedOnline = "moved-online", cancelled, reinstated, unchanged, stale
}

/// What one field of an event was and is.
public struct Change: Hashable, Sendable {
    /// What happened to the value.
    public enum Operation: String, Sendable { case add, remove, replace }
    /// What kind of thing changed. Time, place and status are major.
    public enum Class: String, Sendable, CaseIterable {
        case time, place, status, party, text, meta

        /// Whether subscribers plan by it.
        public var isMajor: Bool { self == .time || self == .place || self == .status }
    }

    /// The field, occurrences keyed by their id: `occurrences[paris].when.start`.
    public var path: String
    /// What happened.
    public var operation: Operation
    /// The value before, as text for a person; nil for `add`.
    public var before: String?
    /// The value after; nil for `remove`.
    public var after: String?
    /// What kind of thing changed.
    public var `class`: Class

    /// Makes a change.
    public init(path: String, operation: Operation, before: String?, after: String?, class: Class) {
        self.path = path
        self.operation = operation
        self.before = before
        self.after = after
        self.class = `class`
    }

    /// Whether subscribers plan by it.
    public var isMajor: Bool { `class`.isMajor }
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
    public var before: EventUpdate?
    /// The event after. A tombstone for a cancellation of an unknown event.
    public var after: EventUpdate?
    /// What changed, in order.
    public var changes: [Change]

    /// Makes a resolution.
    public init(
        uid: String, intent: Intent, revision: Int, before: EventUpdate?, after: EventUpdate?, changes: [Change]
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
