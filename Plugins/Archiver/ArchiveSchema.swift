import Store

/// The tables of the archive. Every row has its number first and its digest last. Rows of `history`, `findings` and
/// `contents` are never changed, and those of one delivery stand side by side, so that no index leads to them.
enum ArchiveSchema {
    static let current = Schema(
        applicationID: 0x7469_6461,
        migrations: [
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
        ])

    /// The tables, for checks.
    static let tables = ["deliveries", "contents", "events", "history", "findings", "withdrawals", "forgotten"]
}
