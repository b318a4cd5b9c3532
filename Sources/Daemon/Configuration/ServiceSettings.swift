public import PluginKit

/// Where journal entries go.
public enum LogTarget: String, SettingChoice {
    /// The journal where there is one, else readable lines on standard error.
    case auto
    /// The journal.
    case journal
    /// Readable lines on standard error.
    case console
    /// JSON, one object a line, on standard error.
    case json
}

/// The least important entries that are written.
public enum LogLevel: String, SettingChoice {
    case error, warning, notice, info, debug
}

/// `[service]`.
public struct ServiceSettings: SettingsTable {
    /// Where plugins keep their state; empty for `$STATE_DIRECTORY`, else `/var/lib/tidingsd`.
    public var stateDirectory = ""
    /// Where journal entries go.
    public var log = LogTarget.auto
    /// The least important entries that are written.
    public var logLevel = LogLevel.info
    /// How long work that was begun may take after SIGTERM.
    public var stopTimeout = Duration.seconds(20)
    /// How long the plugins may take after that to drain.
    public var drainTimeout = Duration.seconds(5)

    /// All defaults.
    public init() {}

    /// The settings of `[service]`.
    public static var schema: [Setting<Self>] {
        [
            Setting(
                "state_directory", \.stateDirectory,
                "Where plugins keep their state, an absolute path. Empty: $STATE_DIRECTORY, else /var/lib/tidingsd."),
            Setting(
                "log", \.log,
                "Where entries go: the journal, readable lines or JSON lines on standard error. "
                    + "auto: the journal where there is one."),
            Setting("log_level", \.logLevel, "The least important entries that are written."),
            Setting(
                "stop_timeout", \.stopTimeout, in: .seconds(1)...(.seconds(600)),
                "How long work that was begun may take after SIGTERM; what is left is taken up at the next start. "
                    + "Keep the sum with drain_timeout below TimeoutStopSec of the unit."),
            Setting(
                "drain_timeout", \.drainTimeout, in: .seconds(1)...(.seconds(600)),
                "How long the plugins may take after that to finish what they have promised."),
        ]
    }

    /// The state directory has to be absolute.
    public func faults() -> [String] {
        stateDirectory.isEmpty || stateDirectory.hasPrefix("/")
            ? [] : ["state_directory is \(stateDirectory.toml); write an absolute path, such as \"/var/lib/tidingsd\""]
    }
}

/// `[spool]`.
public struct SpoolSettings: SettingsTable, Equatable {
    /// The spool's root.
    public var directory = "/var/spool/tidingsd"
    /// The largest file that is read.
    public var maxFileBytes = ByteCount.mebibytes(1)
    /// How long a file that may still be written must stand still.
    public var settle = Duration.seconds(2)
    /// How often the folder is read again, whatever inotify said.
    public var rescan = Duration.seconds(30)
    /// Names that are looked at together and put in order.
    public var window = 4096
    /// Free space below which nothing is claimed.
    public var minFreeBytes = ByteCount.mebibytes(64)
    /// Levels of JSON or of iCalendar components.
    public var maxNesting = 64
    /// JSON values or content lines in a file.
    public var maxNodes = 10_000
    /// Updates in a file.
    public var maxUpdates = 1000
    /// Occurrences of an event.
    public var maxOccurrences = 1000
    /// Whether accepted deliveries are answered in `replies/` too.
    public var replyAccepted = false

    /// All defaults.
    public init() {}

    /// The settings of `[spool]`.
    public static var schema: [Setting<Self>] {
        [
            Setting("directory", \.directory, "The spool's root, an absolute path."),
            Setting(
                "max_file_bytes", \.maxFileBytes, in: ByteCount(1)...(.mebibytes(64)),
                "The largest file that is read; a larger one is rejected as too-large."),
            Setting(
                "settle", \.settle, in: .milliseconds(1)...(.seconds(3600)),
                "How long a file found by a scan must stand still in size and ctime before it is taken, where no "
                    + "lease can tell whether somebody still writes it."),
            Setting(
                "rescan", \.rescan, in: .milliseconds(100)...(.seconds(3600)),
                "How often incoming/ is read again, whatever inotify said."),
            Setting(
                "window", \.window, in: 16...65_536,
                "Names that are looked at together and put in the order of ctime; the rest wait on disk."),
            Setting(
                "min_free_bytes", \.minFreeBytes, in: ByteCount(0)...(.mebibytes(1 << 20)),
                "Free space of the spool's file system below which intake pauses."),
            Setting("max_nesting", \.maxNesting, in: 1...1024, "Levels of JSON values or of iCalendar components."),
            Setting("max_nodes", \.maxNodes, in: 1...10_000_000, "JSON values or iCalendar content lines in a file."),
            Setting("max_updates", \.maxUpdates, in: 1...100_000, "Updates in a file."),
            Setting("max_occurrences", \.maxOccurrences, in: 1...100_000, "Occurrences of an event."),
            Setting(
                "reply_accepted", \.replyAccepted,
                "Whether accepted deliveries are answered in replies/ too, not only the refused and held ones."),
        ]
    }

    /// The directory has to be absolute.
    public func faults() -> [String] {
        directory.hasPrefix("/")
            ? [] : ["directory is \(directory.toml); write an absolute path, such as \"/var/spool/tidingsd\""]
    }
}

/// `[pipeline]`.
public struct PipelineSettings: SettingsTable {
    /// The names of the plugins, in order.
    public var stages = ["validator", "archiver", "notifier"]
    /// Deliveries that are worked on together.
    public var batch = 512
    /// The first wait of a deferred delivery, or of a stage that is ill.
    public var retryFirst = Duration.seconds(10)
    /// The longest wait.
    public var retryLongest = Duration.seconds(3600)
    /// Tries of a delivery that stages ask to retry, before a person has to decide.
    public var maxAttempts = 100
    /// How long a stage that overran its deadline may take to heed its cancellation.
    public var cancelGrace = Duration.seconds(2)
    /// Calls of stages that ignored their cancellation and were left behind; one more ends the service.
    public var maxAbandonedCalls = 1
    /// Ends of the daemon with one file alone in work, before that file is held.
    public var maxEndsAlone = 3
    /// Deliveries whose outcome could not be carried out yet, before no more are worked on.
    public var maxPostponed = 4096

    /// All defaults.
    public init() {}

    /// The settings of `[pipeline]`.
    public static var schema: [Setting<Self>] {
        [
            Setting("stages", \.stages, "The plugins that every delivery passes, in order."),
            Setting("batch", \.batch, in: 1...4096, "Deliveries that are worked on together, at most."),
            Setting(
                "retry_first", \.retryFirst, in: .milliseconds(10)...(.seconds(3600)),
                "The wait before a deferred delivery is tried again; it doubles each time."),
            Setting(
                "retry_longest", \.retryLongest, in: .milliseconds(10)...(.seconds(86_400)),
                "The longest wait before a deferred delivery is tried again."),
            Setting(
                "max_attempts", \.maxAttempts, in: 1...1_000_000,
                "Tries of a delivery that a stage asks to retry, before it is held and a person has to decide."),
            Setting(
                "cancel_grace", \.cancelGrace, in: .milliseconds(10)...(.seconds(600)),
                "How long a stage that has overrun its deadline may take to heed its cancellation, before the call is "
                    + "left behind."),
            Setting(
                "max_abandoned_calls", \.maxAbandonedCalls, in: 0...64,
                "Calls of stages that ignored their cancellation and were left behind; one more ends the service, to be "
                    + "started anew."),
            Setting(
                "max_ends_alone", \.maxEndsAlone, in: 1...100,
                "Ends of the daemon while one file alone was in work, before that file is held as stopped-the-daemon."),
            Setting(
                "max_postponed", \.maxPostponed, in: 1...1_000_000,
                "Deliveries whose outcome the spool could not take yet (a full quota, say), before the others wait too."
            ),
        ]
    }

    /// The waits have to be in order.
    public func faults() -> [String] {
        retryFirst <= retryLongest ? [] : ["retry_first is longer than retry_longest; make it shorter"]
    }
}
