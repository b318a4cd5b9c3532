/// The grammar of dates: `February 7 and 8`, `14–16 May 2027`, `Saturday, 12 June`, `30 June – 2 July`, `2027-05-14`.
/// It knows words by their roles only, so that it serves every language with tables.
struct TextDateParser {
    let tokens: [TextToken]

    /// The most words that one list of dates may have.
    private static let longest = 32
    private static let years = 1000...2199

    /// What a list of dates is made of.
    private enum Atom {
        case weekday(Int), month(Int), number(Int), year(Int), separator, range
    }

    /// All dates in a stretch of words.
    func dates(in range: Range<Int>) -> [TextDate] {
        var (found, index) = ([TextDate](), range.lowerBound)
        while index < range.upperBound {
            if var date = date(at: index, before: range.upperBound) {
                if date.days.count == 2, index > range.lowerBound, tokens[index - 1].fold == "between" {
                    date.isRange = true
                }
                found.append(date)
                index = date.tokens.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    private func date(at start: Int, before end: Int) -> TextDate? {
        let token = tokens[start]
        if token.kind == .number {
            return numeric(at: start, before: end) ?? spelled(at: start, before: end)
        }
        guard token.kind == .word, isMonth(start) || token.has(.weekday) else { return nil }
        return spelled(at: start, before: end)
    }

    /// Months are capitalised where their name is a word of its own too: `may`, `march`.
    private func isMonth(_ index: Int) -> Bool {
        let token = tokens[index]
        return token.has(.month)
            && (token.isCapitalised || token.sense.roles.isDisjoint(with: [.conditional, .holding]))
    }

    // MARK: Dates in words

    private func spelled(at start: Int, before end: Int) -> TextDate? {
        var (atoms, index) = ([(atom: Atom, tokens: Range<Int>)](), start)
        let limit = min(end, start + TextDateParser.longest)
        while index < limit {
            guard let (atom, next) = atom(at: index, before: limit, after: atoms.last?.atom) else { break }
            if let atom { atoms.append((atom, index..<next)) }
            index = next
        }
        return assemble(atoms)
    }

    /// Reads one atom; a nil atom is a filler such as `of` or `the`.
    private func atom(at index: Int, before end: Int, after last: Atom?) -> (Atom?, Int)? {
        let token = tokens[index]
        switch token.kind {
        case .number: return number(at: index, before: end, after: last)
        case .word:
            if isMonth(index) { return (.month(Int(token.sense.value)), skipPoint(index)) }
            if token.has(.weekday), token.isCapitalised { return (.weekday(Int(token.sense.value)), skipPoint(index)) }
            guard last != nil else { return nil }
            if token.has(.conjunction) { return (.separator, index + 1) }
            if token.has(.rangeWord) { return (.range, index + 1) }
            if token.has(.possessiveOf) || token.fold == "the" { return (nil, index + 1) }
            return nil
        case .symbol:
            guard last != nil else { return nil }
            if token.symbol == 0x2D { return (.range, index + 1) }
            return token.symbol == 0x2C || token.symbol == 0x26 ? (.separator, index + 1) : nil
        default: return nil
        }
    }

    private func skipPoint(_ index: Int) -> Int {
        tokens[index].has(.abbreviation) && index + 1 < tokens.count && tokens[index + 1].isSymbol(".")
            && !tokens[index + 1].gap ? index + 2 : index + 1
    }

    private func number(at index: Int, before end: Int, after last: Atom?) -> (Atom?, Int)? {
        let token = tokens[index]
        let next = index + 1 < end ? tokens[index + 1] : nil
        if token.digits == 4, TextDateParser.years.contains(Int(token.value)) {
            // A year stands after a month or a day; "2027s" or "1,500" is none.
            if let next, next.kind == .word, !next.gap { return nil }
            switch last {
            case .month, .number, .separator, nil: return (.year(Int(token.value)), index + 1)
            default: return nil
            }
        }
        guard token.digits <= 2, (1...31).contains(token.value) else { return nil }
        guard let next else { return (.number(Int(token.value)), index + 1) }
        if next.has(.ordinalSuffix), !next.gap { return (.number(Int(token.value)), index + 2) }
        // 7:30, 7 pm, 7.30, 12h, 1,500: no days.
        let second = index + 2 < end ? tokens[index + 2] : nil
        if next.isSymbol(":"), second?.kind == .number { return nil }
        if next.isSymbol("."), !next.gap, second?.kind == .number, second?.gap == false { return nil }
        if next.isSymbol(","), second?.kind == .number, second?.gap == false { return nil }
        if next.has([.meridiem, .timeWord]) || next.kind == .word && !next.gap { return nil }
        if (next.fold == "p" || next.fold == "a"), second?.isSymbol(".") == true { return nil }
        if next.fold == "o'clock" { return nil }
        // "5–7 pm": the end of a range of hours.
        if next.isSymbol("-"), let second, second.kind == .number, index + 3 < end {
            let third = tokens[index + 3]
            if third.has(.meridiem) || third.isSymbol(":") || third.fold == "p" || third.fold == "a" { return nil }
        }
        switch last {
        case .separator?, .range?:
            // "and 12 artists": a number of things, not a day.
            if next.kind == .word, next.gap, !next.has([.month, .weekday]),
                next.isCapitalised || next.sense.roles.isEmpty || next.has([.community, .eventNoun, .dayNoun, .venue])
            {
                return nil
            }
        default: break
        }
        return (
            .number(Int(token.value)),
            next.isSymbol(".") && !next.gap && tokenIsMonth(index + 2, end) ? index + 2 : index + 1
        )
    }

    private func tokenIsMonth(_ index: Int, _ end: Int) -> Bool { index < end && isMonth(index) }

    private func assemble(_ atoms: [(atom: Atom, tokens: Range<Int>)]) -> TextDate? {
        guard let first = atoms.first else { return nil }
        var builder = DateListBuilder()
        for (atom, range) in atoms {
            let goesOn: Bool =
                switch atom {
                case .weekday(let day): builder.take(weekday: day, range)
                case .month(let month): builder.take(month: month, range)
                case .number(let number): builder.take(number: number, range)
                case .year(let year): builder.take(year: year, range)
                case .separator: builder.separate(isRange: false)
                case .range: builder.separate(isRange: true)
                }
            if !goesOn { break }
        }
        return builder.finish(from: first.tokens.lowerBound)
    }

    // MARK: Dates in digits

    /// `2027-05-14`, `2027-05-14T19:30`, `2027-05-14/2027-05-16`, `14.05.2027`, `14/05/2027` where only one order can be meant.
    private func numeric(at start: Int, before end: Int) -> TextDate? {
        guard let (day, dayEnd) = numericDay(at: start, before: end) else { return nil }
        var date = TextDate(days: [day], isRange: false, tokens: start..<dayEnd, yearTokens: start..<dayEnd)
        if dayEnd + 1 < end, tokens[dayEnd].fold == "t", !tokens[dayEnd].gap,
            let time = TextTimeParser(tokens: tokens).span(at: dayEnd + 1, before: end)
        {
            date.times = time
            date.tokens = start..<time.tokens.upperBound
            return date
        }
        guard dayEnd + 1 < end else { return date }
        let mark = tokens[dayEnd]
        if mark.has([.rangeWord, .conjunction]) || "-/,&".utf8.contains(mark.symbol) && mark.kind == .symbol,
            let (last, lastEnd) = numericDay(at: dayEnd + 1, before: end), day.day != nil, last.day != nil
        {
            date.days.append(last)
            date.isRange = mark.has(.rangeWord) || mark.isSymbol("-") || mark.isSymbol("/")
            date.tokens = start..<lastEnd
        }
        return date
    }

    private func numericDay(at start: Int, before end: Int) -> (TextDay, Int)? {
        guard start + 5 <= end, tokens[start].kind == .number else { return nil }
        let (a, mark, b, second, c) =
            (tokens[start], tokens[start + 1], tokens[start + 2], tokens[start + 3], tokens[start + 4])
        guard mark.kind == .symbol, mark.symbol == second.symbol, second.kind == .symbol, b.kind == .number,
            c.kind == .number, !mark.gap, !b.gap, !second.gap, !c.gap
        else { return nil }
        func day(_ year: TextToken, _ month: TextToken, _ day: TextToken) -> (TextDay, Int)? {
            guard year.digits == 4, month.digits <= 2, day.digits <= 2, (1...12).contains(month.value),
                (1...31).contains(day.value)
            else { return nil }
            return (TextDay(year: Int(year.value), month: Int(month.value), day: Int(day.value)), start + 5)
        }
        switch mark.symbol {
        case 0x2D where a.digits == 4: return day(a, b, c)
        case 0x2E, 0x2D: return day(c, b, a)
        case 0x2F where a.digits == 4: return day(a, b, c)
        case 0x2F where a.value > 12 || a.value == b.value: return day(c, b, a)
        case 0x2F where b.value > 12: return day(c, a, b)
        default: return nil
        }
    }
}
