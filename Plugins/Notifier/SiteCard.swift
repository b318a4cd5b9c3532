import EventFormats
import EventModel

/// How one event looks on the page.
extension SitePage {
    /// Characters of a headline and of a quoted description that the page shows.
    static let maximumName = 300
    static let maximumDescription = 2000
    /// Venues, parties and links that one card shows.
    static let maximumVenues = 50
    static let maximumParties = 20
    static let maximumLinks = 5

    /// A card in the calendar.
    mutating func write(_ item: Agenda.Item) {
        let shown = snapshot.events[item.event]
        let event = shown.event
        let occurrences = item.occurrences.map { event.occurrences[$0] }
        html.markup("<article class=\"event ")
        html.markup(item.status.styleClass)
        html.markup("\"")
        let anchor = anchor(ofEvent: event.uid)
        if anchors.insert(anchor).inserted { html.attribute("id", anchor) }
        html.markup(">\n")
        writeBadges(shown, item)
        html.markup("<h5")
        writeName(of: event)
        html.markup("</h5>\n")
        writeWhen(item.when, inferred: PublicForm.inferred(in: event), isBelowDay: true)
        writeHints(occurrences)
        writeVenues(occurrences, in: event)
        writeParties(event)
        writeLines(shown)
        writeDescription(event)
        writeLinks(event, occurrences)
        html.markup("</article>\n")
    }

    /// An entry among the changes.
    mutating func write(change shown: ShownEvent) {
        let event = shown.event
        html.markup("<li><article class=\"change ")
        html.markup(event.status.styleClass)
        html.markup("\">\n<p class=\"stamp\"><b class=\"badge ")
        html.markup(shown.telling.intent.styleClass)
        html.markup("\">")
        html.text(shown.telling.lead(of: event))
        html.markup("</b> <time")
        html.attribute("datetime", shown.changedAt.description)
        html.markup(">")
        html.text(DateWords.instant(shown.changedAt))
        html.markup("</time></p>\n<h3")
        let anchor = anchor(ofEvent: event.uid)
        writeLanguage(of: event.name, in: event)
        html.markup(">")
        if anchors.contains(anchor) || snapshot.events.contains(where: { $0.event.uid == event.uid }) {
            html.markup("<a")
            html.href(fragment: anchor)
            html.markup(">")
            html.text(SitePage.cut(EventWords.name(of: event), SitePage.maximumName))
            html.markup("</a>")
        } else {
            html.text(SitePage.cut(EventWords.name(of: event), SitePage.maximumName))
        }
        html.markup("</h3>\n")
        if let when = event.commonWhen {
            writeWhen(when, inferred: PublicForm.inferred(in: event), isBelowDay: false)
            if when.start == nil, event.status == .postponed {
                writeParagraph("note", "A new date is to be announced.")
            }
        } else {
            writeParagraph("when", EventWords.when(event))
        }
        writeParagraph("where", EventWords.cityList(event))
        writeLineList(shown.telling.lines)
        html.markup("</article></li>\n")
    }

    private mutating func writeName(of event: Event) {
        writeLanguage(of: event.name, in: event)
        html.markup(">")
        html.text(SitePage.cut(EventWords.name(of: event), SitePage.maximumName))
    }

    private mutating func writeLanguage(of text: LanguageText, in event: Event) {
        html.markup(" dir=\"auto\"")
        let language = text.language.isEmpty ? event.language : text.language
        if !language.isEmpty { html.attribute("lang", language) }
    }

    private mutating func writeBadges(_ shown: ShownEvent, _ item: Agenda.Item) {
        let former = item.occurrences.lazy.compactMap { shown.event.occurrences[$0].previousStarts.last }.first
        let isChanged = shown.telling.intent != .new
        guard item.status != .scheduled || isChanged else { return }
        html.markup("<p class=\"stamp\">")
        if item.status != .scheduled {
            html.markup("<b class=\"badge ")
            html.markup(item.status.styleClass)
            html.markup("\">")
            html.text(item.status.badge)
            if let former, item.status == .rescheduled || item.status == .postponed {
                html.text(" from \(DateWords.moment(former))")
            }
            html.markup("</b> ")
        }
        if isChanged {
            let isSaid = !shown.telling.isTakenBack && shown.telling.intent.isSaid(by: item.status)
            if !isSaid {
                html.markup("<b class=\"badge ")
                html.markup(shown.telling.intent.styleClass)
                html.markup("\">")
                html.text(shown.telling.lead(of: shown.event))
                html.markup("</b> ")
            }
            html.markup("<span>")
            html.markup(isSaid ? "announced" : "on")
            html.markup(" <time")
            html.attribute("datetime", shown.changedAt.description)
            html.markup(">")
            html.text(shown.changedAt.date?.words ?? "")
            html.markup("</time></span>")
        }
        html.markup("</p>\n")
    }

    /// Days, hours and zone; below the heading of its day, an event of one day needs its hours only.
    private mutating func writeWhen(_ when: When, inferred: [PublicForm.Inferred], isBelowDay: Bool) {
        let words = isBelowDay ? DateWords.hours(when) ?? DateWords.local(when) : DateWords.local(when)
        guard let start = when.start, !words.isEmpty else { return }
        html.markup("<p class=\"when\"><time")
        html.attribute("datetime", start.machineReadable(when.precision))
        html.markup(">")
        html.text(words)
        html.markup("</time>")
        if let zone = DateWords.zone(of: when) {
            html.markup(" <span class=\"zone\">")
            html.text(zone)
            html.markup("</span>")
        }
        for mark in inferred {
            html.markup(" <span class=\"hint\">")
            html.text("\(mark.rawValue) inferred")
            html.markup("</span>")
        }
        html.markup("</p>\n")
    }

    private mutating func writeHints(_ occurrences: [Occurrence]) {
        guard let first = occurrences.first else { return }
        if let days = first.when.days, days.last > days.first {
            switch first.dayAssignment {
            case .each: break
            case .any: writeParagraph("note", "On one of these days.")
            case .unspecified where occurrences.count > 1:
                writeParagraph("note", "The announcement does not say which city has which day.")
            case .unspecified: break
            }
        }
        if let rule = first.when.recurrenceRule {
            writeParagraph("note", RepetitionWords.of(rule) + ".")
        }
        if first.when.start == nil, first.status != .cancelled {
            writeParagraph("note", "A new date is to be announced.")
        }
    }

    private mutating func writeVenues(_ occurrences: [Occurrence], in event: Event) {
        let isMany = occurrences.count > 1
        var venues: [(city: String, venue: String)] = []
        for occurrence in occurrences {
            guard let place = occurrence.place, event.content.status(of: occurrence) != .movedOnline else { continue }
            let venue = EventWords.venue(of: place)
            let city = isMany ? EventWords.city(of: occurrence, in: event) ?? "" : ""
            if !venue.isEmpty { venues.append((city, venue)) }
        }
        for (city, venue) in venues.prefix(SitePage.maximumVenues) {
            writeParagraph("where", city.isEmpty || city == venue ? venue : "\(city): \(venue)")
        }
        if venues.count > SitePage.maximumVenues {
            writeParagraph("where", "and \(venues.count - SitePage.maximumVenues) more places")
        }
    }

    private mutating func writeParties(_ event: Event) {
        for role in PartyRole.allCases {
            let names = event.parties.filter { $0.role == role }.map(EventWords.party)
            guard !names.isEmpty else { continue }
            let rest = names.count - SitePage.maximumParties
            let list =
                names.prefix(SitePage.maximumParties).joined(separator: "; ") + (rest > 0 ? " and \(rest) more" : "")
            html.markup("<p class=\"who\"><span class=\"role\">")
            html.markup(role.label)
            html.markup("</span> <span dir=\"auto\">")
            html.text(list)
            html.markup("</span></p>\n")
        }
    }

    private mutating func writeLines(_ shown: ShownEvent) {
        guard shown.telling.intent != .new else { return }
        writeLineList(shown.telling.lines)
    }

    private mutating func writeLineList(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        html.markup("<ul class=\"lines\">\n")
        for line in lines {
            html.markup("<li dir=\"auto\">")
            html.text(SitePage.cut(line, SitePage.maximumName))
            html.markup("</li>\n")
        }
        html.markup("</ul>\n")
    }

    private mutating func writeDescription(_ event: Event) {
        guard let description = event.description, description.text.contains(where: { !$0.isWhitespace }) else {
            return
        }
        let author = event.parties.first { $0.role == .publisher } ?? event.parties.first { $0.role == .organizer }
        html.markup("<details><summary>In the words of the announcement</summary>\n<blockquote")
        writeLanguage(of: description, in: event)
        html.markup(">")
        html.text(SitePage.cut(description.text, SitePage.maximumDescription))
        html.markup("</blockquote>\n")
        if let author { writeParagraph("source", "— \(EventWords.party(author))") }
        html.markup("</details>\n")
    }

    private mutating func writeLinks(_ event: Event, _ occurrences: [Occurrence]) {
        var seen: Set<String> = []
        let online = occurrences.compactMap(\.onlineURL)
        // What is no plain web address is of no use to a reader of the page; calendar and data have it.
        let links = (online + event.links).filter { seen.insert($0).inserted }.compactMap { HTMLLink($0) }
            .filter { $0.host != nil }.prefix(SitePage.maximumLinks)
        guard !links.isEmpty else { return }
        html.markup("<p class=\"links\">")
        for link in links {
            let host = link.host ?? ""
            html.markup("<a rel=\"nofollow noopener noreferrer external\"")
            html.href(link)
            html.markup(">")
            html.text(online.contains(link.url) ? "Attend online at \(host)" : host)
            html.markup("</a> ")
        }
        html.markup("</p>\n")
    }

    private mutating func writeParagraph(_ style: StaticString, _ text: String) {
        guard !text.isEmpty else { return }
        html.markup("<p class=\"")
        html.markup(style)
        html.markup("\" dir=\"auto\">")
        html.text(text)
        html.markup("</p>\n")
    }

    private static func cut(_ text: String, _ limit: Int) -> String {
        text.utf8.count > limit && text.count > limit ? text.prefix(limit) + "…" : text
    }
}
