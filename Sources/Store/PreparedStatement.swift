import CSQLite

/// A prepared statement. Arguments are counted from 1 and columns from 0, as in SQLite. Bound texts and bytes are
/// copied, unless a method says otherwise.
public final class PreparedStatement {
    private let statement: OpaquePointer
    private let connection: Connection
    /// The text it was prepared from.
    public let sql: String
    /// The file it works on.
    public var path: String { connection.path }

    init(_ sql: String, connection: Connection) throws(StoreError) {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = sqlite3_prepare_v3(connection.handle, sql, -1, flags, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw connection.error(code == SQLITE_OK ? SQLITE_MISUSE : code, sql: sql)
        }
        self.statement = statement
        self.connection = connection
        self.sql = sql
    }

    deinit { sqlite3_finalize(statement) }

    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func check(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else { throw connection.error(code, sql: sql) }
    }

    // MARK: Arguments

    /// Binds a whole number.
    public func bind(_ value: Int64, at index: Int) throws(StoreError) {
        try check(sqlite3_bind_int64(statement, Int32(index), value))
    }

    /// Binds a whole number, or NULL.
    public func bind(_ value: Int?, at index: Int) throws(StoreError) {
        guard let value else { return try bindNull(at: index) }
        try bind(Int64(value), at: index)
    }

    /// Binds a number.
    public func bind(_ value: Double, at index: Int) throws(StoreError) {
        try check(sqlite3_bind_double(statement, Int32(index), value))
    }

    /// Binds a text, or NULL.
    public func bind(_ value: String?, at index: Int) throws(StoreError) {
        guard var text = value else { return try bindNull(at: index) }
        let code = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                // A text without bytes may have no address, which SQLite would take for NULL.
                characters.isEmpty
                    ? sqlite3_bind_text64(statement, Int32(index), "", 0, PreparedStatement.copied, UInt8(SQLITE_UTF8))
                    : sqlite3_bind_text64(
                        statement, Int32(index), characters.baseAddress, UInt64(characters.count),
                        PreparedStatement.copied,
                        UInt8(SQLITE_UTF8))
            }
        }
        try check(code)
    }

    /// Binds bytes, or NULL.
    public func bind(_ value: [UInt8]?, at index: Int) throws(StoreError) {
        guard let value else { return try bindNull(at: index) }
        let code = value.withUnsafeBytes { bind(blob: $0, at: index, PreparedStatement.copied) }
        try check(code)
    }

    /// Binds bytes without a copy. They must stay where they are until the statement has been run and another value,
    /// or ``reset()``, took their place.
    public func bind(borrowing bytes: UnsafeRawBufferPointer, at index: Int) throws(StoreError) {
        try check(bind(blob: bytes, at: index, nil))
    }

    private func bind(blob: UnsafeRawBufferPointer, at index: Int, _ ownership: sqlite3_destructor_type?) -> Int32 {
        guard let base = blob.baseAddress, !blob.isEmpty else {
            return sqlite3_bind_zeroblob(statement, Int32(index), 0)
        }
        return sqlite3_bind_blob64(statement, Int32(index), base, UInt64(blob.count), ownership)
    }

    /// Binds NULL.
    public func bindNull(at index: Int) throws(StoreError) {
        try check(sqlite3_bind_null(statement, Int32(index)))
    }

    // MARK: Running

    /// Goes to the next row; false when there is none, and the statement is ready to run again.
    public func step() throws(StoreError) -> Bool {
        let code = sqlite3_step(statement)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(statement)
            return false
        default:
            let error = connection.error(code, sql: sql)
            sqlite3_reset(statement)
            throw error
        }
    }

    /// Runs to the end, past any rows.
    public func run() throws(StoreError) {
        while try step() {}
    }

    /// Ends a run before its last row. Arguments stay bound.
    public func reset() { sqlite3_reset(statement) }

    // MARK: Columns

    /// The number of columns.
    public var columnCount: Int { Int(sqlite3_column_count(statement)) }

    /// The name of a column.
    public func name(_ column: Int) -> String {
        sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func type(_ column: Int) -> Int32 { sqlite3_column_type(statement, Int32(column)) }

    /// Whether the column is NULL.
    public func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    /// A whole number; 0 for NULL.
    public func int64(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

    /// A whole number; 0 for NULL.
    public func int(_ column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }

    /// A whole number, or nil for NULL.
    public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    /// A number; 0 for NULL.
    public func double(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

    /// A text; empty for NULL.
    public func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// A text, or nil for NULL.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// Bytes; empty for NULL.
    public func bytes(_ column: Int) -> [UInt8] { withBytes(column) { Array($0) } }

    /// Looks at the bytes of a text or blob where they are; the pointer is good within the call.
    public func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = sqlite3_column_blob(statement, Int32(column))
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column)))))
    }
}
