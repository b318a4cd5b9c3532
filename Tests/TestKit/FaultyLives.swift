import EventModel
import PluginKit
import Synchronization

/// A wait that nothing ends.
enum Forever {
    private static let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    static func wait() async {
        await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
    }
}

/// Takes longer for an update than its manifest says.
struct Slow: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.", deadline: .milliseconds(1))

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let end = ContinuousClock.now + .milliseconds(5)
        while ContinuousClock.now < end { await Task.yield() }
        return plain(item)
    }
}

/// Never answers.
struct Hangs: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.", deadline: .milliseconds(100))

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        await Forever.wait()
        return .pass
    }
}

/// Does not care that its task was cancelled.
struct IgnoresCancellation: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        if Task.isCancelled { await Forever.wait() }
        return plain(item)
    }
}

/// Has long-lived work that no cancellation ends.
struct RunsForEver: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    func run() async throws(PluginFailure) { await Forever.wait() }
}

/// Takes the end of its long-lived work for an illness.
struct FailsToRun: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    func run() async throws(PluginFailure) { throw PluginFailure(.temporary, "the work was ended") }
}

/// Fails to drain.
struct FailsToDrain: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    func drain() async throws(PluginFailure) { throw PluginFailure(.temporary, "there is nothing to drain") }
}

/// Fails for an event that it has never heard of.
struct RefusesOrders: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func carryOut(_ order: EventOrder) async throws(PluginFailure) {
        throw PluginFailure(.permanent, "there is no event \(order.uid)")
    }
}

/// Uses a directory that its manifest does not ask for.
struct UndeclaredDirectory: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {
        _ = try context.stateDirectory()
    }
}
