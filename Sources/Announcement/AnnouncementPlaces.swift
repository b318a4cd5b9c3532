/// A mention of where the event takes place.
struct AnnouncementPlace: Sendable {
    /// Cities or regions, in the order of the list; empty where only a venue is named.
    var items: [CityListItem] = []
    var venue: AnnouncementVenue?
    /// Where to attend online, where that is said.
    var isOnline = false
    var tokens: Range<Int>
    var segment: Int
    /// How much speaks for its being the event's: 100 for a label, 8 for "held in", 3 for the headline.
    var score: Int
    var rule: String

    var hasVenue: Bool { venue?.name != nil || venue?.street != nil }
}

/// Finds the places of an event: only behind "held in", in `City, date`, in labels and in datelines.
struct AnnouncementPlaceFinder {
    let announcement: AnnouncementText
    let dates: AnnouncementDateIndex
    let headline: Range<Int>
    let cities: CityListParser
    let venues: AnnouncementVenueParser
    /// The lines of the event's date and time.
    let whenLines: ClosedRange<Int32>?
    let tokens: [TextToken]

    /// Lines between a date and the place on a poster.
    static let nearLines: Int32 = 4
    /// Words of a labelled value that are read.
    private static let longestValue = 2500
    private static let mostMentions = 1000

    init(
        _ announcement: AnnouncementText, dates: AnnouncementDateIndex, headline: Range<Int>, closed: [Bool],
        occupied: [Bool],
        whenLines: ClosedRange<Int32>?
    ) {
        self.announcement = announcement
        self.dates = dates
        self.headline = headline
        self.whenLines = whenLines
        tokens = announcement.tokens
        cities = CityListParser(announcement, gazetteer: Gazetteer(), closed: closed)
        venues = AnnouncementVenueParser(announcement: announcement, cities: cities, occupied: occupied)
    }

    /// All mentions, in the order of the text.
    func find() -> [AnnouncementPlace] {
        var (found, emptyLabel) = ([AnnouncementPlace](), nil as Int?)
        for (number, segment) in announcement.segments.enumerated() {
            if found.count >= AnnouncementPlaceFinder.mostMentions { break }
            let isListed = emptyLabel == segment.paragraph && segment.label == nil && segment.isLine
            switch segment.label {
            case .place, .city:
                if segment.tokens.isEmpty {
                    emptyLabel = segment.paragraph
                } else {
                    labelled(segment, number, &found)
                }
            case nil where isListed: labelled(segment, number, &found)
            case .dateAndTime, .date: trailing(segment, number, &found)
            case nil, .headline, .subject: frames(segment, number, &found)
            default: break
            }
        }
        return found
    }

    private func labelled(_ segment: TextSegment, _ number: Int, _ found: inout [AnnouncementPlace]) {
        var range =
            segment.tokens
            .lowerBound..<min(
                segment.tokens.upperBound, segment.tokens.lowerBound + AnnouncementPlaceFinder.longestValue)
        // "Doors open …" in a further sentence is no place; dates are read elsewhere.
        if let date = range.first(where: { venues.occupied[$0] }) {
            range = date > range.lowerBound ? range.lowerBound..<date : range
        }
        guard let first = range.first(where: { tokens[$0].kind != .symbol }) else { return }
        range = first..<range.upperBound
        let online = range.contains { tokens[$0].has(.online) || tokens[$0].kind == .link }
        if let (items, end) = cities.list(at: first, before: range.upperBound), end >= range.upperBound - 1,
            items.count > 1 || tokens[first].line == tokens[range.upperBound - 1].line,
            !(items.count == 1 && cities.isVenueName(items[0], range.upperBound)),
            items.count > 1 || items[0].tokens.upperBound >= range.upperBound - 1
        {
            found.append(
                AnnouncementPlace(
                    items: items, isOnline: online, tokens: range, segment: number, score: 100, rule: "places.label"))
            return
        }
        let onlineOnly =
            online && !range.contains { tokens[$0].has(.venue) || tokens[$0].kind == .number && tokens[$0].gap }
        if onlineOnly, range.count <= 4 || tokens[first].has(.online) {
            found.append(
                AnnouncementPlace(
                    isOnline: true, tokens: range, segment: number, score: 100, rule: "places.label-online"))
            return
        }
        guard let venue = venues.parse(range) else { return }
        found.append(
            AnnouncementPlace(
                items: [], venue: venue, isOnline: online, tokens: range, segment: number, score: 100,
                rule: "places.label"))
    }

    // MARK: Running text

    private func frames(_ segment: TextSegment, _ number: Int, _ found: inout [AnnouncementPlace]) {
        let range = segment.tokens
        let stance = stance(of: segment, number)
        guard stance > 0 else { return }
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            index += 1
            var place: AnnouncementPlace?
            if tokens[start].has(.locative), start + 3 < range.upperBound, tokens[start + 1].fold == "front",
                tokens[start + 2].has(.possessiveOf)
            {
                place = framed(start + 2, segment, number, strength: attachment(start, range, stance), venuesOnly: true)
                if let place { found.append(place) }
                continue
            }
            let isOn = tokens[start].has(.dative) && start + 1 < range.upperBound && !venues.occupied[start + 1]
            if tokens[start].has(.locative) || isOn {
                place = framed(start, segment, number, strength: attachment(start, range, stance), venuesOnly: isOn)
            } else if tokens[start].fold == "to", start > range.lowerBound, tokens[start - 1].has(.moved) {
                place = framed(start, segment, number, strength: 8)
            } else if tokens[start].fold == "to", start > range.lowerBound,
                tokens[start - 1].has([.holding, .headlineVerb]),
                !tokens[start - 1].has(.eventNoun) || headline.contains(start)
            {
                place = framed(start, segment, number, strength: stance > 1 ? 4 : 3, citiesOnly: true)
            } else if start > range.lowerBound, venues.occupied[start - 1], tokens[start].kind == .symbol,
                ",-|@*;/:)".utf8.contains(tokens[start].symbol)
            {
                place = afterDate(start, segment, number)
            } else if start == range.lowerBound
                || tokens[start - 1].kind == .symbol && ":-|*".utf8.contains(tokens[start - 1].symbol)
            {
                place = beforeDate(start, segment, number)
            }
            guard let place else { continue }
            found.append(place)
            index = max(index, place.tokens.upperBound)
        }
        if segment.isLine, found.last?.segment != number { poster(segment, number, &found) }
    }

    /// Whether a segment speaks of the event to come (2), could (1), or of something else (0).
    private func stance(of segment: TextSegment, _ number: Int) -> Int {
        let range = segment.tokens
        if dates.eventSegments.contains(number) { return 2 }
        let hasFuture = range.contains { index in
            let token = tokens[index]
            return token.has([.future, .invitation, .takes, .moved, .rescheduled])
                || token.has(.holding) && !token.has(.eventNoun) && !token.has(.past)
        }
        if hasFuture { return 2 }
        if range.overlaps(headline) { return 1 }
        let hasPast = range.contains { tokens[$0].has(.past) }
        return segment.isLine && !hasPast && range.count <= 30 ? 1 : 0
    }

    /// How closely `in` or `at` belongs to the event: by the word before it.
    private func attachment(_ index: Int, _ range: Range<Int>, _ stance: Int) -> Int {
        guard index > range.lowerBound else { return stance > 1 ? 4 : 2 }
        var before = index - 1
        while before > range.lowerBound,
            tokens[before].isSymbol(",") || tokens[before].isSymbol(".") || tokens[before].isSymbol(")")
                || tokens[before].has([.also, .conjunction])
        { before -= 1 }
        let token = tokens[before]
        if venues.occupied[before] { return 7 }
        if token.has(.past), !token.has(.holding) { return 0 }
        if token.has(.holding), !token.has(.eventNoun) {
            // "was held in" is of the past.
            let aux = (max(range.lowerBound, before - 3)..<before).contains {
                tokens[$0].fold == "was" || tokens[$0].fold == "were" || tokens[$0].fold == "had"
            }
            return aux ? 0 : 8
        }
        if token.fold == "place", before > range.lowerBound {
            return tokens[before - 1].has(.takes) ? 8 : tokens[before - 1].has(.past) ? 0 : 1
        }
        if token.has([.future, .auxiliary]), !token.has(.past) { return 7 }
        if token.has(.eventNoun) { return stance > 1 ? 5 : 3 }
        if token.isSymbol("\"") { return 5 }
        if token.has(.invitation) || token.fold == "us" { return 6 }
        return tokens[index].fold == "at" || tokens[index].fold == "in" ? 1 : 0
    }

    /// The place after `in` or `at`.
    func framed(
        _ index: Int, _ segment: TextSegment, _ number: Int, strength: Int, citiesOnly: Bool = false,
        venuesOnly: Bool = false
    )
        -> AnnouncementPlace?
    {
        let end = segment.tokens.upperBound
        guard strength > 0 else { return nil }
        if strength > 1, !venuesOnly, let (items, next) = cities.list(at: index + 1, before: end),
            !isVenueStart(items, next, end)
        {
            return AnnouncementPlace(
                items: items, tokens: index..<next, segment: number, score: strength, rule: "places.frame")
        }
        if citiesOnly { return nil }
        var start = index + 1
        while start < end, ["the", "a", "an", "our"].contains(tokens[start].fold) { start += 1 }
        guard start < end,
            tokens[start].isCapitalised
                || tokens[start].kind == .number && start + 1 < end && tokens[start + 1].isCapitalised
                || tokens[start].has(.venue) && start + 1 < end,
            !venues.occupied[start], !cities.closed[start]
        else { return nil }
        let extent = venues.extent(at: start, before: end)
        // Without a verb or a date beside it only a word for a building makes it a place of the event.
        let isNamed = strength > 1 || number == dates.strongestSegment && extent.contains { tokens[$0].has(.venue) }
        guard isNamed, extent.contains(where: { tokens[$0].isCapitalised || tokens[$0].kind == .number }),
            let venue = venues.parse(extent)
        else { return nil }
        guard strength > 1 || venue.hasVenueNoun else { return nil }
        guard venue.hasVenueNoun || !venuesOnly && (venue.city != nil || strength >= 4) else { return nil }
        guard !isOrganisationOnly(venue) else { return nil }
        if venue.name == nil, let city = venue.city, cities.isVenueName(city, end) { return nil }
        return AnnouncementPlace(
            venue: venue, tokens: index..<extent.upperBound, segment: number, score: max(2, strength),
            rule: "places.frame")
    }

    func isVenueStart(_ items: [CityListItem], _ next: Int, _ end: Int) -> Bool {
        guard let last = items.last else { return true }
        return cities.isVenueName(last, end) || items.count == 1 && items[0].entry.isEmpty
    }

    private func isOrganisationOnly(_ venue: AnnouncementVenue) -> Bool {
        guard let name = venue.name, !venue.hasVenueNoun, venue.city == nil else { return false }
        if name.contains(where: { tokens[$0].fold == "department" }) { return true }
        return name.contains { tokens[$0].has([.month, .weekday, .eventNoun]) }
            || name.count == 1 && tokens[name.lowerBound].fold.utf8.count < 2
    }
}
