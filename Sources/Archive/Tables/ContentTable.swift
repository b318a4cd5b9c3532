import Store

/// The statements on `contents`: canonical JSON of what was said and of the states that it made.
struct ContentTable {
    private let insert: PreparedStatement
    private let select: PreparedStatement
    private let ofEvent: PreparedStatement
    private let users: PreparedStatement
    private let delete: PreparedStatement
    private let packing: Packing

    init(_ database: Database, _ packing: Packing, lookBack: Int) throws(StoreError) {
        self.packing = packing
        insert = try database.prepare("INSERT INTO contents VALUES (?1, ?2, ?3, ?4, ?5)")
        select = try database.prepare("SELECT * FROM contents WHERE n = ?1")
        delete = try database.prepare("DELETE FROM contents WHERE n = ?1")
        users = try database.prepare(
            """
            SELECT 1 FROM revisions WHERE event = ?1 AND (content = ?2 OR statement = ?2)
            UNION ALL SELECT 1 FROM bases WHERE event = ?1 AND content = ?2
            UNION ALL SELECT 1 FROM questions WHERE event = ?1 AND content = ?2 LIMIT 1
            """)
        // A content names its event, so that only those of the event can be the same. The bodies come last in a row and
        // are not read.
        ofEvent = try database.prepare(
            """
            SELECT n FROM contents WHERE hash = ?2 AND n IN (
                SELECT content FROM bases WHERE event = ?1
                UNION SELECT content FROM questions WHERE event = ?1
                UNION SELECT content FROM (
                    SELECT content FROM revisions WHERE event = ?1 ORDER BY revision DESC LIMIT \(lookBack))
                UNION SELECT statement FROM (
                    SELECT statement FROM revisions WHERE event = ?1 ORDER BY revision DESC LIMIT \(lookBack)))
            """)
    }

    func insert(_ json: [UInt8], hash: [UInt8], at number: Int64) throws(StoreError) {
        var columns = DigestedRow(insert)
        try columns.add(number)
        try columns.add(hash)
        try columns.add(json.count)
        try columns.add(packing.pack(json))
        try columns.run()
    }

    /// Canonical JSON.
    func json(_ number: Int64) throws(StoreError) -> [UInt8] {
        try select.bind(number, at: 1)
        guard try select.step() else { throw .missing(number, in: "contents", select.path) }
        try select.checkDigest(table: "contents")
        defer { select.reset() }
        return try packing.unpack(select, size: 2, body: 3, row: number, table: "contents")
    }

    /// The content of that hash, where something said of the event before has it.
    func find(_ hash: [UInt8], event: Int64) throws(StoreError) -> Int64? {
        try ofEvent.bind(event, at: 1)
        try ofEvent.bind(hash, at: 2)
        defer { ofEvent.reset() }
        return try ofEvent.step() ? ofEvent.int64(0) : nil
    }

    /// Whether a revision, a base or a question of the event has that content.
    func isUsed(_ number: Int64, event: Int64) throws(StoreError) -> Bool {
        try users.bind(event, at: 1)
        try users.bind(number, at: 2)
        defer { users.reset() }
        return try users.step()
    }

    func delete(_ number: Int64) throws(StoreError) {
        try delete.bind(number, at: 1)
        try delete.run()
    }
}
