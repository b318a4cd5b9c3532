public import EventModel
public import PluginKit
public import Store

/// What became of an event that a list lacks.
public enum ListedDecision: Sendable {
    /// A person is still to decide about it.
    case open(EventRow, KnownEvent, Diagnostic)
    /// Nobody need decide about it any more, and why.
    case over(Resolution?, String)
    /// It was cancelled.
    case cancelled(Resolution)
}

extension Ledger {
    /// What became of an event that a delivery lacks as a complete list.
    public func listed(_ uid: String, in delivery: LedgerDelivery) throws(StoreError) -> ListedDecision {
        guard let event = try events.find(uid), let last = try proposalRow(event.number, delivery.row.number) else {
            return .over(nil, "nothing is asked about \(uid) any more")
        }
        let known = try known(event, in: delivery)
        let unchanged = Resolution(
            uid: uid, intent: .unchanged, revision: event.revision, before: known.state, after: known.state,
            changes: [])
        if last.outcome == .accepted, let intent = last.intent, let revision = last.revision {
            return try counted(intent, event.number, revision, "", []).resolution.map { .cancelled($0) }
                ?? .over(nil, last.message)
        }
        guard last.outcome == .held, !isLinkedAway(event.number), try isAsked(event.number, by: delivery.row.number),
            let finding = try findings.rows(last.findings).first
        else {
            return .over(unchanged, last.outcome == .held ? "nothing is asked about \(uid) any more" : last.message)
        }
        return .open(event, known, finding)
    }

    private func isAsked(_ event: Int64, by delivery: Int64) throws(StoreError) -> Bool {
        guard let list = try lists.find(question: delivery) else { return false }
        return try lists.event(event, of: list.number)?.stoodIn != nil
    }

    /// Whether an event is as it was when a delivery that lacks it asked about it.
    public func isAsAsked(_ event: EventRow, in delivery: LedgerDelivery) throws(StoreError) -> Bool {
        try proposalRow(event.number, delivery.row.number)?.revision == event.revision
    }

    /// Notes that what a person released about an event that is missing was not done; the next list that lacks it asks.
    public func leave(
        _ event: EventRow, _ known: KnownEvent, because message: String, in delivery: LedgerDelivery, release: Release,
        at now: Instant
    ) throws(StoreError) -> Resolution {
        var row = LogRow(.unchanged, at: now)
        (row.delivery, row.item) = (delivery.row.number, 0)
        (row.event, row.revision, row.intent) = (event.number, event.revision, .unchanged)
        (row.ruling, row.comment) = (release.words, release.comment)
        (row.decidedBy, row.decidedAt) = (release.decidedBy, release.decidedAt)
        row.message = message
        try write(row)
        try settle(event.number, of: delivery.row.number, isExpected: true)
        return Resolution(
            uid: event.uid, intent: .unchanged, revision: event.revision, before: known.state, after: known.state,
            changes: [])
    }

    /// A person has decided about an event that is missing, or about all that a delivery lacks: it is not expected in the
    /// list any more, unless that is said.
    public func settleListed(_ event: EventRow, of delivery: LedgerDelivery) throws(StoreError) {
        try settle(event.number, of: delivery.row.number)
    }

    func settle(_ event: Int64?, of delivery: Int64, isExpected: Bool = false) throws(StoreError) {
        guard var list = try lists.find(question: delivery) else { return }
        var decided = try lists.missing(from: list.number, limit: event == nil ? .max : 0)
        if let event, let row = try lists.event(event, of: list.number), row.stoodIn != nil { decided = [row] }
        for var row in decided {
            row.stoodIn = nil
            if isExpected { try lists.write(row) } else { try lists.delete(row) }
        }
        guard try lists.missing(from: list.number, limit: 1).isEmpty else { return }
        (list.question, list.count, list.lastAsked) = (nil, 0, nil)
        try lists.write(list)
    }

    /// Forgets what is asked by files that are gone, so that the next list asks it again.
    public func keepLists(of deliveries: Set<DeliveryID>) throws(StoreError) {
        try commit { () throws(StoreError) in
            for var list in try lists.rows() {
                guard let question = list.question,
                    try !deliveries.contains(self.deliveries.row(question).header.id)
                else { continue }
                (list.question, list.count, list.lastAsked) = (nil, 0, nil)
                try lists.write(list)
            }
        }
    }

    /// The deliveries about whose item 0 nobody need decide any more though no person has decided, the latest first.
    public func lapsedLists() throws(StoreError) -> [DeliveryID] {
        let select = try database.prepare(
            "SELECT DISTINCT delivery FROM log WHERE outcome = 'lapsed' AND item = 0 ORDER BY delivery DESC")
        var found: [DeliveryID] = []
        while try select.step() { found.append(try deliveries.row(select.int64(0)).header.id) }
        return found
    }
}
