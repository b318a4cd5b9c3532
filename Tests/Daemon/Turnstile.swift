import EventModel
import PluginKit
import Synchronization

/// What turnstiles have seen: whether two deliveries of one event were ever in one stage at a time.
final class Passages: Sendable {
    private struct Seen {
        var inside: [String: [String: Int]] = [:]
        var order: [String: [String]] = [:]
        var mostAtATime = 0
    }

    private let seen = Mutex(Seen())

    func enter(_ stage: String, _ event: String, _ file: String) {
        seen.withLock { seen in
            seen.inside[stage, default: [:]][event, default: 0] += 1
            seen.mostAtATime = max(seen.mostAtATime, seen.inside[stage]?[event] ?? 0)
            seen.order[stage, default: []].append(file)
        }
    }

    func leave(_ stage: String, _ event: String) {
        seen.withLock { $0.inside[stage, default: [:]][event, default: 0] -= 1 }
    }

    /// Deliveries of one event in one stage at the same time, at most.
    var mostAtATime: Int { seen.withLock { $0.mostAtATime } }
    /// Files in the order in which a stage had them.
    func order(_ stage: String) -> [String] { seen.withLock { $0.order[stage] ?? [] } }
}

/// Takes its time over each event and notes who is there.
struct Turnstile: Plugin {
    static let manifest = PluginManifest(name: "turnstile", summary: "Notes who passes.")

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    @TaskLocal static var passages = Passages()
    private let passages: Passages

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { passages = Turnstile.passages }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        await pass(batch, Turnstile.manifest.name, passages)
    }
}

/// The next one after it.
struct SecondTurnstile: Plugin {
    static let manifest = PluginManifest(name: "second", summary: "Notes who passes, too.", keepsBytes: true)

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let passages: Passages

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { passages = Turnstile.passages }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        await pass(batch, SecondTurnstile.manifest.name, passages)
    }
}

private func pass(_ batch: DeliveryBatch, _ stage: String, _ passages: Passages) async -> Verdicts {
    for delivery in batch.deliveries {
        for event in delivery.items.map(\.update.uid) {
            passages.enter(stage, event, String(decoding: delivery.file, as: UTF8.self))
            for _ in 0..<20 { await Task.yield() }
            passages.leave(stage, event)
        }
    }
    return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
}
