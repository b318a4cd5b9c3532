import EventModel
public import PluginKit

/// Keeps a plain-text ledger of what became of events: one line for each revision.
public actor LedgerPlugin: Plugin {
    /// What the plugin is called and what it needs.
    public static let manifest = PluginManifest(
        name: "ledger", summary: "Keeps a plain-text ledger of the changes of events.",
        capabilities: [.stateDirectory], requires: [Resolution.name], batchLimit: 256)

    private let executor = BlockingExecutor(name: "ledger")
    private let file: LedgerFile
    private let headlineCharacters: Int

    /// The thread that the file belongs to.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens nothing: each batch does.
    public init(settings: LedgerSettings, context: PluginContext) async throws(PluginFailure) {
        file = LedgerFile(directory: try context.stateDirectory(), name: settings.file)
        headlineCharacters = settings.headlineCharacters
        try file.makeIfMissing()
    }

    /// Adds the lines that are not there yet, on disk when it returns.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let decided = batch.deliveries.flatMap(\.items).compactMap { $0.facts[Resolution.self] }
        try file.add(decided.filter(\.changesEvent).map(line))
        return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }

    /// Takes a forgotten event's lines out.
    public func carryOut(_ order: EventOrder) async throws(PluginFailure) {
        if order.action == .forget { try file.remove { $0.hasPrefix("\(order.uid) ") } }
    }

    private func line(_ change: Resolution) -> String {
        let headline = change.after?.name.text.prefix(headlineCharacters) ?? ""
        return "\(change.uid) \(change.revision) \(change.intent.rawValue): \(headline.filter { !$0.isNewline })"
    }
}
