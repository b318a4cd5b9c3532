public import EventModel

/// What a list shows of an event.
public struct EventSummary: Sendable, Hashable {
    /// The event.
    public var uid: String
    /// The headline.
    public var name: String
    /// Its status.
    public var status: EventStatus
    /// The highest sequence that the source of its current revision stated.
    public var sequence: Int?
    /// The earliest start, as `2027-05-01` or `2027-05-01T19:00:00`; nil where none is known.
    public var start: String?
    /// The latest end; a date is inclusive.
    public var end: String?
    /// Cities, or places where no city is known, in the event's order, each once.
    public var places: [String]
    /// Private events reach no output.
    public var visibility: Visibility
    /// Whether nothing but its cancellation is known.
    public var isTombstone: Bool
    /// Whether a person took it out of every output.
    public var isWithdrawn: Bool
}

/// That a person took an event out of every output.
public struct Withdrawal: Sendable, Hashable {
    /// The numeric user id of the person.
    public var decidedBy: UInt32
    /// When.
    public var decidedAt: Instant
}

/// An event as the archive knows it.
public struct EventRecord: Sendable {
    /// The event as the accepted updates left it.
    public var state: EventUpdate
    /// The publisher that was accepted first; empty where all submitters are one.
    public var owner: String
    /// Whether nothing but its cancellation is known.
    public var isTombstone: Bool
    /// Who took it out of every output, and when; nil where nobody did.
    public var withdrawal: Withdrawal?
    /// What was said of it, oldest first: revisions, and updates that made none.
    public var history: [HistoryEntry]
}

/// One thing said of an event, and what came of it.
public struct HistoryEntry: Sendable {
    /// The event.
    public var uid: String
    /// The delivery that said it.
    public var delivery: DeliveryID
    /// When the archive answered.
    public var settledAt: Instant
    /// What it did.
    public var intent: Intent
    /// The revision that was current after it, from 1.
    public var revision: Int
    /// What it stated of its place in the order, and who stated it.
    public var stamp: RevisionStamp
    /// SHA-256 of the canonical JSON of its content.
    public var contentHash: [UInt8]
    /// The state that it made; nil where it made no revision.
    public var state: EventUpdate?
    /// What it changed.
    public var changes: [Change]
}

/// One answer of the archive to a delivery. A delivery that was held and then released has two.
public struct DeliveryRecord: Sendable {
    /// The delivery.
    public var id: DeliveryID
    /// The file's name as dropped.
    public var file: [UInt8]
    /// SHA-256 of the bytes, in hexadecimal digits.
    public var sha256: String
    /// Length in bytes.
    public var byteCount: Int
    /// The format.
    public var format: Format?
    /// The numeric user id of the file's owner.
    public var submitter: UInt32
    /// Whom the submitter speaks for.
    public var publisher: String
    /// When the file was claimed.
    public var receivedAt: Instant
    /// When the archive answered.
    public var settledAt: Instant
    /// `accepted`, `unchanged`, `stale` or `held`.
    public var outcome: String
    /// Why it did not go on; empty where it did.
    public var reason: String
    /// What was remarkable.
    public var findings: [Diagnostic]
    /// Who released it, with the numeric user id, and when; nil where nobody had to.
    public var releasedBy: UInt32?
    /// When it was released.
    public var releasedAt: Instant?
    /// What that person decided, for people: `released by user 1001 as new`.
    public var release: String?
    /// What came of its updates; empty for a held one.
    public var updates: [HistoryEntry]
}

/// One line of the story of a delivery or an event.
public struct StoryEntry: Sendable {
    /// When.
    public var time: Instant
    /// The delivery.
    public var delivery: DeliveryID
    /// Who decided: `archiver`.
    public var stage: String
    /// `accepted`, `unchanged`, `stale` or `held`.
    public var outcome: String
    /// The event; nil where the delivery was held.
    public var uid: String?
    /// What the update did; nil where it was held.
    public var intent: Intent?
    /// What it changed.
    public var changes: [Change]
    /// Codes of what was remarkable.
    public var codes: [String]
    /// A sentence.
    public var message: String
}

/// How much the archive holds.
public struct ArchiveCounts: Sendable, Hashable {
    /// Deliveries whose bytes are kept.
    public var deliveries: Int
    /// Events, past ones and tombstones too.
    public var events: Int

    /// Makes counts.
    public init(deliveries: Int, events: Int) {
        self.deliveries = deliveries
        self.events = events
    }
}
