import Reading

/// The line that names the event.
struct AnnouncementHeadline: Sendable {
    var text: String
    /// Where it stands, once or more often.
    var bytes: [Range<Int>]
    var tokens: Range<Int>
    var rule: String
    var confidence: Double
}

/// Finds the headline: the first line that repeats; else a label; else what a heading's first line says.
struct AnnouncementHeadlineFinder {
    private let announcement: AnnouncementText
    private let tokens: [TextToken]

    /// Lines looked at for a headline that repeats, and for a heading.
    private static let headingLines = 24
    private static let repeatedLines = 10
    /// A first sentence longer than this is cut at a word.
    private static let longestName = 300

    init(_ announcement: AnnouncementText) {
        self.announcement = announcement
        tokens = announcement.tokens
    }

    func find() -> AnnouncementHeadline? { repeated() ?? labelled() ?? heading() ?? firstSentence() }

    // MARK: The line that repeats

    private func repeated() -> AnnouncementHeadline? {
        // Lines by their words: the words of each line, in the order of the text.
        var (lines, index) = ([Range<Int>](), announcement.segments.first?.start ?? 0)
        var seen: [UInt64: Int] = [:]
        var repeats: [Int: [Int]] = [:]
        while index < tokens.count {
            var end = index + 1
            while end < tokens.count, tokens[end].line == tokens[index].line { end += 1 }
            let line = index..<end
            index = end
            guard line.count <= 60, isTitleLike(line) else { continue }
            let hash = fnv1a64(announcement.key(line).utf8)
            if let first = seen[hash] {
                repeats[first, default: []].append(lines.count)
            } else if lines.count < AnnouncementHeadlineFinder.repeatedLines {
                seen[hash] = lines.count
            }
            lines.append(line)
        }
        guard let first = repeats.keys.min(), let others = repeats[first] else { return nil }
        return headline(lines[first], also: others.map { lines[$0] }, rule: "headline.repeated-line", confidence: 0.99)
    }

    /// Enough words for a name, and no date, banner or label alone.
    private func isTitleLike(_ line: Range<Int>) -> Bool {
        let words = line.filter { tokens[$0].kind == .word }
        guard words.count >= 3, !isBanner(line) else { return false }
        let segment = announcement.segments[announcement.segment(of: line.lowerBound)]
        guard segment.label == nil || segment.label == .subject || segment.label == .headline else { return false }
        return words.contains { !tokens[$0].has([.month, .weekday, .meridiem]) }
    }

    // MARK: Labels

    private func labelled() -> AnnouncementHeadline? {
        for label in [TextLabel.headline, .subject] {
            guard let segment = announcement.segments.first(where: { $0.label == label && !$0.tokens.isEmpty }) else {
                continue
            }
            var range = segment.tokens
            while range.count > 2, ["re", "fwd", "fw"].contains(tokens[range.lowerBound].fold),
                tokens[range.lowerBound + 1].isSymbol(":")
            {
                range = range.lowerBound + 2..<range.upperBound
            }
            return headline(range, rule: "headline.label", confidence: 0.95)
        }
        return nil
    }

    // MARK: Headings

    private func heading() -> AnnouncementHeadline? {
        var candidates: [Range<Int>] = []
        for segment in announcement.segments.prefix(AnnouncementHeadlineFinder.headingLines) {
            guard segment.label == nil else { continue }
            if isBody(segment) { break }
            if let rest = afterBanner(segment.tokens) {
                candidates.append(rest)
                continue
            }
            guard !isBanner(segment.tokens), !isDateline(segment.tokens), !isAddress(segment.tokens) else { continue }
            if segment.tokens.contains(where: { tokens[$0].kind == .word }) { candidates.append(segment.tokens) }
        }
        // A line that says something happens, or names a kind of event, is a headline; others above it are banners.
        let chosen = candidates.first { readsAsHeadline($0) } ?? candidates.first
        return chosen.flatMap { headline($0, rule: "headline.first-line", confidence: 0.8) }
    }

    private func readsAsHeadline(_ range: Range<Int>) -> Bool {
        guard range.count(where: { tokens[$0].kind == .word }) >= 2 else { return false }
        return range.contains {
            tokens[$0].has([.headlineVerb, .future, .invitation, .eventNoun, .cancelled, .postponed])
                && !tokens[$0].has([.month])
        }
    }

    /// Running text: a sentence that ends as one.
    private func isBody(_ segment: TextSegment) -> Bool {
        let range = segment.tokens
        guard let last = range.last, range.count >= 8 else { return false }
        if tokens[last].isSymbol(".") || tokens[last].isSymbol("\"") && range.count > 20 { return true }
        return range.count > 40 || !segment.isLine
    }

    private func isBanner(_ range: Range<Int>) -> Bool {
        guard let first = range.first(where: { tokens[$0].kind == .word }) else { return true }
        let key = announcement.key(first..<min(range.upperBound, first + 5))
        return announcement.language.banners.contains { banner in
            guard key.hasPrefix(banner) else { return false }
            let rest = key.utf8.dropFirst(banner.utf8.count)
            // "News" alone is a banner, "News photography exhibition" is none; "for immediate release …" always.
            return rest.isEmpty || rest.first == 0x20 && (banner.contains(" ") || range.count <= 3 || isGreeting(range))
        }
    }

    /// A line that names a building or a room and little else.
    private func isAddress(_ range: Range<Int>) -> Bool {
        guard let last = range.last, range.count <= 16, range.contains(where: { tokens[$0].has(.venue) }) else {
            return false
        }
        let marked =
            tokens[last].has(.venue) || range.contains { tokens[$0].isSymbol(",") || tokens[$0].kind == .number }
        let hasDetails = range.contains { tokens[$0].isSymbol(",") || tokens[$0].kind == .number }
        return marked
            && !range.contains { index in
                if tokens[index].has([.headlineVerb, .future, .cancelled, .postponed]) { return true }
                guard tokens[index].has(.eventNoun) else { return false }
                // "Conference Room" is a room, "Night Market" an event, "Flower Market, 12 Quay" a place again.
                let namesRoom = index < last && tokens[index + 1].has(.venue) && !tokens[index + 1].has(.eventNoun)
                return !namesRoom && !(tokens[index].has(.venue) && hasDetails)
            }
    }

    /// `Save the date: Coastal Summit`: what a banner introduces.
    private func afterBanner(_ range: Range<Int>) -> Range<Int>? {
        guard let colon = range.prefix(6).first(where: { tokens[$0].isSymbol(":") }), range.upperBound - colon > 3,
            announcement.language.banners.contains(announcement.key(range.lowerBound..<colon))
        else { return nil }
        return colon + 1..<range.upperBound
    }

    private func isGreeting(_ range: Range<Int>) -> Bool {
        range.last.map {
            tokens[$0].isSymbol(",") || tokens[$0].isSymbol("-") || tokens[$0].isSymbol("!") || tokens[$0].isSymbol(":")
        } ?? false
    }

    /// A line that is a date or a time, perhaps with a place, and little else.
    private func isDateline(_ range: Range<Int>) -> Bool {
        guard range.count <= 40 else { return false }
        let dates = TextDateParser(tokens: tokens).dates(in: range).map(\.tokens)
        let when = dates + TextTimeParser(tokens: tokens).spans(in: range).map(\.tokens)
        guard !when.isEmpty else { return false }
        let rest = range.filter { index in tokens[index].kind == .word && !when.contains { $0.contains(index) } }
        return rest.count <= (dates.isEmpty ? 2 : 6)
            && !rest.contains { tokens[$0].has([.headlineVerb, .eventNoun]) && !tokens[$0].has(.venue) }
    }

    // MARK: The first sentence

    private func firstSentence() -> AnnouncementHeadline? {
        let bodies = announcement.segments.filter { $0.label == nil && !isBanner($0.tokens) }
        guard let segment = bodies.first(where: { $0.tokens.contains { tokens[$0].kind == .word } }) else { return nil }
        // A quoted title after "entitled" is the event's own name.
        for body in bodies.prefix(4) {
            if let title = quotedTitle(body.tokens) {
                return headline(title, rule: "headline.entitled", confidence: 0.8)
            }
        }
        var range = segment.tokens
        while range.count > 1, announcement.bytes(range).count > AnnouncementHeadlineFinder.longestName {
            range = range.lowerBound..<range.upperBound - 1
        }
        return headline(range, rule: "headline.first-sentence", confidence: 0.6)
    }

    private func quotedTitle(_ range: Range<Int>) -> Range<Int>? {
        for index in range where tokens[index].has(.entitled) {
            guard let open = (index + 1..<min(index + 4, range.upperBound)).first(where: { tokens[$0].isSymbol("\"") })
            else { continue }
            let limit = min(open + 40, range.upperBound)
            if let close = (open + 1..<limit).first(where: { tokens[$0].isSymbol("\"") }), close > open + 1 {
                return open
                    + 1..<(tokens[close - 1].isSymbol(",") || tokens[close - 1].isSymbol(".") ? close - 1 : close)
            }
        }
        return nil
    }

    /// The words of a line without what encloses them: bullets, asterisks, quotes around the whole.
    private func headline(
        _ range: Range<Int>, also others: [Range<Int>] = [], rule: String, confidence: Double
    ) -> AnnouncementHeadline? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, tokens[start].kind == .symbol, "*-#=_>|".utf8.contains(tokens[start].symbol) { start += 1 }
        while end > start, tokens[end - 1].kind == .symbol, "*#=_|".utf8.contains(tokens[end - 1].symbol) { end -= 1 }
        let quotes = (start..<end).filter { tokens[$0].isSymbol("\"") }
        if quotes.count == 2, quotes[0] == start, quotes[1] == end - 1 { (start, end) = (start + 1, end - 1) }
        if end - start > 3, tokens[end - 1].isSymbol("."), rule != "headline.first-line" { end -= 1 }
        guard start < end else { return nil }
        return AnnouncementHeadline(
            text: announcement.text(start..<end), bytes: ([start..<end] + others.prefix(8)).map(announcement.bytes),
            tokens: start..<end, rule: rule, confidence: confidence)
    }
}
