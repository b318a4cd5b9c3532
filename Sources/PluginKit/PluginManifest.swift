/// What a plugin may use beside its own memory.
public enum Capability: String, Sendable, CaseIterable {
    /// A directory of its own under the service's state directory.
    case stateDirectory = "state-directory"
    /// systemd credentials.
    case credentials
    /// Connections to other machines.
    case network
}

/// What a plugin is called and what it needs.
public struct PluginManifest: Sendable {
    /// The name in the configuration and the journal: lower-case letters, digits and hyphens.
    public var name: String
    /// One line for people.
    public var summary: String
    /// What it may use; the context refuses the rest.
    public var capabilities: Set<Capability>
    /// Names of the facts it provides.
    public var provides: [String]
    /// Names of the facts that an earlier stage must provide.
    public var requires: [String]
    /// Whether its facts decide what an update does; at most one stage of a pipeline.
    public var decides: Bool
    /// Whether it keeps the dropped bytes, so that an accepted file may be removed.
    public var keepsBytes: Bool
    /// Deliveries in one batch, at most.
    public var batchLimit: Int
    /// The time one call may take, whatever the batch. A call that takes longer is cancelled; when it ends soon after, its
    /// deliveries are offered again one by one, and the one that overruns alone is held. A call that ignores its
    /// cancellation is left behind, and the service ends when there are too many of those.
    public var deadline: Duration

    /// Makes a manifest.
    public init(
        name: String, summary: String, capabilities: Set<Capability> = [], provides: [String] = [],
        requires: [String] = [], decides: Bool = false, keepsBytes: Bool = false, batchLimit: Int = 1024,
        deadline: Duration = .seconds(10)
    ) {
        self.name = name
        self.summary = summary
        self.capabilities = capabilities
        self.provides = provides
        self.requires = requires
        self.decides = decides
        self.keepsBytes = keepsBytes
        self.batchLimit = batchLimit
        self.deadline = deadline
    }
}
