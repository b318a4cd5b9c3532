extension LocalDate {
    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The month in English: `June`.
    public var monthName: String { LocalDate.monthNames[month - 1] }

    /// The date as an English reader writes it: `10 June 2031`.
    public var words: String { "\(day) \(monthName) \(year)" }
}

extension LocalDateTime {
    /// The time of day to the minute: `19:00`.
    public var clockWords: String {
        [hour, minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

extension Moment {
    /// The moment as an English reader writes it, without an offset: `10 June 2031, 19:00`.
    public var words: String { date.words + (time.map { ", " + $0.clockWords } ?? "") }
}
