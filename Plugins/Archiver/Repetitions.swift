import Archive
import EventModel
import PluginKit
import Store

/// What was held or refused before and is said again: nobody is asked twice, and what was refused is refused with a count.
extension Judgement {
    /// The answer to an item that an earlier stage has held or refused.
    func answer(
        to item: PreparedItem, _ objection: Objection, _ prepared: PreparedDelivery, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        var answer = objection.answer.beginningWithReason
        // What a person lets pass and a stage refuses is held as before: it stays what was said then.
        if item.release != nil {
            try refuse(item, by: objection.stage, answer, prepared, delivery, isAgain: true)
            return Given(answer)
        }
        let stated = item.stated
        let event = try event(stated.update, ruling: nil)
        let known = try event.map { event throws(StoreError) in try ledger.known(event, in: delivery) }
        let code = answer.diagnostics.first?.code.rawValue ?? ""
        guard answer.verdict == .hold else {
            if let said = try ledger.refusal(of: stated, by: objection.stage, in: delivery) {
                answer.reason = said
                return Given(answer)
            }
            if let again = try ledger.refuseAgain(
                stated, for: code, finding: answer.diagnostics, of: event, in: delivery, at: now)
            {
                answer.reason += "; it was refused \(again.count) times since \(again.since.toTheSecond)"
                try refuse(item, by: objection.stage, answer, prepared, delivery, isAgain: true)
                return Given(answer)
            }
            try refuse(item, by: objection.stage, answer, prepared, delivery)
            return Given(answer)
        }
        let statement = try statement(item, prepared, event, known, delivery)
        if !answer.isAboutSeveral,
            let again = try ledger.askAgain(
                stated, for: code, finding: answer.diagnostics, of: event, in: delivery, at: now)
        {
            return try asked(again, answer.diagnostics, item, event, known, &delivery)
        }
        try refuse(item, by: objection.stage, answer, prepared, delivery, said: statement.said(of: known))
        answer.facts.add(Facts(try proposal(statement, event, known)))
        return Given(try closing(answer, item, statement, event, known, delivery))
    }

    /// What a release would do to the event, for those who decide; none where nothing, or where the event is not public.
    func proposal(_ statement: Statement, _ event: EventRow?, _ known: KnownEvent?) throws(StoreError) -> [Proposal] {
        if let event, try ledger.isWithdrawn(event) { return [] }
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
        _ question: Repetition, _ findings: [Diagnostic], _ item: PreparedItem, _ event: EventRow?,
        _ known: KnownEvent?, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        let resolution = Resolution(
            uid: event?.uid ?? item.stated.update.uid, intent: .unchanged, revision: event?.revision ?? 0,
            before: known?.state, after: known?.state, changes: [])
        guard question.isOpen, var told = findings.first else {
            try ledger.noteAsked(question, [], item.stated, of: event, in: &delivery, at: now)
            return Given(Answer(.pass, facts: Facts([resolution])))
        }
        let id = "\(question.delivery)/\(question.item)"
        told.severity = .warning
        told.message =
            "this waits for a person already as \(id), and was said \(question.count) times; 'tidings why \(id)' tells: "
            + told.message
        try ledger.noteAsked(question, [told], item.stated, of: event, in: &delivery, at: now)
        return Given(
            Answer(.pass, diagnostics: [told], facts: Facts([resolution, AskedAgain()])), isAskedAgain: true)
    }
}

extension Answer {
    /// Whether it is about two versions of an event in one file, of which an update shows but one: it is never known again.
    fileprivate var isAboutSeveral: Bool {
        diagnostics.contains {
            $0.severity == .held && ($0.code == .ambiguousIntent || $0.code == .revisionConflict)
        }
    }

    /// The same, with the finding for which it holds or refuses in front.
    fileprivate var beginningWithReason: Answer {
        let severity: Severity = verdict == .reject ? .error : .held
        guard let index = diagnostics.firstIndex(where: { $0.severity == severity }), index > 0 else { return self }
        var answer = self
        answer.diagnostics.insert(answer.diagnostics.remove(at: index), at: 0)
        return answer
    }
}
