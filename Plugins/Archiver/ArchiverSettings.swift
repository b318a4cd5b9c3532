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
    /// Coming events of an owner that one submitter may cancel or move within an hour, however few there are.
    public var blastRadiusLeast = 5
    /// The same, of a hundred.
    public var blastRadiusPercent = 20
    /// The same, however many there are.
    public var blastRadiusMost = 25
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
                "blast_radius_least", \.blastRadiusLeast, in: 0...1_000_000,
                "Coming events of an owner that one submitter may cancel or move within an hour, however few there are. "
                    + "What goes beyond is held as blast-radius."),
            Setting(
                "blast_radius_percent", \.blastRadiusPercent, in: 0...100,
                "The share of an owner's coming events, in percent, that one submitter may cancel or move within an hour."
            ),
            Setting(
                "blast_radius_most", \.blastRadiusMost, in: 0...1_000_000,
                "Coming events of an owner that one submitter may cancel or move within an hour, however many there are, "
                    + "unless blast_radius_least is more."),
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
