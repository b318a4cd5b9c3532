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
    /// Troubles of the service.
    case error
    /// And what was rejected or held.
    case warning
    /// And what was deferred or stale.
    case notice
    /// And what was accepted.
    case info
    /// And each stage.
    case debug
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

/// `[pipeline]`.
public struct PipelineSettings: SettingsTable {
    /// The names of the plugins, in order.
    public var stages = ["validator", "archiver", "notifier"]
    /// Deliveries that are worked on together.
    public var batch = 512
    /// Updates of one delivery that the stages see at once.
    public var slice = 256
    /// The first pause of a stage that is ill; each further one is twice as long.
    public var firstPause = Duration.seconds(1)
    /// The longest one.
    public var longestPause = Duration.seconds(60)
    /// Deliveries in a row that a stage fails for, before it is taken for ill itself.
    public var failuresInARow = 3
    /// The first wait of a deferred delivery.
    public var retryFirst = Duration.seconds(10)
    /// The longest wait.
    public var retryLongest = Duration.seconds(3600)
    /// Tries of a delivery that stages ask to retry, before a person has to decide.
    public var maxAttempts = 100
    /// How long a stage that overran its deadline may take to heed its cancellation.
    public var cancelGrace = Duration.seconds(2)
    /// The part of its deadline that a stage has for each delivery of a batch that overran.
    public var trialDivisor = 10
    /// How long a delivery that is set aside waits for the others at most.
    public var longestAside = Duration.seconds(10)
    /// How long a stage may take to withdraw or forget an event.
    public var orderDeadline = Duration.seconds(1800)
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
                "slice", \.slice, in: 1...100_000,
                "Updates of one delivery that are worked on together; other deliveries get between the slices of a long one."
            ),
            Setting(
                "retry_first", \.retryFirst, in: .milliseconds(10)...(.seconds(3600)),
                "The wait before a deferred delivery is tried again; it doubles each time."),
            Setting(
                "retry_longest", \.retryLongest, in: .milliseconds(10)...(.seconds(86_400)),
                "The longest wait before a deferred delivery is tried again."),
            Setting(
                "first_pause", \.firstPause, in: .milliseconds(10)...(.seconds(3600)),
                "The first pause of a stage that cannot work, before it is tried again; each further one is twice as long."
            ),
            Setting(
                "longest_pause", \.longestPause, in: .milliseconds(10)...(.seconds(3600)),
                "The longest pause of a stage that cannot work."),
            Setting(
                "failures_in_a_row", \.failuresInARow, in: 1...1000,
                "Deliveries in a row that a stage fails for, before no more are held and the stage is taken for ill; and "
                    + "pauses in a row, before the deliveries are tried in parts."),
            Setting(
                "max_attempts", \.maxAttempts, in: 1...1_000_000,
                "Tries of a delivery that a stage asks to retry or cannot work on, before it is held and a person has to "
                    + "decide."),
            Setting(
                "trial_divisor", \.trialDivisor, in: 1...1000,
                "After a stage overran its deadline, each delivery of the batch is offered alone and has this part of the "
                    + "deadline (10: a tenth); one that needs more is set aside, and later has all of it."),
            Setting(
                "longest_aside", \.longestAside, in: .milliseconds(10)...(.seconds(3600)),
                "How long a delivery that overran, or was alone in work when the daemon ended, waits at most while others "
                    + "are worked on, before it is tried alone."),
            Setting(
                "order_deadline", \.orderDeadline, in: .seconds(1)...(.seconds(86_400)),
                "How long a stage may take to withdraw or forget an event; erasing it from a large archive takes its time, "
                    + "and nothing else is worked on meanwhile."),
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
                "Deliveries whose outcome the spool could not take yet (a full quota, say), or that are set aside, before the "
                    + "others wait too."
            ),
        ]
    }

    /// The waits have to be in order.
    public func faults() -> [String] {
        [
            retryFirst <= retryLongest ? nil : "retry_first is longer than retry_longest; make it shorter",
            firstPause <= longestPause ? nil : "first_pause is longer than longest_pause; make it shorter",
        ].compactMap(\.self)
    }
}
