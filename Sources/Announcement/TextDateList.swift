/// Puts days, months, years and weekdays of one list together: `Friday 5 to Sunday 7 March 2027`.
struct DateListBuilder {
    private var days: [TextDay] = []
    /// Numbers that wait for their month (`7 and 8 February`).
    private var waiting: [(day: Int, weekday: Int?)] = []
    private var weekdays: [Int] = []
    private var month: Int?
    /// Whether the day stands before the month; known from the first of both on.
    private var dayFirst: Bool?
    private var (hasSeparator, separatorIsRange, afterNumber) = (false, false, false)
    private var (rangeWaits, isRange) = (false, false)
    private var end = 0
    private var yearTokens: Range<Int>?
    /// Days from this index on have no year yet.
    private var yearless = 0

    /// Each `take` says whether the list goes on; where it does not, what it was given is no part of the list.
    mutating func take(weekday: Int, _ tokens: Range<Int>) -> Bool {
        if days.count == 1, waiting.isEmpty, !separatorIsRange, hasSeparator, days[0].weekday == nil {
            days[0].weekday = weekday
            end = tokens.upperBound
            return true
        }
        weekdays.append(weekday)
        afterNumber = false
        return true
    }

    mutating func take(month value: Int, _ tokens: Range<Int>) -> Bool {
        if dayFirst == nil { dayFirst = !waiting.isEmpty }
        if dayFirst == true {
            guard !waiting.isEmpty else { return false }
            for item in waiting { days.append(TextDay(month: value, day: item.day, weekday: item.weekday)) }
            waiting = []
            isRange = isRange || rangeWaits
        } else if month != nil {
            closeMonth()
            guard hasSeparator else { return false }
        }
        month = value
        afterNumber = false
        end = tokens.upperBound
        if dayFirst == true { hasSeparator = false }
        return true
    }

    /// A month without a day before another month: `May and June 2027`.
    private mutating func closeMonth() {
        if let month, days.last?.month != month { days.append(TextDay(month: month)) }
    }

    mutating func take(number: Int, _ tokens: Range<Int>) -> Bool {
        if dayFirst == nil { dayFirst = month == nil }
        if afterNumber, !hasSeparator { return false }
        let weekday = weekdays.isEmpty ? nil : weekdays.removeFirst()
        if dayFirst == true {
            if month != nil, waiting.isEmpty, !hasSeparator { return false }
            waiting.append((number, weekday))
            if separatorIsRange { rangeWaits = true }
        } else {
            guard let month else { return false }
            if separatorIsRange, !days.isEmpty { isRange = true }
            days.append(TextDay(month: month, day: number, weekday: weekday))
            end = tokens.upperBound
        }
        (hasSeparator, separatorIsRange, afterNumber) = (false, false, true)
        return true
    }

    mutating func take(year: Int, _ tokens: Range<Int>) -> Bool {
        guard month != nil, waiting.isEmpty else { return false }
        if dayFirst == false {
            if separatorIsRange, days.last?.month != month, !days.isEmpty { isRange = true }
            closeMonth()
        }
        guard yearless < days.count else { return false }
        // "30 December to 2 January 2028" starts in the year before.
        let month = days[days.count - 1].month
        for index in yearless..<days.count { days[index].year = days[index].month > month ? year - 1 : year }
        yearless = days.count
        yearTokens = yearTokens ?? tokens
        end = tokens.upperBound
        (hasSeparator, separatorIsRange, afterNumber) = (false, false, true)
        return true
    }

    mutating func separate(isRange: Bool) -> Bool {
        hasSeparator = true
        separatorIsRange = separatorIsRange || isRange
        return true
    }

    /// The date, or nil where no month came.
    func finish(from start: Int) -> TextDate? {
        var copy = self
        if dayFirst == false { copy.closeMonth() }
        var days = copy.days
        // "March 5 to April": what has no day cannot end a range of days.
        if days.first?.day != nil { days = Array(days.prefix { $0.day != nil }) }
        guard let first = days.first, end > start else { return nil }
        // A year stated once counts for the whole list.
        for index in days.indices.reversed().dropFirst() where days[index].year == nil {
            if let next = days[index + 1].year {
                days[index].year = days[index].month > days[index + 1].month ? next - 1 : next
            }
        }
        for index in days.indices.dropFirst() where days[index].year == nil { days[index].year = days[index - 1].year }
        // A month alone is a date only with its year: "may" and "march" are words.
        if first.day == nil, days[0].year == nil { return nil }
        return TextDate(
            days: days, isRange: isRange && days.count == 2, tokens: start..<end,
            yearTokens: days[0].year == nil ? nil : yearTokens)
    }
}
