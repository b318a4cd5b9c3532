import EventModel
import Store

/// What subscribers were told, the newest entries only, and what the site is called for ever.
final class TellingTable {
    private let database: Database
    private let insert: PreparedStatement
    private let delete: PreparedStatement
    private let kept: Int
    /// The feed's UUID.
    private(set) var feedID = ""

    init(_ database: Database, kept: Int) throws(StoreError) {
        self.database = database
        self.kept = kept
        insert = try database.prepare("INSERT INTO telling VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
        delete = try database.prepare("DELETE FROM telling WHERE uid = ?1")
    }

    /// The day the order of the calendar was last made for; makes the site's row where there is none.
    func today(otherwise today: Int) throws(StoreError) -> Int {
        let statement = try database.prepare("SELECT * FROM site")
        if try statement.step() {
            defer { statement.reset() }
            try statement.checkDigest(table: "site")
            feedID = statement.text(1)
            return statement.int(2)
        }
        feedID = TellingTable.randomUUID()
        try setToday(today)
        return today
    }

    func setToday(_ today: Int) throws(StoreError) {
        var row = DigestedRow(try database.prepare("REPLACE INTO site VALUES (?1, ?2, ?3, ?4)"))
        try row.add(1)
        try row.add(feedID)
        try row.add(today)
        try row.run()
    }

    /// Adds what was told, oldest first. Entries beyond the newest that are kept are left out or deleted.
    func add(_ told: [(event: Event, telling: Telling)], at now: Instant) throws(StoreError) {
        guard !told.isEmpty else { return }
        // Asked each time: during a reload the plugin of the old configuration still adds to the same table.
        var nextID = Int64(try database.integer("SELECT max(id) FROM telling") ?? 0) + 1
        for (event, telling) in told.suffix(kept) {
            var row = DigestedRow(insert)
            try row.add(nextID)
            try row.add(TellingTable.randomUUID())
            try row.add(event.uid)
            try row.add(now.microseconds)
            try row.add(telling.storedIntent)
            try row.add(telling.storedLines)
            try row.add(telling.title(of: event))
            try row.add(event.name.language.isEmpty ? event.language : event.name.language)
            try row.add(EventWords.cityList(event))
            try row.add(EventWords.when(event))
            try row.run()
            nextID += 1
        }
        try database.execute("DELETE FROM telling WHERE id < \(nextID - Int64(kept))")
    }

    /// Takes back what was told of an event.
    func remove(_ uid: String) throws(StoreError) {
        try delete.bind(uid, at: 1)
        try delete.run()
    }

    /// The newest entries of events that are shown, newest first.
    func newest(_ count: Int) throws(StoreError) -> [FeedEntry] {
        let statement = try database.prepare(
            """
            SELECT telling.* FROM telling JOIN event USING (uid)
            WHERE event.sort_day IS NOT NULL ORDER BY telling.id DESC LIMIT \(count)
            """)
        var entries: [FeedEntry] = []
        while try statement.step() {
            try statement.checkDigest(table: "telling")
            entries.append(
                FeedEntry(
                    id: statement.text(1), uid: statement.text(2),
                    toldAt: Instant(microseconds: statement.int64(3)),
                    telling: Telling(stored: statement.text(4), statement.text(5)),
                    title: LanguageText(statement.text(6), language: statement.text(7)), when: statement.text(9),
                    cities: statement.text(8)))
        }
        return entries
    }

    /// A random UUID (RFC 9562 §5.4).
    private static func randomUUID() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }
}
