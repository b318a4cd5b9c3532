public import PluginKit

/// What a plugin is given, for a test: a state directory of its own, a clock that the test holds, a journal to look at.
///
///     let bench = PluginBench(WordCount.self)
///     let answers = try await bench.answers(to: "Fair", file: "fair.txt")
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

    /// What an instance of its own answers to a file, an answer for each update that is read from it; none where the file
    /// holds no update, for then no plugin is asked.
    /// - Parameters:
    ///   - text: What the file holds.
    ///   - file: Its name as dropped. The format is told by the text alone.
    ///   - number: Numbers the delivery, as in ``DeliverySamples``.
    public func answers(
        to text: String, file: String = "update", number: Int = 1
    ) async throws(PluginFailure) -> [Answer] {
        let delivery = DeliverySamples.delivery(Array(file.utf8), Array(text.utf8), number: number)
        guard !delivery.items.isEmpty else { return [] }
        let plugin = try await plugin()
        let verdicts = try await plugin.process(DeliveryBatch([delivery]))
        try await plugin.drain()
        return verdicts.answers.first ?? []
    }
}
