public import PluginKit

/// A plugin at its place in the pipeline.
public struct PipelineStage: Sendable {
    /// What it is called and what it needs.
    public let manifest: PluginManifest
    /// The plugin.
    public let plugin: any Plugin

    /// Puts a plugin at a place.
    public init(_ manifest: PluginManifest, _ plugin: any Plugin) {
        self.manifest = manifest
        self.plugin = plugin
    }
}

/// What a claim brought: deliveries, or an order, or neither.
public struct Claimed: Sendable {
    /// Files in work from now on, in the order they were taken.
    public var passages: [Passage]
    /// What a person asks to be done to an event; it is carried out alone.
    public var order: EventOrder?
    /// Whether nothing else may be in work beside what was claimed.
    public var isAlone: Bool
    /// When to claim again though nothing is heard: zero for at once, nil for not at all.
    public var lookAgain: Duration?

    /// Makes the result of a claim.
    public init(_ passages: [Passage] = [], isAlone: Bool = false, lookAgain: Duration? = nil) {
        self.passages = passages
        self.isAlone = isAlone
        self.lookAgain = lookAgain
    }

    /// Makes the result of a claim that brought an order.
    public init(order: EventOrder) {
        self.init(isAlone: true, lookAgain: .zero)
        self.order = order
    }
}

/// What the pipeline asks of the world. Everything it does goes through these.
public struct PipelineEffects: Sendable {
    /// Claims and reads up to that many files.
    public var claim: @Sendable (_ limit: Int) async throws(PluginFailure) -> Claimed
    /// Carries out the outcomes of a batch, and says whether files may be waiting now.
    public var finish: @Sendable ([Passage]) async throws(PluginFailure) -> Bool
    /// An order was carried out by every stage; or one refused it for good, and why. Files may be waiting then.
    public var finishOrder: @Sendable (EventOrder, PluginFailure?) async throws(PluginFailure) -> Void
    /// Tells what happened to the pipeline itself.
    public var tell: @Sendable (PipelineNotice) -> Void
    /// The clocks.
    public var clock: any ServiceClock

    /// Makes a set of effects.
    public init(
        claim: @escaping @Sendable (Int) async throws(PluginFailure) -> Claimed,
        finish: @escaping @Sendable ([Passage]) async throws(PluginFailure) -> Bool,
        finishOrder: @escaping @Sendable (EventOrder, PluginFailure?) async throws(PluginFailure) -> Void,
        tell: @escaping @Sendable (PipelineNotice) -> Void, clock: any ServiceClock
    ) {
        self.claim = claim
        self.finish = finish
        self.finishOrder = finishOrder
        self.tell = tell
        self.clock = clock
    }
}

/// Something about the pipeline itself that the journal should know, or that shows progress.
public enum PipelineNotice: Sendable {
    /// A step was made: whether anything is under way, and whether a delivery has moved. Looking for files in vain
    /// moves nothing.
    case progress(isBusy: Bool, isMove: Bool)
    /// A stage was asked and may take that long before anybody worries.
    case patience(stage: String, Duration)
    /// A stage is ill and paused for that time. `isNews` says whether it has failed otherwise since it last worked.
    case paused(stage: String, PluginFailure, Duration, isNews: Bool)
    /// A stage that was ill works again.
    case recovered(stage: String)
    /// A call of a stage took longer than its deadline and was cancelled.
    case overran(stage: String, deadline: Duration, deliveries: Int)
    /// A call of a stage ignored its cancellation and was left behind; so many have been by now.
    case abandoned(stage: String, count: Int)
    /// Nothing is in work, and nothing is known to wait.
    case atRest
}

/// From outside to a running pipeline.
public enum PipelineInput: Sendable {
    /// Files may be waiting.
    case filesMayWait
    /// Finish what is in work and return.
    case stop
}
