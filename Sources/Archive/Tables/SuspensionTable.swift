import EventModel
import PluginKit
import Store

/// The statements on `suspensions`: whose updates a person has held back.
struct SuspensionTable {
    private let all: PreparedStatement
    private let insert: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        all = try database.prepare("SELECT * FROM suspensions ORDER BY n")
        insert = try database.prepare("INSERT INTO suspensions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        delete = try database.prepare("DELETE FROM suspensions WHERE origin = ?1")
    }

    /// All that hold, oldest first.
    func rows() throws(StoreError) -> [Suspension] {
        defer { all.reset() }
        var found: [Suspension] = []
        while try all.step() {
            try all.checkDigest(table: "suspensions")
            guard let origin = Origin(all.text(1)) else { continue }
            found.append(
                Suspension(
                    of: origin, decidedBy: UInt32(truncatingIfNeeded: all.int64(2)),
                    decidedAt: Instant(microseconds: all.int64(3)), comment: all.text(4)))
        }
        return found
    }

    /// - Parameter number: The entry of the log that tells of it.
    func insert(_ suspension: Suspension, number: Int64) throws(StoreError) {
        var row = DigestedRow(insert)
        try row.add(number)
        try row.add(suspension.origin.description)
        try row.add(Int(suspension.decidedBy))
        try row.add(suspension.decidedAt.microseconds)
        try row.add(suspension.comment)
        try row.run()
    }

    func delete(_ origin: Origin) throws(StoreError) {
        try delete.bind(origin.description, at: 1)
        try delete.run()
    }
}
