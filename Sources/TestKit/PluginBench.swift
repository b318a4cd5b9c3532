public import PluginKit

/// What a plugin is given, for a test: a state directory of its own, a clock that the test holds, a journal to look at.
///
///     let bench = PluginBench(WordCountPlugin.self)
///     let plugin = try await bench.plugin()
///     let answer = try await plugin.process(DeliverySamples.delivery(name, bytes, number: 1))
public struct PluginBench<P: Plugin>: Sendable {
    private let home: PluginHome
    private let settings: P.Settings

    /// A bench with an empty state directory, which goes with the bench's last copy.
    public init(
        _ type: P.Type = P.self, settings: P.Settings = P.Settings(), credentials: [String: [UInt8]] = [:]
    ) {
        home = PluginHome(P.manifest, credentials: credentials, journal: RecordedJournal())
        self.settings = settings
    }

    /// The clock of all instances.
    public var clock: HeldClock { home.clock }

    /// The directory of all instances.
    public var stateDirectory: String { home.stateDirectory }

    /// What instances wrote into the journal.
    public var messages: [String] { home.journal.all.map(\.message) }

    /// Builds an instance.
    public func plugin() async throws(PluginFailure) -> P {
        try await P(settings: settings, context: home.context())
    }
}
