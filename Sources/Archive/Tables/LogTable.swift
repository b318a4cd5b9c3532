import EventModel
import PluginKit
import Store

/// A row of `log`: one decision.
struct LogRow {
    var number: Int64
    var time: Instant
    var delivery: Int64?
    var item: Int?
    var event: Int64?
    var uid: String?
    var revision: Int?
    var intent: Intent?
    var outcome: LogOutcome
    /// The stage that decided; nil where it was the one that keeps the archive.
    var stage: String?
    var code: String?
    var message = ""
    var sequence: Int?
    var issuedAt: Instant?
    var contentHash: [UInt8]?
    /// What a person decided, as ``Release/words``.
    var ruling: String?
    var decidedBy: UInt32?
    var decidedAt: Instant?
    var comment = ""
    /// The items of an entry that is about several, as ``Coverage`` writes them.
    var covers: [UInt8]?
    var findings: Range<Int64> = 0..<0

    init(_ outcome: LogOutcome, at time: Instant) {
        number = 0
        self.time = time
        self.outcome = outcome
    }
}

/// The statements on `log`.
struct LogTable {
    private let insert: PreparedStatement
    private let replace: PreparedStatement
    private let byItem: PreparedStatement
    private let ofDelivery: PreparedStatement
    private let ofEvent: PreparedStatement
    private let ofUID: PreparedStatement
    private let byNumber: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        let values = (1...23).map { "?\($0)" }.joined(separator: ", ")
        insert = try database.prepare("INSERT INTO log VALUES (\(values))")
        replace = try database.prepare("REPLACE INTO log VALUES (\(values))")
        byItem = try database.prepare("SELECT * FROM log WHERE delivery = ?1 AND item IS ?2 ORDER BY n")
        ofDelivery = try database.prepare("SELECT * FROM log WHERE delivery = ?1 ORDER BY n")
        ofEvent = try database.prepare("SELECT * FROM log WHERE event = ?1 ORDER BY n")
        ofUID = try database.prepare("SELECT * FROM log WHERE uid = ?1 ORDER BY n")
        byNumber = try database.prepare("SELECT * FROM log WHERE n = ?1")
    }

    /// What was decided about an item, or, for nil, about a whole delivery; oldest first.
    func rows(delivery: Int64, item: Int?) throws(StoreError) -> [LogRow] {
        try byItem.bind(delivery, at: 1)
        try byItem.bind(item, at: 2)
        return try read(byItem)
    }

    /// All entries about a delivery, oldest first.
    func rows(delivery: Int64) throws(StoreError) -> [LogRow] {
        try ofDelivery.bind(delivery, at: 1)
        return try read(ofDelivery)
    }

    /// The items of deliveries that changed events, in order.
    func changedItems(of deliveries: [DeliveryRow]) throws(StoreError) -> [Int] {
        var items: Set<Int> = []
        for delivery in deliveries {
            for row in try rows(delivery: delivery.number) where row.outcome == .accepted {
                if let item = row.item { items.insert(item) }
            }
        }
        return items.sorted()
    }

    /// What was decided about an event that a delivery lacks as a complete list, oldest first. It may lack many.
    func rows(delivery: Int64, missing event: Int64) throws(StoreError) -> [LogRow] {
        try rows(event: event).filter { $0.delivery == delivery && $0.item == 0 }
    }

    /// The events that deliveries lacked as complete lists, and that were cancelled for that.
    func cancelled(by deliveries: [DeliveryRow]) throws(StoreError) -> [Int64?] {
        var events: [Int64?] = []
        for delivery in deliveries {
            for row in try rows(delivery: delivery.number, item: 0) where row.outcome == .accepted {
                if !events.contains(row.event) { events.append(row.event) }
            }
        }
        return events
    }

    /// All entries about an event, oldest first; for those of a whole file see ``Coverage``.
    func rows(event: Int64) throws(StoreError) -> [LogRow] {
        try ofEvent.bind(event, at: 1)
        return try read(ofEvent)
    }

    /// All entries about a uid that was not known, oldest first.
    func rows(uid: String) throws(StoreError) -> [LogRow] {
        try ofUID.bind(uid, at: 1)
        return try read(ofUID)
    }

    func row(_ number: Int64) throws(StoreError) -> LogRow {
        try byNumber.bind(number, at: 1)
        guard let row = try read(byNumber).first else { throw .missing(number, in: "log", byNumber.path) }
        return row
    }

    private func read(_ statement: PreparedStatement) throws(StoreError) -> [LogRow] {
        var rows: [LogRow] = []
        while try statement.step() {
            try statement.checkDigest(table: "log")
            rows.append(LogRow(statement))
        }
        return rows
    }

    func insert(_ row: LogRow) throws(StoreError) { try write(row, insert) }

    /// Writes a row in the place of the one of its number.
    func replace(_ row: LogRow) throws(StoreError) { try write(row, replace) }

    private func write(_ row: LogRow, _ statement: PreparedStatement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.time.microseconds)
        try columns.add(row.delivery.map(Int.init))
        try columns.add(row.item)
        try columns.add(row.event.map(Int.init))
        try columns.add(row.uid)
        try columns.add(row.revision)
        try columns.add(row.intent?.rawValue)
        try columns.add(row.outcome.rawValue)
        try columns.add(row.stage)
        try columns.add(row.code)
        try columns.add(row.message)
        try columns.add(row.sequence)
        try columns.add(row.issuedAt.map { Int($0.microseconds) })
        try columns.add(row.contentHash)
        try columns.add(row.ruling)
        try columns.add(row.decidedBy.map(Int.init))
        try columns.add(row.decidedAt.map { Int($0.microseconds) })
        try columns.add(row.comment)
        try columns.add(row.covers)
        try columns.add(row.findings.lowerBound)
        try columns.add(row.findings.count)
        try columns.run()
    }
}

extension LogRow {
    /// Reads the current row of a `SELECT *`.
    init(_ row: PreparedStatement) {
        number = row.int64(0)
        time = Instant(microseconds: row.int64(1))
        delivery = row.optionalInt(2).map(Int64.init)
        item = row.optionalInt(3)
        event = row.optionalInt(4).map(Int64.init)
        uid = row.optionalText(5)
        revision = row.optionalInt(6)
        intent = row.optionalText(7).flatMap(Intent.init)
        outcome = LogOutcome(rawValue: row.text(8)) ?? .held
        stage = row.optionalText(9)
        code = row.optionalText(10)
        message = row.text(11)
        sequence = row.optionalInt(12)
        issuedAt = row.optionalInt(13).map { Instant(microseconds: Int64($0)) }
        contentHash = row.isNull(14) ? nil : row.bytes(14)
        ruling = row.optionalText(15)
        decidedBy = row.optionalInt(16).map { UInt32(truncatingIfNeeded: $0) }
        decidedAt = row.optionalInt(17).map { Instant(microseconds: Int64($0)) }
        comment = row.text(18)
        covers = row.isNull(19) ? nil : row.bytes(19)
        let first = row.int64(20)
        // A count that no row has stands in a damaged one, which its digest has told of.
        findings = first..<first.advanced(by: max(0, min(row.int(21), 1 << 32)))
    }
}
