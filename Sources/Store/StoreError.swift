import CSQLite

/// What went wrong with a database: what was tried, on which file, and what to do. The arguments of statements are
/// never in it.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// What happened.
    public enum Reason: Hashable, Sendable {
        /// SQLite refused: the primary and the extended result code (sqlite.org/rescode.html).
        case sqlite(code: Int32, extended: Int32)
        /// A newer version of the program made the file: its `user_version` and the newest one known here.
        case newerSchema(found: Int, known: Int)
        /// An older version made the file, and this connection may not bring it up to date.
        case olderSchema(found: Int, known: Int)
        /// The file is a database of another program.
        case foreignFile
        /// A row does not match its digest, or what it refers to is not there.
        case damagedRow(table: String, row: Int64)
    }

    /// What happened.
    public var reason: Reason
    /// SQLite's own words, or those of the check that failed.
    public var message: String
    /// The statement, its arguments shown as `?`; empty where there was none.
    public var sql: String
    /// The file.
    public var path: String

    /// Makes an error.
    public init(_ reason: Reason, message: String, sql: String = "", path: String) {
        self.reason = reason
        self.message = message
        self.sql = sql
        self.path = path
    }

    init(handle: OpaquePointer?, code: Int32, sql: String, path: String) {
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        let words = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        // After some failures (an interrupted close, say) the connection still shows an older error.
        let agrees = extended & 0xFF == code & 0xFF
        self.init(
            .sqlite(code: code & 0xFF, extended: agrees ? extended : code),
            message: words.map { String(cString: $0) } ?? "result code \(code)", sql: sql, path: path)
    }

    private var codes: (primary: Int32, extended: Int32)? {
        if case .sqlite(let code, let extended) = reason { (code, extended) } else { nil }
    }

    /// The disk or the quota is full.
    public var isFull: Bool { codes?.primary == SQLITE_FULL }

    /// Another connection holds a lock for longer than the busy timeout.
    public var isBusy: Bool { codes?.primary == SQLITE_BUSY || codes?.primary == SQLITE_LOCKED }

    /// What was committed may not be on disk: a failed fsync. It must not be tried again (the kernel forgets).
    public var isDurability: Bool {
        // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC; the header's macros are expressions that are not imported.
        codes?.extended == SQLITE_IOERR | 4 << 8 || codes?.extended == SQLITE_IOERR | 5 << 8
    }

    /// The file is damaged.
    public var isCorrupt: Bool {
        if case .damagedRow = reason { return true }
        return codes?.primary == SQLITE_CORRUPT || codes?.primary == SQLITE_NOTADB
    }

    /// It may pass by itself and is not the fault of what was to be kept: a full disk, a lock, an input or output error
    /// that is no failed fsync, no memory, files that cannot be opened.
    public var isTemporary: Bool {
        guard let codes, !isDurability else { return false }
        return isFull || isBusy
            || [
                SQLITE_IOERR, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL, SQLITE_CANTOPEN, SQLITE_PERM,
                SQLITE_READONLY, SQLITE_AUTH,
            ].contains(codes.primary)
    }

    /// What to do, as the end of a sentence.
    public var remedy: String {
        switch reason {
        case .newerSchema: "install the version of the program that wrote it, or a newer one"
        case .olderSchema: "start the service once, which brings it up to date"
        case .foreignFile: "move it away, or point the setting at another path"
        case .damagedRow: "restore the file from a backup; `sqlite3 FILE .recover` saves what can be read"
        case .sqlite(let code, _):
            switch code {
            case SQLITE_FULL: "free space on its file system or raise the quota"
            case SQLITE_BUSY, SQLITE_LOCKED: "end the program that holds it open for writing (fuser shows it)"
            case SQLITE_CORRUPT, SQLITE_NOTADB:
                "restore it from a backup; `sqlite3 FILE .recover` saves what can be read"
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH:
                "check that the folder exists and that this user may write the file, its -wal and its -shm"
            case SQLITE_IOERR:
                isDurability
                    ? "check the disk (journalctl -k); what was answered last may have to be done again"
                    : "check the disk (journalctl -k)"
            default: "this is a fault of the program; please report it"
            }
        }
    }

    /// `PATH: message (code); remedy`.
    public var description: String {
        let detail = codes.map { " (SQLite \($0.extended))" } ?? ""
        let statement = sql.isEmpty ? "" : " in: \(sql)"
        return "\(path): \(message)\(detail)\(statement); \(remedy)"
    }
}
