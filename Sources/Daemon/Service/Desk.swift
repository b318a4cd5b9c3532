import EventModel
import Pipeline
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
        let decision: ItemDecision?
        /// Where it goes back if that cannot be done.
        let home: Folder?
        /// SHA-256 of what was read of its updates when they were held, as no person had corrected it.
        fileprivate(set) var contentHashes: [String?] = []
        /// How many bytes of it are in memory; nil while it waits aside.
        fileprivate(set) var bytes: Int?
    }

    private struct State {
        var items: [DeliveryID: Item] = [:]
        /// Bytes in memory of those files.
        var bytes = 0
        /// Files that do not wait aside.
        var inWork = 0
        /// Whether somebody waits for the end of one.
        var isAwaited = false
        /// Deliveries that have been told of and could not be removed yet.
        var told: [DeliveryID: Outcome] = [:]

        mutating func remove(_ id: DeliveryID) -> Item? {
            setAside(id)
            return items.removeValue(forKey: id)
        }

        mutating func setAside(_ id: DeliveryID) {
            guard let held = items[id]?.bytes else { return }
            bytes -= held
            inWork -= 1
            items[id]?.bytes = nil
        }
    }

    private let state = Mutex(State())
    private let open = Atomic<Int>(0)
    private let done = Atomic<Int>(0)

    func put(_ claim: ClaimedFile, since: Duration, attempts: Int, _ earlier: EarlierTry = EarlierTry(nil)) {
        let item = Item(
            file: claim.file, since: since, attempts: attempts, wantsReply: claim.wantsReply,
            decision: earlier.decision,
            home: earlier.home, bytes: claim.bytes.count)
        state.withLock { state in
            _ = state.remove(claim.file.id)
            state.items[claim.file.id] = item
            state.bytes += claim.bytes.count
            state.inWork += 1
        }
    }

    /// Notes what was read of the updates of a file when they were held.
    func note(_ id: DeliveryID, contentHashes: [String?]) {
        if !contentHashes.isEmpty { state.withLock { $0.items[id]?.contentHashes = contentHashes } }
    }

    /// A file waits to be read again.
    func setAside(_ id: DeliveryID) { state.withLock { $0.setAside(id) } }

    /// All files wait to be read again.
    func setAllAside() {
        state.withLock { state in
            for id in state.items.keys { state.setAside(id) }
        }
    }

    func take(_ id: DeliveryID) -> Item? { state.withLock { $0.remove(id) } }

    /// Whether something that a person takes back is in work.
    var isTakingBack: Bool { state.withLock { $0.items.values.contains { $0.decision?.action == .revert } } }

    /// What is known of a file in work.
    func look(_ id: DeliveryID) -> Item? { state.withLock { $0.items[id] } }

    /// Files in work, and those that wait aside.
    var count: Int { state.withLock { $0.items.count } }

    /// How many more bytes may be in work; where none may, whoever finishes a delivery is told by ``isAwaited()``.
    func room(of limit: Int) -> Int {
        state.withLock { state in
            if state.bytes >= limit { state.isAwaited = true }
            return max(0, limit - state.bytes)
        }
    }

    /// Whether no file is in work; else whoever finishes one is told by ``isAwaited()``.
    func isClear() -> Bool {
        state.withLock { state in
            if state.inWork > 0 { state.isAwaited = true }
            return state.inWork == 0
        }
    }

    /// Whether somebody waits for the end of a delivery; says so once.
    func isAwaited() -> Bool {
        state.withLock { state in
            defer { state.isAwaited = false }
            return state.isAwaited
        }
    }

    /// A delivery has been told of and stays in active/ for now: another shift does not tell of it again.
    func noteTold(_ id: DeliveryID, _ outcome: Outcome) { state.withLock { $0.told[id] = outcome } }

    /// Whether that outcome of a delivery has been told of.
    func wasTold(_ id: DeliveryID, _ outcome: Outcome) -> Bool { state.withLock { $0.told[id] == outcome } }

    /// A delivery has left active/.
    func forgetTold(_ id: DeliveryID) { state.withLock { _ = $0.told.removeValue(forKey: id) } }

    /// A delivery has its outcome.
    /// Counts a delivery that has its outcome, by what came of its updates, if it has any: what a person threw away and what
    /// its source replaced need nobody.
    func count(_ outcome: Outcome, _ items: some Collection<Outcome>) {
        done.wrappingAdd(1, ordering: .relaxed)
        if outcome == .partial ? items.contains(where: \.isOpen) : outcome.isOpen {
            open.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// Deliveries that were rejected, held or deferred since the start.
    var openOutcomes: Int { open.load(ordering: .relaxed) }

    /// Deliveries that passed all stages since the start.
    var passed: Int { done.load(ordering: .relaxed) - open.load(ordering: .relaxed) }

    /// Deliveries that have had an outcome since the start.
    var outcomes: Int { done.load(ordering: .relaxed) }
}
