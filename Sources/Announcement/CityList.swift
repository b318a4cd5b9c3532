/// A place name of a list: a city, or a region where none is meant.
struct CityListItem: Sendable {
    /// The words of the name as it will be shown.
    var name: Range<Int>
    /// All its words, a region and a country after it included.
    var tokens: Range<Int>
    var entry: GazetteerEntry
    /// A region stated after the name: `Oregon` in `Portland, Oregon`.
    var region: (region: GazetteerRegion, tokens: Range<Int>)?
    /// A country stated after the name.
    var country: (region: GazetteerRegion, tokens: Range<Int>)?

    /// The narrowest region stated.
    var within: GazetteerRegion? { region?.region ?? country?.region }
}

/// The grammar of lists of places: `London, Paris and Washington, DC`, `Portland, Oregon`, `Paris, France`.
struct CityListParser {
    let announcement: AnnouncementText
    let gazetteer: Gazetteer
    /// Words that belong to names of something else, by index.
    let closed: [Bool]

    private static let mostItems = 1200
    private var tokens: [TextToken] { announcement.tokens }

    init(_ announcement: AnnouncementText, gazetteer: Gazetteer, closed: [Bool]) {
        self.announcement = announcement
        self.gazetteer = gazetteer
        self.closed = closed
    }

    /// The list that starts at a word, and the word after it; nil where no known place starts there.
    func list(at start: Int, before end: Int) -> (items: [CityListItem], end: Int)? {
        var index = skipFillers(start, end)
        guard let first = item(at: index, before: end) else { return nil }
        var items = [first]
        index = first.tokens.upperBound
        while items.count < CityListParser.mostItems, let next = afterSeparator(index, end) {
            let begin = skipFillers(next, end)
            if let known = item(at: begin, before: end), !isVenueName(known, end) {
                items.append(known)
                index = known.tokens.upperBound
            } else if items.count > 1 || tokens[next - 1].has(.conjunction),
                let unknown = unknownTown(at: begin, before: end, separator: next - 1)
            {
                items.append(unknown)
                index = unknown.tokens.upperBound
            } else {
                break
            }
        }
        return (items, index)
    }

    /// Whether a capitalised word follows at once: `London Bridge` is no city.
    func isVenueName(_ item: CityListItem, _ end: Int) -> Bool {
        let next = item.tokens.upperBound
        guard next < end else { return false }
        if tokens[next].isSymbol("-"), !tokens[next].gap, next + 1 < end, !tokens[next + 1].gap { return true }
        if tokens[next].fold == "'s" { return true }
        guard tokens[next].line == tokens[next - 1].line, !tokens[next - 1].isSymbol(".") else { return false }
        // "Wean 7500" is a room, "Paris 2027" may be a city; "the Spring lecture" is neither.
        if tokens[next].kind == .number, tokens[next].gap {
            return tokens[next].digits != 4 || !(1900...2199).contains(tokens[next].value)
                || item.tokens.count > 1 && !item.entry.cities.isEmpty
        }
        if tokens[next].kind == .word, tokens[next].shape == .lower, tokens[next].has([.eventNoun, .talk]) {
            return true
        }
        return tokens[next].isCapitalised && !tokens[next].has([.month, .weekday, .conjunction, .dative, .locative])
    }

    /// "the cities of", "both", "central".
    private func skipFillers(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, index < start + 4, tokens[index].kind == .word, tokens[index].shape == .lower,
            tokens[index].has(.each)
                || ["the", "cities", "city", "of", "central", "downtown", "town", "including"].contains(
                    tokens[index].fold)
        {
            index += 1
        }
        return index
    }

    /// The word after a comma, `and`, or both.
    private func afterSeparator(_ index: Int, _ end: Int) -> Int? {
        var next = index
        while next < end, next < index + 3 {
            let token = tokens[next]
            guard
                token.kind == .symbol && ",;&/|".utf8.contains(token.symbol) || token.has(.conjunction)
                    || token.fold == "or"
            else { break }
            next += 1
        }
        if next == index, next + 2 < end, tokens[next].fold == "as", tokens[next + 1].fold == "well",
            tokens[next + 2].fold == "as"
        {
            next += 3
        }
        if next > index, next < end, tokens[next].fold == "in" || tokens[next].fold == "finally" { next += 1 }
        return next > index && next < end ? next : nil
    }

    /// The longest known name that starts at a word.
    func item(at start: Int, before end: Int) -> CityListItem? {
        guard let (name, entry) = longestName(at: start, before: end, regionsOnly: false) else { return nil }
        var item = CityListItem(name: name, tokens: name, entry: entry)
        for _ in 0..<2 { joinRegion(&item, end) }
        return item
    }

    private func longestName(at start: Int, before end: Int, regionsOnly: Bool) -> (Range<Int>, GazetteerEntry)? {
        guard start < end, tokens[start].isCapitalised, !closed[start] else { return nil }
        // The ends of the words that a name may have.
        var (ends, index) = ([Int](), start)
        while index < end, ends.count < Gazetteer.wordsPerName {
            let token = tokens[index]
            if token.kind == .word, !closed[index] {
                if token.isCapitalised || index > start { ends.append(index + 1) }
            } else if token.kind == .symbol, index > start {
                let isInner = "-.'/".utf8.contains(token.symbol) && !token.gap
                // "Washington, DC" may be one name; "London, Paris" is not.
                let isComma = token.symbol == 0x2C && isInitialism(index + 1, end)
                guard isInner || isComma else { break }
            } else {
                break
            }
            index += 1
        }
        for stop in ends.reversed() {
            guard tokens[stop - 1].isCapitalised || tokens[stop - 1].fold.utf8.count > 3 else { continue }
            var entry = gazetteer.entry(announcement.key(start..<stop))
            if regionsOnly { entry.cities = [] }
            guard !entry.isEmpty, isWrittenAsName(start..<stop, entry) else { continue }
            // "D.C." keeps its last point, even at the end of a sentence.
            let isInitial =
                stop < end && tokens[stop].isSymbol(".") && !tokens[stop].gap && tokens[stop - 1].fold.utf8.count == 1
            let hasPoints = (start..<stop).contains { tokens[$0].isSymbol(".") }
            return (start..<(isInitial && (hasPoints || stop + 1 < end) ? stop + 1 : stop), entry)
        }
        return nil
    }

    /// `DC`, or the `D` of `D.C.`.
    private func isInitialism(_ index: Int, _ end: Int) -> Bool {
        guard index < end else { return false }
        let isInitial =
            tokens[index].isCapitalised && tokens[index].fold.utf8.count == 1 && index + 1 < end
            && tokens[index + 1].isSymbol(".")
        return tokens[index].shape == .capitals || isInitial
    }

    /// Short names are abbreviations: `OR` and `IN` count in capitals only. A month is a place only where a comma says so.
    private func isWrittenAsName(_ range: Range<Int>, _ entry: GazetteerEntry) -> Bool {
        let first = tokens[range.lowerBound]
        if range.count == 1, first.fold.utf8.count <= 3, entry.cities.isEmpty || entry.cities[0].isAlternate {
            return first.shape == .capitals
        }
        if range.count == 1, first.has([.month, .weekday, .possessiveOf, .article, .conjunction]) { return false }
        return true
    }

    /// Takes `, Oregon`, `, OR`, `, France`, `(France)` into an item where the item has a city inside.
    private func joinRegion(_ item: inout CityListItem, _ end: Int) {
        let index = item.tokens.upperBound
        guard index + 1 < end, !item.entry.cities.isEmpty, item.country == nil else { return }
        let isBracket = tokens[index].isSymbol("(")
        guard isBracket || tokens[index].isSymbol(",") || tokens[index].fold == "in" && item.region == nil else {
            return
        }
        guard let (range, entry) = longestName(at: index + 1, before: end, regionsOnly: true) else { return }
        let regions = entry.regions.map(gazetteer.region)
        let cities = item.entry.cities.map { gazetteer.city($0.number) }
        let fitting = regions.first { region in
            region.kind != .continent && cities.contains { gazetteer.contains(region, $0) }
        }
        guard let fitting else { return }
        var stop = range.upperBound
        if isBracket {
            guard stop < end, tokens[stop].isSymbol(")") else { return }
            stop += 1
        } else if isOwnCity(range, fitting, cities) {
            return
        }
        if fitting.kind == .part { item.region = (fitting, range) } else { item.country = (fitting, range) }
        item.tokens = item.tokens.lowerBound..<stop
    }

    /// `Boston, New York`: a region that is a greater city too continues the list, unless the first city lies there.
    private func isOwnCity(_ range: Range<Int>, _ region: GazetteerRegion, _ cities: [GazetteerCity]) -> Bool {
        guard let largest = cities.first, !gazetteer.contains(region, largest) else { return false }
        let other = gazetteer.entry(announcement.key(range)).cities.first.map { gazetteer.city($0.number) }
        guard let other, !cities.contains(where: { $0.number == other.number }) else { return false }
        let inside = cities.first { gazetteer.contains(region, $0) }?.population ?? 0
        return other.population > 500_000 && inside * 4 < largest.population
    }

    /// A town too small to be known, inside a list of places.
    private func unknownTown(at start: Int, before end: Int, separator: Int) -> CityListItem? {
        guard start < end, tokens[start].isCapitalised, !closed[start] else { return nil }
        var index = start
        while index < end, index < start + 4,
            tokens[index].isCapitalised || tokens[index].isSymbol("-") && !tokens[index].gap
        {
            guard
                tokens[index].sense.roles.isDisjoint(with: [
                    .month, .weekday, .venue, .eventNoun, .pronoun, .honorific, .community, .article,
                ]),
                !closed[index]
            else { return nil }
            index += 1
        }
        let afterConjunction = tokens[separator].has(.conjunction)
        guard index > start else { return nil }
        let ends: Bool
        if index >= end {
            ends = true
        } else {
            let next = tokens[index]
            let isSeparator = next.isSymbol(",") || next.isSymbol(";") || next.has(.conjunction)
            ends =
                next.isSymbol(".") && afterConjunction || isSeparator && !afterConjunction
                || afterConjunction && next.has([.dative, .rangeWord])
        }
        return ends ? CityListItem(name: start..<index, tokens: start..<index, entry: GazetteerEntry()) : nil
    }
}
