import EventModel
import PluginKit
import Store

/// A stream of statements: whose last word about an event its next one is compared with.
struct StatementSource: Hashable {
    var publisher: String
    var submitter: UInt32
    var vocabulary: String
    /// The program or list that made it, where it says so.
    var producer = ""

    init(_ header: DeliveryHeader, _ source: UpdateSource) {
        publisher = source.publisher
        submitter = header.submitter
        vocabulary = source.format.rawValue
    }

    init(_ row: Store.Statement) {
        publisher = row.text(1)
        submitter = UInt32(truncatingIfNeeded: row.int64(2))
        vocabulary = row.text(3)
        producer = row.text(4)
    }

    /// Whether sequences that it states are compared with those of that source.
    func isOf(_ source: UpdateSource) -> Bool {
        publisher == source.publisher && vocabulary == source.format.rawValue
    }
}

/// A row of `bases`: the last statement of a source about an event.
struct BaseRow {
    var event: Int64
    var source: Int64
    var hash: [UInt8]
    /// Its row of `contents`; nil where only its hash is known.
    var content: Int64?
    /// The highest that the source has stated for the event.
    var sequence: Int?
    var issuedAt: Instant?
    /// The delivery that stated it first.
    var delivery: Int64
}

/// The statements on `sources` and `bases`.
struct BaseTable {
    private let insertSource: Store.Statement
    private let ofEvent: Store.Statement
    private let replace: Store.Statement
    private let database: Database

    init(_ database: Database) throws(StoreError) {
        self.database = database
        insertSource = try database.prepare("INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        ofEvent = try database.prepare("SELECT * FROM bases WHERE event = ?1")
        replace = try database.prepare("REPLACE INTO bases VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    }

    /// All sources with their numbers.
    func sources() throws(StoreError) -> [StatementSource: Int64] {
        let select = try database.prepare("SELECT * FROM sources")
        var sources: [StatementSource: Int64] = [:]
        while try select.step() {
            try select.checkDigest(table: "sources")
            sources[StatementSource(select)] = select.int64(0)
        }
        return sources
    }

    func insert(_ source: StatementSource, at number: Int64) throws(StoreError) {
        var columns = DigestedRow(insertSource)
        try columns.add(number)
        try columns.add(source.publisher)
        try columns.add(Int(source.submitter))
        try columns.add(source.vocabulary)
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
        try columns.add(row.delivery)
        try columns.run()
    }
}

extension BaseRow {
    fileprivate init(_ row: Store.Statement) {
        event = row.int64(0)
        source = row.int64(1)
        hash = row.bytes(2)
        content = row.optionalInt(3).map(Int64.init)
        sequence = row.optionalInt(4)
        issuedAt = row.optionalInt(5).map { Instant(microseconds: Int64($0)) }
        delivery = row.int64(6)
    }
}
