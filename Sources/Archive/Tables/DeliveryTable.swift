import EventModel
import PluginKit
import Store

/// A row of `deliveries`: one dropped file.
struct DeliveryRow {
    var number: Int64
    var header: DeliveryHeader
    /// The row of `bytes` that has its bytes; nil where they are not kept.
    var bytes: Int64?
}

/// The statements on `deliveries` and `bytes`.
struct DeliveryTable {
    static let columns = 11

    private let byID: PreparedStatement
    private let byNumber: PreparedStatement
    private let byBytes: PreparedStatement
    private let insert: PreparedStatement
    private let replace: PreparedStatement
    private let insertBytes: PreparedStatement
    private let selectBytes: PreparedStatement
    private let packing: Packing

    init(_ database: Database, _ packing: Packing) throws(StoreError) {
        self.packing = packing
        byID = try database.prepare("SELECT * FROM deliveries WHERE id = ?1 ORDER BY n")
        byNumber = try database.prepare("SELECT * FROM deliveries WHERE n = ?1")
        byBytes = try database.prepare("SELECT * FROM deliveries WHERE bytes = ?1")
        let values = (1...Self.columns).map { "?\($0)" }.joined(separator: ", ")
        insert = try database.prepare("INSERT INTO deliveries VALUES (\(values))")
        replace = try database.prepare("REPLACE INTO deliveries VALUES (\(values))")
        insertBytes = try database.prepare("INSERT INTO bytes VALUES (?1, ?2, ?3, ?4)")
        selectBytes = try database.prepare("SELECT * FROM bytes WHERE n = ?1")
    }

    /// The rows of an id, oldest first: more than one where a file was written to before it was judged.
    func all(_ id: DeliveryID) throws(StoreError) -> [DeliveryRow] {
        try byID.bind(id.description, at: 1)
        var rows: [DeliveryRow] = []
        while try byID.step() {
            try byID.checkDigest(table: "deliveries")
            rows.append(DeliveryRow(byID))
        }
        return rows
    }

    /// The row of an id with those bytes.
    func find(_ id: DeliveryID, sha256: String) throws(StoreError) -> DeliveryRow? {
        try all(id).last { $0.header.sha256 == sha256 }
    }

    /// The row of that number.
    func row(_ number: Int64) throws(StoreError) -> DeliveryRow {
        try byNumber.bind(number, at: 1)
        guard try byNumber.step() else { throw .missing(number, in: "deliveries", byNumber.path) }
        try byNumber.checkDigest(table: "deliveries")
        defer { byNumber.reset() }
        return DeliveryRow(byNumber)
    }

    /// The rows that have those bytes. Reads the whole table.
    func sharing(_ bytes: Int64) throws(StoreError) -> [DeliveryRow] {
        try byBytes.bind(bytes, at: 1)
        var rows: [DeliveryRow] = []
        while try byBytes.step() {
            try byBytes.checkDigest(table: "deliveries")
            rows.append(DeliveryRow(byBytes))
        }
        return rows
    }

    func insert(_ row: DeliveryRow) throws(StoreError) { try write(row, insert) }

    /// Writes a row in the place of the one of its number.
    func replace(_ row: DeliveryRow) throws(StoreError) { try write(row, replace) }

    private func write(_ row: DeliveryRow, _ statement: PreparedStatement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.header.id.description)
        try columns.add(row.header.file)
        try columns.add(row.header.sha256)
        try columns.add(row.header.byteCount)
        try columns.add(row.header.format?.rawValue)
        try columns.add(Int(row.header.submitter))
        try columns.add(row.header.publisher)
        try columns.add(row.header.receivedAt.microseconds)
        try columns.add(row.bytes.map(Int.init))
        try columns.run()
    }

    /// Keeps dropped bytes.
    func keep(_ bytes: [UInt8], at number: Int64) throws(StoreError) {
        var columns = DigestedRow(insertBytes)
        try columns.add(number)
        try columns.add(bytes.count)
        try columns.add(packing.pack(bytes))
        try columns.run()
    }

    /// Dropped bytes.
    func bytes(_ number: Int64) throws(StoreError) -> [UInt8] {
        try selectBytes.bind(number, at: 1)
        guard try selectBytes.step() else { throw .missing(number, in: "bytes", selectBytes.path) }
        try selectBytes.checkDigest(table: "bytes")
        defer { selectBytes.reset() }
        return try packing.unpack(selectBytes, size: 1, body: 2, row: number, table: "bytes")
    }
}

extension DeliveryRow {
    /// Reads the current row of a `SELECT *`, or of one that has these columns from a later one on.
    init(_ row: PreparedStatement, from column: Int = 0) {
        number = row.int64(column)
        header = DeliveryHeader(
            id: DeliveryID(row.text(column + 1)) ?? DeliveryID(high: 0, low: 0), file: row.bytes(column + 2),
            sha256: row.text(column + 3), byteCount: row.int(column + 4),
            format: Format(rawValue: row.text(column + 5)),
            submitter: UInt32(truncatingIfNeeded: row.int64(column + 6)), publisher: row.text(column + 7),
            receivedAt: Instant(microseconds: row.int64(column + 8)))
        bytes = row.isNull(column + 9) ? nil : row.int64(column + 9)
    }
}

extension Packing {
    /// Unpacks a body that stands in a row beside its length.
    func unpack(
        _ row: PreparedStatement, size: Int, body: Int, row number: Int64, table: String
    ) throws(StoreError) -> [UInt8] {
        let count = row.int(size)
        let result: Result<[UInt8], Damage> = row.withBytes(body) { form in
            do throws(Damage) {
                return .success(try unpack(form, count: count))
            } catch {
                return .failure(error)
            }
        }
        if case .success(let bytes) = result { return bytes }
        throw StoreError(
            .damagedRow(table: table, row: number), message: "row \(number) of table \(table) cannot be unpacked",
            path: row.path)
    }
}

extension StoreError {
    /// That a row is not there which another one refers to.
    static func missing(_ number: Int64, in table: String, _ path: String) -> StoreError {
        StoreError(
            .damagedRow(table: table, row: number), message: "row \(number) of table \(table) is missing", path: path)
    }
}
