import EventModel
import PluginKit
import Store

/// The statements on `withdrawals`: events that a person took out of every output.
struct WithdrawalTable {
    private let select: Store.Statement
    private let all: Store.Statement

    init(_ database: Database) throws(StoreError) {
        select = try database.prepare("SELECT * FROM withdrawals WHERE event = ?1")
        all = try database.prepare("SELECT * FROM withdrawals")
    }

    /// Who took an event out of every output, and when; nil where nobody did.
    func find(_ event: Int64) throws(StoreError) -> Withdrawal? {
        try select.bind(event, at: 1)
        guard try select.step() else { return nil }
        try select.checkDigest(table: "withdrawals")
        defer { select.reset() }
        return Withdrawal(
            decidedBy: UInt32(truncatingIfNeeded: select.int64(2)), decidedAt: Instant(microseconds: select.int64(3)))
    }

    /// The numbers of all withdrawn events.
    func events() throws(StoreError) -> Set<Int64> {
        var events: Set<Int64> = []
        while try all.step() {
            try all.checkDigest(table: "withdrawals")
            events.insert(all.int64(1))
        }
        return events
    }
}

extension Archive {
    /// Marks an event as withdrawn; one that is marked already keeps its mark. An event that is not known has none.
    func withdraw(_ order: EventOrder) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            guard let event = try events.find(order.uid), try withdrawals.find(event.number) == nil else { return }
            var row = DigestedRow(try database.prepare("INSERT INTO withdrawals VALUES (?1, ?2, ?3, ?4, ?5)"))
            try row.add(Int64(try database.integer("SELECT max(n) FROM withdrawals") ?? 0) + 1)
            try row.add(event.number)
            try row.add(Int(order.decidedBy))
            try row.add(order.decidedAt.microseconds)
            try row.run()
        }
    }

    /// Takes the mark away.
    func restore(_ uid: String) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            guard let event = try events.find(uid) else { return }
            try delete("withdrawals", where: "event", event.number)
        }
    }

    /// Deletes the rows of a table whose column has that number.
    func delete(_ table: String, where column: String, _ number: Int64) throws(StoreError) {
        let statement = try database.prepare("DELETE FROM \(table) WHERE \(column) = ?1")
        try statement.bind(number, at: 1)
        try statement.run()
    }
}
