import EventModel

/// The grammar of times of day: `7:30 pm`, `19:30`, `10am - 12pm`, `from noon to 1:30 p.m.`, `19h30`, `7 o'clock`.
struct TextTimeParser {
    let tokens: [TextToken]
    var zones: [String: String] = [:]

    /// All times in a stretch of words.
    func spans(in range: Range<Int>) -> [TextTimeSpan] {
        var (found, index) = ([TextTimeSpan](), range.lowerBound)
        while index < range.upperBound {
            let token = tokens[index]
            if token.kind == .number || token.has(.timeWord), let span = span(at: index, before: range.upperBound) {
                found.append(span)
                index = span.tokens.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    /// The time or range of times that starts at a word.
    func span(at index: Int, before end: Int) -> TextTimeSpan? {
        // A number inside a longer one, a date or a price is no time.
        if index > 0, tokens[index].kind == .number, !tokens[index].gap,
            ".,/:$€£-".unicodeScalars.contains(where: {
                $0.isASCII && tokens[index - 1].symbol == UInt8($0.value) && tokens[index - 1].kind == .symbol
            }), !(tokens[index - 1].isSymbol("-") || tokens[index - 1].isSymbol(","))
        {
            return nil
        }
        if let first = time(at: index, before: end) {
            if let (last, _) = rangeEnd(after: first.tokens.upperBound, before: end) {
                return zoned(joined(first, last), end)
            }
            return zoned(TextTimeSpan(start: first, tokens: first.tokens), end)
        }
        // "10 - 12 pm", "from 7 to 9 pm": a bare hour before a range that ends in a certain time.
        let token = tokens[index]
        guard token.kind == .number, token.digits <= 2, token.value <= 23, index == 0 || !tokens[index - 1].has(.month),
            let (last, mark) = rangeEnd(after: index + 1, before: end), last.isCertain, last.hasMeridiem(tokens)
        else { return nil }
        guard mark.kind == .symbol || index > 0 && tokens[index - 1].kind == .word else { return nil }
        let first = TextTime(hour: Int(token.value), minute: 0, isCertain: false, tokens: index..<index + 1)
        return zoned(joined(first, last), end)
    }

    private func rangeEnd(after index: Int, before end: Int) -> (TextTime, TextToken)? {
        guard index + 1 < end else { return nil }
        let mark = tokens[index]
        let isBetween = mark.has(.conjunction) && (max(0, index - 5)..<index).contains { tokens[$0].fold == "between" }
        guard mark.isSymbol("-") || mark.has(.rangeWord) || isBetween else { return nil }
        var next = index + 1
        while next < end, next < index + 3, tokens[next].isSymbol("-") { next += 1 }
        guard next < end, let last = time(at: next, before: end) else { return nil }
        return (last, mark)
    }

    /// Gives the start the half of the day that the end states, where it has none of its own.
    private func joined(_ first: TextTime, _ last: TextTime) -> TextTimeSpan {
        var (first, last) = (first, last)
        if !first.isCertain, last.isCertain, last.hasMeridiem(tokens), first.hour <= 12 {
            let afternoon = first.hour % 12 + 12
            first.hour =
                last.hour >= 12 && afternoon * 60 + first.minute <= last.hour * 60 + last.minute
                ? afternoon : first.hour % 12 == 0 && last.hour >= 12 ? 12 : first.hour
            first.isCertain = true
        }
        if first.isCertain, !last.isCertain, last.hour < first.hour, last.hour < 12 { last.hour += 12 }
        last.isCertain = last.isCertain || first.isCertain
        return TextTimeSpan(
            start: first, end: last, tokens: first.tokens.lowerBound..<last.tokens.upperBound)
    }

    /// Reads a zone after the time: `CET`, `(GMT)`, `Z`, `+01:00`.
    private func zoned(_ span: TextTimeSpan, _ end: Int) -> TextTimeSpan {
        var (span, index) = (span, span.tokens.upperBound)
        guard index < end else { return span }
        if !tokens[index].gap, tokens[index].fold == "z" {
            span.offsetSeconds = 0
            span.tokens = span.tokens.lowerBound..<index + 1
        } else if !tokens[index].gap, tokens[index].isSymbol("+") || tokens[index].isSymbol("-"), index + 3 < end,
            tokens[index + 1].digits == 2, tokens[index + 2].isSymbol(":"), tokens[index + 3].digits == 2
        {
            let seconds = Int(tokens[index + 1].value) * 3600 + Int(tokens[index + 3].value) * 60
            span.offsetSeconds = tokens[index].isSymbol("-") ? seconds.negated : seconds
            span.tokens = span.tokens.lowerBound..<index + 4
        } else {
            if tokens[index].isSymbol("("), index + 1 < end { index += 1 }
            if tokens[index].kind == .word, tokens[index].shape == .capitals, let zone = zones[tokens[index].fold] {
                span.zone = zone
                span.tokens = span.tokens.lowerBound..<index + 1
            }
        }
        return span
    }

    private func time(at index: Int, before end: Int) -> TextTime? {
        let token = tokens[index]
        if token.has(.timeWord) {
            return TextTime(hour: Int(token.sense.value), minute: 0, isCertain: true, tokens: index..<index + 1)
        }
        guard token.kind == .number, token.value <= 24 || token.digits == 4 else { return nil }
        var (hour, minute, next) = (Int(token.value), 0, index + 1)
        var isMarked = false
        if token.digits == 4 {
            // 1900 hrs
            guard next < end, ["hrs", "hours", "h"].contains(tokens[next].fold), hour / 100 <= 23, hour % 100 <= 59
            else {
                return nil
            }
            return TextTime(hour: hour / 100, minute: hour % 100, isCertain: true, tokens: index..<next + 1)
        }
        var hasPoint = false
        if next + 1 < end, tokens[next].kind == .symbol, !tokens[next].gap, !tokens[next + 1].gap,
            tokens[next].symbol == 0x3A || tokens[next].symbol == 0x2E, tokens[next + 1].digits == 2,
            tokens[next + 1].value <= 59
        {
            hasPoint = tokens[next].symbol == 0x2E
            minute = Int(tokens[next + 1].value)
            next += 2
            isMarked = true
            // Seconds: read over.
            if !hasPoint, next + 1 < end, tokens[next].isSymbol(":"), tokens[next + 1].digits == 2 { next += 2 }
        } else if next < end, tokens[next].fold == "h", !tokens[next].gap {
            isMarked = true
            next += 1
            if next < end, tokens[next].digits == 2, !tokens[next].gap, tokens[next].value <= 59 {
                minute = Int(tokens[next].value)
                next += 1
            }
        }
        if let (isPM, after) = meridiem(at: next, before: end) {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isPM ? 12 : 0)
            return TextTime(hour: hour, minute: minute, isCertain: true, tokens: index..<after)
        }
        if next < end, tokens[next].has(.timeWord), hour == 12 {
            return TextTime(hour: 12, minute: minute, isCertain: true, tokens: index..<next + 1)
        }
        if next < end, tokens[next].fold == "o'clock" {
            return TextTime(hour: hour, minute: minute, isCertain: hour > 12, tokens: index..<next + 1)
        }
        // "19.30" is a time after "at" and between commas only: it may be a number.
        if hasPoint {
            let before = index > 0 ? tokens[index - 1] : nil
            let isSet =
                before?.isSymbol(",") == true && token.digits == 2 && (next == end || tokens[next].isSymbol(","))
            guard isSet || before?.has([.locative, .rangeWord]) == true else { return nil }
        }
        guard isMarked, hour <= 23 else { return nil }
        return TextTime(
            hour: hour, minute: minute, isCertain: hour > 12 || hour == 0 || token.digits == 2 && hour < 10,
            tokens: index..<next)
    }

    private func meridiem(at index: Int, before end: Int) -> (isPM: Bool, end: Int)? {
        guard index < end else { return nil }
        let token = tokens[index]
        if token.has(.meridiem) {
            // "am" is a verb too: "5 am" is a time, "5. I am" is not.
            return (token.sense.value == 12, skipPoint(index + 1, end))
        }
        guard token.fold == "p" || token.fold == "a", index + 2 < end, tokens[index + 1].isSymbol("."),
            tokens[index + 2].fold == "m", !tokens[index + 2].gap
        else { return nil }
        return (token.fold == "p", skipPoint(index + 3, end))
    }

    /// The point of `p.m.` belongs to it unless it ends the sentence too; leaving it out does no harm.
    private func skipPoint(_ index: Int, _ end: Int) -> Int {
        index < end && tokens[index].isSymbol(".") && !tokens[index].gap && index + 1 < end
            && !(tokens[index + 1].kind == .word && tokens[index + 1].shape != .lower) ? index + 1 : index
    }
}

extension TextTime {
    /// Whether `am`, `pm` or `noon` is among its words.
    func hasMeridiem(_ words: [TextToken]) -> Bool {
        tokens.contains { words[$0].has([.meridiem, .timeWord]) || words[$0].fold == "m" }
    }
}
