/// A module that judges deliveries or acts on them, in the daemon's own process.
///
/// <doc:Contract> says what it promises and what it is promised. In short: on disk before it answers, the same effect
/// twice as once, one answer for each delivery. A bad update is a verdict; a ``PluginFailure`` says that the stage itself
/// is ill.
public protocol Plugin: Sendable {
    /// The plugin's part of the configuration, `[plugins.NAME]`.
    associatedtype Settings: PluginSettings

    /// What the plugin is called and what it needs. Pure: it MUST be the same at every call.
    static var manifest: PluginManifest { get }

    /// Opens what the plugin needs. It MUST release what it opened before it throws.
    init(settings: Settings, context: PluginContext) async throws(PluginFailure)

    /// Judges a batch: exactly one answer for each delivery, in the batch's order.
    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts

    /// Carries out what a person asks to be done to an event. It is called while no batch is in work, MUST be durable when
    /// it returns and MUST have the same effect twice as once; of an event that the plugin does not know it returns.
    func carryOut(_ order: EventOrder) async throws(PluginFailure)

    /// Long-lived work beside the batches, such as delivering an outbox. It MUST end when its task is cancelled.
    func run() async throws(PluginFailure)

    /// Finishes what can be finished and closes what is open. No call follows it.
    func drain() async throws(PluginFailure)
}

extension Plugin {
    /// Nothing to do: the plugin keeps nothing about events.
    public func carryOut(_ order: EventOrder) async throws(PluginFailure) {}

    /// No long-lived work.
    public func run() async throws(PluginFailure) {}

    /// Nothing to finish.
    public func drain() async throws(PluginFailure) {}
}

/// A plugin that judges one delivery at a time.
public protocol SingleDeliveryPlugin: Plugin {
    /// Judges one delivery.
    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer
}

extension SingleDeliveryPlugin {
    /// Judges the deliveries of the batch one after the other.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        var answers: [Answer] = []
        answers.reserveCapacity(batch.deliveries.count)
        for delivery in batch.deliveries { answers.append(try await process(delivery)) }
        return Verdicts(answers)
    }
}
