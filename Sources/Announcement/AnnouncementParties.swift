import EventModel
import Reading

/// Finds who organises, supports and sponsors an event. Natural persons are never among them: those come from labels of
/// speakers and performers alone.
struct AnnouncementPartyFinder {
    struct Found {
        var party: Party
        var bytes: [Range<Int>]
        var rule: String
        var basis: Basis
        /// For groups: the noun and the organisations it belongs to.
        var group: String?
        /// For organisations: the number among those with brackets.
        var organisation: Int?
    }

    let announcement: AnnouncementText
    let tokens: [TextToken]
    let organisations: [AnnouncementOrganisation]
    private let headline: Range<Int>
    var found: [Found] = []
    /// Words that name parties: closed to place matching.
    private(set) var closed: [Range<Int>]

    private static let mostParties = 32

    init(_ announcement: AnnouncementText, organisations: [AnnouncementOrganisation], headline: Range<Int>) {
        self.announcement = announcement
        tokens = announcement.tokens
        self.organisations = organisations
        self.headline = headline
        closed = organisations.map(\.tokens)
    }

    /// The parties in the order of the text, with their evidence.
    mutating func find(_ findings: inout AnnouncementFindings) -> [Party] {
        for segment in announcement.segments {
            if found.count >= AnnouncementPartyFinder.mostParties { break }
            switch segment.label {
            case .organizer: labelled(segment, .organizer)
            case .sponsor: labelled(segment, .sponsor)
            case nil, .headline, .subject: prose(segment)
            default: break
            }
        }
        mentioned()
        let ordered = found.filter { $0.organisation != nil } + found.filter { $0.organisation == nil }
        for (index, item) in ordered.enumerated() {
            findings.note("parties[\(index)].name", item.basis, item.rule, at: item.bytes)
            findings.note(
                "parties[\(index)].role", .inferred, item.rule, at: item.bytes,
                confidence: item.party.role == .affiliated ? 0.8 : 0.9)
        }
        return ordered.map(\.party)
    }

    private mutating func labelled(_ segment: TextSegment, _ role: PartyRole) {
        var start = segment.tokens.lowerBound
        for index in segment.tokens.lowerBound...segment.tokens.upperBound {
            let atEnd = index == segment.tokens.upperBound
            guard atEnd || tokens[index].isSymbol(",") || tokens[index].isSymbol(";") || tokens[index].isSymbol("(")
            else {
                continue
            }
            if start < index { named(start, role, "parties.label", before: index) }
            start = index + 1
        }
    }

    private mutating func prose(_ segment: TextSegment) {
        let finder = AnnouncementOrganisationFinder(announcement)
        let range = segment.tokens
        for index in range {
            let token = tokens[index]
            if token.has(.by), index > range.lowerBound {
                let before = tokens[index - 1]
                if before.has(.organising) {
                    named(index + 1, .organizer, "parties.organised-by", before: range.upperBound)
                }
                if before.has(.sponsoring) {
                    named(index + 1, .sponsor, "parties.sponsored-by", before: range.upperBound)
                }
                if before.has(.eventNoun) || before.has(.organising) { group(after: index, range) }
            }
            let toHold =
                token.fold == "to" && range.overlaps(headline) && index + 1 < range.upperBound
                && tokens[index + 1].has(.holding)
            guard token.has([.future, .invitation]) || holds(index, range) || toHold else { continue }
            // The subject of "will hold": what stands before the verb.
            groupSubject(before: index, range)
            let run = finder.capitalisedRun(endingBefore: bracketStart(index))
            let floor = max(run.lowerBound, range.lowerBound)
            guard floor < run.upperBound, isHoldingSubject(index, range) else { continue }
            // "The Harbour Festival returns": the event itself is no party of it.
            let isEvent = tokens[run.upperBound - 1].has(.eventNoun) && bracketStart(index) == index
            if !isEvent, isOrganisation(floor..<run.upperBound) {
                named(floor, .organizer, "parties.subject", before: run.upperBound)
            }
            if bracketStart(index) != index { joint(before: index) }
        }
    }

    /// `The Union (A) and the Forum (B) will hold`: all of them organise it.
    private mutating func joint(before verb: Int) {
        var end = verb
        while let number = organisations.firstIndex(where: { $0.tokens.upperBound == end }) {
            var before = organisations[number].tokens.lowerBound
            // "Supporters of the Union (A)" are somebody else.
            while before > 0, tokens[before - 1].has(.article) { before -= 1 }
            if before > 0, tokens[before - 1].has(.possessiveOf) { return }
            if end != verb { take(number, .organizer, "parties.subject") }
            while before > 0, tokens[before - 1].has(.conjunction) || tokens[before - 1].isSymbol(",") { before -= 1 }
            guard before < organisations[number].tokens.lowerBound else { return }
            end = before
        }
    }

    /// Steps over the bracket of short forms that ends before a word.
    private func bracketStart(_ index: Int) -> Int {
        organisations.first { $0.tokens.upperBound == index }?.nameTokens.upperBound ?? index
    }

    private func holds(_ index: Int, _ range: Range<Int>) -> Bool {
        tokens[index].has(.holding) && !tokens[index].has([.eventNoun, .past]) && tokens[index].shape == .lower
    }

    /// Whether the verb that follows is one of holding, in the active voice: "will hold", "invites", "presents".
    func isHoldingSubject(_ index: Int, _ range: Range<Int>) -> Bool {
        if tokens[index].has(.invitation) || holds(index, range) { return true }
        for next in index + 1..<min(index + 5, range.upperBound) {
            if tokens[next].has(.auxiliary) {
                return tokens[next].fold == "be" && next + 1 < range.upperBound
                    && tokens[next + 1].fold.hasSuffix("ing")
            }
            if tokens[next].has(.holding) { return true }
        }
        return false
    }

    // MARK: Organisations

    /// Adds the organisation that is named from a word on.
    private mutating func named(_ index: Int, _ role: PartyRole, _ rule: String, before limit: Int) {
        var (start, hasArticle) = (index, false)
        while start < limit, tokens[start].has(.article), !tokens[start].isCapitalised || tokens[start].fold == "the" {
            (start, hasArticle) = (start + 1, true)
        }
        guard start < limit else { return }
        if let known = organisations.firstIndex(where: {
            $0.nameTokens.overlaps(start..<start + 1) || isAcronym(start, of: $0)
        }) {
            return take(known, role, rule)
        }
        let run = AnnouncementOrganisationFinder(announcement).capitalisedRun(startingAt: start, before: limit)
        guard !run.isEmpty else { return }
        // Two or three capitalised words may be a person: an organisation says so, or has an article.
        guard !run.contains(where: { tokens[$0].has(.honorific) }), hasArticle || isOrganisation(run) else { return }
        let name = announcement.text(run)
        if let same = found.firstIndex(where: { TextFolding.key($0.party.name) == TextFolding.key(name) }) {
            if found[same].bytes.count < 8 { found[same].bytes.append(announcement.bytes(run)) }
            return
        }
        closed.append(run)
        found.append(
            Found(
                party: Party(name: name, kind: .organization, role: role), bytes: [announcement.bytes(run)], rule: rule,
                basis: .stated))
    }

    /// A noun of organisations, or one word in capitals; a title makes it a person.
    private func isOrganisation(_ range: Range<Int>) -> Bool {
        if range.contains(where: { tokens[$0].has(.honorific) }) { return false }
        // "Members of the Federation" are a group, "Friends of Wilson Park" a name.
        if range.count > 2, tokens[range.lowerBound].has(.community), tokens[range.lowerBound + 2].fold == "the" {
            return false
        }
        if range.count > 2, tokens[range.lowerBound].has(.community), tokens[range.lowerBound + 1].has(.possessiveOf) {
            return true
        }
        return range.contains { tokens[$0].has(.organisation) }
            || range.count == 1 && tokens[range.lowerBound].shape == .capitals
    }

    private func isAcronym(_ index: Int, of organisation: AnnouncementOrganisation) -> Bool {
        tokens[index].shape == .capitals && organisation.acronyms.contains(announcement.text(index..<index + 1))
    }

    mutating func affiliate(_ number: Int, _ rule: String) { take(number, .affiliated, rule) }

    private mutating func take(_ number: Int, _ role: PartyRole, _ rule: String) {
        if let known = found.firstIndex(where: { $0.organisation == number }) {
            if found[known].party.role == .affiliated, rule != "parties.group-of",
                found[known].rule != "parties.group-of"
            {
                found[known].party.role = role
            }
            return
        }
        let organisation = organisations[number]
        var party = Party(name: organisation.name, kind: .organization, role: role)
        party.acronyms = organisation.acronyms
        party.alternateNames = organisation.alternateNames
        found.append(
            Found(
                party: party, bytes: [announcement.bytes(organisation.tokens)], rule: rule, basis: .stated,
                organisation: number))
    }

    /// Organisations with a bracket that the headline or a sentence about the event names.
    private mutating func mentioned() {
        for (number, organisation) in organisations.enumerated()
        where !found.contains(where: { $0.organisation == number }) {
            let inHeadline =
                headline.contains { isAcronym($0, of: organisation) } || headline.overlaps(organisation.tokens)
            let segment = announcement.segments[announcement.segment(of: organisation.tokens.lowerBound)]
            let aboutEvent = segment.tokens.contains { tokens[$0].has(.future) }
            if inHeadline || aboutEvent { take(number, .affiliated, "parties.mentioned") }
        }
        found.sort {
            ($0.organisation ?? .max, $0.bytes[0].lowerBound) < ($1.organisation ?? .max, $1.bytes[0].lowerBound)
        }
    }
}
