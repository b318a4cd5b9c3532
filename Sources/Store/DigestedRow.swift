import CSQLite

/// Binds the columns of a row to a statement's arguments 1, 2, 3 …, and their digest as the last one.
public struct DigestedRow {
    private let statement: PreparedStatement
    private var digest = RowDigest()
    private var index = 0

    /// Starts a row.
    public init(_ statement: PreparedStatement) { self.statement = statement }

    /// Adds a column.
    public mutating func add(_ value: Int64) throws(StoreError) {
        index += 1
        digest.add(value)
        try statement.bind(value, at: index)
    }

    /// Adds a column.
    public mutating func add(_ value: Int?) throws(StoreError) {
        guard let value else { return try addNull() }
        try add(Int64(value))
    }

    /// Adds a column.
    public mutating func add(_ value: String?) throws(StoreError) {
        guard let value else { return try addNull() }
        index += 1
        digest.add(value)
        try statement.bind(value, at: index)
    }

    /// Adds a column.
    public mutating func add(_ value: [UInt8]?) throws(StoreError) {
        guard let value else { return try addNull() }
        index += 1
        digest.add(value)
        try statement.bind(value, at: index)
    }

    private mutating func addNull() throws(StoreError) {
        index += 1
        digest.addNull()
        try statement.bindNull(at: index)
    }

    /// Binds the digest and runs the statement.
    public consuming func run() throws(StoreError) {
        try statement.bind(digest.value, at: index + 1)
        try statement.run()
    }
}

extension PreparedStatement {
    /// Checks the current row of a `SELECT *` whose first column is the row's number and whose last is its digest; or
    /// of a `SELECT a.*, …` whose first `columns` are such.
    public func checkDigest(table: String, columns: Int? = nil) throws(StoreError) {
        let digestColumn = (columns ?? columnCount) - 1
        guard int64(digestColumn) != digest(columns: digestColumn) else { return }
        let row = int64(0)
        reset()
        throw StoreError(
            .damagedRow(table: table, row: row), message: "row \(row) of table \(table) does not match its digest",
            sql: sql, path: path)
    }

    func digest(columns: Int) -> Int64 {
        var digest = RowDigest()
        for column in 0..<columns {
            switch type(column) {
            case SQLITE_INTEGER: digest.add(int64(column))
            case SQLITE_FLOAT: digest.add(double(column))
            case SQLITE_TEXT: withBytes(column) { digest.add(type: 3, $0) }
            case SQLITE_BLOB: withBytes(column) { digest.add(type: 4, $0) }
            default: digest.addNull()
            }
        }
        return digest.value
    }
}

extension Database {
    /// Numbers of the rows of a table that do not match their digests. The table's first column is the row's number
    /// and its last the digest. Reads the whole table.
    public func damagedRows(in table: String) throws(StoreError) -> [Int64] {
        let statement = try prepare("SELECT * FROM \(table)")
        var damaged: [Int64] = []
        while try statement.step() {
            let digestColumn = statement.columnCount - 1
            if statement.int64(digestColumn) != statement.digest(columns: digestColumn) {
                damaged.append(statement.int64(0))
            }
        }
        return damaged
    }
}
