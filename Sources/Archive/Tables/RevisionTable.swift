import EventFormats
import EventModel
import Store

/// A row of `revisions`: a state of an event, and what was said that made it.
struct RevisionRow {
    var event: Int64
    var revision: Int
    /// The entry of the log that made it.
    var log: Int64
    var statementHash: [UInt8]
    /// The state's row of `contents`.
    var content: Int64
    /// The statement's row of `contents`; nil where only its hash is known.
    var statement: Int64?
    var evidence: [UInt8]?
}

/// The statements on `revisions`.
struct RevisionTable {
    private static let columns = 9

    private let insert: PreparedStatement
    private let state: PreparedStatement
    private let ofEvent: PreparedStatement
    private let seen: PreparedStatement
    private let maker: PreparedStatement
    private let packing: Packing
    private let contents: ContentTable
    private let lookBack: Int

    /// Prepares the statements. Questions about earlier statements look at the last `lookBack` revisions of an event.
    init(_ database: Database, _ packing: Packing, _ contents: ContentTable, lookBack: Int) throws(StoreError) {
        self.packing = packing
        self.contents = contents
        self.lookBack = lookBack
        insert = try database.prepare("INSERT INTO revisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        maker = try database.prepare("SELECT log FROM revisions WHERE event = ?1 AND revision = ?2")
        ofEvent = try database.prepare("SELECT * FROM revisions WHERE event = ?1 ORDER BY revision")
        state = try database.prepare(
            """
            SELECT r.*, l.sequence, l.issued_at, d.received_at, d.format, d.sha256, d.byte_count FROM revisions r
            JOIN log l ON l.n = r.log LEFT JOIN deliveries d ON d.n = l.delivery WHERE r.event = ?1 AND r.revision = ?2
            """)
        seen = try database.prepare(
            """
            SELECT 1 FROM (SELECT statement_hash FROM revisions WHERE event = ?1 ORDER BY revision DESC LIMIT ?2)
            WHERE statement_hash = ?3 LIMIT 1
            """)
    }

    func insert(_ row: RevisionRow) throws(StoreError) {
        let evidence = row.evidence ?? []
        var columns = DigestedRow(insert)
        try columns.add(row.event)
        try columns.add(row.revision)
        try columns.add(row.log)
        try columns.add(row.statementHash)
        try columns.add(row.content)
        try columns.add(row.statement.map(Int.init))
        try columns.add(evidence.count)
        try columns.add(packing.pack(evidence))
        try columns.run()
    }

    /// The revisions of an event, oldest first, without their evidence.
    func rows(event: Int64) throws(StoreError) -> [RevisionRow] {
        try ofEvent.bind(event, at: 1)
        var rows: [RevisionRow] = []
        while try ofEvent.step() {
            try ofEvent.checkDigest(table: "revisions")
            rows.append(RevisionRow(ofEvent))
        }
        return rows
    }

    /// Whether a revision of the event was made by a statement of that content.
    func hasSeen(_ hash: [UInt8], event: Int64) throws(StoreError) -> Bool {
        try seen.bind(event, at: 1)
        try seen.bind(lookBack, at: 2)
        try seen.bind(hash, at: 3)
        defer { seen.reset() }
        return try seen.step()
    }

    /// The entry of the log that made a revision.
    func log(event: Int64, revision: Int) throws(StoreError) -> Int64? {
        try maker.bind(event, at: 1)
        try maker.bind(revision, at: 2)
        defer { maker.reset() }
        return try maker.step() ? maker.int64(0) : nil
    }

    /// The state of an event at a revision, with the receipt of the delivery that made it: `pending` where that is not
    /// written yet. Nil for revision 0.
    func state(event: Int64, revision: Int, pending: Receipt? = nil) throws(StoreError) -> Event? {
        guard revision > 0 else { return nil }
        try state.bind(event, at: 1)
        try state.bind(revision, at: 2)
        guard try state.step() else { throw .missing(event, in: "revisions", state.path) }
        try state.checkDigest(table: "revisions", columns: Self.columns)
        defer { state.reset() }
        let row = RevisionRow(state)
        var evidence: [UInt8]?
        if state.int(6) > 0 {
            evidence = try packing.unpack(state, size: 6, body: 7, row: event, table: "revisions")
        }
        guard let receipt = state.isNull(Self.columns + 2) ? pending : Receipt(state, from: Self.columns + 2) else {
            throw .missing(row.log, in: "log", state.path)
        }
        let json = try contents.json(row.content)
        do throws(CanonicalJSONError) {
            return try StateCoding.state(
                json, evidence: evidence, sequence: state.optionalInt(Self.columns),
                issuedAt: state.optionalInt(Self.columns + 1).map { Instant(microseconds: Int64($0)) },
                receipt: receipt)
        } catch {
            throw StoreError(
                .damagedRow(table: "contents", row: row.content),
                message: "the state in row \(row.content) of table contents: \(error)", path: state.path)
        }
    }
}

extension RevisionRow {
    /// Reads the current row of a `SELECT *`, without its evidence.
    init(_ row: PreparedStatement) {
        event = row.int64(0)
        revision = row.int(1)
        log = row.int64(2)
        statementHash = row.bytes(3)
        content = row.int64(4)
        statement = row.optionalInt(5).map(Int64.init)
    }
}
