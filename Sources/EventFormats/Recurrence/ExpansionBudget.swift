import Reading

/// What working out the recurrences of one file may cost, in steps: a period, a day, a start or a position that is looked at. No
/// step
/// takes longer than the others, so that the steps bound the time.
final class ExpansionBudget {
    /// Thrown by the step that is one too many.
    struct Exhausted: Error {
        /// The steps that there were.
        let steps: Int
        /// Whether they were those of the file, and not those of one event.
        let isOfFile: Bool
    }

    private let limits: ReadingLimits
    private var leftOfFile: Int
    private var leftOfEvent: Int

    /// The budget of a file.
    init(_ limits: ReadingLimits) {
        self.limits = limits
        leftOfFile = limits.fileRecurrenceSteps
        leftOfEvent = limits.recurrenceSteps
    }

    /// The steps from here on are those of another event.
    func beginEvent() { leftOfEvent = limits.recurrenceSteps }

    /// Spends a step, or as many as there are things to be looked at.
    func spend(_ steps: Int = 1) throws(Exhausted) {
        guard leftOfFile >= steps else { throw Exhausted(steps: limits.fileRecurrenceSteps, isOfFile: true) }
        guard leftOfEvent >= steps else { throw Exhausted(steps: limits.recurrenceSteps, isOfFile: false) }
        leftOfFile -= steps
        leftOfEvent -= steps
    }
}
