import EventModel
import PluginKit
import Store

/// How a delivery ended here.
enum ArchiveOutcome: String {
    case accepted, unchanged, stale, held

    var verdict: Verdict {
        switch self {
        case .accepted, .unchanged: .pass
        case .stale: .absorb
        case .held: .hold
        }
    }
}

/// A row of `deliveries`: one answer.
struct DeliveryRow {
    var number: Int64
    var id: String
    var file: [UInt8]
    var sha256: String
    var byteCount: Int
    var format: Format?
    var submitter: UInt32
    var publisher: String
    var receivedAt: Instant
    var settledAt: Instant
    var outcome: ArchiveOutcome
    var reason: String
    var history: Range<Int64>
    var findings: Range<Int64>
    var release: Release?
}

/// The statements on `deliveries` and `contents`.
struct DeliveryTable {
    private let find: Store.Statement
    private let insert: Store.Statement
    private let replace: Store.Statement
    private let byID: Store.Statement
    private let byNumber: Store.Statement
    private let keep: Store.Statement

    init(_ database: Database) throws(StoreError) {
        find = try database.prepare("SELECT * FROM deliveries WHERE id = ?1 ORDER BY n DESC LIMIT 1")
        byID = try database.prepare("SELECT * FROM deliveries WHERE id = ?1 ORDER BY n")
        byNumber = try database.prepare("SELECT * FROM deliveries WHERE n = ?1")
        let values = (1...20).map { "?\($0)" }.joined(separator: ", ")
        insert = try database.prepare("INSERT INTO deliveries VALUES (\(values))")
        replace = try database.prepare("REPLACE INTO deliveries VALUES (\(values))")
        keep = try database.prepare("INSERT INTO contents VALUES (?1, ?2, ?3)")
    }

    /// The last answer to a delivery.
    func find(_ id: String) throws(StoreError) -> DeliveryRow? {
        try find.bind(id, at: 1)
        guard try find.step() else { return nil }
        try find.checkDigest(table: "deliveries")
        defer { find.reset() }
        return DeliveryRow(find)
    }

    /// All answers to a delivery, oldest first.
    func all(_ id: String) throws(StoreError) -> [DeliveryRow] {
        try byID.bind(id, at: 1)
        var rows: [DeliveryRow] = []
        while try byID.step() {
            try byID.checkDigest(table: "deliveries")
            rows.append(DeliveryRow(byID))
        }
        return rows
    }

    /// The answer of that number.
    func row(_ number: Int64) throws(StoreError) -> DeliveryRow? {
        try byNumber.bind(number, at: 1)
        guard try byNumber.step() else { return nil }
        try byNumber.checkDigest(table: "deliveries")
        defer { byNumber.reset() }
        return DeliveryRow(byNumber)
    }

    func insert(_ row: DeliveryRow) throws(StoreError) { try write(row, insert) }

    /// Writes an answer in the place of the one of its number.
    func replace(_ row: DeliveryRow) throws(StoreError) { try write(row, replace) }

    private func write(_ row: DeliveryRow, _ statement: Store.Statement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.id)
        try columns.add(row.file)
        try columns.add(row.sha256)
        try columns.add(row.byteCount)
        try columns.add(row.format?.rawValue)
        try columns.add(Int(row.submitter))
        try columns.add(row.publisher)
        try columns.add(row.receivedAt.microseconds)
        try columns.add(row.settledAt.microseconds)
        try columns.add(row.outcome.rawValue)
        try columns.add(row.reason)
        try columns.add(row.history.lowerBound)
        try columns.add(row.history.count)
        try columns.add(row.findings.lowerBound)
        try columns.add(row.findings.count)
        try columns.add(row.release?.words)
        try columns.add(row.release.map { Int($0.decidedBy) })
        try columns.add(row.release.map { Int($0.decidedAt.microseconds) })
        try columns.run()
    }

    /// Keeps the bytes of a delivery.
    func keep(_ bytes: [UInt8], of number: Int64) throws(StoreError) {
        var columns = DigestedRow(keep)
        try columns.add(number)
        try columns.add(bytes)
        try columns.run()
    }
}

extension DeliveryRow {
    /// Reads the current row of a `SELECT *`.
    init(_ row: Store.Statement) {
        number = row.int64(0)
        id = row.text(1)
        file = row.bytes(2)
        sha256 = row.text(3)
        byteCount = row.int(4)
        format = Format(rawValue: row.text(5))
        submitter = UInt32(truncatingIfNeeded: row.int64(6))
        publisher = row.text(7)
        receivedAt = Instant(microseconds: row.int64(8))
        settledAt = Instant(microseconds: row.int64(9))
        outcome = ArchiveOutcome(rawValue: row.text(10)) ?? .held
        reason = row.text(11)
        history = row.int64(12)..<(row.int64(12) + row.int64(13))
        findings = row.int64(14)..<(row.int64(14) + row.int64(15))
        release = Release(
            words: row.text(16), decidedBy: UInt32(truncatingIfNeeded: row.int64(17)),
            decidedAt: Instant(microseconds: row.int64(18)))
    }
}
