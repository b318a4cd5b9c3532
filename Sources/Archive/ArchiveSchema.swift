import Store

/// The tables of the archive. The first column of a row is its number (or the number of its event), the last its digest.
enum ArchiveSchema {
    static let applicationID: Int32 = 0x7469_6461

    /// The newest version, for readers: they bring nothing up to date.
    static let readable = steps(nil)

    /// The same for the one writer, which does; tombstones are keyed on the way.
    static func current(_ key: SecretKey) -> Schema { steps(key) }

    private static func steps(_ key: SecretKey?) -> Schema {
        Schema(
            applicationID: applicationID,
            migrations: FirstEdition.steps + [
                Migration(to: 3) { database throws(StoreError) in
                    if let key { try FirstEditionMigration.run(database, key) }
                },
                Migration(to: 4, sql: [suspensions]),
                Migration(to: 5, sql: lists),
                Migration(to: 6, sql: LinkTable.schema),
                Migration(to: 7) { database throws(StoreError) in try QuestionTable.migrate(database) },
            ])
    }

    /// The tables, for checks.
    static let tables = [
        "meta", "deliveries", "bytes", "contents", "events", "revisions", "log", "findings", "sources", "bases",
        "questions", "withdrawals", "forgotten", "suspensions", "lists", "listed", "links",
    ]

    /// Whose updates are held, whatever they say: `user 1000` or `publisher NAME`. The number is that of the entry of the
    /// log that tells of it.
    private static let suspensions = """
        CREATE TABLE suspensions (
            n INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, comment TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """

    private static let lists = [
        // Publishers' whole lists: the delivery that was the list last, and the one whose item 0 waits for a person.
        """
        CREATE TABLE lists (
            n INTEGER PRIMARY KEY, publisher TEXT NOT NULL, pattern TEXT NOT NULL, delivery INTEGER NOT NULL,
            question INTEGER, count INTEGER NOT NULL, last_asked INTEGER, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX lists_by_name ON lists (publisher, pattern)",
        // The events that are expected in them; of one that is missing, the delivery in which it stood last.
        """
        CREATE TABLE listed (
            list INTEGER NOT NULL, event INTEGER NOT NULL, stood_in INTEGER, digest INTEGER NOT NULL,
            PRIMARY KEY (list, event)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX listed_missing ON listed (list) WHERE stood_in IS NOT NULL",
        // What was missing and nobody need decide about any more.
        "CREATE INDEX log_lapsed ON log (delivery) WHERE outcome = 'lapsed' AND item = 0",
    ]

    static let secondEdition = [
        // What the archive knows of itself: the identity of its log, the mark of its key.
        """
        CREATE TABLE meta (n INTEGER PRIMARY KEY, name TEXT NOT NULL, value BLOB NOT NULL, digest INTEGER NOT NULL) STRICT
        """,
        // One row a dropped file. Two of one id are a file that was written to between its reading and an end of the process.
        """
        CREATE TABLE deliveries (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL, file BLOB NOT NULL, sha256 TEXT NOT NULL,
            byte_count INTEGER NOT NULL, format TEXT, submitter INTEGER NOT NULL, publisher TEXT NOT NULL,
            received_at INTEGER NOT NULL, bytes INTEGER, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX deliveries_by_id ON deliveries (id)",
        // Dropped bytes, packed; the same bytes once, where they come again.
        """
        CREATE TABLE bytes (
            n INTEGER PRIMARY KEY, size INTEGER NOT NULL, body BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        // Canonical JSON of contents, packed, once for each event: it names its event, so that no two share one.
        """
        CREATE TABLE contents (
            n INTEGER PRIMARY KEY, hash BLOB NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        // What is known of each event. Its number is that of the entry of the log that made it, and is never used again.
        """
        CREATE TABLE events (
            n INTEGER PRIMARY KEY, uid TEXT NOT NULL, owner TEXT NOT NULL, announcer INTEGER NOT NULL,
            revision INTEGER NOT NULL, is_tombstone INTEGER NOT NULL, status TEXT NOT NULL, name TEXT NOT NULL, visibility TEXT NOT NULL,
            starts TEXT, ends TEXT, places TEXT NOT NULL, sequence INTEGER, issued_at INTEGER,
            publisher TEXT NOT NULL, submitter INTEGER NOT NULL, format TEXT NOT NULL, producer TEXT NOT NULL,
            content_hash BLOB NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX events_by_uid ON events (uid)",
        // The states of each event, and what was said that made them; `statement` is NULL where only its hash is known.
        """
        CREATE TABLE revisions (
            event INTEGER NOT NULL, revision INTEGER NOT NULL, log INTEGER NOT NULL, statement_hash BLOB NOT NULL,
            content INTEGER NOT NULL, statement INTEGER, evidence_size INTEGER NOT NULL, evidence BLOB NOT NULL,
            digest INTEGER NOT NULL, PRIMARY KEY (event, revision)
        ) STRICT, WITHOUT ROWID
        """,
        // All that was decided, in order, without gaps. `item` is NULL for what is about a whole file, and where `covers`
        // tells of which items the one entry is; `uid` is given where the event is not known.
        """
        CREATE TABLE log (
            n INTEGER PRIMARY KEY, time INTEGER NOT NULL, delivery INTEGER, item INTEGER, event INTEGER, uid TEXT,
            revision INTEGER, intent TEXT, outcome TEXT NOT NULL, stage TEXT, code TEXT, message TEXT NOT NULL,
            sequence INTEGER, issued_at INTEGER, content_hash BLOB, ruling TEXT, decided_by INTEGER,
            decided_at INTEGER, comment TEXT NOT NULL, covers BLOB, finding INTEGER NOT NULL,
            finding_count INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX log_by_item ON log (delivery, item)",
        "CREATE INDEX log_by_event ON log (event) WHERE event IS NOT NULL",
        "CREATE INDEX log_by_uid ON log (uid) WHERE uid IS NOT NULL",
        "CREATE INDEX log_held ON log (delivery) WHERE outcome = 'held'",
        // What was found about an entry of the log; those of one entry stand side by side.
        """
        CREATE TABLE findings (
            n INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, field TEXT NOT NULL, line INTEGER,
            place INTEGER, message TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        // Streams of statements, and the last statement of each about an event.
        """
        CREATE TABLE sources (
            n INTEGER PRIMARY KEY, publisher TEXT NOT NULL, submitter INTEGER NOT NULL, vocabulary TEXT NOT NULL,
            producer TEXT NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE bases (
            event INTEGER NOT NULL, source INTEGER NOT NULL, hash BLOB NOT NULL, content INTEGER, sequence INTEGER,
            issued_at INTEGER, is_restamped INTEGER NOT NULL, delivery INTEGER NOT NULL, digest INTEGER NOT NULL,
            PRIMARY KEY (event, source)
        ) STRICT, WITHOUT ROWID
        """,
        // What waits for a person, and is asked once however often it is said: its number is that of the entry that asks.
        """
        CREATE TABLE questions (
            n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, item INTEGER NOT NULL, event INTEGER NOT NULL,
            source INTEGER NOT NULL, code TEXT NOT NULL, hash BLOB NOT NULL, content INTEGER, sequence INTEGER,
            issued_at INTEGER, count INTEGER NOT NULL, last_asked INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX questions_by_event ON questions (event)",
        "CREATE INDEX questions_by_delivery ON questions (delivery)",
        // Events that a person took out of every output.
        """
        CREATE TABLE withdrawals (
            event INTEGER PRIMARY KEY, decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL,
            digest INTEGER NOT NULL
        ) STRICT
        """,
        // Keyed digests of what was forgotten: of uids, contents and bytes.
        """
        CREATE TABLE forgotten (
            n INTEGER PRIMARY KEY, kind TEXT NOT NULL, hash BLOB NOT NULL, decided_by INTEGER NOT NULL,
            decided_at INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX forgotten_by_hash ON forgotten (hash, kind)",
    ]
}
