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
}

/// A delivery with its outcome, to be carried out.
public struct Finished: Sendable {
    /// The delivery, with all facts.
    public internal(set) var delivery: Delivery
    /// The verdict of the stage that decided; `pass` where all stages passed it.
    public internal(set) var verdict: Verdict = .pass
    /// The stage that decided: the one with a verdict other than `pass`, else the one whose manifest `decides`, else the
    /// last; nil where none was asked.
    public internal(set) var stage: String?
    /// Why; empty for `pass`.
    public internal(set) var reason = ""
    /// What the stages said, in their order.
    public internal(set) var answers: [StageAnswer] = []
    /// What the reader and the stages found, in the order they found it.
    public internal(set) var diagnostics: [Diagnostic] = []

    /// A delivery that no stage has seen.
    init(_ delivery: Delivery) { self.delivery = delivery }

    private var hasDecider = false

    /// Whether a stage has ended the delivery's way.
    var isDecided: Bool { verdict != .pass }

    mutating func take(_ answer: Answer, of manifest: PluginManifest) {
        answers.append(StageAnswer(stage: manifest.name, verdict: answer.verdict, reason: answer.reason))
        diagnostics += answer.diagnostics
        delivery.facts.add(answer.facts)
        verdict = answer.verdict
        reason = answer.reason
        if isDecided || !hasDecider { stage = manifest.name }
        if manifest.decides { hasDecider = true }
    }
}
