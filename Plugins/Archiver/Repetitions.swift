import Archive
import EventModel
import PluginKit
import Store

/// What was held or refused before and is said again: nobody is asked twice, and what was refused is refused with a count.
extension Judgement {
    /// The answer to an item that an earlier stage has held or refused.
    func answer(
        to item: PreparedItem, _ settled: SettledAnswer, _ prepared: PreparedDelivery, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        var answer = settled.answer.beginningWithReason
        // What a person lets pass and a stage refuses is held as before: it stays what was said then.
        if item.release != nil { return Given(answer) }
        let stated = item.stated
        let event = try event(stated.update, ruling: nil)
        let known = try event.map { event throws(StoreError) in try ledger.known(event, in: delivery) }
        let code = answer.diagnostics.first?.code.rawValue ?? ""
        let words = answer.diagnostics.first?.message ?? answer.reason
        guard answer.verdict == .hold else {
            if let said = try ledger.refusal(of: stated, by: settled.stage, in: delivery) {
                answer.reason = said
                return Given(answer)
            }
            if let again = try ledger.refuseAgain(
                stated, for: code, saying: words, of: event, in: delivery, at: now)
            {
                answer.reason += "; it was refused \(again.count) times since \(again.since.toTheSecond)"
                try refuse(item, by: settled.stage, answer, prepared, delivery, isAgain: true)
                return Given(answer)
            }
            try refuse(item, by: settled.stage, answer, prepared, delivery)
            return Given(answer)
        }
        let statement = try statement(item, prepared, event, known, delivery)
        if let again = try ledger.askAgain(
            stated, for: code, saying: words, of: event, in: &delivery, at: now)
        {
            return Given(asked(again, answer.diagnostics, item, event, known), isAskedAgain: again.isOpen)
        }
        try refuse(item, by: settled.stage, answer, prepared, delivery, said: statement.said(of: known))
        answer.facts.add(Facts(proposal(statement, event, known)))
        return Given(try closing(answer, item, statement, event, known, delivery))
    }

    /// What a release would do to the event, for those who decide; none where nothing, or where the event is not public.
    func proposal(_ statement: Statement, _ event: EventRow?, _ known: KnownEvent?) -> [Proposal] {
        if let state = known?.state, state.visibility != .public || state.embargoUntil.map({ $0 > now }) ?? false {
            return []
        }
        var released = statement
        released.ruling = .accept
        guard case .accepted(let acceptance) = Resolver.resolve(released, known: known) else { return [] }
        return [
            Proposal(
                Resolution(
                    uid: event?.uid ?? statement.update.uid, intent: acceptance.intent,
                    revision: event?.revision ?? 0, before: known?.state, after: acceptance.after,
                    changes: acceptance.changes.changes))
        ]
    }

    /// What waits for a person already, or was decided, changes nothing.
    func asked(
        _ question: OpenQuestion, _ findings: [Diagnostic], _ item: PreparedItem, _ event: EventRow?,
        _ known: KnownEvent?
    ) -> Answer {
        let resolution = Resolution(
            uid: event?.uid ?? item.stated.update.uid, intent: .unchanged, revision: event?.revision ?? 0,
            before: known?.state, after: known?.state, changes: [])
        guard question.isOpen, var told = findings.first else { return Answer(.pass, facts: Facts([resolution])) }
        let id = "\(question.delivery)/\(question.item)"
        told.severity = .warning
        told.message =
            "this waits for a person already as \(id), and was said \(question.count) times; 'tidings why \(id)' tells: "
            + told.message
        return Answer(.pass, diagnostics: [told], facts: Facts([resolution]))
    }
}

extension Answer {
    /// The same, with the finding for which it holds or refuses in front.
    fileprivate var beginningWithReason: Answer {
        let severity: Severity = verdict == .reject ? .error : .held
        guard let index = diagnostics.firstIndex(where: { $0.severity == severity }), index > 0 else { return self }
        var answer = self
        answer.diagnostics.insert(answer.diagnostics.remove(at: index), at: 0)
        return answer
    }
}
