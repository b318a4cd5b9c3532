import Reading

/// An organisation that the text names with its short forms: `Name (ACR1, Alternative or ACR2)`.
struct AnnouncementOrganisation: Sendable {
    /// As the source has it.
    var name: String
    var acronyms: [String]
    var alternateNames: [String]
    /// The words of the name, and those of the name and its bracket.
    var nameTokens: Range<Int>
    var tokens: Range<Int>
    /// Whether the initials of the name agree with an acronym.
    var initialsAgree: Bool
}

/// Finds organisations by their brackets, and names of organisations without one.
struct AnnouncementOrganisationFinder {
    private let announcement: AnnouncementText
    private let tokens: [TextToken]

    /// The words looked back for a name, and into a bracket.
    private static let longestName = 16
    private static let longestBracket = 24
    /// Capitals in brackets that abbreviate no organisation.
    private static let noOrganisations: Set<String> = [
        "tbc", "tba", "rsvp", "faq", "pdf", "am", "pm", "usa", "uk", "us", "uae", "eu", "dc", "nyc", "gmt", "utc",
        "cet",
        "cest", "bst", "est", "edt", "pst", "pdt", "et", "pt", "free", "new", "online", "cancelled", "postponed", "map",
    ]

    init(_ announcement: AnnouncementText) {
        self.announcement = announcement
        tokens = announcement.tokens
    }

    func find() -> [AnnouncementOrganisation] {
        var (found, known) = ([AnnouncementOrganisation](), Set<String>())
        for index in tokens.indices where tokens[index].isSymbol("(") && index > 0 {
            guard found.count < 64, let organisation = organisation(before: index) else { continue }
            // The first mention with a bracket is the definition.
            if known.isDisjoint(with: organisation.acronyms) {
                known.formUnion(organisation.acronyms)
                found.append(organisation)
            }
        }
        return found
    }

    private func organisation(before open: Int) -> AnnouncementOrganisation? {
        let limit = min(open + AnnouncementOrganisationFinder.longestBracket, tokens.count)
        guard let close = (open + 1..<limit).first(where: { tokens[$0].isSymbol(")") }) else { return nil }
        let (acronyms, alternates) = bracket(open + 1..<close)
        guard !acronyms.isEmpty, tokens[open - 1].kind == .word else { return nil }
        for acronym in acronyms {
            if let start = start(of: acronym, before: open) {
                return make(start..<open, close, acronyms, alternates, true)
            }
        }
        // The bracket lists short forms that are no initials: the name is what is capitalised before it.
        let name = capitalisedRun(endingBefore: open)
        guard name.count >= 2, name.contains(where: { tokens[$0].has(.organisation) && tokens[$0].isCapitalised })
        else {
            return nil
        }
        return make(name, close, acronyms, alternates, false)
    }

    private func make(
        _ name: Range<Int>, _ close: Int, _ acronyms: [String], _ alternates: [String], _ agree: Bool
    ) -> AnnouncementOrganisation {
        AnnouncementOrganisation(
            name: announcement.text(name), acronyms: acronyms, alternateNames: alternates, nameTokens: name,
            tokens: name.lowerBound..<close + 1, initialsAgree: agree)
    }

    /// Acronyms and other names of a bracket, parted by commas, semicolons, strokes, `and` and `or`.
    private func bracket(_ range: Range<Int>) -> (acronyms: [String], alternates: [String]) {
        var (acronyms, alternates) = ([String](), [String]())
        var start = range.lowerBound
        func take(_ end: Int) {
            var start = start
            while start < end, tokens[start].kind == .word, tokens[start].shape == .lower { start += 1 }
            guard start < end else { return }
            let part = start..<end
            let letters = part.filter { tokens[$0].kind == .word }
            if isAcronym(part), letters.count >= 1 {
                let text = announcement.text(part)
                let short = String(text.unicodeScalars.filter { $0 != "." && $0 != " " })
                if !AnnouncementOrganisationFinder.noOrganisations.contains(TextFolding.fold(short)),
                    !acronyms.contains(short)
                {
                    acronyms.append(short)
                }
            } else if tokens[start].isCapitalised,
                !part.contains(where: { tokens[$0].kind == .number || tokens[$0].kind == .link })
            {
                alternates.append(announcement.text(part))
            }
        }
        for index in range {
            let token = tokens[index]
            let parts =
                token.kind == .symbol
                ? ",;/".utf8.contains(token.symbol)
                : token.fold == "or" || token.has(.conjunction) && token.shape == .lower
            if parts {
                take(index)
                start = index + 1
            }
        }
        take(range.upperBound)
        return (acronyms, alternates)
    }

    /// `PMOI`, `M.E.K.`, `NCR-I`: capitals, two to ten of them.
    private func isAcronym(_ range: Range<Int>) -> Bool {
        var letters = 0
        for index in range {
            let token = tokens[index]
            switch token.kind {
            case .word:
                let isInitial = token.shape == .capitalised && token.fold.utf8.count == 1
                guard token.shape == .capitals || isInitial else { return false }
                letters += token.fold.unicodeScalars.count
            case .symbol: guard token.symbol == 0x2E || token.symbol == 0x2D, !token.gap else { return false }
            default: return false
            }
            if index > range.lowerBound, token.gap { return false }
        }
        return (2...10).contains(letters)
    }

    /// Where a name starts whose initials are the acronym, read backwards from its bracket. Small words of the name may
    /// stand in the acronym or not.
    private func start(of acronym: String, before open: Int) -> Int? {
        var letters = Array(TextFolding.fold(acronym).utf8.filter { $0 != 0x2D })
        var (index, start) = (open - 1, open)
        let floor = max(0, open - AnnouncementOrganisationFinder.longestName)
        while index >= floor, !letters.isEmpty {
            let token = tokens[index]
            if token.kind == .symbol {
                guard
                    token.symbol == 0x2D || token.symbol == 0x26 || token.symbol == 0x27
                        || token.symbol == 0x2C && token.line == tokens[open].line
                else { return nil }
                index -= 1
                continue
            }
            guard token.kind == .word, let initial = token.fold.utf8.first else { return nil }
            if token.isCapitalised {
                guard initial == letters.last else { return nil }
                letters.removeLast()
                start = index
            } else if token.has([.connector, .article, .conjunction]) {
                // "Institute for Advanced Study (IAS)", "Friends of the Earth (FoE)": small words count or not.
                if initial == letters.last, letters.count > 1, !wouldMatch(letters, index - 1, floor) {
                    letters.removeLast()
                }
            } else {
                return nil
            }
            index -= 1
        }
        return letters.isEmpty && start < open ? start : nil
    }

    /// Whether the next capitalised word to the left takes the same letter.
    private func wouldMatch(_ letters: [UInt8], _ index: Int, _ floor: Int) -> Bool {
        var index = index
        while index >= floor, tokens[index].kind == .word, !tokens[index].isCapitalised { index -= 1 }
        return index >= floor && tokens[index].kind == .word && tokens[index].fold.utf8.first == letters.last
    }

    /// The capitalised words, with small words between them, that end before a word.
    func capitalisedRun(endingBefore end: Int) -> Range<Int> {
        var (start, index) = (end, end - 1)
        let floor = max(0, end - AnnouncementOrganisationFinder.longestName)
        while index >= floor {
            let token = tokens[index]
            if token.isCapitalised, !token.has(.article) || index > floor && tokens[index].fold != "the" {
                start = index
            } else if token.kind == .word, token.has(.connector),
                !token.has(.conjunction) || index > floor && tokens[index - 1].isCapitalised
            {
                // A small word counts when a capitalised one stands before it.
            } else if token.fold == "the", index > floor, tokens[index - 1].has(.possessiveOf) {
                // "Choir of the Free University"
            } else if token.isSymbol("-") && !token.gap || token.isSymbol("'") && !token.gap || token.isSymbol("&") {
                // Inside a name.
            } else {
                break
            }
            if token.gap == false, token.kind == .word, index > 0, tokens[index - 1].isSymbol(".") { break }
            index -= 1
        }
        return start..<end
    }

    /// The capitalised words, with small words between them, that start at a word.
    func capitalisedRun(startingAt start: Int, before limit: Int) -> Range<Int> {
        var (end, index) = (start, start)
        let limit = min(limit, start + AnnouncementOrganisationFinder.longestName)
        while index < limit {
            let token = tokens[index]
            if token.isCapitalised {
                end = index + 1
            } else if token.kind == .word, token.has([.connector, .article]), index > start {
                // A small word counts when a capitalised one follows.
            } else if index > start,
                token.isSymbol("-") && !token.gap || token.isSymbol("'") && !token.gap || token.isSymbol("&")
            {
                // Inside a name.
            } else {
                break
            }
            index += 1
        }
        return start..<end
    }
}
