/// Places beside dates and on lines of their own, as on posters and in itineraries.
extension AnnouncementPlaceFinder {
    /// `4 p.m., 7500 Wean Hall`, `5 March – Town Hall, Leeds`.
    func afterDate(_ index: Int, _ segment: TextSegment, _ number: Int) -> AnnouncementPlace? {
        let end = segment.tokens.upperBound
        for end in [index, index - 1] {
            if let date = dates.date(endingAt: end), date.use != .event { return nil }
        }
        var start = index
        while start < end, tokens[start].kind == .symbol || tokens[start].has(.conjunction) { start += 1 }
        guard start < end, tokens[start].isCapitalised || tokens[start].kind == .number, !venues.occupied[start] else {
            return nil
        }
        if let (items, next) = cities.list(at: start, before: end), !isVenueStart(items, next, end) {
            let rest = venues.extent(at: start, before: end)
            if rest.upperBound <= next {
                return AnnouncementPlace(
                    items: items, tokens: index..<next, segment: number, score: besideScore(index),
                    rule: "places.beside-date")
            }
        }
        let extent = venues.extent(at: start, before: end)
        guard let venue = venues.parse(extent), venue.hasVenueNoun || venue.city != nil else { return nil }
        return AnnouncementPlace(
            venue: venue, tokens: index..<extent.upperBound, segment: number, score: besideScore(index),
            rule: "places.beside-date")
    }

    /// What follows the time is the place more often than what follows the date.
    private func besideScore(_ index: Int) -> Int {
        dates.date(endingAt: index) != nil ? 6 : 7
    }

    /// `Leeds, 5 March 2027`, `Lyon – 14 March`.
    func beforeDate(_ start: Int, _ segment: TextSegment, _ number: Int) -> AnnouncementPlace? {
        let end = segment.tokens.upperBound
        guard tokens[start].isCapitalised, !dates.dates(in: number).prefix(8).contains(where: { $0.use == .issue }),
            let (items, next) = cities.list(at: start, before: end), items.count == 1
        else { return nil }
        var index = next
        if index < end, tokens[index].isSymbol("(") { index += 1 }
        while index < end, index < next + 3, tokens[index].kind == .symbol { index += 1 }
        guard index < end, index > next,
            dates.date(startingAt: index)?.use == .event
        else { return nil }
        return AnnouncementPlace(
            items: items, tokens: start..<next, segment: number, score: 6, rule: "places.city-date")
    }

    /// A place after the date in a labelled value: `When: 5 March, Town Hall`.
    func trailing(_ segment: TextSegment, _ number: Int, _ found: inout [AnnouncementPlace]) {
        for index in segment.tokens
        where index > segment.tokens.lowerBound && venues.occupied[index - 1] && !venues.occupied[index] {
            if tokens[index].has(.locative), let place = framed(index, segment, number, strength: 7) {
                return found.append(place)
            }
            if tokens[index].kind == .symbol, let place = afterDate(index, segment, number) {
                return found.append(place)
            }
        }
    }

    /// A line of its own near the date: `Town Hall, Market Square 1, Leeds`.
    func poster(_ segment: TextSegment, _ number: Int, _ found: inout [AnnouncementPlace]) {
        guard segment.tokens.count <= 24, let whenLines, let first = segment.tokens.first,
            !segment.tokens.overlaps(headline)
        else { return }
        let line = tokens[first].line
        guard line >= whenLines.lowerBound - AnnouncementPlaceFinder.nearLines,
            line <= whenLines.upperBound + AnnouncementPlaceFinder.nearLines,
            !segment.tokens.contains(where: { venues.occupied[$0] }), segment.tokens.count <= 24,
            let start = segment.tokens.first(where: { tokens[$0].kind != .symbol }),
            tokens[start].isCapitalised || tokens[start].kind == .number
        else { return }
        let extent = venues.extent(at: start, before: segment.tokens.upperBound)
        // The whole line is an address: what is left over would make it a sentence.
        guard segment.tokens.upperBound - extent.upperBound <= 4, let venue = venues.parse(extent) else { return }
        let distance =
            whenLines.contains(line)
            ? 0 : line < whenLines.lowerBound ? Int(whenLines.lowerBound - line) : Int(line - whenLines.upperBound)
        let isNumbered = extent.contains { tokens[$0].kind == .number }
        let isCityAlone = venue.city != nil && venue.name == nil
        guard
            venue.hasVenueNoun && (isNumbered || distance <= 2 || venue.city != nil)
                || venue.city != nil && distance <= 2
                    && (isCityAlone || isNumbered
                        || distance <= 1 && line > whenLines.upperBound && (venue.name?.count ?? 0) > 1)
        else { return }
        if extent.contains(where: { tokens[$0].has(.organisation) && !tokens[$0].has(.venue) }), !isNumbered { return }
        let isAfter = line >= whenLines.upperBound
        found.append(
            AnnouncementPlace(
                venue: venue, tokens: extent, segment: number, score: (isAfter ? 6 : 4) - (distance > 2 ? 1 : 0),
                rule: "places.line-near-date"))
    }
}
