public import EventModel
public import PluginKit

/// What one stage said of a delivery.
public struct StageAnswer: Sendable {
    /// The stage's name.
    public let stage: String
    /// The verdict.
    public let verdict: Verdict
    /// Why.
    public let reason: String

    /// Makes an answer.
    public init(stage: String, verdict: Verdict, reason: String = "") {
        self.stage = stage
        self.verdict = verdict
        self.reason = reason
    }
}

/// A delivery on its way through the stages: what they have said of it so far, and at the end its outcome.
public struct Passage: Sendable {
    /// The delivery, with all facts.
    public private(set) var delivery: Delivery
    /// The verdict of the stage that decided; `pass` where all stages passed it.
    public private(set) var verdict: Verdict = .pass
    /// The stage that decided: the one with a verdict other than `pass`, else the one whose manifest `decides`, else the
    /// last; nil where none was asked.
    public private(set) var stage: String?
    /// Why; empty for `pass`.
    public private(set) var reason = ""
    /// What the stages said, in their order.
    public private(set) var answers: [StageAnswer]
    /// What the reader and the stages found, in the order they found it.
    public private(set) var diagnostics: [Diagnostic]
    private let earlierFindings: Int
    private var hasDecider = false

    /// A delivery that enters the pipeline.
    ///
    /// - Parameters:
    ///   - passed: What stages that passed it at an earlier try said then: they are not asked again, unless another one
    ///     needs their facts.
    ///   - diagnostics: What was found then.
    public init(_ delivery: Delivery, passed: [StageAnswer] = [], diagnostics: [Diagnostic] = []) {
        self.delivery = delivery
        self.answers = passed
        self.diagnostics = diagnostics
        earlierFindings = diagnostics.count
    }

    /// A delivery that is decided before any stage has seen it.
    public init(_ delivery: Delivery, decided answer: Answer) {
        self.init(delivery, diagnostics: answer.diagnostics)
        verdict = answer.verdict
        reason = answer.reason
    }

    /// Whether a stage has ended the delivery's way.
    public var isDecided: Bool { verdict != .pass }

    /// Keeps all but the dropped bytes.
    public mutating func forgetBytes() {
        delivery = Delivery(
            id: delivery.id, file: delivery.file, bytes: [], sha256: delivery.sha256, submitter: delivery.submitter,
            receivedAt: delivery.receivedAt, decoded: delivery.decoded, facts: delivery.facts)
    }

    /// The delivery was tried too often: a person decides from now on.
    public mutating func giveUp(_ reason: String) {
        verdict = .hold
        self.reason = reason
    }

    /// Why it is set aside, to be offered again from the start when others are through; nil where it is not.
    public private(set) var asideReason: String?

    /// It leaves the pipeline without an outcome.
    public mutating func setAside(_ reason: String) { asideReason = reason }

    /// Notes what a stage said.
    mutating func take(_ answer: Answer, of manifest: PluginManifest) {
        // A stage that is asked once more, for its facts or because it asked for a retry, finds the same again.
        answers.removeAll { $0.stage == manifest.name }
        answers.append(StageAnswer(stage: manifest.name, verdict: answer.verdict, reason: answer.reason))
        diagnostics +=
            earlierFindings == 0
            ? answer.diagnostics : answer.diagnostics.filter { !diagnostics[..<earlierFindings].contains($0) }
        delivery.facts.add(answer.facts)
        verdict = answer.verdict
        reason = answer.reason
        if isDecided || !hasDecider { stage = manifest.name }
        if manifest.decides { hasDecider = true }
    }

    /// The places of the stages that need not see the delivery: those that passed it at an earlier try, but for those
    /// whose facts a stage that sees it requires.
    func skipped(among manifests: [PluginManifest]) -> Set<Int> {
        guard !answers.isEmpty else { return [] }
        var skipped: Set<Int> = []
        var required: Set<String> = []
        for (index, manifest) in manifests.enumerated().reversed() {
            let hasPassed = answers.contains { $0.stage == manifest.name && $0.verdict == .pass }
            if hasPassed, required.isDisjoint(with: manifest.provides) {
                skipped.insert(index)
            } else {
                required.formUnion(manifest.requires)
            }
        }
        return skipped
    }
}
