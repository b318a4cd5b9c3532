import EventFormats
import EventModel

/// The page of a site: what is ahead and what was lately, by day and city, with changes marked. No scripts, nothing
/// loaded from elsewhere.
struct SitePage {
    let snapshot: SiteSnapshot
    let settings: ChannelSettings
    let agenda: Agenda
    var html: HTMLWriter
    /// Places to jump to that exist already.
    var anchors: Set<String> = []

    static func render(_ snapshot: SiteSnapshot, settings: ChannelSettings) -> [UInt8] {
        var page = SitePage(snapshot, settings)
        page.writeHead()
        page.writeMasthead()
        page.html.markup("<main>\n")
        page.writeUpcoming()
        page.writeChanges()
        page.writePast()
        page.html.markup("</main>\n")
        page.writeFooter()
        return page.html.bytes
    }

    private init(_ snapshot: SiteSnapshot, _ settings: ChannelSettings) {
        self.snapshot = snapshot
        self.settings = settings
        agenda = Agenda(snapshot.events, today: snapshot.today, limit: settings.maximumEvents)
        html = HTMLWriter(capacity: 16_384 + snapshot.events.count * 1024)
    }

    private mutating func writeHead() {
        html.markup(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>
            """)
        html.text(settings.title)
        html.markup(
            """
            </title>
            <link rel="alternate" type="application/atom+xml" href="feed.atom" title="Changes">
            <link rel="alternate" type="text/calendar" href="calendar.ics" title="Calendar">
            <link rel="alternate" type="application/ld+json" href="events.jsonld" title="Data">
            <style>

            """)
        html.markup(SiteStyle.sheet)
        html.markup("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#upcoming\">Skip to the events</a>\n")
    }

    private mutating func writeMasthead() {
        html.markup("<header class=\"masthead\">\n<h1 dir=\"auto\">")
        html.text(settings.title)
        html.markup("</h1>\n<p class=\"summary\">")
        html.text(summary)
        html.markup(
            """
            </p>
            <nav aria-label="Subscribe">
            <ul class="subscribe">
            <li><a href="calendar.ics">Calendar file</a></li>
            <li><a href="feed.atom">Feed of changes</a></li>
            <li><a href="events.jsonld">Data</a></li>
            </ul>
            </nav>
            </header>

            """)
    }

    private var summary: String {
        let ahead = snapshot.events.filter { $0.sortDay >= snapshot.today }
        let cities = Set(ahead.flatMap { EventWords.cities($0.event) }).subtracting(["Online"]).count
        let count = ahead.count + snapshot.omitted
        var words = count == 0 ? "No upcoming events" : count == 1 ? "1 upcoming event" : "\(count) upcoming events"
        if cities > 0 { words += cities == 1 ? " in 1 city" : " in \(cities) cities" }
        words += "."
        if let last = snapshot.changed.first { words += " Last change \(DateWords.instant(last.changedAt))." }
        return words
    }

    private mutating func writeUpcoming() {
        html.markup("<section id=\"upcoming\" class=\"upcoming\">\n<h2>Upcoming events</h2>\n")
        if agenda.upcoming.isEmpty {
            html.markup(
                """
                <p class="empty">No events are announced for the days ahead. The \
                <a href="feed.atom">feed</a> tells you of the next one.</p>

                """)
        }
        for day in agenda.upcoming { write(day) }
        let omitted = snapshot.omitted + agenda.omitted
        if omitted > 0 {
            html.markup("<p class=\"empty\">")
            html.text(omitted == 1 ? "There is 1 more event" : "There are \(omitted) more events")
            html.markup(" than this page has room for; the nearest are shown.</p>\n")
        }
        html.markup("</section>\n")
    }

    private mutating func writeChanges() {
        let changed = snapshot.changed.prefix(settings.pageChanges)
        guard !changed.isEmpty else { return }
        html.markup("<section id=\"changes\" class=\"changes\">\n<h2>Recently announced or changed</h2>\n<ol>\n")
        for shown in changed { write(change: shown) }
        html.markup("</ol>\n</section>\n")
    }

    private mutating func writePast() {
        guard !agenda.past.isEmpty else { return }
        html.markup("<section id=\"past\" class=\"past\">\n<h2>Past events</h2>\n")
        for day in agenda.past { write(day) }
        html.markup("</section>\n")
    }

    private mutating func writeFooter() {
        html.markup(
            """
            <footer>
            <p>Events are shown as those who announced them stated them; what had to be inferred is marked. Times are \
            those of the place. This page sets no cookies and does not know who reads it.</p>
            </footer>
            </body>
            </html>

            """)
    }

    private mutating func write(_ day: Agenda.Day) {
        html.markup("<section class=\"day\">\n<h3>")
        switch day.heading {
        case .ongoing: html.markup("<span class=\"label\">Already under way</span>")
        case .undated: html.markup("<span class=\"label\">Date to be announced</span>")
        case .year(let number), .month(let number):
            guard let date = LocalDate(daysSinceEpoch: number) else { break }
            html.markup("<span class=\"label\">")
            if case .month = day.heading { html.text(date.monthName + " ") }
            html.text(String(date.year))
            html.markup("</span>")
        case .day(let number):
            if let date = LocalDate(daysSinceEpoch: number) {
                html.markup("<time")
                html.attribute("datetime", date.description)
                html.markup("><span class=\"weekday\">")
                html.text(DateWords.weekday(date))
                html.markup("</span> <span class=\"number\">")
                html.text(String(date.day))
                html.markup("</span> <span class=\"month\">")
                html.text(date.monthName)
                html.markup(" ")
                html.text(String(date.year))
                html.markup("</span></time>")
            }
        }
        html.markup("</h3>\n<div class=\"groups\">\n")
        for group in day.groups { write(group, isAlone: day.groups.count == 1) }
        html.markup("</div>\n</section>\n")
    }

    private mutating func write(_ group: Agenda.Group, isAlone: Bool) {
        html.markup("<section class=\"city\">\n")
        if !group.cities.isEmpty || !isAlone {
            html.markup("<h4>")
            if group.cities.isEmpty { html.markup("<span>Elsewhere</span>") }
            for (index, city) in group.cities.enumerated() {
                if index > 0 { html.markup("<i>, </i>") }
                html.markup("<span dir=\"auto\">")
                html.text(city)
                html.markup("</span>")
            }
            html.markup("</h4>\n")
        }
        for item in group.items { write(item) }
        html.markup("</section>\n")
    }
}
