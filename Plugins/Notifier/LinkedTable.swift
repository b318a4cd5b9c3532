import Store

/// The uids that stand for other events: their own events are kept as they were, and reach no output.
struct LinkedTable {
    static let schema = [
        "CREATE TABLE linked (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, digest INTEGER NOT NULL)"
    ]

    private let database: Database
    private let select: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        self.database = database
        select = try database.prepare("SELECT * FROM linked WHERE uid = ?1")
        delete = try database.prepare("DELETE FROM linked WHERE uid = ?1")
    }

    /// Whether a uid stands for another event.
    func has(_ uid: String) throws(StoreError) -> Bool {
        try select.bind(uid, at: 1)
        guard try select.step() else { return false }
        try select.checkDigest(table: "linked")
        select.reset()
        return true
    }

    /// Notes a uid; one that is noted already stays.
    func add(_ uid: String) throws(StoreError) {
        if try has(uid) { return }
        var row = DigestedRow(try database.prepare("INSERT INTO linked VALUES (?1, ?2, ?3)"))
        try row.add(Int64(try database.integer("SELECT max(id) FROM linked") ?? 0) + 1)
        try row.add(uid)
        try row.run()
    }

    /// Lets a uid stand for its own event again.
    func remove(_ uid: String) throws(StoreError) {
        try delete.bind(uid, at: 1)
        try delete.run()
    }
}
