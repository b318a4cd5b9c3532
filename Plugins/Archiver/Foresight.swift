import Archive
import EventModel
import PluginKit
import Store

/// Whose events a file would cancel or move too many of.
enum Harmed {
    case all
    case some(Set<Harmer>)

    func contains(_ harmer: Harmer) -> Bool {
        switch self {
        case .all: true
        case .some(let harmers): harmers.contains(harmer)
        }
    }
}

extension Judgement {
    /// The decision about an update; what comes from somebody suspended, or does too much harm, waits for a person.
    func decision(
        _ item: PreparedItem, _ statement: Statement, _ event: EventRow?, _ known: KnownEvent?,
        _ harmed: Harmed, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Decision {
        let decision = Resolver.resolve(statement, known: known)
        guard case .accepted(let acceptance) = decision else { return decision }
        if item.release == nil, let code = try ledger.standingCode(item.stated, event, in: delivery) {
            return .held(
                Diagnostic(code, severity: .held, field: "", message: "nobody has decided about it yet"))
        }
        if item.release == nil, let suspension = ledger.suspension(of: item.stated.source) {
            return .held(suspension.finding)
        }
        guard let event, let known, acceptance.harms(known.state.content, on: now.date) else { return decision }
        let harmer = Harmer(submitter: delivery.header.submitter, owner: event.owner)
        guard item.release == nil else {
            try ledger.forgiveHarm(of: event.uid, by: harmer, at: now)
            return decision
        }
        let finding = try brake.finding(item, of: event.uid, harmer, isHarmful: harmed.contains(harmer), delivery)
        return finding.map { .held($0) } ?? decision
    }

    /// Whose events the file would cancel or move too many of, counted before any of it counts, and kept for its later slices.
    func harmed(_ prepared: PreparedDelivery, _ delivery: LedgerDelivery) throws(StoreError) -> Harmed {
        if try ledger.isBraked(delivery) { return .all }
        let later = prepared.delivery.later
        let harmed: Set<Harmer>
        if let foreseen = ledger.foreseen(delivery) {
            harmed = foreseen
        } else {
            harmed = try foresee(prepared, later, delivery)
        }
        ledger.foresee(later.isEmpty ? nil : harmed, delivery)
        return .some(harmed)
    }

    private func foresee(
        _ prepared: PreparedDelivery, _ later: ArraySlice<DeliveryItem>, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Set<Harmer> {
        guard prepared.items.count + later.count > 1 else { return [] }
        var expected: [Harmer: Set<String>] = [:]
        for item in prepared.items { try count(item, prepared, delivery, in: &expected) }
        for item in later {
            guard let event = try event(item.update, ruling: nil), mayHarm(item.update, event) else { continue }
            let item = try PreparedItem(item, of: prepared.delivery, isSuspect: false, hash: ledger.hash)
            try count(item, prepared, delivery, in: &expected)
        }
        var harmed: Set<Harmer> = []
        for (harmer, uids) in expected where try brake.isTooMuch(uids, harmer) { harmed.insert(harmer) }
        return harmed
    }

    /// Whether it is worth a closer look: lists do not show dates that are left out, nor until when nothing is shown.
    private func mayHarm(_ update: EventUpdate, _ event: EventRow) -> Bool {
        !event.isListed(like: update.content) || update.embargoUntil != nil
            || update.occurrences.contains { !$0.when.exceptionDates.isEmpty || $0.status != nil }
    }

    private func count(
        _ item: PreparedItem, _ prepared: PreparedDelivery, _ delivery: LedgerDelivery,
        in expected: inout [Harmer: Set<String>]
    ) throws(StoreError) {
        if item.stated.number == 0 || item.objection != nil { return }
        let item = try following(item)
        guard item.release == nil, let event = try event(item.stated.update, ruling: nil),
            event.contentHash != item.stated.hash, mayHarm(item.stated.update, event)
        else { return }
        let known = try ledger.known(event, in: delivery)
        let statement = try statement(item, prepared, event, known, delivery)
        guard case .accepted(let acceptance) = Resolver.resolve(statement, known: known),
            acceptance.harms(known.state.content, on: now.date)
        else { return }
        expected[Harmer(submitter: delivery.header.submitter, owner: event.owner), default: []].insert(event.uid)
    }
}
