public import PluginKit
import EventModel
import Store

/// The durable memory: the dropped bytes, what they say, each event's state and its revisions. Decides what each
/// update does to its event. Everything is in one SQLite file, `archive.sqlite`, in the plugin's state directory.
public actor Archiver: Plugin {
    /// The plugin's table.
    public typealias Settings = ArchiverSettings

    /// The archive's file in the state directory.
    public static let fileName = "archive.sqlite"

    /// The manifest.
    public static let manifest = PluginManifest(
        name: "archiver",
        summary: "Keeps every update and what it did to its event; decides new, changed, unchanged, stale or held.",
        capabilities: [.stateDirectory], provides: [Resolutions.name], decides: true, keepsBytes: true,
        batchLimit: 1024)

    private let executor = BlockingExecutor(name: "archiver")
    private let clock: any ServiceClock
    private let path: String
    private let hasher: ContentHasher
    private var archive: Archive?

    /// The thread that the archive belongs to.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the archive and brings it up to date.
    public init(settings: ArchiverSettings, context: PluginContext) async throws(PluginFailure) {
        path = try context.stateDirectory() + "/" + Archiver.fileName
        clock = context.clock
        do throws(ContentHasher.Unavailable) {
            hasher = try ContentHasher()
        } catch {
            throw PluginFailure(.permanent, "the archive cannot hash updates", cause: error)
        }
        try open(settings)
    }

    private func open(_ settings: ArchiverSettings) throws(PluginFailure) {
        do throws(StoreError) {
            archive = try Archive(path: path, settings: settings)
        } catch {
            throw PluginFailure(archive: error, doing: "the archive cannot be opened")
        }
    }

    /// Decides about a batch, in one commit.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let isSuspect = try using("the archive could not be asked") { archive throws(StoreError) in
            try archive.forgotten.isAny()
        }
        let prepared = try prepare(batch, isSuspect: isSuspect)
        return try using("the archive could not keep a batch") { archive throws(StoreError) in
            Verdicts(try archive.answer(prepared, at: clock.now))
        }
    }

    /// Marks an event as withdrawn, or erases it.
    public func carryOut(_ order: EventOrder) async throws(PluginFailure) {
        let hash = try hashing { () throws(ContentHasher.Unavailable) in try hasher.hash(Array(order.uid.utf8)) }
        try using("the archive could not \(order.action.rawValue) an event") { archive throws(StoreError) in
            switch order.action {
            case .withdraw: try archive.withdraw(order)
            case .restore: try archive.restore(order.uid)
            case .forget: try archive.forget(order, uidHash: hash)
            }
        }
    }

    private func using<Result>(
        _ what: String, _ body: (Archive) throws(StoreError) -> Result
    ) throws(PluginFailure) -> Result {
        guard let archive else {
            throw PluginFailure(.permanent, "the archive \(path) is closed; restart the service")
        }
        do throws(StoreError) {
            return try body(archive)
        } catch {
            // After a failed fsync nothing more is promised: the service recovers at its next start.
            if error.isDurability { self.archive = nil }
            throw PluginFailure(archive: error, doing: what)
        }
    }

    private func hashing<Result>(
        _ body: () throws(ContentHasher.Unavailable) -> Result
    ) throws(PluginFailure) -> Result {
        do throws(ContentHasher.Unavailable) {
            return try body()
        } catch {
            throw PluginFailure(.permanent, "the archive cannot hash updates", cause: error)
        }
    }

    private func prepare(_ batch: DeliveryBatch, isSuspect: Bool) throws(PluginFailure) -> [PreparedDelivery] {
        try hashing { () throws(ContentHasher.Unavailable) in
            var prepared: [PreparedDelivery] = []
            prepared.reserveCapacity(batch.deliveries.count)
            for delivery in batch.deliveries {
                prepared.append(try PreparedDelivery(delivery, hasher: hasher, isSuspect: isSuspect))
            }
            return prepared
        }
    }

    /// Copies the log into the archive and closes it. Declared `async`, as in the protocol: from an asynchronous caller
    /// a synchronous one would lose to the protocol's empty default.
    public func drain() async throws(PluginFailure) {
        guard let archive else { return }
        self.archive = nil
        do throws(StoreError) {
            try archive.close()
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
