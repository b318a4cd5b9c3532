public import EventModel
public import PluginKit
public import Store

/// A delivery whose items are being decided.
public struct LedgerDelivery {
    var row: DeliveryRow
    /// Whether the archive has met it before.
    public let isKnown: Bool
    /// Items that say what is known: they get one entry together.
    var receipts: [Receipt] = []
    /// Whether anything of it counts, so that its bytes are kept.
    var counts = false
    /// The latest of the deliveries that have stated before what this one says.
    var statedIn: Int64?
    /// What earlier entries about more than one item tell.
    var earlier: Earlier?

    struct Receipt {
        var item: Coverage.Item
        var stated: StatedUpdate
    }

    struct Earlier {
        /// The items that said what was known.
        var covered: [Int: Coverage.Item]
        /// The last entry with which a person had the whole of it looked at again.
        var reopened: Int64
    }

    /// What is known of the file.
    public var header: DeliveryHeader { row.header }
}

/// An update as the ledger takes it: with the canonical JSON of its essence and the SHA-256 of that.
public struct StatedUpdate: Sendable {
    /// Its number in the file, from 1.
    public let number: Int
    /// What it says.
    public let update: EventUpdate
    /// Who says it.
    public let source: UpdateSource
    /// The canonical JSON of its essence.
    public let json: [UInt8]
    /// The content hash.
    public let hash: [UInt8]

    /// Makes one.
    public init(number: Int, update: EventUpdate, source: UpdateSource, json: [UInt8], hash: [UInt8]) {
        self.number = number
        self.update = update
        self.source = source
        self.json = json
        self.hash = hash
    }
}

extension Ledger {
    /// The same update with a status that is known otherwise: what was said of that could not be read.
    public func stated(_ stated: StatedUpdate, with status: EventStatus) throws(StoreError) -> StatedUpdate {
        var update = stated.update
        update.content.status = status
        let json = StateCoding.json(update)
        return StatedUpdate(
            number: stated.number, update: update, source: stated.source, json: json, hash: try hash(json))
    }

    /// Takes up a delivery within a commit. End with ``close(_:bytes:at:)``.
    public func open(_ header: DeliveryHeader) throws(StoreError) -> LedgerDelivery {
        if let row = try deliveries.find(header.id, sha256: header.sha256) {
            return LedgerDelivery(row: row, isKnown: true)
        }
        return LedgerDelivery(row: DeliveryRow(number: take(\.delivery), header: header), isKnown: false)
    }

    /// Writes what is about the delivery as a whole: itself, one entry for all that said what is known, and its bytes if
    /// anything of it counts.
    public func close(_ delivery: inout LedgerDelivery, bytes: [UInt8], at now: Instant) throws(StoreError) {
        try writeReceipts(&delivery, at: now)
        let had = delivery.row.bytes
        if delivery.counts, had == nil {
            delivery.row.bytes = try kept(delivery)
            if delivery.row.bytes == nil { delivery.row.bytes = try keep(bytes) }
        }
        if !delivery.isKnown {
            try deliveries.insert(delivery.row)
        } else if delivery.row.bytes != had {
            try deliveries.replace(delivery.row)
        }
    }

    func keep(_ bytes: [UInt8]) throws(StoreError) -> Int64 {
        let number = take(\.bytes)
        try deliveries.keep(bytes, at: number)
        return number
    }

    /// The same bytes, where the archive has them: those of the delivery that stated last what this one says.
    private func kept(_ delivery: LedgerDelivery) throws(StoreError) -> Int64? {
        guard let number = delivery.statedIn, number != delivery.row.number else { return nil }
        let other = try deliveries.row(number)
        return other.header.sha256 == delivery.header.sha256 ? other.bytes : nil
    }

    func writeReceipts(_ delivery: inout LedgerDelivery, at now: Instant) throws(StoreError) {
        let receipts = delivery.receipts
        delivery.receipts = []
        guard let first = receipts.first else { return }
        var row = LogRow(.unchanged, at: now)
        row.delivery = delivery.row.number
        row.intent = .unchanged
        if receipts.count == 1 {
            row.item = first.item.number
            row.event = first.item.event
            row.revision = first.item.revision
            row.sequence = first.stated.update.sequence
            row.issuedAt = first.stated.update.issuedAt
            row.contentHash = first.stated.hash
        } else {
            row.covers = Coverage(receipts.map(\.item)).packed(packing)
        }
        try write(row)
    }

    /// What earlier entries about more than one item tell of a delivery.
    func earlier(_ delivery: inout LedgerDelivery) throws(StoreError) -> LedgerDelivery.Earlier {
        if let earlier = delivery.earlier { return earlier }
        var earlier = LedgerDelivery.Earlier(covered: [:], reopened: 0)
        for row in try log.rows(delivery: delivery.row.number, item: nil) {
            if row.outcome == .released || row.outcome == .retried { earlier.reopened = row.number }
            for item in try coverage(row)?.items ?? [] { earlier.covered[item.number] = item }
        }
        delivery.earlier = earlier
        return earlier
    }

    /// The items that an entry is about, where it is about several.
    func coverage(_ row: LogRow) throws(StoreError) -> Coverage? {
        guard let bytes = row.covers else { return nil }
        guard let coverage = Coverage(packed: bytes, packing) else {
            throw StoreError(
                .damagedRow(table: "log", row: row.number),
                message: "the items in row \(row.number) of table log cannot be read", path: database.path)
        }
        return coverage
    }
}
