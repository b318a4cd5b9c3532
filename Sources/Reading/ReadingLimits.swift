/// What a reader may spend on one file. All are settings of the daemon.
public struct ReadingLimits: Sendable {
    /// Levels of JSON or of iCalendar components.
    public var nestingDepth = 64
    /// JSON values or iCalendar content lines in one file.
    public var nodes = 200_000
    /// Words, numbers and marks of one text.
    public var words = 250_000
    /// Updates in one file.
    public var updates = 5000
    /// Occurrences of one event, and dates of one that repeats.
    public var occurrences = 1000
    /// Days after the receipt, or after a later first date, for which the dates of a repeating event are worked out.
    public var recurrenceDays = 3653
    /// Steps in which the dates of one event are worked out: a period, a day or a start that is looked at.
    public var recurrenceSteps = 100_000
    /// Such steps for all events of one file.
    public var fileRecurrenceSteps = 1_000_000
    /// Findings that are kept of one file. The first of each kind of each update is kept beyond that.
    public var diagnostics = 200

    /// The defaults.
    public init() {}
}
