import Archive
import EventModel
import PluginKit
import Store

/// Files of publishers that want all or nothing.
extension Judgement {
    /// An answer, and what it is to the others of its file.
    struct Given {
        var answer: Answer
        /// Whether it asks what waits for a person already.
        var isAskedAgain = false

        init(_ answer: Answer, isAskedAgain: Bool = false) {
            (self.answer, self.isAskedAgain) = (answer, isAskedAgain)
        }

        /// Whether it changes nothing and asks nothing.
        var saysNothingNew: Bool {
            guard !isAskedAgain, answer.verdict.rank < Verdict.hold.rank else { return false }
            return answer.facts[Resolution.self]?.changesEvent == false
        }

        var standing: Verdict { isAskedAgain ? .hold : answer.verdict }
    }

    /// All items or none: if one is held or refused, none did anything, and the good ones share its fate. What says nothing
    /// new does not, and what a person released goes on by itself.
    func together(
        _ prepared: PreparedDelivery, _ policy: PartialPolicy, _ harmed: Harmed, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> [Given] {
        let before = delivery
        var tried = delivery
        let beside = try ledger.standings(besides: prepared.items.map(\.stated.number), in: delivery)
        let (tries, others) = try ledger.attempt { () throws(StoreError) in
            let tries = try each(prepared, harmed, &tried)
            let standings = zip(prepared.items, tries).filter { $0.0.release == nil }.map(\.1.standing)
            // Where a person has released all of them, nothing waits for others.
            let others = standings.isEmpty ? nil : policy.answer(beside: standings + beside)
            return ((tries, others), isKept: others == nil)
        }
        guard let others else {
            delivery = tried
            return tries
        }
        delivery = before
        var given: [Given] = []
        for (item, tried) in zip(prepared.items, tries) {
            given.append(try apart(item, tried, others, prepared, harmed, &delivery))
        }
        return given
    }

    /// The answer to an item of a file of which none counts without the others.
    private func apart(
        _ item: PreparedItem, _ tried: Given, _ others: Answer, _ prepared: PreparedDelivery, _ harmed: Harmed,
        _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        if item.release != nil { return try answer(to: item, prepared, harmed, &delivery) }
        if tried.saysNothingNew {
            var again = delivery
            let same = try ledger.attempt { () throws(StoreError) in
                let given = try answer(to: item, prepared, harmed, &again)
                return (given, isKept: given.saysNothingNew)
            }
            if same.saysNothingNew {
                delivery = again
                return same
            }
        }
        let isOwn = tried.standing.rank >= Verdict.hold.rank
        let item = try following(item)
        if isOwn, let objection = item.objection { return try answer(to: item, objection, prepared, &delivery) }
        let event = try event(item.stated.update, ruling: nil)
        let kept = isOwn ? tried.answer : others
        let code = kept.diagnostics.first?.code ?? .heldTogether
        if tried.isAskedAgain || kept.verdict == .hold,
            let again = try ledger.askAgain(item.stated, for: code.rawValue, of: event, in: delivery, at: now)
        {
            if tried.isAskedAgain {
                try ledger.noteAsked(
                    again, kept.diagnostics, item.stated, of: event, in: &delivery, at: now)
                return tried
            }
            return try asked(again, kept.diagnostics, item, event, nil, &delivery)
        }
        try refuse(item, kept, prepared, delivery)
        return Given(kept.verdict == .hold ? try closing(kept, item, nil, event, nil, delivery) : kept)
    }
}
