import EventFormats
import EventModel
import Store

/// A row of `history`: what was said of an event, and what came of it.
struct HistoryRow {
    var number: Int64
    var event: Int64
    var delivery: Int64
    var intent: Intent
    var revision: Int
    var stamp: RevisionStamp
    var contentHash: [UInt8]
    /// Canonical JSON of the state's content; nil where the row made no revision.
    var state: [UInt8]?
    var evidence: [UInt8]?

    /// The number of no event: rows of an event that was forgotten, in deliveries that spoke of others too.
    static let forgottenEvent: Int64 = 0

    /// Whether its event was forgotten; nothing of it is left but the row.
    var isForgotten: Bool { event == HistoryRow.forgottenEvent }
}

/// The statements on `history`.
struct HistoryTable {
    static let columns = 13

    private let insert: Store.Statement
    private let state: Store.Statement
    private let range: Store.Statement
    private let revision: Store.Statement
    private let seen: Store.Statement
    private let sequence: Store.Statement
    private let maker: Store.Statement
    private let ofEvent: Store.Statement
    private let replace: Store.Statement
    private let lookBack: Int

    /// Prepares the statements. Questions about earlier updates of an event look at the last `lookBack` of them.
    init(_ database: Database, lookBack: Int = 1000) throws(StoreError) {
        self.lookBack = lookBack
        insert = try database.prepare(
            "INSERT INTO history VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
        ofEvent = try database.prepare("SELECT * FROM history WHERE event = ?1 ORDER BY n")
        replace = try database.prepare(
            "REPLACE INTO history VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
        state = try database.prepare(
            """
            SELECT h.*, d.received_at, d.format, d.sha256, d.byte_count
            FROM history h LEFT JOIN deliveries d ON d.n = h.delivery WHERE h.n = ?1
            """)
        range = try database.prepare("SELECT * FROM history WHERE n >= ?1 AND n < ?2 ORDER BY n")
        revision = try database.prepare(
            "SELECT n FROM history WHERE event = ?1 AND revision = ?2 AND intent NOT IN ('unchanged', 'stale')")
        // The states are large and come last in a row: the questions are asked of the columns before them.
        seen = try database.prepare(
            """
            SELECT 1 FROM (SELECT intent, content_hash FROM history WHERE event = ?1 ORDER BY n DESC LIMIT ?2)
            WHERE content_hash = ?3 AND intent NOT IN ('unchanged', 'stale') LIMIT 1
            """)
        maker = try database.prepare(
            "SELECT d.id FROM history h JOIN deliveries d ON d.n = h.delivery WHERE h.n = ?1")
        sequence = try database.prepare(
            """
            SELECT max(sequence) FROM (SELECT intent, sequence, publisher, format FROM history
            WHERE event = ?1 ORDER BY n DESC LIMIT ?2) WHERE publisher = ?3 AND format = ?4 AND intent <> 'stale'
            """)
    }

    func insert(_ row: HistoryRow) throws(StoreError) { try write(row, insert) }

    /// Writes a row in the place of the one of its number.
    func replace(_ row: HistoryRow) throws(StoreError) { try write(row, replace) }

    /// The rows of an event, oldest first, without their states.
    func rows(of event: Int64) throws(StoreError) -> [HistoryRow] {
        try ofEvent.bind(event, at: 1)
        var rows: [HistoryRow] = []
        while try ofEvent.step() {
            try ofEvent.checkDigest(table: "history")
            rows.append(HistoryRow(ofEvent))
        }
        return rows
    }

    private func write(_ row: HistoryRow, _ statement: Store.Statement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.event)
        try columns.add(row.delivery)
        try columns.add(row.intent.rawValue)
        try columns.add(row.revision)
        try columns.add(row.stamp.sequence)
        try columns.add(row.stamp.issuedAt.map { Int($0.microseconds) })
        try columns.add(row.stamp.source.publisher)
        try columns.add(row.stamp.source.format.rawValue)
        try columns.add(row.contentHash)
        try columns.add(row.state)
        try columns.add(row.evidence)
        try columns.run()
    }

    /// The state that a row made, with its receipt: `pending` for a row whose delivery is not yet answered.
    func state(_ number: Int64, pending: Receipt? = nil) throws(StoreError) -> EventUpdate {
        try state.bind(number, at: 1)
        guard try state.step() else { throw missing(number) }
        try state.checkDigest(table: "history", columns: Self.columns)
        defer { state.reset() }
        guard let receipt = state.isNull(Self.columns) ? pending : Receipt(state, from: Self.columns) else {
            throw missing(number)
        }
        do throws(CanonicalJSONError) {
            return try StateCoding.state(
                state.bytes(10), evidence: state.isNull(11) ? nil : state.bytes(11), sequence: state.optionalInt(5),
                receipt: receipt)
        } catch {
            throw StoreError(
                .damagedRow(table: "history", row: number),
                message: "the state in row \(number) of table history: \(error)", path: state.path)
        }
    }

    /// The state of an event at a revision; nil for revision 0.
    func state(event: Int64, revision number: Int) throws(StoreError) -> EventUpdate? {
        guard number > 0 else { return nil }
        try revision.bind(event, at: 1)
        try revision.bind(number, at: 2)
        guard try revision.step() else { throw missing(event) }
        let row = revision.int64(0)
        revision.reset()
        return try state(row)
    }

    /// The delivery that made a state; nil while it is not yet answered.
    func delivery(ofState row: Int64) throws(StoreError) -> DeliveryID? {
        try maker.bind(row, at: 1)
        defer { maker.reset() }
        return try maker.step() ? DeliveryID(maker.text(0)) : nil
    }

    /// The rows of one delivery.
    func rows(from first: Int64, count: Int) throws(StoreError) -> [HistoryRow] {
        try range.bind(first, at: 1)
        try range.bind(first + Int64(count), at: 2)
        var rows: [HistoryRow] = []
        while try range.step() {
            try range.checkDigest(table: "history")
            rows.append(HistoryRow(range))
        }
        guard rows.count == count else { throw missing(first) }
        return rows
    }

    /// Whether a revision of the event was made by an update of that content.
    func hasSeen(_ hash: [UInt8], event: Int64) throws(StoreError) -> Bool {
        try seen.bind(event, at: 1)
        try seen.bind(lookBack, at: 2)
        try seen.bind(hash, at: 3)
        defer { seen.reset() }
        return try seen.step()
    }

    /// The highest sequence that a source has stated for the event.
    func sequence(of source: UpdateSource, event: Int64) throws(StoreError) -> Int? {
        try sequence.bind(event, at: 1)
        try sequence.bind(lookBack, at: 2)
        try sequence.bind(source.publisher, at: 3)
        try sequence.bind(source.format.rawValue, at: 4)
        defer { sequence.reset() }
        return try sequence.step() ? sequence.optionalInt(0) : nil
    }

    private func missing(_ number: Int64) -> StoreError {
        StoreError(
            .damagedRow(table: "history", row: number), message: "row \(number) of table history is missing",
            path: state.path)
    }
}

extension HistoryRow {
    /// Reads the current row of a `SELECT *`, without its state.
    init(_ row: Store.Statement) {
        number = row.int64(0)
        event = row.int64(1)
        delivery = row.int64(2)
        intent = Intent(rawValue: row.text(3)) ?? .stale
        revision = row.int(4)
        stamp = RevisionStamp(row, from: 5)
        contentHash = row.bytes(9)
    }
}

extension Receipt {
    /// Reads time, format, digest and length from four columns of `deliveries`.
    init(_ row: Store.Statement, from column: Int) {
        receivedAt = Instant(microseconds: row.int64(column))
        source = Source(
            mediaType: Format(rawValue: row.text(column + 1))?.mediaType ?? "", sha256: row.text(column + 2),
            byteCount: row.int(column + 3))
    }
}
