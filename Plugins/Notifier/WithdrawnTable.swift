import Store

/// The events that a person took out of every output.
struct WithdrawnTable {
    private let database: Database
    private let select: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        self.database = database
        select = try database.prepare("SELECT * FROM withdrawn WHERE uid = ?1")
        delete = try database.prepare("DELETE FROM withdrawn WHERE uid = ?1")
    }

    /// Whether an event is to reach no output.
    func has(_ uid: String) throws(StoreError) -> Bool {
        try select.bind(uid, at: 1)
        guard try select.step() else { return false }
        try select.checkDigest(table: "withdrawn")
        select.reset()
        return true
    }

    /// Notes an event; one that is noted already stays.
    func add(_ uid: String) throws(StoreError) {
        if try has(uid) { return }
        var row = DigestedRow(try database.prepare("INSERT INTO withdrawn VALUES (?1, ?2, ?3)"))
        try row.add(Int64(try database.integer("SELECT max(id) FROM withdrawn") ?? 0) + 1)
        try row.add(uid)
        try row.run()
    }

    /// Lets an event reach outputs again.
    func remove(_ uid: String) throws(StoreError) {
        try delete.bind(uid, at: 1)
        try delete.run()
    }
}
