import EventFormats
import EventModel
import Store

extension Projection {
    /// The tables. `event` holds what subscribers know of an event (`state`, NULL where they may know nothing), what
    /// they will know after its embargo (`pending`), and the day it is sorted under (`sort_day`, NULL while it is not
    /// shown). `telling` holds what they were told, the newest only. `withdrawn` holds the uids of events that reach no output,
    /// `linked` those that stand for other events.
    static let schema = Schema(
        applicationID: 0x7469_646E,
        migrations: [
            Migration(
                to: 1,
                sql: [
                    """
                    CREATE TABLE event (
                      id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
                      delivery INTEGER NOT NULL, sort_day INTEGER, state BLOB, pending BLOB, embargo INTEGER,
                      changed_at INTEGER NOT NULL, intent TEXT, changes TEXT, digest INTEGER NOT NULL)
                    """,
                    "CREATE INDEX event_sort_day ON event (sort_day) WHERE sort_day IS NOT NULL",
                    "CREATE INDEX event_embargo ON event (embargo) WHERE embargo IS NOT NULL",
                    """
                    CREATE TABLE telling (
                      id INTEGER PRIMARY KEY, entry TEXT NOT NULL, uid TEXT NOT NULL, told_at INTEGER NOT NULL,
                      intent TEXT NOT NULL, changes TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
                      place_words TEXT NOT NULL, time_words TEXT NOT NULL, digest INTEGER NOT NULL)
                    """,
                    """
                    CREATE TABLE site (
                      id INTEGER PRIMARY KEY, feed TEXT NOT NULL, today INTEGER NOT NULL, digest INTEGER NOT NULL)
                    """,
                ]),
            Migration(
                to: 2,
                sql: [
                    "CREATE TABLE withdrawn (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, digest INTEGER NOT NULL)"
                ]),
            // The dates of series are kept with them.
            Migration(to: 3, Projection.keepDates),
            Migration(to: 4, sql: LinkedTable.schema),
        ])

    private static func keepDates(_ database: Database) throws(StoreError) {
        let series = try database.prepare(
            "SELECT * FROM event WHERE instr(state, 'recurrence') OR instr(pending, 'recurrence')")
        var rows: [EventRow] = []
        while try series.step() { rows.append(try EventRow(series)) }
        let values = (1...eventColumns).map { "?\($0)" }.joined(separator: ", ")
        let replace = try database.prepare("REPLACE INTO event VALUES (\(values))")
        for var row in rows {
            row.state = withDates(row.state)
            row.pending = withDates(row.pending)
            try row.write(to: replace)
        }
    }

    private static func withDates(_ state: [UInt8]?) -> [UInt8]? {
        // ignoring: a damaged row is told of when it is shown
        guard let state, var event = try? CanonicalJSON.read(state) else { return state }
        event.content.completeRecurrenceSets(receivedAt: event.receipt.receivedAt)
        return CanonicalJSON.bytes(of: event)
    }

    static let eventColumns = 12
}

/// A row of the table `event`.
struct EventRow {
    var id: Int64
    var uid: String
    /// The archive's number of the revision, and the time of the delivery that brought it, in microseconds since 1970:
    /// what is older in both never turns the event back.
    var revision: Int
    var delivery: Int64
    /// The day it is sorted under; nil while it is not shown.
    var sortDay: Int?
    /// The canonical JSON of the public form that subscribers know.
    var state: [UInt8]?
    /// The public form under embargo, and when that ends, in microseconds since 1970.
    var pending: [UInt8]?
    var embargo: Int?
    /// When subscribers were last told, in microseconds since 1970, and what.
    var changedAt = 0
    var intent: String?
    var changes: String?

    init(id: Int64, uid: String, revision: Int, delivery: Int64) {
        self.id = id
        self.uid = uid
        self.revision = revision
        self.delivery = delivery
    }

    /// Reads the current row of a `SELECT *`.
    init(_ row: PreparedStatement) throws(StoreError) {
        try row.checkDigest(table: "event")
        self.init(id: row.int64(0), uid: row.text(1), revision: row.int(2), delivery: row.int64(3))
        sortDay = row.optionalInt(4)
        state = row.isNull(5) ? nil : row.bytes(5)
        pending = row.isNull(6) ? nil : row.bytes(6)
        embargo = row.optionalInt(7)
        changedAt = row.int(8)
        intent = row.optionalText(9)
        changes = row.optionalText(10)
    }

    func write(to statement: PreparedStatement) throws(StoreError) {
        var row = DigestedRow(statement)
        try row.add(id)
        try row.add(uid)
        try row.add(revision)
        try row.add(delivery)
        try row.add(sortDay)
        try row.add(state)
        try row.add(pending)
        try row.add(embargo)
        try row.add(changedAt)
        try row.add(intent)
        try row.add(changes)
        try row.run()
    }
}
