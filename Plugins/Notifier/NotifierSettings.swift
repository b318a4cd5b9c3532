public import PluginKit

/// The notifier's part of the configuration, `[plugins.notifier]`.
public struct NotifierSettings: PluginSettings {
    /// The channels; without any, one site with the defaults.
    public var channels: [ChannelSettings] = []

    /// All defaults.
    public init() {}

    /// The settings, in the order of the reference.
    public static var schema: [Setting<Self>] {
        [
            Setting(
                "channel", \.channels,
                "Where subscribers hear of events. Without any there is one site in the service's state directory.")
        ]
    }

    /// Two channels that would write into one folder.
    public func faults() -> [String] {
        let directories = channels.map(\.directory).sorted()
        return zip(directories, directories.dropFirst()).filter { $0 == $1 }.map { twice, _ in
            let folder = twice.isEmpty ? "the default directory" : "the directory \(twice)"
            return "channel has two tables that write into \(folder); give each a directory of its own"
        }
    }
}

/// What a channel is.
public enum ChannelKind: String, SettingChoice {
    /// A folder with a page, a calendar, a feed and the events as data.
    case site
}

/// One channel, `[[plugins.notifier.channel]]`.
public struct ChannelSettings: SettingsTable {
    /// What the channel is.
    public var kind = ChannelKind.site
    /// The folder of the files, absolute; empty for `site` in the service's state directory.
    public var directory = ""
    /// The title of page, calendar and feed.
    public var title = "Events"
    /// The address that the folder is served at; empty where it is not known.
    public var baseURL = ""
    /// Events shown, at most.
    public var maximumEvents = 2000
    /// Characters of a description, at most; the rest is cut off.
    public var maximumDescription = 8000
    /// Entries in the feed, at most.
    public var feedEntries = 100
    /// Changes listed on the page, at most.
    public var pageChanges = 16
    /// How long past events and changes stay visible.
    public var recent: Duration = .seconds(30 * 86_400)
    /// The least time between two publications.
    public var publishInterval: Duration = .milliseconds(100)

    /// All defaults.
    public init() {}

    /// The settings, in the order of the reference.
    public static var schema: [Setting<Self>] {
        [
            Setting("kind", \.kind, "What the channel is. A site is a folder with files for a web server."),
            Setting(
                "directory", \.directory,
                "The folder, an absolute path; empty for `site` in the state directory. Elsewhere the unit needs "
                    + "ReadWritePaths= for it."),
            Setting("title", \.title, "The title of the page, the calendar and the feed."),
            Setting(
                "base_url", \.baseURL,
                "The http or https address that the folder is served at, for absolute links in the feed; may be empty."
            ),
            Setting(
                "max_events", \.maximumEvents, in: 1...100_000,
                "Events shown, at most: the nearest first, then what is over or changed lately."),
            Setting(
                "max_description", \.maximumDescription, in: 0...1_000_000,
                "Characters of an event's description that the files show, at most; the archive has all of it. Each of "
                    + "max_events costs memory for as many."),
            Setting(
                "feed_entries", \.feedEntries, in: 1...10_000, "Entries in the feed, at most; the newest are kept."),
            Setting("page_changes", \.pageChanges, in: 0...1000, "Changes listed on the page, at most."),
            Setting(
                "recent", \.recent, in: .zero ... .seconds(3650 * 86_400),
                "How long past events and changes stay visible."),
            Setting(
                "publish_interval", \.publishInterval, in: .zero ... .seconds(3600),
                "The least time between two publications; longer where one takes long. What comes meanwhile is "
                    + "published together."),
        ]
    }

    /// A relative folder, an address that is none, an empty title.
    public func faults() -> [String] {
        var faults: [String] = []
        if !directory.isEmpty, !directory.hasPrefix("/") {
            faults.append("directory is \(directory.toml); write an absolute path, such as \"/srv/www/events\"")
        }
        if !baseURL.isEmpty, !baseURL.hasPrefix("https://"), !baseURL.hasPrefix("http://") {
            faults.append("base_url is \(baseURL.toml); write an address such as \"https://events.example.org/\"")
        }
        if title.allSatisfy(\.isWhitespace) { faults.append("title is empty; say what readers see as the headline") }
        return faults
    }
}
