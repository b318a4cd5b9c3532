import EventModel
import Store

/// A row of `questions`: an item that waits for a person, and what it asks.
struct QuestionRow {
    /// The entry of the log that asks it.
    var number: Int64
    var delivery: Int64
    var item: Int
    var event: Int64
    var source: Int64
    var code: String
    /// Of the statement.
    var hash: [UInt8]
    /// The row of `contents` with all that its source would have said; nil where that is not known.
    var content: Int64?
    var sequence: Int?
    var issuedAt: Instant?
    /// How often it was asked.
    var count = 1
    var lastAsked: Instant

    /// Whether that statement of that source, held for that reason, asks the same.
    func isAsked(by source: Int64, _ code: String, _ hash: [UInt8]) -> Bool {
        self.source == source && self.code == code && self.hash == hash
    }
}

/// The statements on `questions`. A question goes when it is decided.
struct QuestionTable {
    private let ofEvent: PreparedStatement
    private let ofDelivery: PreparedStatement
    private let select: PreparedStatement
    private let replace: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        ofEvent = try database.prepare("SELECT * FROM questions WHERE event = ?1 ORDER BY n")
        ofDelivery = try database.prepare("SELECT * FROM questions WHERE delivery = ?1 ORDER BY n")
        select = try database.prepare("SELECT * FROM questions WHERE n > ?1 ORDER BY n")
        replace = try database.prepare(
            "REPLACE INTO questions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
        delete = try database.prepare("DELETE FROM questions WHERE n = ?1")
    }

    /// The questions about an event.
    func rows(event: Int64) throws(StoreError) -> [QuestionRow] { try rows(ofEvent, event) }

    /// The questions that the items of a delivery ask.
    func rows(delivery: Int64) throws(StoreError) -> [QuestionRow] { try rows(ofDelivery, delivery) }

    /// All questions.
    func all() throws(StoreError) -> [QuestionRow] { try rows(select, 0) }

    private func rows(_ select: PreparedStatement, _ key: Int64) throws(StoreError) -> [QuestionRow] {
        try select.bind(key, at: 1)
        var rows: [QuestionRow] = []
        while try select.step() {
            try select.checkDigest(table: "questions")
            rows.append(QuestionRow(select))
        }
        return rows
    }

    func write(_ row: QuestionRow) throws(StoreError) {
        var columns = DigestedRow(replace)
        try columns.add(row.number)
        try columns.add(row.delivery)
        try columns.add(row.item)
        try columns.add(row.event)
        try columns.add(row.source)
        try columns.add(row.code)
        try columns.add(row.hash)
        try columns.add(row.content.map(Int.init))
        try columns.add(row.sequence)
        try columns.add(row.issuedAt.map { Int($0.microseconds) })
        try columns.add(row.count)
        try columns.add(row.lastAsked.microseconds)
        try columns.run()
    }

    func delete(_ number: Int64) throws(StoreError) {
        try delete.bind(number, at: 1)
        try delete.run()
    }
}

extension QuestionRow {
    fileprivate init(_ row: PreparedStatement) {
        number = row.int64(0)
        delivery = row.int64(1)
        item = row.int(2)
        event = row.int64(3)
        source = row.int64(4)
        code = row.text(5)
        hash = row.bytes(6)
        content = row.optionalInt(7).map(Int64.init)
        sequence = row.optionalInt(8)
        issuedAt = row.optionalInt(9).map { Instant(microseconds: Int64($0)) }
        count = row.int(10)
        lastAsked = Instant(microseconds: row.int64(11))
    }
}
