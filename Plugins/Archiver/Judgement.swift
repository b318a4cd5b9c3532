import Archive
import EventModel
import PluginKit
import Store

/// Decides about deliveries, within a commit of the ledger. Each item sees what those before it did.
struct Judgement {
    let ledger: Ledger
    let now: Instant
    let brake: Brake

    init(ledger: Ledger, settings: ArchiverSettings, now: Instant) {
        self.ledger = ledger
        self.now = now
        brake = Brake(settings, ledger, at: now)
    }

    /// The answers to a delivery, one for each of its items, and one more where it is a complete list.
    func answers(to prepared: PreparedDelivery) throws(StoreError) -> [Answer] {
        var delivery = try ledger.open(DeliveryHeader(prepared.delivery))
        let harmed = try harmed(prepared, delivery)
        let policy = prepared.delivery.facts[PartialPolicy.self] ?? .accept
        var given: [Given]
        if policy == .accept {
            given = try each(prepared, harmed, &delivery)
        } else {
            given = try together(prepared.only(missing: false), policy, harmed, &delivery)
            given += try each(prepared.only(missing: true), harmed, &delivery)
        }
        var answers = given.map(\.answer)
        if let list = prepared.delivery.list, policy.answer(beside: given.map(\.standing)) == nil {
            answers.append(try compare(list, prepared, &delivery))
        }
        try ledger.close(&delivery, bytes: prepared.delivery.bytes, at: now)
        return answers
    }

    func each(
        _ prepared: PreparedDelivery, _ harmed: Harmed, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> [Given] {
        var answers: [Given] = []
        answers.reserveCapacity(prepared.items.count)
        for item in prepared.items { answers.append(try answer(to: item, prepared, harmed, &delivery)) }
        return answers
    }

    func answer(
        to item: PreparedItem, _ prepared: PreparedDelivery, _ harmed: Harmed, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        if item.stated.number == 0 { return Given(try answer(toMissing: item, prepared, &delivery)) }
        let item = try following(item)
        if let stored = try ledger.decision(on: item.stated.number, in: &delivery),
            let answer = stored.answer(to: item, prepared)
        {
            return Given(answer, isAskedAgain: stored.isAskedAgain)
        }
        if let release = item.release, case .revert(let id, let number) = release.ruling {
            let resolution = try ledger.revert(
                number, of: id, uid: item.stated.update.uid, in: &delivery, as: item.stated.number, release: release,
                at: now)
            return Given(Answer(.pass, facts: Facts(resolution.map { [$0] } ?? [])))
        }
        if let release = item.release, let event = try event(item.stated.update, ruling: release.ruling),
            let closed = try ledger.replaceReleased(item.stated, about: event, in: delivery, at: now)
        {
            return Given(Answer(.hold, reason: closed.reason, facts: Facts([Replacement([closed])])))
        }
        if let reminder = try reminder(item, prepared) {
            let answer = Answer(.reject, reason: reminder.message, diagnostics: [reminder])
            try refuse(item, answer, prepared, delivery)
            return Given(answer)
        }
        if let objection = item.objection { return try answer(to: item, objection, prepared, &delivery) }
        let given = try judge(item, prepared, harmed, &delivery)
        if given.answer.verdict.rank < Verdict.hold.rank, let release = item.release {
            try ledger.decided(
                item.stated, release, about: given.answer.facts[Resolution.self]?.uid, in: delivery)
            try ledger.remember(item.tombstones)
        }
        return given
    }

    /// What keeps an item from bringing a forgotten event back; nil where nothing does. A person may let it pass.
    private func reminder(_ item: PreparedItem, _ prepared: PreparedDelivery) throws(StoreError) -> Diagnostic? {
        guard item.release == nil, let tombstone = try ledger.standing(item.tombstones) else { return nil }
        return Diagnostic.forgotten(tombstone.words).placed(in: prepared.delivery, item)
    }

    func refuse(
        _ item: PreparedItem, by stage: String? = nil, _ answer: Answer, _ prepared: PreparedDelivery,
        _ delivery: LedgerDelivery, said: EventContent? = nil, isAgain: Bool = false
    ) throws(StoreError) {
        try ledger.refuse(
            answer.verdict == .hold ? .held : .rejected, by: stage, answer.diagnostics, message: answer.reason,
            item.stated, said: said, of: try event(item.stated.update, ruling: item.release?.ruling), in: delivery,
            release: item.release,
            isForgotten: answer.diagnostics.first?.code == .forgottenEvent, isAgain: isAgain, at: now)
    }

    /// An update as the rules look at it, beside what is known of its event.
    func statement(
        _ item: PreparedItem, _ prepared: PreparedDelivery, _ event: EventRow?, _ known: KnownEvent?,
        _ delivery: LedgerDelivery
    ) throws(StoreError) -> Statement {
        let stated = item.stated
        var statement = Statement(
            stated.update, from: stated.source, contentHash: stated.hash, ruling: item.release?.ruling)
        if let publisher = prepared.delivery.facts[Publisher.self] { statement.may = publisher.may }
        guard let event else { return statement }
        statement.base = try ledger.base(of: stated, event)
        if event.contentHash != stated.hash {
            statement.wasSeenBefore = try ledger.hasSeen(stated.hash, event)
            statement.isOvertaken = try isOvertaken(prepared.delivery, by: event, known, delivery)
            if stated.update.sequence != nil, event.stamp.source != stated.source || event.stamp.sequence == nil {
                statement.ownSequence = try ledger.sequence(of: stated.source, event)
            }
        }
        return statement
    }

    /// What could not be read of a released update is not said: the status stays as it is known.
    private func readable(_ item: PreparedItem, _ known: KnownEvent?) throws(StoreError) -> PreparedItem {
        guard let release = item.release, let known, item.isStatusUnreadable,
            !release.corrections.contains(where: { $0.path == "status" })
        else { return item }
        var item = item
        item.stated = try ledger.stated(item.stated, with: known.state.status)
        return item
    }

    private func judge(
        _ item: PreparedItem, _ prepared: PreparedDelivery, _ harmed: Harmed, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Given {
        let event = try event(item.stated.update, ruling: item.release?.ruling)
        let known = try event.map { event throws(StoreError) in try ledger.known(event, in: delivery) }
        let item = try readable(item, known)
        let stated = item.stated
        let statement = try statement(item, prepared, event, known, delivery)
        switch try decision(item, statement, event, known, harmed, delivery) {
        case .held(let finding):
            let placed = finding.placed(in: prepared.delivery, item)
            if item.release == nil,
                let again = try ledger.askAgain(stated, for: finding.code.rawValue, of: event, in: delivery, at: now)
            {
                return try asked(again, [placed], item, event, known, &delivery)
            }
            let answer = Answer(
                .hold, reason: placed.message, diagnostics: [placed],
                facts: Facts(try proposal(statement, event, known)))
            try refuse(item, answer, prepared, delivery, said: statement.said(of: known))
            return Given(try closing(answer, item, statement, event, known, delivery))
        case .stale(let finding):
            let placed = finding.placed(in: prepared.delivery, item)
            guard let event, let known else {
                return Given(Answer(.absorb, reason: placed.message, diagnostics: [placed]))
            }
            let resolution = try ledger.noteStale(
                placed, stated, of: event, known: known, in: &delivery, release: item.release, at: now)
            return Given(
                Answer(.absorb, reason: placed.message, diagnostics: [placed], facts: Facts([resolution])))
        case .unchanged(let stamp):
            guard let event, let known else { return Given(.pass) }
            let resolution = try ledger.noteUnchanged(
                stamp, stated, said: statement.said(of: known), of: event, known: known, in: &delivery,
                release: item.release, at: now)
            return Given(
                try closing(Answer(.pass, facts: Facts([resolution])), item, statement, event, known, delivery))
        case .accepted(var acceptance):
            acceptance.warnings = acceptance.warnings.map { $0.placed(in: prepared.delivery, item) }
            let resolution = try ledger.accept(
                acceptance, of: event, known: known, stated, said: statement.said(of: known), in: &delivery,
                release: item.release, at: now)
            let answer = Answer(.pass, diagnostics: acceptance.warnings, facts: Facts([resolution]))
            return Given(try closing(answer, item, statement, event, known, delivery))
        }
    }

    /// Whether the delivery that made the current state of an event was dropped after this one. Where that was in the
    /// future the clock has gone back, and the order of ids says nothing.
    private func isOvertaken(
        _ delivery: Delivery, by event: EventRow, _ known: KnownEvent?, _ work: LedgerDelivery
    ) throws(StoreError) -> Bool {
        guard let known, delivery.receivedAt <= known.state.receipt.receivedAt, known.state.receipt.receivedAt <= now
        else {
            return false
        }
        return try ledger.maker(of: event, in: work).map { $0 > delivery.id } ?? false
    }

    /// The event an update speaks of. One that a person called new has none, whatever its uid meets.
    func event(_ update: EventUpdate, ruling: Ruling?) throws(StoreError) -> EventRow? {
        if ruling == .new { return nil }
        if case .update(let uid) = ruling { return try ledger.event(uid) }
        for uid in update.targets {
            if let event = try ledger.event(uid) { return event }
        }
        return nil
    }
}

extension StoredDecision {
    /// The answer that was given before; nil where the item is to be judged: a person has released what was held, or
    /// nothing was decided about it but the fate of others.
    fileprivate func answer(to item: PreparedItem, _ prepared: PreparedDelivery) -> Answer? {
        let found = findings.map { $0.placed(in: prepared.delivery, item) }
        switch kind {
        case .counts(let intent):
            let facts = Facts(resolution.map { [$0] } ?? [])
            return Answer(intent == .stale ? .absorb : .pass, reason: message, diagnostics: found, facts: facts)
        case .held where replaced != nil:
            let reason = item.release == nil ? message : replaced ?? message
            let closed = Replacement([ReplacedItem(prepared.delivery.id, item.stated.number, reason: replaced ?? "")])
            return Answer(
                .hold, reason: reason, diagnostics: item.release == nil ? found : [], facts: Facts([closed]))
        case .held, .rejected:
            if item.release != nil || isForOthers { return nil }
            return Answer(kind == .held ? .hold : .reject, reason: message, diagnostics: found)
        case .forgotten:
            if item.release != nil { return nil }
            let finding = Diagnostic.forgotten("this spoke of an event").placed(in: prepared.delivery, item)
            return Answer(.reject, reason: finding.message, diagnostics: [finding])
        }
    }
}

extension Suspension {
    /// Why an update waits.
    var finding: Diagnostic {
        let name: String
        switch origin {
        case .user(let id): name = "\(id)"
        case .publisher(let publisher): name = publisher
        }
        return Diagnostic(
            .suspended, severity: .held, field: "",
            message:
                "\(origin) has been suspended since \(decidedAt), so that a person decides about each update: \"tidings "
                + "release\" lets this one pass, \"tidings resume \(name)\" ends the suspension")
    }
}

extension Diagnostic {
    /// Says of which item it is, and where in the dropped bytes its field stands.
    fileprivate func placed(in delivery: Delivery, _ item: PreparedItem) -> Diagnostic {
        var placed = self
        placed.update = item.stated.number - 1
        if let field = FieldPath.Field(rawValue: field), let bytes = item.positions.bytes(of: FieldPath(field)) {
            placed.position = SourcePosition(of: bytes, in: delivery.bytes)
        }
        return placed
    }

    fileprivate static func forgotten(_ words: String) -> Diagnostic {
        Diagnostic(
            .forgottenEvent, severity: .error, field: "uid",
            message: "\(words) that was forgotten; an administrator lets it be known again with \"tidings release\"")
    }
}
