import EventModel
import Reading

/// Finds performers: persons that a label, or the words "lecture by", name as such. Nobody else is taken for a person.
struct AnnouncementSpeakerFinder {
    let announcement: AnnouncementText
    private var tokens: [TextToken] { announcement.tokens }
    private static let mostSpeakers = 32

    init(_ announcement: AnnouncementText) { self.announcement = announcement }

    /// Names with their bytes and the rule that read them.
    func find() -> [(party: Party, bytes: Range<Int>, rule: String)] {
        var (found, known) = ([(party: Party, bytes: Range<Int>, rule: String)](), Set<String>())
        func add(_ range: Range<Int>?, _ rule: String) {
            guard let range, found.count < AnnouncementSpeakerFinder.mostSpeakers else { return }
            let name = announcement.text(range)
            guard known.insert(TextFolding.key(name)).inserted else { return }
            let isGroup = range.contains { tokens[$0].has(.organisation) }
            found.append(
                (
                    Party(name: name, kind: isGroup ? .organization : .person, role: .performer),
                    announcement.bytes(range), rule
                ))
        }
        for segment in announcement.segments {
            if segment.label == .speaker {
                for range in labelled(segment) { add(range, "speakers.label") }
            } else if segment.label == nil || segment.label == .headline || segment.label == .subject {
                for range in named(segment.tokens) { add(range, "speakers.named-as-such") }
            }
        }
        return found
    }

    private func labelled(_ segment: TextSegment) -> [Range<Int>] {
        var (names, start) = ([Range<Int>](), segment.tokens.lowerBound)
        let isPlural = segment.labelTokens.map { tokens[$0.upperBound - 1].fold.hasSuffix("s") } ?? false
        for index in segment.tokens.lowerBound...segment.tokens.upperBound {
            let atEnd = index == segment.tokens.upperBound
            let isMark =
                !atEnd
                && (tokens[index].isSymbol(",") || tokens[index].isSymbol(";") || tokens[index].isSymbol("(")
                    || tokens[index].isSymbol("-") && tokens[index].gap)
            let isAnd = !atEnd && tokens[index].has(.conjunction)
            let isBreak = !atEnd && index > start && tokens[index].line != tokens[index - 1].line
            guard atEnd || isMark || isAnd || isBreak else { continue }
            if start < index, let name = name(at: start, before: index),
                names.isEmpty || isPlural || isAnd
                    || index == segment.tokens.upperBound && tokens[start - 1].has(.conjunction),
                names.isEmpty || !name.contains(where: { tokens[$0].has([.organisation, .venue]) })
            {
                names.append(name)
            }
            if !isPlural, !isAnd, !atEnd, !names.isEmpty, !isMark || !tokens[index].isSymbol(",") { break }
            if !isPlural, isMark, !names.isEmpty, !tokens[index].isSymbol(",") { break }
            start = isBreak ? index : index + 1
        }
        return names
    }

    /// `a lecture by Professor A. B.`, `the seminar will be given by …`, `Professor A. B. will speak`.
    private func named(_ range: Range<Int>) -> [Range<Int>] {
        var names: [Range<Int>] = []
        for index in range {
            if tokens[index].has(.by), index + 1 < range.upperBound {
                let before = max(range.lowerBound, index - 6)..<index
                let direct = tokens[max(index - 1, 0)]
                guard before.contains(where: { tokens[$0].has(.talk) }),
                    direct.has(.talk) || ["given", "presented", "delivered"].contains(direct.fold)
                else { continue }
                if let name = name(at: index + 1, before: range.upperBound) { names.append(name) }
            } else if tokens[index].has(.honorific), tokens[index].isCapitalised,
                index == range.lowerBound || !tokens[index - 1].has(.honorific), !tokens[index].has(.street)
            {
                guard let name = name(at: index, before: range.upperBound), speaks(after: name.upperBound, range) else {
                    continue
                }
                names.append(name)
            }
        }
        return names
    }

    /// Whether "will speak", "will present the lecture" follows, at most a short apposition in between.
    private func speaks(after index: Int, _ range: Range<Int>) -> Bool {
        let verbs: Set<String> = [
            "speak", "speaks", "present", "presents", "give", "gives", "conduct", "conducts", "lecture", "talk",
            "deliver", "perform", "speaking", "discuss",
        ]
        let limit = min(range.upperBound, index + 16)
        guard let will = (index..<max(limit, index)).first(where: { tokens[$0].has(.future) }) else { return false }
        return (will + 1..<min(will + 4, range.upperBound)).contains { verbs.contains(tokens[$0].fold) }
    }

    /// Two to six capitalised words and initials: a name, with its title.
    private func name(at start: Int, before end: Int) -> Range<Int>? {
        var (index, words) = (start, 0)
        var stop = start
        while index < end, words < 6 {
            let token = tokens[index]
            if token.isCapitalised, !token.has([.month, .weekday]) || words > 0 {
                words += 1
                stop = index + 1
            } else if token.isSymbol("."), !token.gap, index > start,
                tokens[index - 1].fold.utf8.count == 1 || tokens[index - 1].has(.abbreviation)
            {
                stop = index + 1
            } else if token.isSymbol("-"), !token.gap {
                // Inside a name.
            } else if token.isSymbol("("), index + 2 < end, tokens[index + 2].isSymbol(")"), words > 0 {
                index += 2
            } else if token.kind == .word, token.has(.connector), !token.has(.conjunction), words > 0, index + 1 < end,
                tokens[index + 1].isCapitalised,
                ["de", "la", "van", "von", "der", "del", "di", "da"].contains(token.fold)
            {
                // "van der Berg"
            } else {
                break
            }
            index += 1
        }
        while stop > start, tokens[stop - 1].isSymbol("."), stop == index, tokens[stop - 2].fold.utf8.count > 1 {
            stop -= 1
        }
        return words >= 2 ? start..<stop : nil
    }
}
