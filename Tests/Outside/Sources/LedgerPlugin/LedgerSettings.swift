public import PluginKit

/// `[plugins.ledger]`.
public struct LedgerSettings: PluginSettings {
    /// The file's name in the state directory.
    public var file = "ledger.txt"
    /// Characters of a headline that are kept.
    public var headlineCharacters = 80

    /// All defaults.
    public init() {}

    /// The settings, in the order of the reference.
    public static var schema: [Setting<Self>] {
        [
            Setting("file", \.file, "The name of the ledger in the state directory."),
            Setting(
                "headline_characters", \.headlineCharacters, in: 10...1000, "Characters of a headline that are kept."),
        ]
    }

    /// A name that leads elsewhere.
    public func faults() -> [String] {
        file.isEmpty || file.contains("/") ? ["file is \"\(file)\"; write a name without slashes"] : []
    }
}
