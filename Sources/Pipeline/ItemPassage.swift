public import EventModel
public import PluginKit

/// What one stage said of an update.
public struct StageAnswer: Hashable, Sendable {
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

/// What a release would do to an event.
public struct Proposed: Hashable, Sendable {
    /// The event.
    public var uid: String
    /// A sentence.
    public var words: String

    /// Makes one.
    public init(uid: String, words: String) { (self.uid, self.words) = (uid, words) }
}

/// What an earlier try has left of an update.
public struct EarlierItem: Sendable {
    /// What came of it; nil where nothing did yet.
    public var outcome: Outcome?
    /// What it did to its event.
    public var intent: Intent?
    /// What the stages said.
    public var answers: [StageAnswer]
    /// What was found.
    public var diagnostics: [Diagnostic]
    /// What a release would do to its event, as it was told then; nil where that is not known.
    public var proposal: Proposed?
    /// Why it waits no more, where that is for no answer of a stage.
    public var reason = ""
    /// Whether that is what is told now.
    public var isClosing = false

    /// Makes what is left; by default nothing.
    public init(
        outcome: Outcome? = nil, intent: Intent? = nil, answers: [StageAnswer] = [], diagnostics: [Diagnostic] = []
    ) {
        self.outcome = outcome
        self.intent = intent
        self.answers = answers
        self.diagnostics = diagnostics
    }
}

/// An update on its way through the stages: what they have said of it so far, and at the end what came of it.
public struct ItemPassage: Sendable {
    /// The verdict of the stage that decided; `pass` where all stages passed it.
    public private(set) var verdict: Verdict = .pass
    /// The stage that decided: the one with a verdict other than `pass`, else the one whose manifest `decides`, else the
    /// last; nil where none was asked.
    public private(set) var stage: String?
    /// Why; empty for `pass`.
    public private(set) var reason = ""
    /// What the stages said, in their order.
    public private(set) var answers: [StageAnswer]
    /// What the reader and the stages found, what decided first.
    public private(set) var diagnostics: [Diagnostic]
    /// What it does to its event, once that is decided.
    public private(set) var intent: Intent?
    /// What came of it at an earlier try: then no stage is asked any more.
    public let settled: Outcome?
    /// Whether it waited for a person and is told of now, since it waits no more.
    public let isClosing: Bool
    /// What a release would do to its event, as an earlier try has told.
    public let proposal: Proposed?
    private let earlier: [Diagnostic]
    private var hasDecider = false
    /// Whether the stage that decides has the last word on it: then it stands in its log.
    public private(set) var isInLog = false
    /// Stages that need not see it.
    var skipped: Set<Int> = []
    /// Whether no stage need see it any more.
    private(set) var isThrough = false

    init(_ earlier: EarlierItem) {
        settled = earlier.outcome
        isClosing = earlier.isClosing
        proposal = earlier.proposal
        intent = earlier.intent
        answers = earlier.answers
        diagnostics = earlier.diagnostics
        self.earlier = earlier.diagnostics
        if settled == .discarded {
            reason = "a person threw it away"
        } else if !earlier.reason.isEmpty {
            reason = earlier.reason
        } else if settled != nil {
            let decisive = earlier.answers.last { $0.verdict != .pass } ?? earlier.answers.last
            stage = decisive?.stage
            reason = decisive?.reason ?? ""
        }
    }

    /// Whether no further stage is to see it.
    public var isDecided: Bool { settled != nil || verdict != .pass }

    /// Whether a stage wants to try it once more.
    var asksForRetry: Bool {
        guard outcome == .deferred, case .retry? = answers.last?.verdict else { return false }
        return true
    }

    /// The verdict on it, of an earlier try too.
    var standing: Verdict {
        switch settled {
        case .rejected: .reject
        case .held: .hold
        default: verdict
        }
    }

    /// What came of it, or comes of it if no stage says more.
    public var outcome: Outcome {
        if let settled { return settled }
        switch verdict {
        case .reject: return .rejected
        case .hold: return .held
        case .retry: return .deferred
        case .pass, .absorb: break
        }
        switch intent {
        case .unchanged: return .unchanged
        case .stale: return .stale
        default: return .accepted
        }
    }

    /// The first of those findings for which it did not go on.
    public var decisive: Diagnostic? {
        let severity: Severity
        switch outcome {
        case .rejected: severity = .error
        case .held: severity = .held
        default: return nil
        }
        return diagnostics.first { $0.severity == severity }
    }

    /// Notes what the stage that decides said of an update that an earlier one had held or refused: it replaces that, and
    /// where it is no better it is that stage's still.
    mutating func take(_ answer: Answer, of manifest: PluginManifest, insteadOf objection: Objection) {
        diagnostics.removeAll { objection.answer.diagnostics.contains($0) }
        guard answer.verdict.rank >= Verdict.hold.rank, answer.verdict == objection.answer.verdict else {
            return take(answer, of: manifest)
        }
        reason = answer.reason
        diagnostics = answer.diagnostics + diagnostics
        isInLog = true
        putDecisiveFirst()
    }

    /// Notes what a stage said.
    mutating func take(_ answer: Answer, of manifest: PluginManifest) {
        // A stage that is asked once more, for its facts or because it asked for a retry, finds the same again.
        answers.removeAll { $0.stage == manifest.name }
        answers.append(StageAnswer(stage: manifest.name, verdict: answer.verdict, reason: answer.reason))
        diagnostics +=
            earlier.isEmpty ? answer.diagnostics : answer.diagnostics.filter { !earlier.contains($0) }
        if let resolution = answer.facts[Resolution.self] { intent = resolution.intent }
        verdict = answer.verdict
        reason = answer.reason
        if verdict != .pass || !hasDecider { stage = manifest.name }
        if manifest.decides { hasDecider = true }
        isInLog = manifest.decides || isInLog && verdict == .pass
        putDecisiveFirst()
    }

    private mutating func putDecisiveFirst() {
        if let decisive, diagnostics.first != decisive, let index = diagnostics.firstIndex(of: decisive) {
            diagnostics.remove(at: index)
            diagnostics.insert(decisive, at: 0)
        }
    }

    /// Decides about it for another reason than a stage's answer.
    mutating func decide(_ answer: Answer, by stage: String? = nil) {
        verdict = answer.verdict
        reason = answer.reason
        isInLog = false
        diagnostics = answer.diagnostics + diagnostics
        if let stage { self.stage = stage }
    }

    /// Finds the stages that need not see it: those that passed it at an earlier try, but for those whose facts a stage
    /// that sees it requires.
    mutating func findSkipped(among manifests: [PluginManifest]) {
        guard !answers.isEmpty, settled == nil else { return }
        var required: Set<String> = []
        for (index, manifest) in manifests.enumerated().reversed() {
            let hasPassed = answers.contains { $0.stage == manifest.name && $0.verdict == .pass }
            if hasPassed, required.isDisjoint(with: manifest.provides) {
                skipped.insert(index)
            } else {
                required.formUnion(manifest.requires)
            }
        }
        isThrough = skipped.count == manifests.count
    }
}
