import Configuration

/// How the service stops: steps in order, each with the time it may take. The unit's TimeoutStopSec has to be longer than
/// their sum.
struct Shutdown: Sendable {
    /// One step.
    enum Step: String, Sendable, CaseIterable {
        /// Nothing more is claimed.
        case stopIntake = "intake stops"
        /// What is in work goes through the stages that are left, and has its outcome.
        case finishActive = "what is in work is finished"
        /// The plugins finish what they have promised and close what is open.
        case drainStages = "the stages are drained"
        /// What is left stays in active/ and is taken up at the next start.
        case leaveRest = "the rest stays in active/"
    }

    /// The steps, in order, with their limits.
    let steps: [(step: Step, limit: Duration)]

    init(_ settings: ServiceSettings) {
        steps = Step.allCases.map { step in
            switch step {
            case .stopIntake, .leaveRest: (step, .zero)
            case .finishActive: (step, settings.stopTimeout)
            case .drainStages: (step, settings.drainTimeout)
            }
        }
    }

    /// The time that all steps may take together.
    var limit: Duration { steps.reduce(.zero) { $0 + $1.limit } }

    /// The time of one step.
    func limit(of step: Step) -> Duration { steps.first { $0.step == step }?.limit ?? .zero }
}
