public import EventModel

/// The clocks of the service, or those that a test holds.
public protocol ServiceClock: Sendable {
    /// The wall clock.
    var now: Instant { get }
    /// Time since some fixed moment; never goes back.
    var uptime: Duration { get }
    /// Waits; ends early by throwing when the task is cancelled.
    func wait(_ duration: Duration) async throws(CancellationError)
}

/// How important a journal entry is (syslog(3) priorities, the ones a plugin may use).
public enum JournalLevel: Int, Sendable, Comparable {
    /// Something does not work.
    case error = 3
    /// A person should look at it.
    case warning = 4
    /// Normal, and worth noting.
    case notice = 5
    /// Normal.
    case info = 6
    /// For those who look for a fault.
    case debug = 7

    /// More important levels have lower numbers.
    public static func < (a: JournalLevel, b: JournalLevel) -> Bool { a.rawValue < b.rawValue }
}

/// A journal that is already tagged with the plugin's name.
public struct PluginJournal: Sendable {
    private let write: @Sendable (JournalLevel, String, [(String, String)], String, Int) -> Void

    /// Makes a journal from what writes an entry: level, message, further fields, file and line.
    public init(_ write: @escaping @Sendable (JournalLevel, String, [(String, String)], String, Int) -> Void) {
        self.write = write
    }

    /// Writes an entry. Field names are upper-case letters, digits and underscores.
    public func log(
        _ level: JournalLevel, _ message: String, _ fields: [(String, String)] = [], file: String = #fileID,
        line: Int = #line
    ) {
        write(level, message, fields, file, line)
    }
}

/// What the service gives a plugin. It refuses what the manifest did not declare.
public struct PluginContext: Sendable {
    /// Entries of the plugin.
    public let journal: PluginJournal
    /// The clocks.
    public let clock: any ServiceClock
    private let manifest: PluginManifest
    private let directory: String
    private let credential: @Sendable (String) throws(PluginFailure) -> [UInt8]?

    /// Makes a context; `stateDirectory` exists and belongs to the plugin alone.
    public init(
        manifest: PluginManifest, journal: PluginJournal, clock: any ServiceClock, stateDirectory: String,
        credential: @escaping @Sendable (String) throws(PluginFailure) -> [UInt8]? = { _ in nil }
    ) {
        self.manifest = manifest
        self.journal = journal
        self.clock = clock
        directory = stateDirectory
        self.credential = credential
    }

    /// The absolute path of the plugin's own directory.
    public func stateDirectory() throws(PluginFailure) -> String {
        try require(.stateDirectory)
        return directory
    }

    /// The secret that a setting names, or nil where it names none. Throws where the service was not given it.
    public func secret(_ credential: CredentialName) throws(PluginFailure) -> Secret? {
        try require(.credentials)
        guard !credential.name.isEmpty else { return nil }
        if let bytes = try self.credential(credential.name) { return Secret(bytes) }
        throw PluginFailure(
            .settings,
            "the credential \(credential.name) is not there; put LoadCredential=\(credential.name):PATH into the unit "
                + "(systemctl edit tidingsd) and restart the service")
    }

    private func require(_ capability: Capability) throws(PluginFailure) {
        guard manifest.capabilities.contains(capability) else {
            throw PluginFailure(
                breaking: .capabilities,
                "plugin \(manifest.name) used \(capability.rawValue) without declaring it; "
                    + "add it to the capabilities of its manifest")
        }
    }
}
