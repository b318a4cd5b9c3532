import EventModel
import PluginKit
import Spool
import Synchronization

/// The files in work: what finishing a delivery needs beside the delivery. And what was done since the start.
final class Desk: Sendable {
    struct Item: Sendable {
        let file: ActiveFile
        let since: Duration
        let attempts: Int
        let wantsReply: Bool
        /// What a person decided about it.
        let release: Release?
    }

    private let items = Mutex<[DeliveryID: Item]>([:])
    private let open = Atomic<Int>(0)
    private let done = Atomic<Int>(0)

    func put(
        _ file: ActiveFile, since: Duration, attempts: Int, wantsReply: Bool, release: Release? = nil
    ) {
        let item = Item(file: file, since: since, attempts: attempts, wantsReply: wantsReply, release: release)
        items.withLock { $0[file.id] = item }
    }

    func take(_ id: DeliveryID) -> Item? { items.withLock { $0.removeValue(forKey: id) } }

    /// What is known of a file in work.
    func look(_ id: DeliveryID) -> Item? { items.withLock { $0[id] } }

    var count: Int { items.withLock { $0.count } }

    /// A delivery has its outcome.
    func count(_ outcome: Outcome) {
        done.wrappingAdd(1, ordering: .relaxed)
        if outcome.isOpen { open.wrappingAdd(1, ordering: .relaxed) }
    }

    /// Deliveries that were rejected, held or deferred since the start.
    var openOutcomes: Int { open.load(ordering: .relaxed) }

    /// Deliveries that have had an outcome since the start.
    var outcomes: Int { done.load(ordering: .relaxed) }
}
