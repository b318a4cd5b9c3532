import EventModel
import PluginKit
import Store

/// A row of `links`: a uid under which another event is spoken of.
struct LinkRow {
    /// The entry of the log that tells of it.
    var number: Int64
    var uid: String
    /// The event that is meant.
    var event: Int64
    /// The event that had the uid; nil where none was known.
    var former: Int64?
    var decidedBy: UInt32
    var decidedAt: Instant
    var comment: String
}

/// The statements on `links`.
struct LinkTable {
    /// The table, as a step of the archive's schema.
    static let schema = [
        """
        CREATE TABLE links (
            n INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, event INTEGER NOT NULL, former INTEGER,
            decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL, comment TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """
    ]

    private let all: PreparedStatement
    private let insert: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        all = try database.prepare("SELECT * FROM links ORDER BY n")
        insert = try database.prepare("INSERT INTO links VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        delete = try database.prepare("DELETE FROM links WHERE uid = ?1")
    }

    /// All that hold, oldest first.
    func rows() throws(StoreError) -> [LinkRow] {
        defer { all.reset() }
        var rows: [LinkRow] = []
        while try all.step() {
            try all.checkDigest(table: "links")
            rows.append(
                LinkRow(
                    number: all.int64(0), uid: all.text(1), event: all.int64(2),
                    former: all.optionalInt(3).map(Int64.init), decidedBy: UInt32(truncatingIfNeeded: all.int64(4)),
                    decidedAt: Instant(microseconds: all.int64(5)), comment: all.text(6)))
        }
        return rows
    }

    func insert(_ link: LinkRow) throws(StoreError) {
        var row = DigestedRow(insert)
        try row.add(link.number)
        try row.add(link.uid)
        try row.add(link.event)
        try row.add(link.former.map(Int.init))
        try row.add(Int(link.decidedBy))
        try row.add(link.decidedAt.microseconds)
        try row.add(link.comment)
        try row.run()
    }

    func delete(_ uid: String) throws(StoreError) {
        try delete.bind(uid, at: 1)
        try delete.run()
    }
}
