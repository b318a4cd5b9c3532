import EventModel
import PluginKit

/// A plugin that judges a batch as a whole, with one fault.
protocol FaultyBatchPlugin: Plugin where Settings == NoSettings {}

extension FaultyBatchPlugin {
    static var manifest: PluginManifest { PluginManifest(name: "faulty", summary: "Has a fault.") }

    /// What a faultless plugin answers.
    func plainAnswers(_ batch: DeliveryBatch) -> [[Answer]] { batch.deliveries.map { $0.items.map(plain) } }
}

/// Has nothing to say of deliveries that it passes.
struct TooFewAnswers: FaultyBatchPlugin {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(plainAnswers(batch).filter { $0.contains { $0.verdict != .pass } })
    }
}

/// Gives one answer for a whole file.
struct OneAnswerAFile: FaultyBatchPlugin {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(plainAnswers(batch).map { $0.max { $0.verdict.rank < $1.verdict.rank }.map { [$0] } ?? [] })
    }
}

/// Answers the last update of a batch first.
struct AnswersBackwards: FaultyBatchPlugin {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        var answers = plainAnswers(batch).flatMap { $0 }
        return Verdicts(batch.deliveries.map { $0.items.map { _ in answers.removeLast() } })
    }
}

/// Answers the last update of a file first.
struct ItemsBackwards: FaultyBatchPlugin {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(plainAnswers(batch).map { $0.reversed() })
    }
}

/// Lets one delivery of each batch through.
struct OneOfABatch: FaultyBatchPlugin {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(
            batch.deliveries.enumerated().map { index, delivery in
                delivery.items.map { _ in index == 0 ? .pass : Answer(.absorb, reason: "one at a time is enough") }
            })
    }
}

/// Takes the updates of a slice for all that the file holds.
struct CountsTheSlice: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.items.count > 30 ? Answer(.hold, reason: "this is a whole export; look at it first") : plain(item)
    }
}

/// Refuses all of a file in which one update is bad.
struct OneBadSinksAll: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.items.lazy.map(plain).first { $0.verdict != .pass } ?? .pass
    }
}
