import Requests
import EventModel
import Pipeline
import PluginKit

/// What is told of a delivery as a whole: the weightiest of what became of its updates.
extension Passage {
    /// The places of the updates, the one that people must hear of first in front.
    private var byWeight: [Int] {
        items.indices.sorted { (items[$0].weight, $0) < (items[$1].weight, $1) }
    }

    /// The update that people must hear of first.
    var weightiest: ItemPassage? { items.min { $0.weight < $1.weight } }

    /// The stage that decided about that one; nil where none was asked.
    var stage: String? { weightiest?.stage }

    /// The codes of what was found, what decided first, each once.
    var codes: [DiagnosticCode] {
        var codes: [DiagnosticCode] = []
        let decisive = findings.filter { $0.severity == findings.map(\.severity).max() }
        for diagnostic in decisive + findings + byWeight.flatMap({ items[$0].diagnostics })
        where !codes.contains(diagnostic.code) {
            codes.append(diagnostic.code)
        }
        return codes
    }

    /// Whether an update may be named outside: whether it is neither private nor under an embargo.
    func isNameable(_ event: EventContent) -> Bool {
        event.visibility == .public && (event.embargoUntil.map { $0 <= delivery.receivedAt } ?? true)
    }

    /// Whether all that the delivery speaks of may be named outside.
    var isNameable: Bool {
        delivery.items.allSatisfy { item in
            let resolution = item.facts[Resolution.self] ?? item.facts[Proposal.self]?.resolution
            return [item.update.content, resolution?.before?.content, resolution?.after?.content].compactMap(\.self)
                .allSatisfy(isNameable)
        }
    }

    /// The sentence that ends the delivery in the journal.
    var sentence: String {
        if let closingSentence { return closingSentence }
        if let fileAnswer { return fileAnswer.reason }
        if items.isEmpty { return "the list holds no event, and none is missing" }
        // Of a delivery that is worked on again what was told before is not told again.
        let isAgain = items.contains { $0.settled == nil }
        let numbers = items.indices.filter { items[$0].outcome == .accepted && (items[$0].settled == nil || !isAgain) }
        if let notAppliedSentence {
            return notAppliedSentence + (numbers.isEmpty ? "" : "; \(changesSentence(numbers))")
        }
        guard items.count != 1 else { return sentence(of: 0) }
        switch outcome {
        case .accepted, .unchanged, .stale:
            if let lapsedSentence { return lapsedSentence }
            return (numbers.isEmpty ? "\(items.count) events, and nothing changed" : changesSentence(numbers))
                + waitingWords
        case .partial, .rejected, .held, .discarded, .replaced, .expired, .deferred: return countsSentence
        }
    }

    /// The events that the sentences about it may name, by their uids: what is told of one that is to be forgotten is found
    /// by them.
    var named: [String] {
        let ordered = byWeight
        let indices =
            ordered.prefix(1) + ordered.filter { items[$0].outcome == .accepted }.prefix(3) + notApplied.prefix(1)
            + ordered.filter { delivery.items[$0].number == 0 }.prefix(1)
        return indices.flatMap { index in
            [delivery.items[index].update.uid, delivery.items[index].facts[Resolution.self]?.uid].compactMap(\.self)
        }.reduce(into: []) { uids, uid in if !uids.contains(uid) { uids.append(uid) } }
    }

    /// The updates that are older than what is known, and say another time, place or status: whoever wrote them may believe
    /// that these count.
    private var notApplied: [Int] {
        items.indices.filter { index in
            guard items[index].outcome == .stale else { return false }
            let state = delivery.items[index].facts[Resolution.self]?.after
            return state.map { delivery.items[index].update.contradicts($0) } ?? false
        }
    }

    /// Whether something of it does not count, though nothing is refused and nobody is asked.
    var isNotApplied: Bool { outcome.counts && !notApplied.isEmpty }

    /// `NOT APPLIED: “Gala” is older than what is known, …`.
    private var notAppliedSentence: String? {
        let indices = notApplied
        guard outcome.counts, let first = indices.first else { return nil }
        let item = items.count == 1 ? "" : "item \(delivery.items[first].number), "
        let others = indices.count == 1 ? "" : "; and \(indices.count - 1) more of \(items.count)"
        return "NOT APPLIED: \(item)\(sentence(of: first)), though it says another time, place or status; raise its "
            + "sequence or issue date if it is right\(others)"
    }

    /// Of updates that say what a person is asked about already: `; 2 of them wait for a person already`.
    private var waitingWords: String {
        let count = items.indices.count(where: isAskedAgain)
        return count == 0 ? "" : "; \(count) of them wait\(count == 1 ? "s" : "") for a person already"
    }

    private func isAskedAgain(_ index: Int) -> Bool {
        items[index].outcome == .unchanged && delivery.items[index].facts[AskedAgain.self] != nil
    }

    /// What became of what the file lacked as a complete list, where nobody need decide about it any more and nothing else
    /// was done.
    private var lapsedSentence: String? {
        let now = items.indices.filter { items[$0].settled == nil }
        guard let first = now.first, now.allSatisfy({ delivery.items[$0].number == 0 && !items[$0].reason.isEmpty })
        else { return nil }
        let rest = now.count - 1
        return "what was missing: " + sentence(of: first)
            + (rest > 0
                ? "; nor need anybody decide about \(rest) more that \(rest == 1 ? "was" : "were") missing" : "")
    }

    /// `3 of 899 changed: “Gala” is cancelled; “Jazz” is new; …`.
    private func changesSentence(_ numbers: [Int]) -> String {
        let first = numbers.sorted { (items[$0].weight, $0) < (items[$1].weight, $1) }.prefix(3)
        let more = numbers.count - first.count
        let lead =
            numbers.count == items.count ? "\(items.count) changed" : "\(numbers.count) of \(items.count) changed"
        return "\(lead): " + first.map(sentence).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    }

    /// `20 of 21 events count, 1 is rejected: item 21, line 149, column 9: …`.
    private var countsSentence: String {
        let waiting = items.indices.count(where: isAskedAgain)
        let counted = items.count { $0.outcome.counts } - waiting
        var others = [Outcome.rejected, .held, .deferred, .expired, .discarded, .replaced].compactMap {
            outcome -> String? in
            let count = items.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(count == 1 ? "is" : "are") \(outcome.rawValue)"
        }
        if waiting > 0 { others.append("\(waiting) wait\(waiting == 1 ? "s" : "") for a person already") }
        let lead = counted == 0 ? "of \(items.count) events " : "\(counted) of \(items.count) events count, "
        guard let first = byWeight.first else { return "" }
        return lead + others.joined(separator: ", ") + ": item \(delivery.items[first].number), " + sentence(of: first)
    }

    /// What became of one update.
    func sentence(of index: Int) -> String {
        let (item, passed) = (delivery.items[index], items[index])
        // Why nobody need decide any more about an event that a list lacked.
        if item.number == 0, passed.outcome.counts, !passed.reason.isEmpty { return passed.reason }
        guard passed.outcome.counts, let resolution = item.facts[Resolution.self] else {
            return passed.reason.isEmpty ? passed.outcome.rawValue : passed.reason
        }
        return words(resolution, item)
    }

    /// What a release of an update would do to its event; nil for one that is not held, or of which that is not known.
    func proposal(of index: Int) -> Proposed? {
        let item = delivery.items[index]
        guard items[index].outcome == .held else { return nil }
        return items[index].proposal
            ?? item.facts[Proposal.self].map { Proposed(uid: $0.resolution.uid, words: words($0.resolution, item)) }
    }

    private func words(_ resolution: Resolution, _ item: DeliveryItem) -> String {
        let event = (resolution.after ?? resolution.before)?.content
        let headline = event.flatMap { isNameable($0) && !$0.name.text.isEmpty ? "“\($0.name.text)”" : nil }
        let subject = headline ?? resolution.uid
        // What an event was while it was private is told nowhere either.
        let isShown = [resolution.before?.content, resolution.after?.content].compactMap(\.self).allSatisfy(isNameable)
        if case .revert(let id, let number) = item.facts[Release.self]?.ruling {
            return resolution.takenBack("\(id)/\(number)", subject, isShown: isShown)
        }
        let isCorrected = resolution.intent == .corrected
        let changes = resolution.changes.filter { change in
            isCorrected && (change.path == "status" || change.path == "name")
                || change.isMajor && change.path != "status" && change.field != "previousStarts"
        }.prefix(3).map(\.words)
        let what =
            switch resolution.intent {
            case .new: "\(subject) is new"
            case .unchanged where item.facts[AskedAgain.self] != nil: "\(subject) waits for a person already"
            case .unchanged: "\(subject) says nothing new"
            case .stale: "\(subject) is older than what is known; nothing changed"
            default: "\(subject) is \(resolution.intent.rawValue)"
            }
        let status = resolution.after.flatMap { resolution.intent.untold($0.status) }.map { status in
            ", and is \(resolution.before?.status == status ? "still " : "")\(status.rawValue)"
        }
        return what + (status ?? "")
            + (isShown && resolution.intent != .new && !changes.isEmpty ? ": " + changes.joined(separator: "; ") : "")
    }

    /// What became of those updates, for the one who decided about them; of all that waited, where none are named.
    ///
    /// - Parameter isDiscarded: Whether that was to throw them away.
    func answer(to items: DecidedItems, isDiscarded: Bool) -> (outcome: Outcome, sentence: String) {
        let decided = self.items.indices.filter { index in
            let settled = self.items[index].settled
            return items.items.isEmpty
                ? settled == nil || isDiscarded && settled == .discarded : items.contains(delivery.items[index].number)
        }
        guard let outcome = Outcome(of: decided.map { self.items[$0].outcome }), decided.count < self.items.count else {
            return (self.outcome, sentence)
        }
        if decided.count == 1 { return (outcome, sentence(of: decided[0])) }
        let counted = decided.count { self.items[$0].outcome.counts }
        let worst = decided.min { self.items[$0].weight < self.items[$1].weight } ?? decided[0]
        return (
            outcome,
            "\(counted) of \(decided.count) count; item \(delivery.items[worst].number): \(sentence(of: worst))"
        )
    }
}

extension ItemPassage {
    /// Whether it shares the fate of others of its file: these are told of first.
    private var isForOthers: Bool {
        decisive?.code == .rejectedTogether || decisive?.code == .heldTogether
    }

    /// What people must hear of first has the least.
    var weight: Int {
        switch outcome {
        case .rejected, .held: (outcome == .rejected ? 0 : 1) + (isForOthers ? 1 : 0)
        case .expired: 1
        case .deferred: 2
        case .discarded, .replaced: 3
        case .accepted, .partial: 4 + (intent?.weight ?? 0)
        case .stale: 20
        case .unchanged: 21
        }
    }
}

extension Intent {
    fileprivate var weight: Int {
        switch self {
        case .cancelled: 0
        case .postponed: 1
        case .rescheduled: 2
        case .movedOnline: 3
        case .reinstated: 4
        case .new: 5
        case .corrected: 6
        case .stale: 7
        case .unchanged: 8
        }
    }
}
