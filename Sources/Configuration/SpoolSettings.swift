public import PluginKit
public import Reading
package import Spool

/// `[spool]`.
public struct SpoolSettings: SettingsTable, Equatable {
    /// The spool's root.
    public var directory = "/var/spool/tidingsd"
    /// How long a file that may still be written must stand still.
    public var settle = Duration.seconds(2)
    /// How long a file that was closed must stand still.
    public var settleClosed = Duration.milliseconds(250)
    /// How often the folder is read again, whatever inotify said.
    public var rescan = Duration.seconds(30)
    /// How long intake rests when the disk is full or the spool is in trouble.
    public var pause = Duration.seconds(5)
    /// Free space below which nothing is claimed.
    public var minFreeBytes = ByteCount.mebibytes(64)
    /// The largest file that is read.
    public var maxFileBytes = ByteCount.mebibytes(8)
    /// Bytes of the files that are in work at once.
    public var maxBytesInWork = ByteCount.mebibytes(16)
    /// Names that are looked at together and put in order.
    public var window = 4096
    /// Names of one submitter among them.
    public var maxFilesPerSubmitter = 4096
    /// Names that were heard of and not looked at yet.
    public var maxHints = 16_384
    /// Files that were not ready and are remembered.
    public var maxUnready = 65_536
    /// Files left alone that are remembered.
    public var maxNotices = 10_000
    /// Entries about files of one user that are left alone, within a minute.
    public var maxNoticesPerMinute = 20
    /// The age at which a temporary is told of.
    public var temporaryAge = Duration.seconds(86_400)
    /// Temporaries whose age one scan asks for.
    public var maxTemporaries = 1000
    /// Levels of JSON or of iCalendar components.
    public var maxNesting = 64
    /// JSON values or content lines in a file.
    public var maxNodes = 200_000
    /// Words and marks in a text.
    public var maxWords = 250_000
    /// Updates in a file.
    public var maxUpdates = 5000
    /// Occurrences of an event, and dates of one that repeats.
    public var maxOccurrences = 1000
    /// How far ahead the dates of a repeating event are worked out.
    public var recurrenceHorizon = Duration.seconds(3653 * 86_400)
    /// Steps in which the dates of one repeating event are worked out.
    public var maxRecurrenceSteps = 100_000
    /// Such steps for all events of a file.
    public var maxFileRecurrenceSteps = 1_000_000
    /// Findings of one file.
    public var maxDiagnostics = 200
    /// Whether accepted deliveries are answered in `replies/` too, as lines.
    public var replyAccepted = true

    /// All defaults.
    public init() {}

    /// The settings of `[spool]`.
    public static var schema: [Setting<Self>] { folderSchema + windowSchema + readingSchema + replySchema }

    private static var folderSchema: [Setting<Self>] {
        [
            Setting("directory", \.directory, "The spool's root, an absolute path."),
            Setting(
                "settle", \.settle, in: .milliseconds(1)...(.seconds(3600)),
                "How long a file found by a scan must stand still in size and ctime before it is taken, where no "
                    + "lease can tell whether somebody still writes it."),
            Setting(
                "settle_closed", \.settleClosed, in: .zero...(.seconds(3600)),
                "How long a file must stand still after its writer closed it: programs that write in several goes "
                    + "close a file and open it again, and others set its times afterwards. A file that is renamed into "
                    + "incoming/ need not."),
            Setting(
                "rescan", \.rescan, in: .milliseconds(100)...(.seconds(3600)),
                "How often incoming/ is read again, whatever inotify said."),
            Setting(
                "pause", \.pause, in: .milliseconds(10)...(.seconds(600)),
                "How long intake rests before it looks again, while the disk is full or the spool is in trouble."),
            Setting(
                "min_free_bytes", \.minFreeBytes, in: ByteCount(0)...(.mebibytes(1 << 20)),
                "Free space of the spool's file system below which intake pauses."),
        ]
    }

    private static var windowSchema: [Setting<Self>] {
        [
            Setting(
                "max_file_bytes", \.maxFileBytes, in: ByteCount(1)...(.mebibytes(64)),
                "The largest file that is read; a larger one is rejected as too-large."),
            Setting(
                "max_bytes_in_work", \.maxBytesInWork, in: .kibibytes(1)...(.mebibytes(1024)),
                "Bytes of the files that are in work at once; no more are taken after the one that reaches the number."),
            Setting(
                "window", \.window, in: 16...65_536,
                "Names that are looked at together and put in the order of ctime; the rest wait on disk."),
            Setting(
                "max_files_per_submitter", \.maxFilesPerSubmitter, in: 1...65_536,
                "Of these, the names of one submitter's files that are held in memory at once. The rest of them wait "
                    + "on disk, and the files of others are looked for past them, so that a flood keeps nobody waiting."
            ),
            Setting(
                "max_hints", \.maxHints, in: 1...1_000_000,
                "Names that inotify told of and that nobody has looked at yet; beyond that incoming/ is read anew."),
            Setting(
                "max_unready", \.maxUnready, in: 1...1_000_000,
                "Files that were not ready and are remembered, each with the time of the next look; others are found by "
                    + "the next rescan."),
            Setting(
                "max_notices", \.maxNotices, in: 1...1_000_000,
                "Files left alone that are remembered, so that each is told of once; more are told of as one."),
            Setting(
                "max_notices_per_minute", \.maxNoticesPerMinute, in: 1...10_000,
                "Entries about files of one user that are left alone, within a minute; the rest is counted in one entry."
            ),
            Setting(
                "temporary_age", \.temporaryAge, in: .seconds(1)...(.seconds(3650 * 86_400)),
                "The age at which a file with the name of an unfinished one (.x, x.tmp, x.part, x~, Thumbs.db) is told of."
            ),
            Setting(
                "max_temporaries", \.maxTemporaries, in: 0...1_000_000,
                "Such files whose age one scan asks for."),
        ]
    }

    private static var readingSchema: [Setting<Self>] {
        [
            Setting("max_nesting", \.maxNesting, in: 1...1024, "Levels of JSON values or of iCalendar components."),
            Setting(
                "max_nodes", \.maxNodes, in: 1...10_000_000,
                "JSON values in a file; iCalendar content lines, and their parameters and values in lists."),
            Setting("max_words", \.maxWords, in: 1...10_000_000, "Words, numbers and marks in a text."),
            Setting("max_updates", \.maxUpdates, in: 1...100_000, "Updates in a file."),
            Setting(
                "max_occurrences", \.maxOccurrences, in: 1...100_000,
                "Occurrences of an event, and dates of one that repeats."),
            Setting(
                "recurrence_horizon", \.recurrenceHorizon, in: .seconds(86_400)...(.seconds(36_525 * 86_400)),
                "How far ahead the dates of a repeating event are worked out, from its receipt or its first date on."),
            Setting(
                "max_recurrence_steps", \.maxRecurrenceSteps, in: 1000...10_000_000,
                "Steps in which the dates of one repeating event are worked out, once, when it is read: a period, a day or "
                    + "a start that is looked at. What takes more is rejected as rrule-unbounded-or-too-dense."),
            Setting(
                "max_file_recurrence_steps", \.maxFileRecurrenceSteps, in: 1000...1_000_000_000,
                "Such steps for all events of a file."),
            Setting(
                "max_diagnostics", \.maxDiagnostics, in: 1...10_000,
                "Findings of one file that its reader keeps; beyond that, the first of each kind of each update."),
        ]
    }

    private static var replySchema: [Setting<Self>] {
        [
            Setting(
                "reply_accepted", \.replyAccepted,
                "Whether accepted deliveries are answered in replies/ too: as a line of accepted-DAY.jsonl, and as a file of "
                    + "their own where the sender waits.")
        ]
    }

    /// The directory has to be absolute.
    public func faults() -> [String] {
        directory.hasPrefix("/")
            ? [] : ["directory is \(directory.toml); write an absolute path, such as \"/var/spool/tidingsd\""]
    }

    /// What a reader may spend on one file.
    public var readingLimits: ReadingLimits {
        var limits = ReadingLimits()
        limits.nestingDepth = maxNesting
        limits.nodes = maxNodes
        limits.words = maxWords
        limits.updates = maxUpdates
        limits.occurrences = maxOccurrences
        limits.recurrenceDays = Int(recurrenceHorizon.components.seconds / 86_400)
        limits.recurrenceSteps = maxRecurrenceSteps
        limits.fileRecurrenceSteps = maxFileRecurrenceSteps
        limits.diagnostics = maxDiagnostics
        return limits
    }

    /// The limits of taking files in.
    package var intake: IntakeSettings {
        var limits = IntakeSettings()
        limits.maxFileBytes = maxFileBytes.bytes
        limits.window = window
        limits.filesOfOneSubmitter = maxFilesPerSubmitter
        limits.settle = settle
        limits.restAfterClose = settleClosed
        limits.longestPause = rescan
        limits.temporaryAge = temporaryAge
        limits.temporariesAsked = maxTemporaries
        limits.rememberedNotices = maxNotices
        limits.rememberedNotReady = maxUnready
        return limits
    }
}
