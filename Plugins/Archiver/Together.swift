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

        var standing: Verdict { isAskedAgain ? .hold : answer.verdict }
    }

    /// All items or none: if one is held or refused, none did anything, and the good ones share its fate.
    func together(
        _ prepared: PreparedDelivery, _ policy: PartialPolicy, _ harmed: Harmed, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> [Given] {
        let before = delivery
        var tried = delivery
        let (tries, others) = try ledger.attempt { () throws(StoreError) in
            let tries = try each(prepared, harmed, &tried)
            let others = policy.answer(beside: tries.map(\.standing))
            return ((tries, others), isKept: others == nil)
        }
        guard let others else {
            delivery = tried
            return tries
        }
        delivery = before
        var given: [Given] = []
        for (item, tried) in zip(prepared.items, tries) {
            let item = try following(item)
            let event = try event(item.stated.update, ruling: item.release?.ruling)
            let isOwn = tried.standing.rank >= Verdict.hold.rank
            if isOwn, let settled = item.settled {
                given.append(try answer(to: item, settled, prepared, &delivery))
                continue
            }
            var kept = isOwn ? tried.answer : others
            let code = kept.diagnostics.first?.code ?? .heldTogether
            if item.release == nil, tried.isAskedAgain || kept.verdict == .hold,
                let again = try ledger.askAgain(item.stated, for: code.rawValue, of: event, in: &delivery, at: now)
            {
                if !tried.isAskedAgain { kept = asked(again, kept.diagnostics, item, event, nil) }
                given.append(Given(kept, isAskedAgain: again.isOpen))
                continue
            }
            try refuse(item, kept, prepared, delivery)
            given.append(Given(try closing(kept, item, nil, event, nil, delivery)))
        }
        return given
    }
}
