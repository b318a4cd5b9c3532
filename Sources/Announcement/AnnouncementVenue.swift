/// An address as a text gives it: `Town Hall, Market Square 1, LS1 3AD Leeds, United Kingdom`.
struct AnnouncementVenue: Sendable {
    /// The words of the name; nil where only a city or street is given.
    var name: Range<Int>?
    var street: Range<Int>?
    var postalCode: Range<Int>?
    var city: CityListItem?
    /// A region or country that stands alone.
    var region: (region: GazetteerRegion, tokens: Range<Int>)?
    var tokens: Range<Int>
    /// Whether a word of buildings, rooms or squares is in the name.
    var hasVenueNoun = false
}

/// The grammar of addresses: parts between commas, each a name, a street, a postal code and city, a region.
struct AnnouncementVenueParser {
    let announcement: AnnouncementText
    let cities: CityListParser
    /// Words of dates and times, by index: an address ends before them.
    let occupied: [Bool]

    private static let longest = 48
    private var tokens: [TextToken] { announcement.tokens }

    // MARK: How far an address reaches in running text

    /// The words of the address that starts at a word of running text.
    func extent(at start: Int, before end: Int) -> Range<Int> {
        var (index, stop) = (start, start)
        let limit = min(end, start + AnnouncementVenueParser.longest)
        while index < limit, !occupied[index] {
            let token = tokens[index]
            if token.isCapitalised {
                if token.has(.accompanying)
                    || token.has([.month, .weekday]) && index + 1 < limit && occupied[index + 1]
                {
                    break
                }
                stop = index + 1
            } else if token.kind == .number {
                stop = index + 1
            } else if token.kind == .word {
                let joins =
                    token.has([.connector, .article, .possessiveOf]) || token.fold == "in" || token.fold == "at"
                    || token.fold.utf8.count <= 3 && token.sense.roles.isEmpty
                let isSuffix = token.has(.ordinalSuffix) && !token.gap
                guard joins || isSuffix || token.has(.venue) && stop == index && token.gap,
                    index > start || isSuffix || token.has(.venue)
                else { break }
                if isSuffix || token.has(.venue) && !joins {
                    stop = index + 1
                } else if !leadsToName(index, limit) {
                    break
                }
            } else if token.isSymbol(",") || token.isSymbol(";") {
                guard index > start, continues(after: index, limit) else { break }
            } else if token.isSymbol(".") {
                // An initial or an abbreviation inside a name: "St. George's Hall".
                guard index > start, !token.gap,
                    tokens[index - 1].has(.abbreviation) || tokens[index - 1].fold.utf8.count == 1
                else { break }
            } else if !(token.kind == .symbol && "-&'\"/#".utf8.contains(token.symbol))
                || token.isSymbol("-") && token.gap
            {
                break
            }
            index += 1
        }
        return start..<stop
    }

    private func leadsToName(_ index: Int, _ limit: Int) -> Bool {
        var next = index + 1
        while next < limit, next < index + 3, tokens[next].kind == .word, tokens[next].shape == .lower,
            tokens[next].has([.article, .connector])
        {
            next += 1
        }
        return next < limit && tokens[next].isCapitalised && !occupied[next]
            && !tokens[next].has([.month, .weekday])
    }

    /// Whether what follows a comma is a part of the address and not the next clause.
    private func continues(after comma: Int, _ limit: Int) -> Bool {
        let next = comma + 1
        guard next < limit, !occupied[next] else { return false }
        let token = tokens[next]
        guard token.isCapitalised || token.kind == .number else { return false }
        if token.has([.accompanying, .honorific, .pronoun]) { return false }
        var end = next
        while end < limit, tokens[end].isCapitalised || tokens[end].kind == .number { end += 1 }
        guard end < limit, tokens[end].kind == .word else { return true }
        return !tokens[end].has([.future, .auxiliary, .past, .holding, .headlineVerb])
    }

    // MARK: What its parts are

    /// Reads the parts of an address. Line ends part it as commas do.
    func parse(_ range: Range<Int>) -> AnnouncementVenue? {
        var parts = split(range)
        guard !parts.isEmpty else { return nil }
        var venue = AnnouncementVenue(tokens: range)
        takeRegions(&parts, &venue)
        takeCity(&parts, &venue)
        var names: [Range<Int>] = []
        for (index, part) in parts.enumerated() {
            if index > 0, venue.postalCode == nil, part.allSatisfy({ isPostal($0, part) }) {
                venue.postalCode = part
                continue
            }
            if index > 0 || parts.count == 1 && venue.city != nil && isNumbered(part), venue.street == nil,
                isStreet(part, hasCity: venue.city != nil)
            {
                venue.street = part
            } else if venue.street == nil || names.isEmpty {
                names.append(part)
            }
        }
        if let first = names.first, let last = names.last {
            venue.name = first.lowerBound..<last.upperBound
            venue.hasVenueNoun = (venue.name ?? 0..<0).contains { tokens[$0].has(.venue) }
        }
        return venue
    }

    private func split(_ range: Range<Int>) -> [Range<Int>] {
        var (parts, start) = ([Range<Int>](), range.lowerBound)
        func take(_ end: Int) {
            var (low, high) = (start, end)
            while low < high, tokens[low].kind == .symbol, !tokens[low].isSymbol("\"") { low += 1 }
            while low < high, tokens[low].kind == .word, tokens[low].shape == .lower,
                tokens[low].has([.article, .locative])
            { low += 1 }
            while high > low, tokens[high - 1].kind == .symbol, !tokens[high - 1].isSymbol("\"") { high -= 1 }
            if low < high { parts.append(low..<high) }
        }
        for index in range where index > start {
            let token = tokens[index]
            let isBreak = token.line != tokens[index - 1].line
            let isMark =
                token.isSymbol(",") || token.isSymbol(";") || token.isSymbol("|") || token.isSymbol("(")
                || token.isSymbol(")")
                || token.isSymbol("-") && token.gap && index + 1 < range.upperBound && tokens[index + 1].gap
            let isIn =
                token.fold == "in"
                && cities.item(at: index + 1, before: range.upperBound).map {
                    !cities.isVenueName($0, range.upperBound)
                } ?? false
            if isMark || isIn {
                take(index)
                start = index + 1
            } else if isBreak {
                take(index)
                start = index
            }
        }
        take(range.upperBound)
        return parts
    }

    /// Takes `United Kingdom`, `OR 97201` from the end, where a city may stand before them.
    private func takeRegions(_ parts: inout [Range<Int>], _ venue: inout AnnouncementVenue) {
        while parts.count > 1, let part = parts.last {
            let words = part.filter { tokens[$0].kind != .number }
            guard let first = words.first, first == part.lowerBound, let last = words.last,
                let item = cities.item(at: first, before: part.upperBound), item.tokens.upperBound == last + 1,
                let region = region(of: item, after: parts[parts.count - 2])
            else { return }
            if item.tokens.upperBound < part.upperBound { venue.postalCode = item.tokens.upperBound..<part.upperBound }
            if venue.region == nil || region.kind == .part { venue.region = (region, item.tokens) }
            parts.removeLast()
        }
    }

    /// The region a part names: one that is no city too, or one that holds the city before it (`Albany, New York`).
    private func region(of item: CityListItem, after part: Range<Int>) -> GazetteerRegion? {
        let regions = item.entry.regions.map(cities.gazetteer.region).filter { $0.kind != .continent }
        if item.entry.cities.isEmpty || item.tokens.count <= 2 && tokens[item.tokens.lowerBound].shape == .capitals {
            return regions.first
        }
        guard let before = cities.item(at: part.lowerBound, before: part.upperBound) else { return nil }
        let known = before.entry.cities.map { cities.gazetteer.city($0.number) }
        return regions.first { region in known.contains { cities.gazetteer.contains(region, $0) } }
    }

    private func takeCity(_ parts: inout [Range<Int>], _ venue: inout AnnouncementVenue) {
        for index in parts.indices.reversed() {
            let part = parts[index]
            // Postal codes stand before or after the city.
            let words = part.filter { !isPostal($0, part) }
            guard let first = words.first, let last = words.last, last - first + 1 == words.count,
                var item = cities.item(at: first, before: last + 1), item.tokens == first..<last + 1
            else { continue }
            let isOnly = parts.count == 1
            guard !item.entry.cities.isEmpty || isOnly, index > 0 || isOnly || parts.count > 1 else { continue }
            if item.entry.cities.isEmpty {
                if let number = item.entry.regions.first {
                    venue.region = (cities.gazetteer.region(number), item.tokens)
                }
                parts.remove(at: index)
                return
            }
            if let region = venue.region, item.within == nil {
                if region.region.kind == .part { item.region = region } else { item.country = region }
            }
            if words.count < part.count {
                let postal = part.filter { !words.contains($0) }
                if let low = postal.first, let high = postal.last { venue.postalCode = low..<high + 1 }
            }
            venue.city = item
            parts.remove(at: index)
            return
        }
    }

    /// `8001`, `LS1 3AD`, `SW1A`: numbers, and capitals that touch one.
    private func isPostal(_ index: Int, _ part: Range<Int>) -> Bool {
        let token = tokens[index]
        if token.kind == .number {
            // "8001 Zurich", "LS1 3AD"; "Wean 7500" is a room.
            return token.digits >= 4 && index == part.lowerBound || touchesCapitals(index, part)
        }
        guard token.kind == .word, token.fold.utf8.count <= 2, token.shape != .lower else { return false }
        let before = index > part.lowerBound && tokens[index - 1].kind == .number && !token.gap
        let after = index + 1 < part.upperBound && tokens[index + 1].kind == .number && !tokens[index + 1].gap
        return before || after
    }

    private func touchesCapitals(_ index: Int, _ part: Range<Int>) -> Bool {
        let before = index > part.lowerBound && tokens[index - 1].shape == .capitals && !tokens[index].gap
        let after =
            index + 1 < part.upperBound && tokens[index + 1].shape != .lower && tokens[index + 1].kind == .word
            && !tokens[index + 1].gap
        return before || after
    }

    private func isNumbered(_ part: Range<Int>) -> Bool { part.contains { tokens[$0].kind == .number } }

    private func isStreet(_ part: Range<Int>, hasCity: Bool) -> Bool {
        let numbered = tokens[part.lowerBound].kind == .number || tokens[part.upperBound - 1].kind == .number
        let streetWord = part.contains { index in
            tokens[index].has(.street) || tokens[index].fold.hasSuffix("strasse")
                || tokens[index].fold.hasSuffix("straat") || tokens[index].fold.hasSuffix("gatan")
        }
        let venueWord = part.contains {
            tokens[$0].has(.venue) && !tokens[$0].has(.street)
                && !["square", "market", "park", "gardens", "bridge", "palace", "station", "castle", "church"].contains(
                    tokens[$0].fold)
        }
        // "5 Mill Lane": the last word says what it is.
        if tokens[part.lowerBound].kind == .number, let last = part.last(where: { tokens[$0].kind == .word }),
            tokens[last].has(.street)
        {
            return true
        }
        if venueWord { return false }
        return streetWord && (numbered || hasCity) || numbered && hasCity && part.count >= 2
    }
}
