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

/// What a claim brought.
public struct Claimed: Sendable {
    /// Files in work from now on, in the order they were taken.
    public var deliveries: [Delivery]
    /// When to claim again though nothing is heard: zero for at once, nil for not at all.
    public var lookAgain: Duration?

    /// Makes the result of a claim.
    public init(_ deliveries: [Delivery] = [], lookAgain: Duration? = nil) {
        self.deliveries = deliveries
        self.lookAgain = lookAgain
    }
}

/// What the pipeline asks of the world. Everything it does goes through these.
public struct PipelineEffects: Sendable {
    /// Claims and reads up to that many files.
    public var claim: @Sendable (_ limit: Int) async throws(PluginFailure) -> Claimed
    /// Carries out the outcomes of a batch; durable when it returns.
    public var finish: @Sendable ([Finished]) async throws(PluginFailure) -> Void
    /// Tells what happened to the pipeline itself.
    public var tell: @Sendable (PipelineNotice) -> Void
    /// The clocks.
    public var clock: any ServiceClock

    /// Makes a set of effects.
    public init(
        claim: @escaping @Sendable (Int) async throws(PluginFailure) -> Claimed,
        finish: @escaping @Sendable ([Finished]) async throws(PluginFailure) -> Void,
        tell: @escaping @Sendable (PipelineNotice) -> Void, clock: any ServiceClock
    ) {
        self.claim = claim
        self.finish = finish
        self.tell = tell
        self.clock = clock
    }
}

/// Something about the pipeline itself that the journal should know, or that shows progress.
public enum PipelineNotice: Sendable {
    /// A step was made: whether anything is under way, and whether a delivery has moved. Looking for files in vain
    /// moves nothing.
    case progress(isBusy: Bool, isMove: Bool)
    /// A stage is ill and paused for that time.
    case paused(stage: String, PluginFailure, Duration)
    /// A stage that was ill works again.
    case recovered(stage: String)
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
