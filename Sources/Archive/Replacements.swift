public import EventModel
public import PluginKit
public import Store

/// A newer statement of a source replaces what the source asked before: nobody needs to decide about what it says no more.
extension Ledger {
    /// Closes what a source has asked about an event by files that were dropped earlier, now that an item of a later one
    /// counts, or asks something else. What was decided or refused of it is forgotten: said again, it is news. A derived uid
    /// does not tell which event is meant, and replaces nothing.
    ///
    /// - Parameters:
    ///   - event: The event as it was found; nil where it was not known.
    ///   - isReplaced: Whether nothing is left of what the source would have said then; nil stands for what is not known.
    public func replaceQuestions(
        by stated: StatedUpdate, about event: EventRow?, in delivery: LedgerDelivery, at now: Instant,
        where isReplaced: (EventContent?) -> Bool = { _ in true }
    ) throws(StoreError) -> [ReplacedItem] {
        guard stated.update.uidOrigin == .stated, let source = memory?.sources[stated.source] else { return [] }
        var closed: [ReplacedItem] = []
        for question in try asked(event, stated.update.uid)
        where question.source == source && question.delivery != delivery.row.number {
            let asking = try deliveries.row(question.delivery).header.id
            guard asking < delivery.header.id else { continue }
            if question.state != .open {
                try remove(question)
                continue
            }
            guard isReplaced(try question.content.map(said)) else { continue }
            var row = LogRow(.replaced, at: now)
            (row.delivery, row.item, row.event, row.uid) = (
                question.delivery, question.item, question.event, question.uid
            )
            row.code = question.code
            row.message = "replaced by \(delivery.header.id)/\(stated.number), which its source said later"
            try write(row)
            try remove(question)
            closed.append(ReplacedItem(asking, question.item, reason: row.message))
        }
        return closed
    }

    /// Closes an item that a person releases though its source has said something else of the event since, where it was held
    /// before it came here; nil where it is the source's last word.
    public func replaceReleased(
        _ stated: StatedUpdate, about event: EventRow, in delivery: LedgerDelivery, at now: Instant
    ) throws(StoreError) -> ReplacedItem? {
        guard delivery.isKnown, let base = try base(of: stated.source, event.number), base.hash != stated.hash,
            try isLater(base.delivery, than: delivery)
        else { return nil }
        let rows = try log.rows(delivery: delivery.row.number, item: stated.number)
        if rows.contains(where: { $0.stage == nil && $0.outcome.isDecision }) { return nil }
        var row = LogRow(.replaced, at: now)
        (row.delivery, row.item, row.event) = (delivery.row.number, stated.number, event.number)
        row.code = rows.last?.code
        row.message = "replaced by \(try deliveries.row(base.delivery).header.id), which its source said later"
        try write(row)
        return ReplacedItem(delivery.header.id, stated.number, reason: row.message)
    }

    /// The items of deliveries that were replaced, and about which nothing was decided since.
    public func replaced(among ids: [DeliveryID]) throws(StoreError) -> [ReplacedItem] {
        try database.transaction { () throws(StoreError) -> [ReplacedItem] in
            var found: [ReplacedItem] = []
            for id in ids { found += try DeliveryAccount(of: id, deliveries, log, packing)?.replaced ?? [] }
            return found
        }
    }

    /// What is known of a delivery; nil where it was never met.
    public func account(of id: DeliveryID) throws(StoreError) -> DeliveryAccount? {
        try database.transaction { () throws(StoreError) in
            try DeliveryAccount(of: id, deliveries, log, packing)
        }
    }

    /// Keeps the bytes of a delivery that is known; those of one that was forgotten are not.
    public func keep(_ bytes: [UInt8], of header: DeliveryHeader) throws(StoreError) {
        try commit { () throws(StoreError) in
            guard var row = try deliveries.find(header.id, sha256: header.sha256), row.bytes == nil else { return }
            row.bytes = try keep(bytes)
            try deliveries.replace(row)
        }
    }
}

extension ArchiveReader {
    /// What is known of a delivery; nil where it was never met.
    public func account(of id: DeliveryID) throws(StoreError) -> DeliveryAccount? {
        try database.transaction { () throws(StoreError) in
            try DeliveryAccount(of: id, deliveries, log, packing)
        }
    }
}

extension DeliveryAccount {
    /// Counts the updates of the file that was read last under that id.
    fileprivate init?(
        of id: DeliveryID, _ deliveries: DeliveryTable, _ log: LogTable, _ packing: Packing
    ) throws(StoreError) {
        guard let delivery = try deliveries.all(id).last else { return nil }
        self.init(count: 0)
        var last: [Int: LogRow] = [:]
        for row in try log.rows(delivery: delivery.number) {
            if let item = row.item { last[item] = row }
            let covered = row.covers.flatMap { Coverage(packed: $0, packing) }?.items.map(\.number) ?? []
            count = max(count, row.item ?? 0, covered.max() ?? 0)
        }
        for (item, row) in last.sorted(by: { $0.key < $1.key }) where row.outcome == .replaced {
            replaced.append(ReplacedItem(id, item, reason: row.message))
        }
    }
}
