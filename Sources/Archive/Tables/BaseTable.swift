import EventModel
import PluginKit
import Store

/// A row of `bases`: what a source has said of an event.
struct BaseRow {
    var event: Int64
    var source: Int64
    /// Of the last statement.
    var hash: [UInt8]
    /// The row of `contents` with all that the source has said; nil where that is not known.
    var content: Int64?
    /// The highest that the source has stated for the event.
    var sequence: Int?
    var issuedAt: Instant?
    /// Whether the source has moved its issue date though nothing changed.
    var isRestamped = false
    /// Whether a person has taken back what it did.
    var isReverted = false
    /// The delivery that stated it first.
    var delivery: Int64
}

/// The statements on `sources` and `bases`.
struct BaseTable {
    private let insertSource: PreparedStatement
    private let ofEvent: PreparedStatement
    private let replace: PreparedStatement
    private let database: Database

    init(_ database: Database) throws(StoreError) {
        self.database = database
        insertSource = try database.prepare("INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        ofEvent = try database.prepare("SELECT * FROM bases WHERE event = ?1")
        replace = try database.prepare("REPLACE INTO bases VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
    }

    /// All sources with their numbers.
    func sources() throws(StoreError) -> [UpdateSource: Int64] {
        let select = try database.prepare("SELECT * FROM sources")
        var sources: [UpdateSource: Int64] = [:]
        while try select.step() {
            try select.checkDigest(table: "sources")
            let source = UpdateSource(
                publisher: select.text(1), submitter: UInt32(truncatingIfNeeded: select.int64(2)),
                format: Format(rawValue: select.text(3)) ?? .text, producer: select.text(4))
            sources[source] = select.int64(0)
        }
        return sources
    }

    func insert(_ source: UpdateSource, at number: Int64) throws(StoreError) {
        var columns = DigestedRow(insertSource)
        try columns.add(number)
        try columns.add(source.publisher)
        try columns.add(Int(source.submitter))
        try columns.add(source.format.rawValue)
        try columns.add(source.producer)
        try columns.run()
    }

    /// The bases of an event.
    func rows(event: Int64) throws(StoreError) -> [BaseRow] {
        try ofEvent.bind(event, at: 1)
        var rows: [BaseRow] = []
        while try ofEvent.step() {
            try ofEvent.checkDigest(table: "bases")
            rows.append(BaseRow(ofEvent))
        }
        return rows
    }

    /// Writes a base in the place of the one that its source had.
    func write(_ row: BaseRow) throws(StoreError) {
        var columns = DigestedRow(replace)
        try columns.add(row.event)
        try columns.add(row.source)
        try columns.add(row.hash)
        try columns.add(row.content.map(Int.init))
        try columns.add(row.sequence)
        try columns.add(row.issuedAt.map { Int($0.microseconds) })
        try columns.add((row.isRestamped ? 1 : 0) | (row.isReverted ? 2 : 0))
        try columns.add(row.delivery)
        try columns.run()
    }
}

extension BaseRow {
    fileprivate init(_ row: PreparedStatement) {
        event = row.int64(0)
        source = row.int64(1)
        hash = row.bytes(2)
        content = row.optionalInt(3).map(Int64.init)
        sequence = row.optionalInt(4)
        issuedAt = row.optionalInt(5).map { Instant(microseconds: Int64($0)) }
        isRestamped = row.int(6) & 1 != 0
        isReverted = row.int(6) & 2 != 0
        delivery = row.int64(7)
    }
}
