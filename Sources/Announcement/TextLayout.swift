/// A sentence, a line that stands for itself, or a labelled value.
struct TextSegment: Sendable {
    /// Its words; of a labelled one, those of the value.
    var tokens: Range<Int>
    /// The label and its words.
    var label: TextLabel?
    var labelTokens: Range<Int>?
    /// Blank lines part paragraphs; counted from 0.
    var paragraph: Int
    /// Whether it is a line of its own (a heading, a line of a poster) and no sentence of running text.
    var isLine: Bool
    /// Whether it starts its paragraph.
    var startsParagraph: Bool

    var start: Int { labelTokens?.lowerBound ?? tokens.lowerBound }
}

/// Cuts a text into paragraphs, lines that are meant as lines, and sentences.
struct TextLayout {
    private let source: TextSource
    private let language: TextLanguage
    private let tokens: [TextToken]
    private var segments: [TextSegment] = []

    /// Lines narrower than this are never taken for wrapped text.
    private static let narrowestWrap = 55
    /// The most words a label has.
    private static let labelWords = 4

    static func segments(of source: TextSource, language: TextLanguage) -> [TextSegment] {
        var layout = TextLayout(source: source, language: language, tokens: source.tokens)
        layout.run()
        return layout.segments
    }

    private mutating func run() {
        var (index, paragraph) = (0, 0)
        while index < tokens.count {
            // A paragraph: lines that follow each other without a gap.
            var lineStarts = [index]
            var end = index + 1
            while end < tokens.count {
                let step = tokens[end].line - tokens[end - 1].line
                if step > 1 { break }
                if step == 1 { lineStarts.append(end) }
                end += 1
            }
            cutParagraph(lineStarts, end, paragraph)
            paragraph += 1
            index = end
        }
    }

    private mutating func cutParagraph(_ starts: [Int], _ end: Int, _ paragraph: Int) {
        let widest = max(
            TextLayout.narrowestWrap,
            starts.indices.reduce(0) { max($0, width(starts[$1], $1 + 1 < starts.count ? starts[$1 + 1] : end)) })
        var (block, blockLabel) = (starts[0], label(at: starts[0], before: end))
        var blockIndent = indent(starts[0])
        for position in starts.indices.dropFirst() {
            let start = starts[position]
            let found = label(at: start, before: end)
            let breaks: Bool
            if found != nil || isBullet(start) {
                breaks = true
            } else if let blockLabel {
                // What is indented below a label, or follows an empty one, is its value.
                breaks = indent(start) <= blockIndent && blockLabel.value < start && !runsOn(start - 1, start, widest)
            } else {
                breaks = !runsOn(start - 1, start, widest, from: starts[position - 1])
            }
            guard breaks else { continue }
            close(block, start, blockLabel, paragraph, isFirst: block == starts[0])
            (block, blockLabel, blockIndent) = (start, found, indent(start))
        }
        close(block, end, blockLabel, paragraph, isFirst: block == starts[0])
    }

    /// Whether a line was only broken because the page was full.
    private func runsOn(_ last: Int, _ next: Int, _ widest: Int, from start: Int? = nil) -> Bool {
        if tokens[next].kind == .word, tokens[next].shape == .lower, !tokens[last].isSymbol(".") { return true }
        if tokens[last].isSymbol(",") { return true }
        if tokens[last].kind == .word, tokens[last].shape == .lower,
            tokens[last].has([.article, .locative, .connector, .by])
        {
            return true
        }
        let start = start ?? tokens[..<next].lastIndex { $0.line != tokens[last].line }.map { $0 + 1 } ?? 0
        // Would the next word, with the marks that cling to it, have fitted?
        var end = next
        while end + 1 < tokens.count, !tokens[end + 1].gap, end < next + 8 { end += 1 }
        return width(start, next) + 1 + Int(tokens[end].end - tokens[next].start) > widest
    }

    private func width(_ start: Int, _ end: Int) -> Int {
        Int(tokens[end - 1].end) - source.lines[Int(tokens[start].line)].lowerBound
    }

    private func indent(_ start: Int) -> Int {
        Int(tokens[start].start) - source.lines[Int(tokens[start].line)].lowerBound
    }

    private func isBullet(_ index: Int) -> Bool {
        index + 1 < tokens.count && tokens[index].kind == .symbol && "*-+>#".utf8.contains(tokens[index].symbol)
            && tokens[index + 1].gap
    }

    /// A block is one labelled value, a line, or running text.
    private mutating func close(
        _ start: Int, _ end: Int, _ label: (label: TextLabel, words: Range<Int>, value: Int)?, _ paragraph: Int,
        isFirst: Bool
    ) {
        var (at, pending, labelWords) = (start, label?.label, label?.words)
        if let label { at = label.value }
        var (index, first) = (at, isFirst)
        while index < end {
            if index > at, let inline = inlineLabel(index, end) {
                append(at, inline.words.lowerBound, pending, labelWords, paragraph, true, first)
                (at, pending, labelWords, first) = (inline.value, inline.label, inline.words, false)
                index = max(index + 1, at)
                continue
            }
            if endsSentence(index, end) {
                append(at, index + 1, pending, labelWords, paragraph, false, first)
                (at, pending, labelWords, first) = (index + 1, nil, nil, false)
            }
            index += 1
        }
        append(at, end, pending, labelWords, paragraph, at == start || label != nil, first)
    }

    private mutating func append(
        _ start: Int, _ end: Int, _ label: TextLabel?, _ words: Range<Int>?, _ paragraph: Int, _ isLine: Bool,
        _ isFirst: Bool
    ) {
        guard start < end || label != nil else { return }
        segments.append(
            TextSegment(
                tokens: start..<max(start, end), label: label, labelTokens: words, paragraph: paragraph,
                isLine: isLine, startsParagraph: isFirst))
    }

    private func endsSentence(_ index: Int, _ end: Int) -> Bool {
        let token = tokens[index]
        guard token.kind == .symbol, token.symbol == 0x2E || token.symbol == 0x21 || token.symbol == 0x3F else {
            return false
        }
        var next = index + 1
        while next < end, tokens[next].isSymbol("\"") || tokens[next].isSymbol(")"), !tokens[next].gap { next += 1 }
        guard next < end else { return true }
        guard tokens[next].gap || next > index + 1, tokens[next].kind != .symbol || tokens[next].gap else {
            return false
        }
        if token.symbol != 0x2E || index == 0 { return true }
        let before = tokens[index - 1]
        if tokens[next].kind == .word, tokens[next].shape == .lower { return false }
        guard before.kind == .word, before.end == token.start else { return true }
        if before.has(.abbreviation) { return false }
        if before.fold.utf8.count == 1 {
            // "Washington, D.C. The marches": a small word with a capital starts a sentence, a name may follow initials.
            if tokens[next].kind == .word, tokens[next].has([.article, .pronoun]) { return true }
            // "4:30 p.m. The doors": the letters of the time of day end a sentence, initials do not.
            let isTime = before.fold == "m" && index >= 3 && tokens[index - 2].isSymbol(".")
            return isTime && !tokens[next].has([.month, .weekday]) && tokens[next].kind == .word
        }
        return true
    }

    /// A label after a full stop, a bar or a semicolon: `Where: Leeds. When: 5 May.`
    private func inlineLabel(_ index: Int, _ end: Int) -> (label: TextLabel, words: Range<Int>, value: Int)? {
        let before = tokens[index - 1]
        guard before.kind == .symbol, before.symbol == 0x2E || before.symbol == 0x7C || before.symbol == 0x3B else {
            return nil
        }
        return label(at: index, before: end)
    }

    /// The label that starts at a word, and where its value starts.
    private func label(at index: Int, before end: Int) -> (label: TextLabel, words: Range<Int>, value: Int)? {
        var start = index
        while start < end, tokens[start].kind == .symbol, "*-+>#_|[".utf8.contains(tokens[start].symbol),
            start < index + 4
        {
            start += 1
        }
        var (key, position, count) = ("", start, 0)
        while position < end, count < TextLayout.labelWords, tokens[position].line == tokens[start].line {
            let token = tokens[position]
            if token.kind == .word {
                key += (key.isEmpty ? "" : " ") + token.fold
                count += 1
            } else if !(token.isSymbol("-") && !token.gap) && !(token.isSymbol("&")) && !token.isSymbol("/") {
                break
            }
            position += 1
        }
        guard count > 0 else { return nil }
        let wordsEnd = position
        // **Where:**, Where?, Where -
        while position < end,
            tokens[position].isSymbol("*") || tokens[position].isSymbol("_") || tokens[position].isSymbol("?")
        {
            position += 1
        }
        guard position < end, let label = language.labels[key] else { return nil }
        let mark = tokens[position]
        let isDash = mark.isSymbol("-") && mark.gap && position + 1 < end && tokens[position + 1].gap
        guard mark.isSymbol(":") || isDash && tokens[start].shape != .lower && mark.line == tokens[start].line else {
            return nil
        }
        var value = position + 1
        while value < end, tokens[value].isSymbol("*") || tokens[value].isSymbol("_") { value += 1 }
        return (label, start..<wordsEnd, value)
    }
}
