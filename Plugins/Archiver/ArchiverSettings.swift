public import PluginKit
import Archive
import Store

/// `[plugins.archiver]`.
public struct ArchiverSettings: PluginSettings {
    /// Memory for pages of the archive.
    public var cache = ByteCount.mebibytes(16)
    /// Pages in the write-ahead log from which on it is copied into the archive.
    public var checkpointPages = 5000
    /// Earlier revisions of an event that are looked at.
    public var lookBack = 1000
    /// How long to wait for another program's lock.
    public var busyTimeout = Duration.seconds(5)

    /// The defaults.
    public init() {}

    /// The settings.
    public static var schema: [Setting<ArchiverSettings>] {
        [
            Setting(
                "cache", \.cache, in: .kibibytes(256)...(.mebibytes(4096)),
                "Memory for pages of the archive. More makes updates of events in a large archive faster."),
            Setting(
                "wal_autocheckpoint_pages", \.checkpointPages, in: 100...1_000_000,
                "Pages of 8 KiB in the archive's write-ahead log from which on they are copied into the archive."),
            Setting(
                "look_back_updates", \.lookBack, in: 1...1_000_000,
                "Revisions of an event that are looked at, from the latest back, to tell whether an update was seen "
                    + "before."),
            Setting(
                "busy_timeout", \.busyTimeout, in: .milliseconds(0)...(.seconds(60)),
                "How long to wait for a lock of another program before the batch is offered again later."),
        ]
    }

    var options: Ledger.Options {
        var options = Ledger.Options()
        options.lookBack = lookBack
        options.database.cacheBytes = cache.bytes
        options.database.checkpointPages = checkpointPages
        options.database.busyTimeout = busyTimeout
        return options
    }
}
