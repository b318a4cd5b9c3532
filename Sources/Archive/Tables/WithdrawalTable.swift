import EventModel
import PluginKit
import Store

/// The statements on `withdrawals`: events that a person took out of every output.
struct WithdrawalTable {
    private let select: PreparedStatement
    private let all: PreparedStatement
    private let insert: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        select = try database.prepare("SELECT * FROM withdrawals WHERE event = ?1")
        all = try database.prepare("SELECT * FROM withdrawals")
        insert = try database.prepare("INSERT INTO withdrawals VALUES (?1, ?2, ?3, ?4)")
        delete = try database.prepare("DELETE FROM withdrawals WHERE event = ?1")
    }

    /// Who took an event out of every output, and when; nil where nobody did.
    func find(_ event: Int64) throws(StoreError) -> Withdrawal? {
        try select.bind(event, at: 1)
        guard try select.step() else { return nil }
        try select.checkDigest(table: "withdrawals")
        defer { select.reset() }
        return Withdrawal(
            decidedBy: UInt32(truncatingIfNeeded: select.int64(1)), decidedAt: Instant(microseconds: select.int64(2)))
    }

    /// The numbers of all withdrawn events.
    func events() throws(StoreError) -> Set<Int64> {
        var events: Set<Int64> = []
        while try all.step() {
            try all.checkDigest(table: "withdrawals")
            events.insert(all.int64(0))
        }
        return events
    }

    func insert(_ withdrawal: Withdrawal, event: Int64) throws(StoreError) {
        var row = DigestedRow(insert)
        try row.add(event)
        try row.add(Int(withdrawal.decidedBy))
        try row.add(withdrawal.decidedAt.microseconds)
        try row.run()
    }

    func delete(_ event: Int64) throws(StoreError) {
        try delete.bind(event, at: 1)
        try delete.run()
    }
}
