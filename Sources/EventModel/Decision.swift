/// What the archive knows of an event when an update comes.
public struct KnownEvent: Sendable {
    /// The event as the accepted updates left it.
    public var state: Event
    /// The archive's number of the current revision, from 1.
    public var revision: Int
    /// The publisher that was accepted first.
    public var owner: String
    /// The numeric user id of the submitter that was accepted first.
    public var announcer: UInt32
    /// Whether nothing but its cancellation is known.
    public var isTombstone: Bool
    /// What the current revision's source stated about its place in the order.
    public var stamp: RevisionStamp
    /// The content hash of the update that made the current revision.
    public var contentHash: [UInt8]

    /// Makes what is known.
    public init(
        state: Event, revision: Int, owner: String, announcer: UInt32 = 0, isTombstone: Bool = false,
        stamp: RevisionStamp, contentHash: [UInt8]
    ) {
        self.state = state
        self.revision = revision
        self.owner = owner
        self.announcer = announcer
        self.isTombstone = isTombstone
        self.stamp = stamp
        self.contentHash = contentHash
    }
}

/// What a person decided about a held delivery.
public enum Ruling: Hashable, Sendable {
    /// It counts as the newest word on the event that it names.
    case accept
    /// It announces an event of its own, whatever it resembles.
    case new
    /// It is the newest word on the event of that uid, whatever it says of itself.
    case update(of: String)
    /// It takes back what that update of a delivery did.
    case revert(DeliveryID, item: Int)
}

/// One update as it stands before the archive.
public struct Statement: Sendable {
    /// The update.
    public var update: EventUpdate
    /// Who says it.
    public var source: UpdateSource
    /// The hash of its content.
    public var contentHash: [UInt8]
    /// Whether an earlier revision that is not the current one had the same hash.
    public var wasSeenBefore: Bool
    /// Whether it was dropped before the delivery that made the current revision, and waited while that one went on.
    public var isOvertaken: Bool
    /// The highest sequence that this source has stated for the event.
    public var ownSequence: Int?
    /// What the same source said of the event last; nil where it is the first that it says of it.
    public var base: SourceBase?
    /// What its source may do.
    public var may: Set<Permission>
    /// What a person decided about it.
    public var ruling: Ruling?

    /// Makes a statement.
    public init(
        _ update: EventUpdate, from source: UpdateSource, contentHash: [UInt8], wasSeenBefore: Bool = false,
        isOvertaken: Bool = false, ownSequence: Int? = nil, base: SourceBase? = nil,
        may: Set<Permission> = Set(Permission.allCases), ruling: Ruling? = nil
    ) {
        self.update = update
        self.source = source
        self.contentHash = contentHash
        self.wasSeenBefore = wasSeenBefore
        self.isOvertaken = isOvertaken
        self.ownSequence = ownSequence
        self.base = base
        self.may = may
        self.ruling = ruling
    }
}

/// What becomes of an update.
public enum Decision: Sendable {
    /// It makes a revision.
    case accepted(Acceptance)
    /// It says what is known. The stamp notes a later sequence or issue date.
    case unchanged(RevisionStamp)
    /// A newer revision is known.
    case stale(Diagnostic)
    /// A person decides.
    case held(Diagnostic)

    /// A revision that is made.
    public struct Acceptance: Sendable {
        /// What the update does.
        public var intent: Intent
        /// The event after it.
        public var after: Event
        /// What differs.
        public var changes: ChangeSet
        /// Whether nothing but the event's cancellation is known.
        public var isTombstone: Bool
        /// What is remarkable about it.
        public var warnings: [Diagnostic]
    }
}
