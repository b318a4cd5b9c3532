import EventModel
import Reading

/// What the text says became of the event.
struct AnnouncementStatus: Sendable {
    var kind: UpdateKind = .announce
    var status: EventStatus = .scheduled
    var bytes: [Range<Int>] = []
    /// Whether the words leave open what they mean, or whether they are about the event.
    var isAmbiguous = false
    /// Cities the statement is about, folded; empty where it is about the whole event.
    var cities: [String] = []
}

/// Reads words of cancelling, postponing and moving where they are about the event.
struct AnnouncementStatusFinder {
    let announcement: AnnouncementText
    let headline: Range<Int>
    private let tokens: [TextToken]
    /// Words of the headline that can name the event.
    private let names: Set<String>
    private let cities: CityListParser
    /// Words on either side that a statement is read with.
    private static let reach = 60
    /// Words of change that are looked at.
    private static let mostStatements = 2000

    init(_ announcement: AnnouncementText, headline: Range<Int>) {
        self.announcement = announcement
        self.headline = headline
        let tokens = announcement.tokens
        self.tokens = tokens
        names = Set(
            headline.prefix(40).filter {
                tokens[$0].kind == .word && tokens[$0].fold.utf8.count > 3 && !tokens[$0].has(.common)
            }
            .map { tokens[$0].fold })
        cities = CityListParser(
            announcement, gazetteer: Gazetteer(), closed: [Bool](repeating: false, count: tokens.count))
    }

    private enum Verdict { case says(EventStatus), unclear, nothing }

    func find() -> AnnouncementStatus {
        var (result, judged) = (AnnouncementStatus(), 0)
        for segment in announcement.segments {
            let isHeading = segment.label == .headline || segment.label == .subject || segment.tokens.overlaps(headline)
            guard segment.label == nil || isHeading else { continue }
            for index in segment.tokens {
                guard tokens[index].has([.cancelled, .postponed, .rescheduled, .moved, .new, .online]) else { continue }
                judged += 1
                if judged > AnnouncementStatusFinder.mostStatements { return settled(result) }
                let around =
                    max(
                        segment.tokens.lowerBound, index - AnnouncementStatusFinder.reach)..<min(
                        segment.tokens.upperBound, index + AnnouncementStatusFinder.reach)
                switch judge(index, around, isHeading) {
                case .nothing: continue
                case .unclear:
                    result.isAmbiguous = true
                    result.bytes.append(tokens[index].bytes)
                case .says(let status):
                    // "Postponed … rescheduled for …": a new date outweighs; two that exclude each other do not fit.
                    if result.status == .cancelled && status != .cancelled
                        || status == .cancelled && ![.scheduled, .cancelled].contains(result.status)
                    {
                        result.isAmbiguous = true
                    } else if result.status == .scheduled || status == .rescheduled || status == .cancelled {
                        result.status = status
                    }
                    result.bytes.append(tokens[index].bytes)
                    if !isHeading { result.cities += subjectCities(index, segment.tokens) }
                }
                if result.bytes.count > 16 { return settled(result) }
            }
        }
        return settled(result)
    }

    private func settled(_ result: AnnouncementStatus) -> AnnouncementStatus {
        var result = result
        if result.status != .scheduled { result.kind = result.status == .cancelled ? .cancel : .update }
        return result
    }

    private func judge(_ index: Int, _ range: Range<Int>, _ isHeading: Bool) -> Verdict {
        let token = tokens[index]
        func near(_ before: Int, _ after: Int = 0, _ matches: (TextToken) -> Bool) -> Bool {
            (max(range.lowerBound, index - before)..<min(range.upperBound, index + after + 1)).contains {
                $0 != index && matches(tokens[$0])
            }
        }
        let past: Set<String> = ["since", "twice", "once", "times", "previously", "previous"]
        if !isHeading, range.contains(where: { past.contains(tokens[$0].fold) }) { return .nothing }
        let status: EventStatus
        if token.has(.cancelled) {
            if token.fold == "cancellation" {
                guard index + 1 < range.upperBound, tokens[index + 1].has(.possessiveOf),
                    isHeading
                        || near(
                            6, 0,
                            {
                                $0.fold == "announce" || $0.fold == "announces" || $0.fold == "announced"
                                    || $0.fold == "regret"
                            })
                else { return .nothing }
            }
            status = .cancelled
        } else if token.has(.postponed) {
            status = .postponed
        } else if token.has(.rescheduled) {
            status = .rescheduled
        } else if token.has(.moved) {
            if near(0, 4, { $0.has(.online) }) {
                status = .movedOnline
            } else if near(0, 12, { $0.has(.month) || $0.has(.weekday) }), token.fold == "moved",
                near(3, 0, { $0.has(.auxiliary) || $0.fold == "has" || $0.fold == "have" }) || isHeading
            {
                status = .rescheduled
            } else {
                return .nothing
            }
        } else if token.has(.new) {
            guard index + 1 < range.upperBound, tokens[index + 1].fold == "date" || tokens[index + 1].fold == "dates"
            else { return .nothing }
            status = .rescheduled
        } else {
            // "will now take place online"
            guard near(6, 0, { $0.fold == "now" }), near(6, 0, { $0.has([.takes, .holding]) }) else { return .nothing }
            status = .movedOnline
        }
        if near(12, 0, { ["if", "unless", "case", "whether"].contains($0.fold) }) || near(0, 3, { $0.fold == "if" }) {
            return .nothing
        }
        if near(5, 0, { $0.has(.negation) }) { return aboutEvent(index, range, isHeading) ? .unclear : .nothing }
        if near(5, 0, { $0.has(.conditional) && !$0.isCapitalised }) {
            return aboutEvent(index, range, isHeading) ? .unclear : .nothing
        }
        guard aboutEvent(index, range, isHeading) else { return .nothing }
        if isHeading || token.has(.new) || token.fold == "cancellation" { return .says(status) }
        if near(3, 0, { $0.fold == "was" || $0.fold == "were" }), !near(3, 0, { $0.fold == "been" }) {
            // History names its time; without one the words may mean this event.
            let isHistory =
                range.contains { isPastYear(tokens[$0]) }
                || near(40, 40, { $0.fold == "last" || $0.fold == "previous" || $0.fold == "previously" })
            return isHistory ? .nothing : .unclear
        }
        guard near(4, 0, { $0.has(.auxiliary) }) || index == range.lowerBound || token.has(.online) else {
            return .nothing
        }
        if near(40, 40, { $0.fold == "last" }) && near(40, 40, { $0.fold == "year" }) { return .nothing }
        return .says(status)
    }

    private func isPastYear(_ token: TextToken) -> Bool {
        token.kind == .number && token.digits == 4 && Int(token.value) < announcement.context.receivedAt.date?.year ?? 0
    }

    /// Whether the subject is the event: a noun of events, a word of the headline, or a pronoun.
    private func aboutEvent(_ index: Int, _ range: Range<Int>, _ isHeading: Bool) -> Bool {
        if isHeading { return true }
        let floor = max(range.lowerBound, index - 30)
        let subject = floor..<min(index + 6, range.upperBound)
        return subject.contains { position in
            let token = tokens[position]
            return token.has(.eventNoun)
                && !["class", "course", "match", "game", "night", "evening"].contains(token.fold)
                || names.contains(token.fold)
                || position < index && token.has(.pronoun) && position <= range.lowerBound + 2
        } || index == range.lowerBound
    }

    /// `The Paris rally is cancelled`: the cities in the subject.
    private func subjectCities(_ index: Int, _ range: Range<Int>) -> [String] {
        var cities: [String] = []
        var position = max(range.lowerBound, index - 30)
        while position < index {
            if tokens[position].isCapitalised, position > range.lowerBound || !tokens[position].has(.article),
                let item = self.cities.item(at: position, before: index), !item.entry.cities.isEmpty
            {
                cities.append(announcement.key(item.name))
                position = item.tokens.upperBound
            } else {
                position += 1
            }
        }
        return cities
    }
}
