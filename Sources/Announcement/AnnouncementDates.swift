/// What a date in an announcement is the date of.
enum AnnouncementDateUse: Sendable {
    /// The event.
    case event
    /// The event, before it was moved.
    case former
    /// Something that happened.
    case background
    /// Something to be done before the event.
    case deadline
    /// The announcement itself.
    case issue
}

/// A date with what its surroundings make of it.
struct AnnouncementDate: Sendable {
    var date: TextDate
    var segment: Int
    var use: AnnouncementDateUse
    /// How much speaks for `use`; 100 for a label, about 20 for a verb beside it, 3 for nothing at all.
    var score: Int
    var rule: String
}

/// Sorts the dates of a text by what they are the dates of.
struct AnnouncementDateFinder {
    private let announcement: AnnouncementText
    private let tokens: [TextToken]
    private let headline: Range<Int>

    /// Words looked at on either side of a date.
    private static let reachLeft = 40
    private static let reachRight = 25
    /// Segments at the top in which a dateline may stand.
    private static let datelineSegments = 10
    /// What nothing but its being a line of its own makes of a date.
    static let lineScore = 10
    /// The least that makes a date the event's.
    static let leastScore = 3

    init(_ announcement: AnnouncementText, headline: Range<Int>) {
        self.announcement = announcement
        tokens = announcement.tokens
        self.headline = headline
    }

    /// All dates of the text, in its order.
    func find() -> [AnnouncementDate] {
        let parser = TextDateParser(tokens: tokens)
        var found: [AnnouncementDate] = []
        let isMail = looksLikeMail()
        for (number, segment) in announcement.segments.enumerated() {
            for date in parser.dates(in: segment.tokens) {
                found += moved(date, number, segment) ?? [judge(date, number, segment, isMail)]
            }
        }
        return settleTopLines(found)
    }

    /// Whether the text starts with the headers of a mail, so that its `Date:` is when it was sent.
    private func looksLikeMail() -> Bool {
        announcement.segments.prefix(12).count { $0.paragraph <= 1 && $0.label == .contact } >= 1
            && announcement.segments.prefix(12).contains { $0.paragraph <= 1 && $0.label == .subject }
    }

    /// `has been moved from 5 March to 12 March`: two dates, and no range; `postponed to 12 March`.
    private func moved(_ date: TextDate, _ number: Int, _ segment: TextSegment) -> [AnnouncementDate]? {
        let range = segment.tokens
        guard segment.label == nil, date.tokens.lowerBound > range.lowerBound else { return nil }
        let floor = max(range.lowerBound, date.tokens.lowerBound - 12)
        guard (floor..<date.tokens.lowerBound).contains(where: { tokens[$0].has([.moved, .postponed, .rescheduled]) })
        else { return nil }
        if isConditional(date, range) { return nil }
        func make(_ days: [TextDay], _ use: AnnouncementDateUse) -> AnnouncementDate {
            var part = date
            (part.days, part.isRange) = (days, false)
            return AnnouncementDate(date: part, segment: number, use: use, score: 30, rule: "dates.moved-to")
        }
        let before = tokens[date.tokens.lowerBound - 1]
        if before.fold == "from" {
            return date.isRange
                ? [make([date.days[0]], .former), make([date.days[1]], .event)] : [make(date.days, .former)]
        }
        guard
            before.has(.rangeWord) || before.fold == "for"
                || before.fold == "on"
                    && (floor..<date.tokens.lowerBound).contains(where: { tokens[$0].has(.rescheduled) })
        else { return nil }
        var new = make(date.days, .event)
        new.date.isRange = date.isRange
        return [new]
    }

    /// `In case of rain, on 20 June`, `if …`: a date of something that may never be.
    private func isConditional(_ date: TextDate, _ range: Range<Int>) -> Bool {
        (max(range.lowerBound, date.tokens.lowerBound - 14)..<date.tokens.lowerBound).contains {
            ["if", "unless", "case", "alternative", "rain", "otherwise"].contains(tokens[$0].fold)
        }
    }

    private func judge(_ date: TextDate, _ number: Int, _ segment: TextSegment, _ isMail: Bool) -> AnnouncementDate {
        func make(_ use: AnnouncementDateUse, _ score: Int, _ rule: String) -> AnnouncementDate {
            AnnouncementDate(date: date, segment: number, use: use, score: score, rule: rule)
        }
        switch segment.label {
        case .date where isMail && segment.paragraph <= 1: return make(.issue, 90, "dates.mail-header")
        case .date, .dateAndTime, .endDate, .time: return make(.event, 100, "dates.label")
        case .issued: return make(.issue, 100, "dates.label")
        case .embargo: return make(.background, 100, "dates.embargo")
        case .other, .contact: return make(.deadline, 100, "dates.other-label")
        case .place, .city, .online: return make(.event, 20, "dates.label")
        case .headline, .subject, .speaker, .organizer, .sponsor, nil: break
        }
        if segment.tokens.prefix(4).contains(where: { tokens[$0].has(.embargo) }) {
            return make(.background, 100, "dates.embargo")
        }
        if isDateline(date, number, segment) { return make(.issue, 80, "dates.dateline") }
        if isConditional(date, segment.tokens) { return make(.deadline, 20, "dates.conditional") }
        var judged = context(date, number, segment)
        if headline.overlaps(date.tokens), judged.use == .event { judged.score = max(judged.score, 14) }
        return judged
    }

    /// `LEEDS, 3 March 2027 – The …`, `(Leeds, 3 March 2027)`: capitalised words, the date, and a dash or bracket.
    private func isDateline(_ date: TextDate, _ number: Int, _ segment: TextSegment) -> Bool {
        guard number < AnnouncementDateFinder.datelineSegments, segment.startsParagraph, date.hasDay,
            date.tokens.lowerBound - segment.tokens.lowerBound <= 8, date.tokens.upperBound < tokens.count
        else { return false }
        let before = segment.tokens.lowerBound..<date.tokens.lowerBound
        guard before.contains(where: { tokens[$0].isCapitalised }),
            before.allSatisfy({
                tokens[$0].isCapitalised || tokens[$0].kind == .symbol && !tokens[$0].isSymbol(".")
                    || tokens[$0].isSymbol(".")
            })
        else { return false }
        let next = tokens[date.tokens.upperBound]
        guard next.isSymbol("-") || next.isSymbol(")") || next.isSymbol(":") || next.isSymbol("/") else { return false }
        // What follows must be running text: a poster's line has a time or a place there.
        return segment.tokens.upperBound - date.tokens.upperBound > 6 && !segment.isLine || next.isSymbol(")")
    }

    // MARK: Running text

    private func context(_ date: TextDate, _ number: Int, _ segment: TextSegment) -> AnnouncementDate {
        func make(_ use: AnnouncementDateUse, _ score: Int, _ rule: String) -> AnnouncementDate {
            AnnouncementDate(date: date, segment: number, use: use, score: score, rule: rule)
        }
        if isBeforeMove(date, segment.tokens) { return make(.former, 20, "dates.moved-from") }
        if let (use, score) = left(of: date, segment.tokens) { return make(use, score, "dates.verb-before") }
        if let (use, score) = right(of: date, segment.tokens) { return make(use, score, "dates.verb-after") }
        if segment.isLine, segment.tokens.count <= 40 {
            return make(.event, date.hasDay ? AnnouncementDateFinder.lineScore : 2, "dates.line")
        }
        return make(
            date.hasDay ? .event : .background, date.hasDay ? AnnouncementDateFinder.leastScore : 1, "dates.alone")
    }

    /// `The walk, scheduled for 6 November, has been postponed`.
    private func isBeforeMove(_ date: TextDate, _ range: Range<Int>) -> Bool {
        func moves(_ index: Int) -> Bool {
            tokens[index].has([.postponed, .rescheduled])
                || tokens[index].has(.moved) && index > range.lowerBound && tokens[index - 1].has(.auxiliary)
                    && (index..<min(index + 12, range.upperBound)).contains { tokens[$0].has([.month, .weekday]) }
        }
        let limit = min(range.upperBound, date.tokens.upperBound + AnnouncementDateFinder.reachRight)
        guard date.tokens.upperBound < limit, (date.tokens.upperBound..<limit).contains(where: moves) else {
            return false
        }
        return
            !(max(range.lowerBound, date.tokens.lowerBound - AnnouncementDateFinder.reachLeft)..<date.tokens.lowerBound)
            .contains(where: moves)
    }

    private func left(of date: TextDate, _ range: Range<Int>) -> (AnnouncementDateUse, Int)? {
        var (index, passedEventNoun) = (date.tokens.lowerBound - 1, false)
        let floor = max(range.lowerBound, date.tokens.lowerBound - AnnouncementDateFinder.reachLeft)
        while index >= floor {
            let (token, distance) = (tokens[index], date.tokens.lowerBound - index)
            defer { index -= 1 }
            guard token.kind == .word else { continue }
            if token.has(.deadline) {
                let isPreposition = token.has(.by) || token.fold == "before" || token.fold == "until"
                if isPreposition ? distance <= 2 : !passedEventNoun { return (.deadline, 20) }
            }
            if token.fold == "until" || token.fold == "till", distance <= 2 { return (.deadline, 10) }
            if token.has(.background), isBackground(index, date) { return (.background, 20) }
            if distance <= 3, date.hasDay, date.first.year != nil, ["said", "announced"].contains(token.fold) {
                return (.issue, 30)
            }
            if token.has(.eventNoun) { passedEventNoun = true }
            if let verdict = verb(index, range, distance) {
                // "Early registration ends on 1 April."
                let subject = max(range.lowerBound, index - 4)..<index
                if verdict.0 == .event, subject.contains(where: { tokens[$0].has(.deadline) && !tokens[$0].has(.by) }),
                    !subject.contains(where: { tokens[$0].has(.eventNoun) })
                {
                    return (.deadline, 20)
                }  // A month without a day is the event's only where the verb stands beside it.
                if verdict.0 == .event, !date.hasDay, distance > 4 { return (.background, 5) }
                return verdict
            }
        }
        return nil
    }

    private func right(of date: TextDate, _ range: Range<Int>) -> (AnnouncementDateUse, Int)? {
        let limit = min(range.upperBound, date.tokens.upperBound + AnnouncementDateFinder.reachRight)
        for index in date.tokens.upperBound..<max(limit, date.tokens.upperBound) {
            if let (use, score) = verb(index, range, index - date.tokens.upperBound + 1) {
                return date.hasDay || use != .event ? (use, score - 4) : (.background, 5)
            }
        }
        return nil
    }

    private func isBackground(_ index: Int, _ date: TextDate) -> Bool {
        switch tokens[index].fold {
        case "anniversary", "commemoration":
            index + 1 < tokens.count && tokens[index + 1].has(.possessiveOf)
        case "during": !date.hasDay
        case "last", "previous": date.tokens.lowerBound - index <= 2
        default: true
        }
    }

    /// What a verb makes of a date: the event's, a former one, or background. Nil for other words.
    private func verb(_ index: Int, _ range: Range<Int>, _ distance: Int) -> (AnnouncementDateUse, Int)? {
        let token = tokens[index]
        let nearness = max(0, 10 - distance / 2)
        func before(_ words: Int, _ matches: (TextToken) -> Bool) -> Bool {
            (max(range.lowerBound, index - words)..<index).contains { matches(tokens[$0]) }
        }
        if token.has(.future) {
            if before(3, { $0.has(.past) || $0.fold == "originally" || $0.fold == "previously" }) {
                return (.former, 20)
            }
            return (.event, 20 + nearness)
        }
        if token.has(.invitation), token.fold != "please" { return (.event, 12 + nearness) }
        if token.has(.takes) || token.has(.holding) && !token.has(.eventNoun) {
            if token.has(.takes), index + 1 >= range.upperBound || tokens[index + 1].fold != "place" { return nil }
            if before(4, { $0.has(.future) || $0.fold == "be" || $0.fold == "to" }) { return (.event, 20 + nearness) }
            if before(3, { $0.has(.past) || $0.fold == "been" }) { return (.background, 20) }
            if before(3, { $0.has(.auxiliary) }) { return (.event, 18 + nearness) }
            // "held on 5 March": a bare participle may be of the past.
            return token.fold.hasSuffix("d") ? (.event, 8) : (.event, 14 + nearness)
        }
        if token.has(.auxiliary), index + 1 < range.upperBound, tokens[index + 1].has([.cancelled, .postponed]) {
            return (.former, 12)
        }
        if token.has(.past) {  // "will have opened", "is to be opened" are not past.
            if before(3, { $0.has(.future) || $0.fold == "be" || $0.fold == "is" || $0.fold == "are" }) { return nil }
            return (.background, 20)
        }
        if token.has(.cancelled) || token.has(.postponed) {
            return (.former, 12)
        }
        if token.has(.rescheduled) { return (.event, 20 + nearness) }
        if token.fold == "is" || token.fold == "are", index + 1 < range.upperBound, isWhen(tokens[index + 1]) {
            return (.event, 14 + nearness)
        }
        return nil
    }

    /// `is on`, `is next Tuesday`, `are 5 and 6 May`.
    private func isWhen(_ token: TextToken) -> Bool {
        token.has([.dative, .locative, .weekday, .month]) || token.kind == .number || token.fold == "next"
            || token.fold == "this"
    }

    // MARK: Lines at the top

    /// A date alone on a line at the top dates the announcement, where the text says another date of the event.
    private func settleTopLines(_ found: [AnnouncementDate]) -> [AnnouncementDate] {
        guard let best = found.filter({ $0.use == .event && $0.date.hasDay }).max(by: { $0.score < $1.score }),
            best.score > 14
        else {
            return found
        }
        return found.map { candidate in
            guard candidate.use == .event, candidate.rule == "dates.line", candidate.segment < 6,
                candidate.date.days.count == 1, !candidate.date.startsLike(best.date), candidate.date.first.year != nil,
                !headline.overlaps(candidate.date.tokens)
            else { return candidate }
            var issue = candidate
            (issue.use, issue.rule) = (.issue, "dates.top-line")
            return issue
        }
    }
}
