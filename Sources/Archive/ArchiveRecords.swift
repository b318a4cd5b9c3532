public import EventModel
public import PluginKit

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
    public var state: Event
    /// The publisher that was accepted first; empty where all submitters are one.
    public var owner: String
    /// Whether nothing but its cancellation is known.
    public var isTombstone: Bool
    /// Who took it out of every output, and when; nil where nobody did.
    public var withdrawal: Withdrawal?
    /// The uids that stand for it, too.
    public var links: [EventLink] = []
    /// What was said of it, oldest first: revisions, and updates that made none. Not among them are those of a file of
    /// several that said what was known: such a file has one receipt for all of them.
    public var history: [HistoryEntry]
}

/// One thing said of an event, and what came of it.
public struct HistoryEntry: Sendable {
    /// The event.
    public var uid: String
    /// The delivery that said it.
    public var delivery: DeliveryID
    /// Its number in the file, from 1.
    public var item: Int
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
    public var state: Event?
    /// What it changed.
    public var changes: [Change]
}

/// A dropped file as the archive knows it, and all that was decided about it.
public struct DeliveryRecord: Sendable {
    /// What is known of the file.
    public var header: DeliveryHeader
    /// Whether its bytes are kept.
    public var hasBytes: Bool
    /// What was decided, oldest first.
    public var story: [StoryEntry]

    /// The delivery.
    public var id: DeliveryID { header.id }
    /// The file's name as dropped.
    public var file: [UInt8] { header.file }
}

/// One entry of the log, as a line of a story.
public struct StoryEntry: Sendable {
    /// Its number in the log, from 1.
    public var number: Int64
    /// When it was decided.
    public var time: Instant
    /// The delivery; nil for what a person asked to be done to an event as a whole.
    public var delivery: DeliveryID?
    /// The file's name as dropped; empty where there is none, or where it was erased.
    public var file: [UInt8]
    /// The item, from 1; nil for a whole file, and where ``items`` tells of several.
    public var item: Int?
    /// The items, for people, of an entry about several: `1-6, 8-2000`.
    public var items: String?
    /// Who decided; nil where no stage did.
    public var stage: String?
    /// What became of it, or what a person decided.
    public var outcome: LogOutcome
    /// The event; nil where the entry is about none, or about several.
    public var uid: String?
    /// What the update did; nil where it did not count.
    public var intent: Intent?
    /// The status of an event that does not take place, where the intent says something else.
    var untold: EventStatus?
    /// The revision of the event that was current then; nil where none was.
    public var revision: Int?
    /// The event's headline after it; nil where it made no revision.
    public var name: String?
    /// What it changed.
    public var changes: [Change]
    /// What was found, the deciding finding first. Of places in the file, line and column are known.
    public var findings: [Diagnostic]
    /// Why it did not go on; empty where it did.
    public var reason: String
    /// The numeric user id of the person who decided; nil where no person did.
    public var decidedBy: UInt32?
    /// What that person said to it.
    public var comment: String
    /// What that person decided, for people: `released by user 1001 as new`.
    public var release: String?

    /// Codes of what was found, each once, the deciding one first.
    public var codes: [String] {
        findings.reduce(into: []) { codes, finding in
            if !codes.contains(finding.code.rawValue) { codes.append(finding.code.rawValue) }
        }
    }
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
