public import EventModel
public import PluginKit

/// A delivery on its way through the stages: what they have said of each of its updates so far, and at the end its
/// outcome. A long one goes in slices, so that others get between.
public struct Passage: Sendable {
    /// The delivery, with all its items and the facts about them.
    public private(set) var delivery: Delivery
    /// How far the stages are with each item.
    public private(set) var items: [ItemPassage]
    /// What decided about the file as a whole, before a stage saw any of it; nil where the stages decide.
    public private(set) var fileAnswer: Answer?
    /// What there is to say about the file as a whole.
    public private(set) var findings: [Diagnostic]
    /// The items that the stages see now; those behind them come later.
    public private(set) var slice: Range<Int>
    private let sliceLimit: Int
    /// The complete list that it is, until it has been compared.
    private var list: CompleteList?
    /// Whether it is a complete list without events, which nothing is wrong with.
    private let isEmptyList: Bool
    /// The stage that decides.
    private var decider: Int?
    /// Earlier deliveries of which nobody need decide about what they lack any more, as its comparison has shown.
    public private(set) var answered: [DeliveryID] = []

    /// A delivery that enters the pipeline.
    ///
    /// - Parameters:
    ///   - earlier: What earlier tries have left of its items; none where there was no try.
    ///   - slice: Items that the stages see at once, at most. One whose good updates depend on the others is never cut.
    public init(_ delivery: Delivery, earlier: [EarlierItem] = [], slice: Int = .max) {
        self.delivery = delivery
        items = delivery.items.indices.map { ItemPassage(earlier.indices.contains($0) ? earlier[$0] : EarlierItem()) }
        sliceLimit = delivery.facts[PartialPolicy.self] == nil ? max(1, slice) : .max
        self.slice = 0..<0
        list = delivery.list
        isEmptyList = delivery.list != nil && delivery.items.isEmpty
        self.delivery.list = nil
        findings = delivery.findings
        fileAnswer = Passage.answer(to: delivery)
        if let fileAnswer { decide(fileAnswer) }
        self.slice = cut(from: 0)
    }

    /// A delivery that is decided before any stage has seen it.
    public init(_ delivery: Delivery, decided answer: Answer) {
        self.init(delivery)
        fileAnswer = answer
        findings += answer.diagnostics
        decide(answer)
    }

    /// What the reader's findings about the file as a whole, and about one without updates, say.
    private static func answer(to delivery: Delivery) -> Answer? {
        let worst = delivery.findings.max { $0.severity < $1.severity }
        switch worst?.severity {
        case .error?: return Answer(.reject, reason: delivery.findings.reason(for: .error))
        case .held?: return Answer(.hold, reason: delivery.findings.reason(for: .held))
        default:
            return delivery.items.isEmpty && delivery.list == nil
                ? Answer(.reject, reason: "the file holds no update that could be used") : nil
        }
    }

    private mutating func decide(_ answer: Answer) {
        let ofItems = Answer(answer.verdict, reason: answer.reason)
        for index in items.indices where !items[index].isDecided { items[index].decide(ofItems) }
    }

    private func cut(from start: Int) -> Range<Int> {
        start..<(sliceLimit < items.count - start ? start + sliceLimit : items.count)
    }

    /// Whether nothing of what the stages see now is undecided.
    public var isDecided: Bool {
        slice.allSatisfy { items[$0].isDecided && delivery.items[$0].objection == nil } && !isListDue
    }

    /// Whether the stage that decides is to compare it as a complete list: it has all its items, or others have decided
    /// about them. One whose good items wait for others of an earlier try is none yet.
    private var isListDue: Bool {
        guard list != nil, decider != nil, fileAnswer == nil, asideReason == nil, !hasMore else { return false }
        if slice.contains(where: { items[$0].outcome == .deferred }) { return false }
        let standing = items.indices.filter { isOfFile($0) && items[$0].settled != nil }.map { items[$0].standing }
        return delivery.facts[PartialPolicy.self].map { $0.answer(beside: standing) == nil } ?? true
    }

    /// Whether there is more of it than the stages have seen.
    public var hasMore: Bool { items[slice.upperBound...].contains { !$0.isDecided } }

    /// Turns to the items that come next.
    public mutating func goOn() { slice = cut(from: slice.upperBound) }

    /// Keeps all but the dropped bytes.
    public mutating func forgetBytes() {
        delivery = Delivery(
            id: delivery.id, file: delivery.file, bytes: [], sha256: delivery.sha256, submitter: delivery.submitter,
            receivedAt: delivery.receivedAt, format: delivery.format, producer: delivery.producer,
            findings: delivery.findings, items: delivery.items, facts: delivery.facts)
    }

    /// A person decides from now on about what a stage wants to try once more. What was deferred for its sake alone is
    /// tried again.
    public mutating func giveUp(_ reason: String) {
        for index in items.indices where items[index].asksForRetry {
            items[index].decide(Answer(.hold, reason: reason))
        }
    }

    /// A person decides from now on about a file that nobody could read as that person had said.
    public mutating func giveUp(_ answer: Answer) {
        fileAnswer = Answer(.hold, reason: answer.reason)
        for index in items.indices where items[index].outcome == .rejected { holdAgain(index, answer.reason) }
    }

    /// What a person released and a stage refused is held as before.
    public mutating func holdAgain(_ index: Int, _ reason: String) {
        items[index].decide(Answer(.hold, reason: reason))
    }

    /// Why it is set aside, to be offered again from the start when others are through; nil where it is not.
    public private(set) var asideReason: String?

    /// It leaves the pipeline without an outcome.
    public mutating func setAside(_ reason: String) { asideReason = reason }

    mutating func findSkipped(among manifests: [PluginManifest]) {
        decider = manifests.firstIndex(where: \.decides)
        for index in items.indices {
            items[index].findSkipped(among: manifests)
            if delivery.items[index].number == 0, let decider { items[index].skipped.formUnion(0..<decider) }
        }
    }

    private func isFor(_ stage: Int, _ index: Int) -> Bool {
        if delivery.items[index].objection != nil { return stage == decider }
        return !items[index].isDecided && !items[index].skipped.contains(stage)
    }

    /// Whether a stage is to see any of it now.
    func isFor(_ stage: Int) -> Bool {
        slice.contains { isFor(stage, $0) } || stage == decider && isListDue
    }

    /// The delivery as a stage sees it.
    func delivery(for stage: Int) -> Delivery {
        var offered = delivery
        if stage == decider, isListDue { offered.list = list }
        if slice.count == items.count, slice.allSatisfy({ isFor(stage, $0) }) { return offered }
        offered.items = slice.filter { isFor(stage, $0) }.map { delivery.items[$0] }
        offered.later = delivery.items[slice.upperBound...]
        return offered
    }

    /// Notes what a stage said of the items that it saw.
    mutating func take(_ answers: [Answer], of manifest: PluginManifest, at stage: Int) {
        let isOfList = stage == decider && isListDue
        var next = answers.makeIterator()
        for index in slice where isFor(stage, index) {
            guard let answer = next.next() else { break }
            if let objection = delivery.items[index].objection {
                items[index].take(answer, of: manifest, insteadOf: objection)
                delivery.items[index].objection = nil
            } else {
                items[index].take(answer, of: manifest)
                if answer.verdict.rank >= Verdict.hold.rank, let decider, stage < decider {
                    delivery.items[index].objection = Objection(stage: manifest.name, answer: answer)
                }
            }
            delivery.items[index].facts.add(answer.facts)
        }
        if isOfList {
            list = nil
            if let answer = next.next() { take(list: answer, of: manifest) }
        }
        deferUndecided(manifest.name)
        // Where a stage decides, it decides about the good ones beside the others, too.
        if decider == nil { applyPolicy(manifest.name) }
    }

    /// Adds what it lacks as a complete list: items that wait for a person.
    private mutating func take(list answer: Answer, of manifest: PluginManifest) {
        findings += answer.diagnostics
        guard let comparison = answer.facts[ListComparison.self] else { return }
        answered += comparison.answered
        for proposal in comparison.missing {
            delivery.items.append(DeliveryItem(number: 0, update: proposal.update))
            var item = ItemPassage(EarlierItem())
            item.take(
                Answer(.hold, reason: proposal.finding.message, diagnostics: [proposal.finding]), of: manifest)
            items.append(item)
        }
        slice = slice.lowerBound..<items.count
    }

    /// A retry defers what is undecided; where the good ones depend on the others, those others, too.
    private mutating func deferUndecided(_ stage: String) {
        let retry = items[slice].filter { $0.settled == nil && $0.outcome == .deferred }
            .max { Passage.wait($0.verdict) < Passage.wait($1.verdict) }
        guard let retry else { return }
        let answer = Answer(retry.verdict, reason: retry.reason)
        let isTogether = delivery.facts[PartialPolicy.self] != nil
        for index in slice.lowerBound..<items.count {
            let isOpen = !items[index].isDecided && !items[index].isThrough
            guard isOpen || isTogether && delivery.items[index].objection != nil else { continue }
            items[index].decide(answer, by: stage)
            delivery.items[index].objection = nil
        }
    }

    /// Where the good ones depend on others with which a stage cannot work, they share their fate. What a person has released
    /// goes on by itself.
    private mutating func applyPolicy(_ stage: String) {
        guard let policy = delivery.facts[PartialPolicy.self],
            let answer = policy.answer(beside: items.indices.filter(isOfFile).map { items[$0].standing })
        else { return }
        for index in slice
        where !items[index].isDecided && isOfFile(index) && delivery.items[index].facts[Release.self] == nil {
            items[index].decide(answer, by: stage)
        }
    }

    /// Whether an item stands in the file: what it lacks as a complete list holds up nothing.
    private func isOfFile(_ index: Int) -> Bool { delivery.items[index].number != 0 }

    private static func wait(_ verdict: Verdict) -> Duration {
        if case .retry(let wait) = verdict { wait } else { .zero }
    }

    /// How long the stages want to wait until what is deferred is tried again.
    public var retryAfter: Duration { items.map { Passage.wait($0.verdict) }.max() ?? .zero }

    /// Holds what a stage was to see and cannot work on.
    mutating func hold(_ reason: String, at stage: Int, named name: String) {
        for index in slice where isFor(stage, index) {
            let isRefused = items[index].verdict == .reject
            delivery.items[index].objection = nil
            if !isRefused { items[index].decide(Answer(.hold, reason: reason), by: name) }
        }
        if stage == decider, isListDue {
            list = nil
            if items.isEmpty { fileAnswer = Answer(.hold, reason: reason) }
        }
        applyPolicy(name)
    }

    /// What became of the delivery.
    public var outcome: Outcome {
        if let outcome = Outcome(of: items.map(\.outcome)) { return outcome }
        switch fileAnswer?.verdict {
        case .hold?: return .held
        case .retry?: return .deferred
        case .reject?: return .rejected
        default: return isEmptyList ? .unchanged : .rejected
        }
    }
}
