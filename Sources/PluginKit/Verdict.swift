public import EventModel

/// What a stage says of one update. Verdicts form a lattice: the worst of several counts.
public enum Verdict: Hashable, Sendable {
    /// The update goes on.
    case pass
    /// The update ends here, on purpose and successfully: a stale revision, for example.
    case absorb
    /// The stage could not judge now; what is undecided of the delivery is offered to it again, not sooner than after the
    /// given time.
    case retry(after: Duration)
    /// A person decides.
    case hold
    /// The update is refused.
    case reject

    /// The place in the lattice: reject > hold > retry > absorb > pass.
    public var rank: Int {
        switch self {
        case .pass: 0
        case .absorb: 1
        case .retry: 2
        case .hold: 3
        case .reject: 4
        }
    }

    /// The worse of two verdicts; of two retries, the later. Commutative, associative and idempotent.
    public func joined(with other: Verdict) -> Verdict {
        if case .retry(let a) = self, case .retry(let b) = other { return .retry(after: max(a, b)) }
        return rank >= other.rank ? self : other
    }
}

/// A stage's answer for one update: the verdict, why, and what it found out for later stages.
public struct Answer: Sendable {
    /// The verdict.
    public var verdict: Verdict
    /// A sentence for a person; required for every verdict but `pass`.
    public var reason: String
    /// What the stage found in the update.
    public var diagnostics: [Diagnostic]
    /// What later stages may want to know.
    public var facts: Facts

    /// Makes an answer.
    public init(_ verdict: Verdict, reason: String = "", diagnostics: [Diagnostic] = [], facts: Facts = Facts()) {
        self.verdict = verdict
        self.reason = reason
        self.diagnostics = diagnostics
        self.facts = facts
    }

    /// The update goes on, without remarks.
    public static let pass = Answer(.pass)
}

/// A stage's answers for a batch: for each delivery, in the batch's order, one for each of its items, in their order. The
/// stage that decides may give one more to a delivery with a ``Delivery/list``, which has a ``ListComparison``.
public struct Verdicts: Sendable {
    /// The answers.
    public var answers: [[Answer]]

    /// Makes the answers of a batch.
    public init(_ answers: [[Answer]]) { self.answers = answers }
}
