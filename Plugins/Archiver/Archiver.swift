public import EventModel
public import PluginKit
import Archive
import Store
import Primitives

/// The durable memory: the dropped bytes, what they say, each event's state and its revisions. Decides what each
/// update does to its event, and keeps the log of all that was decided. Everything is in one SQLite file,
/// `archive.sqlite`, in the plugin's state directory.
public actor Archiver: LedgerKeeper {
    /// The plugin's table.
    public typealias Settings = ArchiverSettings

    /// The manifest.
    public static let manifest = PluginManifest(
        name: ArchiveReader.keeper,
        summary: "Keeps every update and what it did to its event; decides new, changed, unchanged, stale or held.",
        capabilities: [.stateDirectory], provides: [Resolution.name], decides: true, keepsBytes: true,
        batchLimit: 1024)

    private let executor = BlockingExecutor(name: "archiver")
    private let clock: any ServiceClock
    private let path: String
    private let hasher: SHA256
    private let settings: ArchiverSettings
    private var ledger: Ledger?

    /// The thread that the archive belongs to.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the archive and brings it up to date.
    public init(settings: ArchiverSettings, context: PluginContext) async throws(PluginFailure) {
        let folder = try context.stateDirectory()
        path = folder + "/" + ArchiveReader.fileName
        clock = context.clock
        self.settings = settings
        do throws(SHA256.Unavailable) {
            hasher = try SHA256()
        } catch {
            throw PluginFailure(.permanent, "the archive cannot hash updates", cause: error)
        }
        try open(settings, key: try Archiver.key(folder))
    }

    private static func key(_ folder: String) throws(PluginFailure) -> SecretKey {
        do throws(SecretKey.Trouble) {
            return try SecretKey(folder: folder)
        } catch {
            let kind: PluginFailure.Kind =
                error.isDurability ? .durability : error.isTemporary ? .temporary : .permanent
            throw PluginFailure(kind, "the archive has no key", cause: error)
        }
    }

    private func open(_ settings: ArchiverSettings, key: SecretKey) throws(PluginFailure) {
        do throws(StoreError) {
            ledger = try Ledger(path: path, key: key, hasher: hasher, options: settings.options)
        } catch {
            throw PluginFailure(archive: error, doing: "the archive cannot be opened")
        }
    }

    /// Decides about a batch, in one commit.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let isSuspect = try using("the archive could not be asked") { ledger throws(StoreError) in
            try ledger.hasForgotten()
        }
        let prepared = try prepare(batch, isSuspect: isSuspect)
        let now = clock.now
        return try using("the archive could not keep a batch") { ledger throws(StoreError) in
            try ledger.commit { () throws(StoreError) in
                let judgement = Judgement(ledger: ledger, settings: settings, now: now)
                var answers: [[Answer]] = []
                answers.reserveCapacity(prepared.count)
                for delivery in prepared { answers.append(try judgement.answers(to: delivery)) }
                return Verdicts(answers)
            }
        }
    }

    /// Writes what ended elsewhere, and what people decided, into the log.
    public func record(_ entries: [LedgerEntry]) async throws(PluginFailure) {
        guard !entries.isEmpty else { return }
        try using("the archive could not note what was decided") { ledger throws(StoreError) in
            try ledger.record(entries)
        }
    }

    /// Forgets what is asked by files that are gone.
    public func reconcile(waiting deliveries: Set<DeliveryID>) async throws(PluginFailure) {
        try using("the archive could not compare what waits with the spool") { ledger throws(StoreError) in
            try ledger.keepQuestions(of: deliveries)
            try ledger.keepLists(of: deliveries)
        }
    }

    /// Says which deliveries nobody need decide about any more: a later list has what they lack.
    public func answered() async throws(PluginFailure) -> [DeliveryID] {
        try using("the archive could not be asked") { ledger throws(StoreError) in try ledger.lapsedLists() }
    }

    /// Holds all that comes from somewhere, or lets it go on.
    public func suspend(_ suspension: Suspension) async throws(PluginFailure) {
        try using("the archive could not note whose updates are held") { ledger throws(StoreError) in
            try ledger.suspend(suspension)
        }
    }

    /// Says what of a delivery can be taken back.
    public func reversible(
        _ delivery: DeliveryID, items: [Int]
    ) async throws(PluginFailure) -> [ReversibleItem] {
        try using("the archive could not be asked") { ledger throws(StoreError) in
            try ledger.reversible(delivery, items: items)
        }
    }

    /// Marks an event as withdrawn, takes the mark away, erases the event, or lets its uid stand for another one.
    public func carryOut(_ order: EventOrder) async throws(PluginFailure) {
        try using("the archive could not \(order.action.rawValue) an event") { ledger throws(StoreError) in
            switch order.action {
            case .withdraw: try ledger.withdraw(order)
            case .readmit: try ledger.readmit(order)
            case .forget: try ledger.forget(order)
            case .link: try ledger.link(order)
            case .unlink: try ledger.unlink(order)
            }
        }
    }

    func using<Result>(
        _ what: String, _ body: (Ledger) throws(StoreError) -> Result
    ) throws(PluginFailure) -> Result {
        guard let ledger else {
            throw PluginFailure(.permanent, "the archive \(path) is closed; restart the service")
        }
        do throws(StoreError) {
            return try body(ledger)
        } catch {
            // After a failed fsync nothing more is promised: the service recovers at its next start.
            if error.isDurability { self.ledger = nil }
            throw PluginFailure(archive: error, doing: what)
        }
    }

    private func prepare(_ batch: DeliveryBatch, isSuspect: Bool) throws(PluginFailure) -> [PreparedDelivery] {
        do throws(SHA256.Unavailable) {
            var prepared: [PreparedDelivery] = []
            prepared.reserveCapacity(batch.deliveries.count)
            for delivery in batch.deliveries {
                prepared.append(try PreparedDelivery(delivery, hasher: hasher, isSuspect: isSuspect))
            }
            return prepared
        } catch {
            throw PluginFailure(.permanent, "the archive cannot hash updates", cause: error)
        }
    }

    /// Copies the log of the database into its file and closes it. Declared `async`, as in the protocol: from an
    /// asynchronous caller a synchronous one would lose to the protocol's empty default.
    public func drain() async throws(PluginFailure) {
        guard let ledger else { return }
        self.ledger = nil
        do throws(StoreError) {
            try ledger.close()
        } catch {
            throw PluginFailure(archive: error, doing: "the archive could not be closed")
        }
    }
}

extension PluginFailure {
    /// What a trouble with the archive means for the service.
    init(archive error: StoreError, doing what: String) {
        let kind: Kind = error.isDurability ? .durability : error.isTemporary ? .temporary : .permanent
        self.init(kind, what, cause: error)
    }
}
