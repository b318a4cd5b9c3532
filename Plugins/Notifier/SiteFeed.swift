import EventFormats
import EventModel

/// The feed of a site: an entry for each change that was told.
enum SiteFeed {
    static func render(_ snapshot: SiteSnapshot, settings: ChannelSettings) -> [UInt8] {
        let base =
            settings.baseURL.isEmpty || settings.baseURL.hasSuffix("/") ? settings.baseURL : settings.baseURL + "/"
        let updated = snapshot.entries.first?.toldAt ?? Instant(microseconds: 0)
        var feed = AtomFeed(
            id: "urn:uuid:\(snapshot.feedID)", title: settings.title, author: settings.title, updated: updated)
        feed.alternateLink = base + "index.html"
        if !base.isEmpty { feed.selfLink = base + "feed.atom" }
        let anchors = Set(snapshot.events.map(\.event.uid))
        feed.entries = snapshot.entries.prefix(settings.feedEntries).map { told in
            var entry = AtomEntry(
                id: "urn:uuid:\(told.id)", title: told.title, updated: told.toldAt, content: content(of: told))
            entry.category = told.telling.intent.rawValue
            let isOnPage = anchors.contains(told.uid)
            entry.link = base + "index.html" + (isOnPage ? "#" + anchor(ofEvent: told.uid) : "")
            return entry
        }
        return AtomWriter.write(feed)
    }

    private static func content(of told: FeedEntry) -> HTMLWriter {
        var html = HTMLWriter(capacity: 256)
        for line in [told.when, told.cities] where !line.isEmpty {
            html.markup("<p>")
            html.text(line)
            html.markup("</p>")
        }
        if !told.telling.lines.isEmpty {
            html.markup("<ul>")
            for line in told.telling.lines {
                html.markup("<li>")
                html.text(line)
                html.markup("</li>")
            }
            html.markup("</ul>")
        }
        return html
    }
}
