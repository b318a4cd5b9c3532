import EventFormats
import EventModel
import PluginKit

/// A site and whether its folder shows what there is to show.
struct Site {
    let settings: ChannelSettings
    let folder: SiteFolder
    /// Whether the folder may differ from the projection. It may at the start: nobody knows what happened to it.
    var isDirty = true
    /// Uptime of the last publication, or of the last try.
    var lastTry: Duration?
    /// Why the last try failed.
    var failure: PluginFailure?
    /// What the last publication took.
    var cost: Duration = .zero

    init(settings: ChannelSettings, defaultDirectory: String) {
        self.settings = settings
        folder = SiteFolder(path: settings.directory.isEmpty ? defaultDirectory : settings.directory)
    }

    /// The time until the next publication; nil where nothing waits for one. After a failure tries are further apart,
    /// and so are publications that take long, so that a large site never takes more than a small share of the time.
    func due(at uptime: Duration) -> Duration? {
        guard isDirty else { return nil }
        guard let lastTry else { return .zero }
        let least = max(settings.publishInterval, cost * Site.restForWork)
        return max(.zero, lastTry + (failure == nil ? least : max(least, Site.retryInterval)) - uptime)
    }

    static let retryInterval: Duration = .seconds(10)
    /// How many times the duration of a publication lies between its begin and the next one's.
    static let restForWork = 20

    /// The files of the folder.
    static func files(_ snapshot: SiteSnapshot, settings: ChannelSettings) -> [(name: String, bytes: [UInt8])] {
        var calendar = ICalendarWriter.Options()
        calendar.calendarName = settings.title
        return [
            (
                "calendar.ics",
                ICalendarWriter.write(
                    snapshot.events.map { PublicForm.forCalendar($0.event).statement }, options: calendar)
            ),
            ("events.jsonld", JSONLDWriter.write(snapshot.events.map { PublicForm.forData($0.event).statement })),
            ("feed.atom", SiteFeed.render(snapshot, settings: settings)),
            ("index.html", SitePage.render(snapshot, settings: settings)),
        ]
    }
}
