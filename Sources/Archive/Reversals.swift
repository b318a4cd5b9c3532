public import EventModel
public import PluginKit
public import Store
import EventFormats

/// What a person takes back is decided anew: the revisions that were made stay, and another one follows.
extension Ledger {
    /// What items of a delivery made of their events, and what these become when it is taken back. Items that changed
    /// nothing, or whose change is undone already, are left out.
    ///
    /// - Parameter items: Numbers from 1; none for all.
    public func reversible(_ id: DeliveryID, items: [Int]) throws(StoreError) -> [ReversibleItem] {
        try database.transaction { () throws(StoreError) -> [ReversibleItem] in
            var found: [ReversibleItem] = []
            for number in try log.changedItems(of: deliveries.all(id)) where items.isEmpty || items.contains(number) {
                for event in try number == 0 ? log.cancelled(by: deliveries.all(id)) : [nil] {
                    guard let (_, _, reversal) = try reversal(of: number, event, in: id), !reversal.changes.isEmpty
                    else { continue }
                    found.append(ReversibleItem(number: number, update: reversal.state.statement))
                }
            }
            return found
        }
    }

    private func rows(_ delivery: Int64, _ item: Int, _ event: Int64?) throws(StoreError) -> [LogRow] {
        if let event { return try log.rows(delivery: delivery, missing: event) }
        return try log.rows(delivery: delivery, item: item)
    }

    /// - Parameter event: The event, where the item has changed several.
    private func reversal(
        of item: Int, _ event: Int64?, in id: DeliveryID
    ) throws(StoreError) -> (event: EventRow, revision: Int, Reversal)? {
        for delivery in try deliveries.all(id) {
            guard
                let row = try rows(delivery.number, item, event).last(where: { $0.outcome == .accepted }),
                let number = row.event, !isLinkedAway(number), let revision = row.revision,
                let event = try events.row(number),
                let after = try revisions.state(event: number, revision: revision),
                let current = try revisions.state(event: number, revision: event.revision)
            else { continue }
            let isOver = try isTakenBack(item, of: id, number)
            let before = isOver ? after : try revisions.state(event: number, revision: revision - 1)
            return (event, revision, Reversal(of: after, before: before, on: current))
        }
        return nil
    }

    /// Whether a person has taken back before what an item made of an event: what has made the same of it since is another
    /// decision.
    private func isTakenBack(_ item: Int, of id: DeliveryID, _ event: Int64) throws(StoreError) -> Bool {
        let words = Ruling.revert(id, item: item).words
        return try log.rows(event: event).contains { $0.ruling == words && $0.outcome == .accepted }
    }

    /// Takes back what an item of a delivery made of its event.
    ///
    /// - Parameters:
    ///   - item: The item's number.
    ///   - id: Its delivery.
    ///   - uid: The event, where the item may have changed several.
    ///   - delivery: The delivery that asks for it, and the item of it that does.
    /// - Returns: What that did; nil where there is nothing to take back.
    public func revert(
        _ item: Int, of id: DeliveryID, uid: String, in delivery: inout LedgerDelivery, as number: Int,
        release: Release, at now: Instant
    ) throws(StoreError) -> Resolution? {
        let named = item == 0 ? try events.find(uid)?.number : nil
        if item == 0, named == nil { return nil }
        guard let (event, revision, reversal) = try reversal(of: item, named, in: id) else { return nil }
        let known = try known(event, in: delivery)
        delivery.counts = true
        var made = event
        var row = LogRow(reversal.changes.isEmpty ? .unchanged : .accepted, at: now)
        (row.delivery, row.item, row.event) = (delivery.row.number, number, event.number)
        (row.ruling, row.comment) = (release.words, release.comment)
        (row.decidedBy, row.decidedAt) = (release.decidedBy, release.decidedAt)
        var after = reversal.state
        row.intent = reversal.intent
        if !reversal.changes.isEmpty {
            after.receipt = Receipt(delivery.header)
            made.revision += 1
            made.overview = EventOverview(after.content)
            if reversal.isWhole, revision > 1 { try restamp(&made, as: revision - 1) }
            // Calendar programs take it only as a later word than that which it takes back.
            (after.sequence, after.issuedAt) = (known.state.sequence, now)
            (row.sequence, row.issuedAt) = (after.sequence, after.issuedAt)
        }
        row.revision = made.revision
        let entry = try write(row)
        if !reversal.changes.isEmpty {
            let json = StateCoding.json(after)
            try revisions.insert(
                RevisionRow(
                    event: made.number, revision: made.revision, log: entry, statementHash: made.contentHash,
                    content: try content(json, hash: hash(json), of: event.number), statement: nil,
                    evidence: StateCoding.evidence(of: after)))
            try events.update(made)
            try markReverted(item, of: id, made)
        }
        return Resolution(
            uid: event.uid, intent: reversal.intent, revision: made.revision, before: known.state,
            after: after,
            changes: reversal.changes.changes)
    }

    /// What was taken back is no base of an order any more, and to say it again is asked about where it is issued anew: it
    /// may be meant this time.
    private func markReverted(_ item: Int, of id: DeliveryID, _ event: EventRow) throws(StoreError) {
        let deliveries = Set(try self.deliveries.all(id).map(\.number))
        for var base in try bases.rows(event: event.number) where deliveries.contains(base.delivery) {
            let isCurrent = memory?.sources[event.stamp.source] == base.source
            base.sequence = isCurrent ? event.stamp.sequence : nil
            base.isReverted = true
            try bases.write(base)
        }
        // What a person answered before that is asked anew.
        for question in try asked(event, event.uid)
        where deliveries.contains(question.delivery) && question.item == item && question.state != .open {
            try remove(question)
        }
    }

    /// Gives an event the stamp that it had at a revision: whoever made that has had the last word again. Of the programs
    /// that wrote files only the last statement tells.
    private func restamp(_ event: inout EventRow, as revision: Int) throws(StoreError) {
        guard let former = try revisions.rows(event: event.number).first(where: { $0.revision == revision }) else {
            return
        }
        let row = try log.row(former.log)
        event.contentHash = former.statementHash
        guard let delivery = row.delivery else { return }
        let header = try deliveries.row(delivery).header
        var source = UpdateSource(
            publisher: header.publisher, submitter: header.submitter, format: header.format ?? .text)
        let bases = try self.bases.rows(event: event.number)
        for (known, number) in memory?.sources ?? [:] where known.isLike(source) {
            guard let base = bases.first(where: { $0.source == number }) else { continue }
            source.producer = known.producer
            if base.delivery == delivery { break }
        }
        event.stamp = RevisionStamp(sequence: row.sequence, issuedAt: row.issuedAt, source: source)
    }
}

extension UpdateSource {
    /// Whether it is the same but for the program.
    fileprivate func isLike(_ other: UpdateSource) -> Bool {
        publisher == other.publisher && submitter == other.submitter && format == other.format
    }
}
