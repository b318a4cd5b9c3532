/// A module that judges updates or acts on them, in the daemon's own process.
///
/// <doc:Contract> says what it promises and what it is promised. In short: on disk before it answers, the same effect
/// twice as once, one answer for each update. A bad update is a verdict; a ``PluginFailure`` says that the stage itself
/// is ill.
public protocol Plugin: Sendable {
    /// The plugin's part of the configuration, `[plugins.NAME]`.
    associatedtype Settings: PluginSettings = NoSettings

    /// What the plugin is called and what it needs. Pure: it MUST be the same at every call.
    static var manifest: PluginManifest { get }

    /// Opens what the plugin needs. It MUST release what it opened before it throws.
    init(settings: Settings, context: PluginContext) async throws(PluginFailure)

    /// Judges a batch: for each delivery exactly one answer for each of its items, all in order.
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

/// A plugin that judges one update at a time.
public protocol SingleUpdatePlugin: Plugin {
    /// Judges one update of a delivery.
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer
}

extension SingleUpdatePlugin {
    /// Judges the updates of the batch one after the other.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        var answers: [[Answer]] = []
        answers.reserveCapacity(batch.deliveries.count)
        for delivery in batch.deliveries {
            var ofDelivery: [Answer] = []
            ofDelivery.reserveCapacity(delivery.items.count)
            for item in delivery.items { ofDelivery.append(try await process(item, of: delivery)) }
            answers.append(ofDelivery)
        }
        return Verdicts(answers)
    }
}
