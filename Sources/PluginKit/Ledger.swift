public import EventModel

/// The plugin that decides keeps a log of all that was decided. What ended before it saw it, and what people decided
/// about it, the daemon gives to its ledger, before the file of it leaves its folder.
///
/// A release of an update that this plugin judges afterwards needs no entry: it stands beside its answer.
public protocol LedgerKeeper: Plugin {
    /// Writes entries into the log, in their order. It MUST be durable when it returns, and MUST have the same effect
    /// twice as once: an ending that is the last word on its item already, or a decision of the same person, item and
    /// time, is not written again.
    func record(_ entries: [LedgerEntry]) async throws(PluginFailure)

    /// Says which deliveries lie in the spool, at the start and before anything is offered. What others asked waits
    /// nowhere any more: a power cut or a person has taken their files away, and it MUST be asked again when it is said
    /// again.
    func reconcile(waiting deliveries: Set<DeliveryID>) async throws(PluginFailure)

    /// Says of which deliveries the item 0 (what they lack as complete lists) waits for a person no more, though none has
    /// decided. Asked at the start; those of them that wait in the spool are offered again.
    func answered() async throws(PluginFailure) -> [DeliveryID]

    /// Holds all that comes from somewhere from now on, until the same says that it is over. It MUST be durable, and in the
    /// log, when it returns, and MUST have the same effect twice as once.
    func suspend(_ suspension: Suspension) async throws(PluginFailure)

    /// Says whether all that comes from somewhere is held, or whether this very decision has ended that.
    func isSuspended(_ suspension: Suspension) async throws(PluginFailure) -> Bool

    /// Says what a delivery made of its events, and what these become when that is taken back. What a person then asks
    /// comes as a delivery with the ruling `revert`, for which this plugin MUST work it out again.
    ///
    /// - Parameters:
    ///   - delivery: The delivery.
    ///   - items: Numbers from 1; none for all.
    /// - Returns: The items that changed something which can be taken back.
    func reversible(_ delivery: DeliveryID, items: [Int]) async throws(PluginFailure) -> [ReversibleItem]

    /// Says which updates of those deliveries waited for a person until their source said something else: what it has given
    /// as a ``Replacement`` before. The daemon asks about what lies in `held/`, at its start and daily.
    func replaced(among deliveries: [DeliveryID]) async throws(PluginFailure) -> [ReplacedItem]

    /// Says why an order about an event cannot be carried out; nil where it can, or has been carried out already. The daemon asks
    /// before it gives an order to the stages.
    func fault(of order: EventOrder) async throws(PluginFailure) -> OrderFault?

    /// Says until when something is still to begin of the events that held items of a delivery are about, as they are known
    /// now. The daemon asks before it closes what nobody has decided about. Items whose event is not known are left out.
    func lasting(_ delivery: DeliveryID, items: [Int]) async throws(PluginFailure) -> [Int: Lasting]

    /// Says what is known of a delivery; nil where it was never met.
    func account(of delivery: DeliveryID) async throws(PluginFailure) -> DeliveryAccount?

    /// Keeps the bytes of a delivery that it has met and of which an update was replaced: its file goes. Where it keeps them
    /// already it does nothing.
    func keep(_ bytes: [UInt8], of delivery: DeliveryHeader) async throws(PluginFailure)
}

extension LedgerKeeper {
    /// None: a keeper that gives no ``Replacement`` has none.
    public func replaced(among deliveries: [DeliveryID]) async throws(PluginFailure) -> [ReplacedItem] { [] }

    /// Whatever is to go on is held.
    public func isSuspended(_ suspension: Suspension) async throws(PluginFailure) -> Bool { true }

    /// Nothing speaks against any order.
    public func fault(of order: EventOrder) async throws(PluginFailure) -> OrderFault? { nil }

    /// Nothing is known.
    public func lasting(_ delivery: DeliveryID, items: [Int]) async throws(PluginFailure) -> [Int: Lasting] { [:] }

    /// Nothing is known.
    public func account(of delivery: DeliveryID) async throws(PluginFailure) -> DeliveryAccount? { nil }

    /// Nothing: a keeper that gives no ``Replacement`` is not asked.
    public func keep(_ bytes: [UInt8], of delivery: DeliveryHeader) async throws(PluginFailure) {}
}

extension LedgerKeeper {
    /// None: the plugin compares no lists.
    public func answered() async throws(PluginFailure) -> [DeliveryID] { [] }
}

/// An update of a delivery that can be taken back.
public struct ReversibleItem: Sendable {
    /// Its number in its file, from 1.
    public var number: Int
    /// The event as it is to be then.
    public var update: EventUpdate

    /// Makes one.
    public init(number: Int, update: EventUpdate) {
        self.number = number
        self.update = update
    }
}

/// A person's decision to hold all that comes from somewhere, or to let it go on.
public struct Suspension: Hashable, Sendable {
    /// Where it comes from.
    public var origin: Origin
    /// Whether it goes on.
    public var isOver: Bool
    /// The numeric user id of the person.
    public var decidedBy: UInt32
    /// When.
    public var decidedAt: Instant
    /// What the person said to it.
    public var comment: String

    /// Makes a decision.
    public init(
        of origin: Origin, isOver: Bool = false, decidedBy: UInt32, decidedAt: Instant, comment: String = ""
    ) {
        self.origin = origin
        self.isOver = isOver
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.comment = comment
    }
}

/// What is known of a dropped file without its bytes.
public struct DeliveryHeader: Hashable, Sendable {
    /// The delivery.
    public var id: DeliveryID
    /// The file's name as dropped: any bytes but NUL and `/`.
    public var file: [UInt8]
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public var sha256: String
    /// Length in bytes.
    public var byteCount: Int
    /// The format that was recognised.
    public var format: Format?
    /// The numeric user id of the file's owner.
    public var submitter: UInt32
    /// Whom the submitter speaks for; empty where no publishers are configured.
    public var publisher: String
    /// When the file was claimed.
    public var receivedAt: Instant

    /// Makes a header.
    public init(
        id: DeliveryID, file: [UInt8], sha256: String, byteCount: Int, format: Format?, submitter: UInt32,
        publisher: String, receivedAt: Instant
    ) {
        self.id = id
        self.file = file
        self.sha256 = sha256
        self.byteCount = byteCount
        self.format = format
        self.submitter = submitter
        self.publisher = publisher
        self.receivedAt = receivedAt
    }

    /// The header of a delivery in work.
    public init(_ delivery: Delivery) {
        self.init(
            id: delivery.id, file: delivery.file, sha256: delivery.sha256, byteCount: delivery.bytes.count,
            format: delivery.format, submitter: delivery.submitter,
            publisher: delivery.facts[Publisher.self]?.publisher ?? "", receivedAt: delivery.receivedAt)
    }
}

/// What an entry of the decision log says: what became of an update, or what a person decided. The raw values are external.
public enum LogOutcome: String, Sendable, CaseIterable {
    /// It counts, and changed its event.
    case accepted
    /// It says what is known.
    case unchanged
    /// It is older than what is known.
    case stale
    /// It waits for a person.
    case held
    /// It was refused.
    case rejected
    /// A person threw it away.
    case discarded
    /// A person released it; what became of it then is another entry.
    case released
    /// A person had it tried again; what became of it then is another entry.
    case retried
    /// It waited for a person until its event, or the last of its dates, began.
    case expired
    /// It waited for a person until its source said something else.
    case replaced
    /// Nobody need decide any more about what a complete list lacked.
    case lapsed
    /// A person took the event out of every output.
    case withdrawn
    /// A person let the event reach outputs again.
    case readmitted
    /// A person had the event erased; also what is left of an entry about it.
    case forgotten
    /// A person said that another uid stands for the event.
    case linked
    /// A person said that it does so no more.
    case unlinked
    /// A person held back all that comes from somewhere.
    case suspended
    /// A person let what comes from there go on.
    case resumed

    /// Whether it counts: it was taken in, whether or not it changed anything.
    public var counts: Bool { self == .accepted || self == .unchanged || self == .stale }
}

/// One line for the log: what became of an update, or what a person decided about it.
public struct LedgerEntry: Hashable, Sendable {
    /// The file it came in.
    public var delivery: DeliveryHeader
    /// The item's number, from 1; nil for the file as a whole.
    public var item: Int?
    /// The event; nil where it is not known.
    public var uid: String?
    /// What became of it, or was decided.
    public var outcome: LogOutcome
    /// The stage that decided; nil where none did.
    public var stage: String?
    /// What was found, the deciding finding first.
    public var findings: [Diagnostic]
    /// A sentence for a person: why.
    public var message: String
    /// SHA-256 of the canonical JSON of the update's content, 64 lower-case hexadecimal digits; nil where it is not known.
    public var contentHash: String?
    /// The numeric user id of the person who decided; nil where no person did.
    public var decidedBy: UInt32?
    /// What that person said to it.
    public var comment: String
    /// When it ended, or when the person asked.
    public var time: Instant

    /// Makes an entry.
    public init(
        _ outcome: LogOutcome, of delivery: DeliveryHeader, item: Int? = nil, uid: String? = nil, stage: String? = nil,
        findings: [Diagnostic] = [], message: String = "", contentHash: String? = nil, decidedBy: UInt32? = nil,
        comment: String = "", time: Instant
    ) {
        self.delivery = delivery
        self.item = item
        self.uid = uid
        self.outcome = outcome
        self.stage = stage
        self.findings = findings
        self.message = message
        self.contentHash = contentHash
        self.decidedBy = decidedBy
        self.comment = comment
        self.time = time
    }
}
