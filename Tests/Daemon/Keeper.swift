import Daemon
import EventModel
import PluginKit
import Synchronization
import TestKit

/// What the keeper has been offered: shared by a test and the plugin it configures.
final class Offered: Sendable {
    private let offers = Mutex<[[String]]>([])
    private let failures = Mutex<[PluginFailure]>([])

    var batches: [[String]] { offers.withLock { $0 } }
    var names: [String] { batches.flatMap { $0 } }
    func add(_ names: [String]) { offers.withLock { $0.append(names) } }
    func failNext(_ failure: PluginFailure) { failures.withLock { $0.append(failure) } }
    func forgetFailures() { failures.withLock { $0 = [] } }

    /// The deadlines of the sleeper, which pass when it hangs.
    let deadlines = HeldClock()

    private let asked = Mutex<(count: Int, tell: (@Sendable (Int) -> Void)?)>((0, nil))
    /// Calls back at each batch with its number.
    func whenAsked(_ tell: @escaping @Sendable (Int) -> Void) { asked.withLock { $0.tell = tell } }
    func ask() {
        let (count, tell) = asked.withLock { asked in
            asked.count += 1
            return (asked.count, asked.tell)
        }
        tell?(count)
    }

    func nextFailure() -> PluginFailure? { failures.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

/// A plugin whose verdict is the file's first word: `reject`, `hold`, `retry`, `absorb`, anything else passes.
struct Keeper: Plugin {
    static let manifest = PluginManifest(name: "keeper", summary: "Judges by the first word.", keepsBytes: true)

    struct Settings: PluginSettings {
        var limit = 3
        static var schema: [Setting<Self>] { [Setting("limit", \.limit, in: 1...9, "A limit.")] }
    }

    /// The one that tests look at; a task-local would not reach the plugin's own tasks.
    @TaskLocal static var offered = Offered()
    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let failure = offered.nextFailure()
        offered.ask()
        if let failure { throw failure }
        offered.add(batch.deliveries.map { String(decoding: $0.file, as: UTF8.self) })
        return Verdicts(
            batch.deliveries.map { delivery in
                let word = String(decoding: delivery.bytes.prefix { $0 != 0x20 && $0 != 0x0A }, as: UTF8.self)
                switch word {
                case "reject": return Answer(.reject, reason: "line 1, column 1: refused as it asked")
                case "hold": return Answer(.hold, reason: "say whether this is new")
                case "retry": return Answer(.retry(after: .seconds(5)), reason: "not now")
                case "absorb": return Answer(.absorb, reason: "nothing to do")
                default: return .pass
                }
            })
    }
}

/// A fact that says what the sorter found.
struct Sorted: Fact {
    static let name = "test.sorted"
}

/// Provides a fact; the keeper's neighbour in tests of what is asked again. Its name in `Offered` has `sorter:` before it.
struct Sorter: Plugin {
    static let manifest = PluginManifest(name: "sorter", summary: "Provides a fact.", provides: [Sorted.name])

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        offered.add(batch.deliveries.map { "sorter:" + String(decoding: $0.file, as: UTF8.self) })
        return Verdicts(batch.deliveries.map { _ in Answer(.pass, facts: Facts([Sorted()])) })
    }
}

/// The machine's clocks, but for the deadlines of the sleeper: they pass when it hangs, and not because the machine is slow.
struct RoomClock: ServiceClock {
    let offered: Offered
    private let system = SystemClock()

    init(_ offered: Offered) { self.offered = offered }

    var now: Instant { system.now }
    var uptime: Duration { system.uptime }

    func wait(_ duration: Duration) async throws(CancellationError) {
        let isDeadline = [Sleeper.manifest.deadline, Sleeper.trialDeadline].contains(duration)
        try await isDeadline ? offered.deadlines.wait(duration) : system.wait(duration)
    }
}

/// Does not answer for a file that says `hang`: it heeds its cancellation, unless the file says `hang hard`.
struct Sleeper: Plugin {
    static let manifest = PluginManifest(
        name: "sleeper", summary: "Hangs when asked to.", requires: [], deadline: .milliseconds(200))
    static let trialDeadline = Duration.milliseconds(20)

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let texts = batch.deliveries.map { String(decoding: $0.bytes, as: UTF8.self) }
        if texts.contains(where: { $0.hasPrefix("hang") }) {
            await offered.deadlines.untilSomebodyWaits()
            offered.deadlines.advance(by: Sleeper.manifest.deadline)
        }
        if texts.contains("hang hard") { await forEver() }
        if texts.contains("hang") {
            do {
                try await SystemClock().wait(.seconds(3600))
            } catch {
                throw PluginFailure(.temporary, "it was cancelled", cause: error)
            }
        }
        offered.add(batch.deliveries.map { String(decoding: $0.file, as: UTF8.self) })
        return Verdicts(batch.deliveries.map { _ in .pass })
    }

    /// Waits for what never comes.
    private func forEver() async { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
}
