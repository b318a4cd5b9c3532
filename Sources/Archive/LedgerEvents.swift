public import EventModel
public import Store
import PluginKit

/// What is known of events, and the last word of each source about them.
extension Ledger {
    /// The event of that uid.
    public func event(_ uid: String) throws(StoreError) -> EventRow? { try events.find(uid) }

    /// An event as the rules look at it, while a delivery is decided.
    public func known(_ event: EventRow, in delivery: LedgerDelivery) throws(StoreError) -> KnownEvent {
        guard
            let state = try revisions.state(
                event: event.number, revision: event.revision, pending: Receipt(delivery.header))
        else { throw .missing(event.number, in: "revisions", database.path) }
        return KnownEvent(
            state: state, revision: event.revision, owner: event.owner, isTombstone: event.isTombstone,
            stamp: event.stamp, contentHash: event.contentHash)
    }

    /// Whether a statement of that content has made a revision of the event before.
    public func hasSeen(_ hash: [UInt8], _ event: EventRow) throws(StoreError) -> Bool {
        try revisions.hasSeen(hash, event: event.number)
    }

    /// The highest sequence that a source has stated for the event.
    public func sequence(of source: UpdateSource, _ event: EventRow) throws(StoreError) -> Int? {
        let numbers = memory?.sources.filter { $0.key.isOf(source) }.map(\.value) ?? []
        return try bases.rows(event: event.number).filter { numbers.contains($0.source) }.compactMap(\.sequence).max()
    }

    /// The delivery that made the current state of an event.
    public func maker(of event: EventRow, in delivery: LedgerDelivery) throws(StoreError) -> DeliveryID? {
        guard let number = try revisions.log(event: event.number, revision: event.revision),
            let maker = try log.row(number).delivery
        else { return nil }
        return maker == delivery.row.number ? delivery.header.id : try deliveries.row(maker).header.id
    }

    /// Who owns an event after an update of that source: what belonged to nobody goes to the first publisher that speaks.
    func owner(_ event: EventRow?, _ source: UpdateSource) -> String {
        guard let event else { return source.publisher }
        return event.owner.isEmpty && !UpdateSource.isLone(source.publisher) ? source.publisher : event.owner
    }

    /// The uid itself, unless a person called an update new whose uid another event has: then the first free one of
    /// `uid-2`, `uid-3` and so on.
    func freeUID(_ uid: String) throws(StoreError) -> String {
        var candidate = uid
        var number = 1
        while try events.find(candidate) != nil {
            number += 1
            candidate = "\(uid)-\(number)"
        }
        return candidate
    }

    /// The row of a content; it is written unless the event has it already. `event` is nil for a new one.
    func content(_ json: [UInt8], hash: [UInt8], of event: Int64?) throws(StoreError) -> Int64 {
        if let event, let number = try contents.find(hash, event: event) { return number }
        let number = take(\.content)
        try contents.insert(json, hash: hash, at: number)
        return number
    }

    /// Makes a statement the base of its source: what the source's next one about the event is compared with.
    func setBase(
        _ stated: StatedUpdate, content: Int64?, of event: Int64, isNew: Bool, in delivery: inout LedgerDelivery
    ) throws(StoreError) {
        let source = try number(of: StatementSource(delivery.header, stated.source))
        let bases = isNew ? [] : try self.bases.rows(event: event)
        let base = bases.first { $0.source == source }
        if let base, base.hash == stated.hash {
            delivery.statedIn = max(delivery.statedIn ?? 0, base.delivery)
        }
        var next = BaseRow(
            event: event, source: source, hash: stated.hash, content: content,
            sequence: [base?.sequence, stated.update.sequence].compactMap { $0 }.max(),
            issuedAt: stated.update.issuedAt, delivery: delivery.row.number)
        if let base, base.hash == next.hash {
            if base.sequence == next.sequence, base.issuedAt == next.issuedAt { return }
            next.content = base.content ?? content
        } else if content == nil {
            next.content = try self.content(stated.json, hash: stated.hash, of: event)
        }
        try self.bases.write(next)
        if let old = base?.content, old != next.content, try !contents.isUsed(old, event: event) {
            try contents.delete(old)
        }
    }

    private func number(of source: StatementSource) throws(StoreError) -> Int64 {
        if let number = memory?.sources[source] { return number }
        let number = Int64(memory?.sources.count ?? 0) + 1
        try bases.insert(source, at: number)
        memory?.sources[source] = number
        return number
    }
}
