import EventModel
import Store

/// A row of `questions`: what an item asked, or was refused for, so that it is known again when its source repeats it.
struct QuestionRow {
    enum State: Int {
        /// The item waits for a person.
        case open = 0
        /// Nobody need decide about it any more.
        case decided = 1
        /// The item was refused.
        case refused = 2
    }

    /// The entry of the log that asks it.
    var number: Int64
    var delivery: Int64
    var item: Int
    /// The event that it is about; nil where that was not known.
    var event: Int64?
    /// The event's uid, where it was not known.
    var uid: String?
    var source: Int64
    var code: String
    /// Of the statement.
    var hash: [UInt8]
    /// The row of `contents` with all that its source would have said; nil where that is not known.
    var content: Int64?
    var sequence: Int?
    var issuedAt: Instant?
    var state = State.open
    /// How often it was asked.
    var count = 1
    var lastAsked: Instant
}

/// The statements on `questions`.
struct QuestionTable {
    static let schema = [
        // What waits for a person, or was refused, once however often it is said: its number is that of the entry that says
        // so; `uid` is given where the event was not known.
        """
        CREATE TABLE questions (
            n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, item INTEGER NOT NULL, event INTEGER, uid TEXT,
            source INTEGER NOT NULL, code TEXT NOT NULL, hash BLOB NOT NULL, content INTEGER, sequence INTEGER,
            issued_at INTEGER, state INTEGER NOT NULL, count INTEGER NOT NULL, last_asked INTEGER NOT NULL,
            digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX questions_by_event ON questions (event) WHERE event IS NOT NULL",
        "CREATE INDEX questions_by_uid ON questions (uid) WHERE uid IS NOT NULL",
        "CREATE INDEX questions_by_delivery ON questions (delivery)",
    ]

    /// Brings along what versions 3 to 6 asked, of events that were known alone.
    static func migrate(_ database: Database) throws(StoreError) {
        try database.execute("ALTER TABLE questions RENAME TO old_questions")
        for index in ["questions_by_event", "questions_by_delivery"] { try database.execute("DROP INDEX \(index)") }
        for statement in schema { try database.execute(statement) }
        let table = try QuestionTable(database)
        let check = try database.prepare("SELECT * FROM old_questions")
        while try check.step() { try check.checkDigest(table: "questions") }
        check.reset()
        let old = try database.prepare(
            """
            SELECT n, delivery, item, event, NULL, source, code, hash, content, sequence, issued_at, 0, count, last_asked
            FROM old_questions ORDER BY n
            """)
        while try old.step() { try table.write(QuestionRow(old)) }
        old.reset()
        try database.execute("DROP TABLE old_questions")
    }

    private let ofEvent: PreparedStatement
    private let ofUID: PreparedStatement
    private let ofDelivery: PreparedStatement
    private let select: PreparedStatement
    private let replace: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        ofEvent = try database.prepare("SELECT * FROM questions WHERE event = ?1 ORDER BY n")
        ofUID = try database.prepare("SELECT * FROM questions WHERE uid = ?1 ORDER BY n")
        ofDelivery = try database.prepare("SELECT * FROM questions WHERE delivery = ?1 ORDER BY n")
        select = try database.prepare("SELECT * FROM questions WHERE n > ?1 ORDER BY n")
        replace = try database.prepare(
            "REPLACE INTO questions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
        delete = try database.prepare("DELETE FROM questions WHERE n = ?1")
    }

    /// The questions about an event.
    func rows(event: Int64) throws(StoreError) -> [QuestionRow] { try rows(ofEvent, event) }

    /// The questions about an event that was not known when they were asked.
    func rows(uid: String) throws(StoreError) -> [QuestionRow] {
        try ofUID.bind(uid, at: 1)
        return try rows(ofUID)
    }

    /// The questions that the items of a delivery ask.
    func rows(delivery: Int64) throws(StoreError) -> [QuestionRow] { try rows(ofDelivery, delivery) }

    /// All questions.
    func all() throws(StoreError) -> [QuestionRow] { try rows(select, 0) }

    private func rows(_ select: PreparedStatement, _ key: Int64) throws(StoreError) -> [QuestionRow] {
        try select.bind(key, at: 1)
        return try rows(select)
    }

    private func rows(_ select: PreparedStatement) throws(StoreError) -> [QuestionRow] {
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
        try columns.add(row.event.map(Int.init))
        try columns.add(row.uid)
        try columns.add(row.source)
        try columns.add(row.code)
        try columns.add(row.hash)
        try columns.add(row.content.map(Int.init))
        try columns.add(row.sequence)
        try columns.add(row.issuedAt.map { Int($0.microseconds) })
        try columns.add(row.state.rawValue)
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
        event = row.optionalInt(3).map(Int64.init)
        uid = row.optionalText(4)
        source = row.int64(5)
        code = row.text(6)
        hash = row.bytes(7)
        content = row.optionalInt(8).map(Int64.init)
        sequence = row.optionalInt(9)
        issuedAt = row.optionalInt(10).map { Instant(microseconds: Int64($0)) }
        state = State(rawValue: row.int(11)) ?? .open
        count = row.int(12)
        lastAsked = Instant(microseconds: row.int64(13))
    }
}
