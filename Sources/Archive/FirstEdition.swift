import EventModel
import PluginKit
import Store

/// The tables of the first edition, which archives of that time still have when they are opened. Never changed.
enum FirstEdition {
    static let steps = [
        Migration(
            to: 1,
            sql: [
                // One answer to a delivery; a held one that a person released has a second.
                """
                CREATE TABLE deliveries (
                    n INTEGER PRIMARY KEY, id TEXT NOT NULL, file BLOB NOT NULL, sha256 TEXT NOT NULL,
                    byte_count INTEGER NOT NULL, format TEXT, submitter INTEGER NOT NULL,
                    publisher TEXT NOT NULL, received_at INTEGER NOT NULL, settled_at INTEGER NOT NULL,
                    outcome TEXT NOT NULL, reason TEXT NOT NULL,
                    history INTEGER NOT NULL, history_count INTEGER NOT NULL,
                    finding INTEGER NOT NULL, finding_count INTEGER NOT NULL,
                    ruling TEXT, decided_by INTEGER, decided_at INTEGER, digest INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE INDEX deliveries_by_id ON deliveries (id)",
                "CREATE TABLE contents (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL, digest INTEGER NOT NULL) STRICT",
                // What is known of each event; its state stands in the row of `history` that `state_row` names.
                """
                CREATE TABLE events (
                    n INTEGER PRIMARY KEY, uid TEXT NOT NULL, owner TEXT NOT NULL, revision INTEGER NOT NULL,
                    state_row INTEGER NOT NULL, is_tombstone INTEGER NOT NULL, status TEXT NOT NULL,
                    name TEXT NOT NULL, visibility TEXT NOT NULL, starts TEXT, ends TEXT, places TEXT NOT NULL,
                    sequence INTEGER, issued_at INTEGER, publisher TEXT NOT NULL, format TEXT NOT NULL,
                    content_hash BLOB NOT NULL, digest INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE UNIQUE INDEX events_by_uid ON events (uid)",
                // What was said of each event, and what came of it; a row with a state made a revision.
                """
                CREATE TABLE history (
                    n INTEGER PRIMARY KEY, event INTEGER NOT NULL, delivery INTEGER NOT NULL,
                    intent TEXT NOT NULL, revision INTEGER NOT NULL, sequence INTEGER, issued_at INTEGER,
                    publisher TEXT NOT NULL, format TEXT NOT NULL, content_hash BLOB NOT NULL,
                    state BLOB, evidence BLOB, digest INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE INDEX history_by_event ON history (event)",
                """
                CREATE TABLE findings (
                    n INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL,
                    position INTEGER, message TEXT NOT NULL, digest INTEGER NOT NULL
                ) STRICT
                """,
            ]),
        Migration(
            to: 2,
            sql: [
                // Events that a person took out of every output.
                """
                CREATE TABLE withdrawals (
                    n INTEGER PRIMARY KEY, event INTEGER NOT NULL, decided_by INTEGER NOT NULL,
                    decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE UNIQUE INDEX withdrawals_by_event ON withdrawals (event)",
                // Digests of what was forgotten: of uids, contents and bytes.
                """
                CREATE TABLE forgotten (
                    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, hash BLOB NOT NULL, decided_by INTEGER NOT NULL,
                    decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE UNIQUE INDEX forgotten_by_hash ON forgotten (hash, kind)",
            ]),
    ]
}

/// One answer to a delivery as the first edition kept it; a held one that a person released had a second.
struct OldAnswer {
    var number: Int64
    var header: DeliveryHeader
    var settledAt: Instant
    var outcome: LogOutcome
    var reason: String
    /// The rows of `history`: what its updates said, in their order; none for a held one.
    var history: Range<Int64>
    var findings: Range<Int64>
    var ruling: String?
    var decidedBy: UInt32?
    var decidedAt: Instant?

    /// Reads the current row of a `SELECT *` from the deliveries.
    init(_ row: PreparedStatement) {
        number = row.int64(0)
        header = DeliveryHeader(
            id: DeliveryID(row.text(1)) ?? DeliveryID(high: 0, low: 0), file: row.bytes(2), sha256: row.text(3),
            byteCount: row.int(4), format: Format(rawValue: row.text(5)),
            submitter: UInt32(truncatingIfNeeded: row.int64(6)), publisher: row.text(7),
            receivedAt: Instant(microseconds: row.int64(8)))
        settledAt = Instant(microseconds: row.int64(9))
        outcome = LogOutcome(rawValue: row.text(10)) ?? .held
        reason = row.text(11)
        history = row.int64(12)..<(row.int64(12) + row.int64(13))
        findings = row.int64(14)..<(row.int64(14) + row.int64(15))
        ruling = row.optionalText(16)
        decidedBy = row.optionalInt(17).map { UInt32(truncatingIfNeeded: $0) }
        decidedAt = row.optionalInt(18).map { Instant(microseconds: Int64($0)) }
    }
}

extension EventRow {
    /// Reads the current row of a `SELECT *` from the events.
    init(firstEdition row: PreparedStatement, number: Int64) {
        self.number = number
        uid = row.text(1)
        owner = row.text(2)
        announcer = 0
        revision = row.int(3)
        isTombstone = row.int(5) != 0
        overview = EventOverview(row, from: 6)
        stamp = RevisionStamp(
            sequence: row.optionalInt(12), issuedAt: row.optionalInt(13).map { Instant(microseconds: Int64($0)) },
            source: UpdateSource(publisher: row.text(14), format: Format(rawValue: row.text(15)) ?? .text))
        contentHash = row.bytes(16)
    }
}

extension Tombstone {
    /// Reads a digest that the first edition kept; nil for a kind that it did not have.
    init?(kind: String, digest: [UInt8]) {
        switch kind {
        case "bytes": self = .bytes(String(decoding: digest, as: UTF8.self))
        case "content": self = .content(digest)
        case "uid": self = .uid(digest)
        default: return nil
        }
    }
}
