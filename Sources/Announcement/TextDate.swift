import EventModel

/// One day as a text names it: the year may be missing.
struct TextDay: Hashable, Sendable {
    var year: Int?
    /// 1 to 12.
    var month: Int
    /// 1 to 31; nil where only the month is named.
    var day: Int?
    /// The day of the week that stands with it, 0 for Sunday.
    var weekday: Int?

    /// The date in its own or the given year; nil where the calendar has no such day.
    func date(inYear other: Int? = nil) -> LocalDate? {
        (year ?? other).flatMap { LocalDate(year: $0, month: month, day: day ?? 1) }
    }

    /// Whether no year has such a day.
    var isImpossible: Bool { LocalDate(year: 2000, month: month, day: day ?? 1) == nil }
}

/// A date, a list of days or a range of days, where it stands in the text.
struct TextDate: Sendable {
    /// In the order of the text; two for a range.
    var days: [TextDay]
    /// Whether `days` are the first and the last of a range.
    var isRange: Bool
    /// The words.
    var tokens: Range<Int>
    /// The words of the year, where it is stated.
    var yearTokens: Range<Int>?
    /// The times of an ISO 8601 date-time.
    var times: TextTimeSpan?

    var first: TextDay { days[0] }
    var hasDay: Bool { first.day != nil }

    /// Whether both name the same day of the year.
    func startsLike(_ other: TextDate) -> Bool {
        first.month == other.first.month && first.day == other.first.day
            && (first.year == nil || other.first.year == nil || first.year == other.first.year)
    }
}
