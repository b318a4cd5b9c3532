import CSQLite

/// One connection to an SQLite file in write-ahead-log mode. It belongs to one owner (an actor on a thread of its own)
/// and is not sendable; any number of read-only connections may look at the same file meanwhile.
///
/// What ``transaction(_:)`` has returned from is on disk: synchronous=FULL. Checkpoints are made by
/// ``checkpointIfDue()`` and never behind the owner's back, because SQLite's own automatic ones swallow a failed fsync.
public final class Database {
    /// What a connection may do.
    public enum Access: Sendable {
        /// Read and write; the file is made where there is none.
        case readWrite
        /// Only read. Works for users without write access as long as the -wal and -shm files lie beside the file.
        case readOnly
    }

    /// How a connection behaves.
    public struct Options: Sendable {
        /// How long to wait for another connection's lock.
        public var busyTimeout: Duration = .seconds(5)
        /// Memory for pages, in bytes, at most.
        public var cacheBytes = 32 << 20
        /// Pages in the log from which on a checkpoint is due.
        public var checkpointPages = 10_000
        /// Whether a copy of the file is put beside it, `PATH.version-N`, before its tables are brought up to date.
        public var keepsFormerVersion = false
        /// Bytes a page of a newly made file; a power of two, 512 to 65 536.
        public var pageBytes = 8192

        /// The defaults.
        public init() {}
    }

    /// The file.
    public var path: String { connection.path }
    /// The version of the tables when the file was opened, before they were brought up to date; 0 for a new file.
    public private(set) var formerVersion = 0
    let connection: Connection
    let options: Options
    private let access: Access
    private var depth = 0
    private var frequent: [String: PreparedStatement] = [:]

    /// Opens a file. With write access it is made and brought up to the newest version of the schema; read-only it
    /// must have that version. A file of another program or of a newer version is left as it is.
    public init(
        path: String, schema: Schema, access: Access = .readWrite, options: Options = Options()
    ) throws(StoreError) {
        if access == .readWrite { try Leftovers.flushLog(of: path) }
        let mode = access == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            throw StoreError(handle: handle, code: code, sql: "", path: path)
        }
        connection = Connection(handle: handle, path: path)
        self.options = options
        self.access = access
        // A close would swallow a failed fsync, or make one again after it failed.
        guard tidings_no_checkpoint_on_close(handle) == SQLITE_OK else { throw connection.error(SQLITE_ERROR) }
        sqlite3_busy_timeout(handle, Int32(clamping: options.busyTimeout.components.seconds * 1000))
        try execute("PRAGMA cache_size = -\(options.cacheBytes >> 10)")
        try execute("PRAGMA temp_store = MEMORY")
        let found = try version(of: schema)
        formerVersion = found
        if access == .readWrite {
            try prepareForWriting()
            try migrate(to: schema)
            try Leftovers.flushNames(of: path)
        } else if found < schema.version {
            throw StoreError(
                .olderSchema(found: found, known: schema.version),
                message: "its tables are of version \(found), and this program reads version \(schema.version)",
                path: path)
        }
    }

    private func prepareForWriting() throws(StoreError) {
        try execute("PRAGMA page_size = \(options.pageBytes)")
        try execute("PRAGMA journal_mode = WAL")
        try execute("PRAGMA synchronous = FULL")
        try execute("PRAGMA wal_autocheckpoint = 0")
        // The log and its index stay at close, for readers that may not make them.
        var persists: Int32 = 1
        sqlite3_file_control(connection.handle, "main", SQLITE_FCNTL_PERSIST_WAL, &persists)
        sqlite3_wal_hook(
            connection.handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, connection.logPages)
    }

    /// Runs statements that give no rows and have no arguments.
    public func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(connection.handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw connection.error(code, sql: sql) }
    }

    /// Prepares a statement that the caller keeps.
    public func prepare(_ sql: String) throws(StoreError) -> PreparedStatement {
        try PreparedStatement(sql, connection: connection)
    }

    /// A whole number that a statement without arguments gives, such as a count; nil where it gives no row or NULL.
    public func integer(_ sql: String) throws(StoreError) -> Int? {
        let statement = try prepare(sql)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.int(0)
    }

    /// Runs a body whole or not at all. When it returns, it is on disk; when it throws, nothing of it is left. A
    /// transaction inside another is a savepoint of that one.
    public func transaction<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        let isOutermost = depth == 0
        try run(isOutermost ? (access == .readOnly ? "BEGIN" : "BEGIN IMMEDIATE") : "SAVEPOINT s\(depth)")
        depth += 1
        defer { depth -= 1 }
        do throws(StoreError) {
            let result = try body()
            try run(isOutermost ? "COMMIT" : "RELEASE s\(depth - 1)")
            return result
        } catch {
            undo(isOutermost)
            throw error
        }
    }

    /// Runs a body within a transaction and undoes what it wrote, unless it says that it is to be kept.
    public func attempt<Result>(
        _ body: () throws(StoreError) -> (result: Result, isKept: Bool)
    ) throws(StoreError) -> (result: Result, isKept: Bool) {
        precondition(depth > 0, "an attempt stands within a transaction")
        var attempted: Result?
        do throws(StoreError) {
            return try transaction { () throws(StoreError) -> (result: Result, isKept: Bool) in
                let (result, isKept) = try body()
                if isKept { return (result, true) }
                attempted = result
                throw connection.error(SQLITE_ABORT)
            }
        } catch {
            guard let attempted else { throw error }
            return (attempted, false)
        }
    }

    private func undo(_ isOutermost: Bool) {
        do throws(StoreError) {
            if !isOutermost {
                try execute("ROLLBACK TO s\(depth - 1)")
                try execute("RELEASE s\(depth - 1)")
            } else if sqlite3_get_autocommit(connection.handle) == 0 {
                try execute("ROLLBACK")
            }
        } catch {
            // ignoring: SQLite has rolled back by itself (full disk, I/O error), and the first error is the one to tell.
        }
    }

    /// Runs a statement that is kept prepared.
    private func run(_ sql: String) throws(StoreError) {
        if let statement = frequent[sql] { return try statement.run() }
        let statement = try prepare(sql)
        frequent[sql] = statement
        try statement.run()
    }

    /// Pages in the write-ahead log after the last commit.
    public var logPages: Int { Int(connection.logPages.pointee) }

    /// Copies the log into the file if it has grown long enough and no reader is in the way. A failed fsync throws
    /// with ``StoreError/isDurability``.
    public func checkpointIfDue() throws(StoreError) {
        guard logPages >= options.checkpointPages else { return }
        try checkpoint(SQLITE_CHECKPOINT_PASSIVE)
    }

    private func checkpoint(_ mode: Int32, isReaderInTheWayFine: Bool = true) throws(StoreError) {
        let code = sqlite3_wal_checkpoint_v2(connection.handle, "main", mode, nil, nil)
        guard code != SQLITE_OK else {
            connection.logPages.pointee = 0
            return
        }
        let error = connection.error(code, sql: "PRAGMA wal_checkpoint")
        // A reader in the way is no fault: the next checkpoint copies the rest.
        if !error.isBusy || !isReaderInTheWayFine { throw error }
    }

    /// Writes the file anew, without what was deleted, and empties the log: nothing of what is gone is left in either. Takes
    /// time and disk in proportion to the file. Throws while a reader is in the way (``StoreError/isTemporary``): the
    /// log may hold deleted rows then, and it has to be asked again.
    public func compact() throws(StoreError) {
        // The copy is made in a file: in memory it could be larger than the machine's.
        try execute("PRAGMA temp_store = FILE")
        try execute("VACUUM")
        try execute("PRAGMA temp_store = MEMORY")
        try checkpoint(SQLITE_CHECKPOINT_TRUNCATE, isReaderInTheWayFine: false)
    }

    /// Ends the work: copies the whole log into the file and empties it, so that damage to the file cannot hide behind
    /// it. The -wal and -shm files stay. The connection closes with its last statement.
    public func close() throws(StoreError) {
        frequent = [:]
        if access == .readWrite { try checkpoint(SQLITE_CHECKPOINT_TRUNCATE) }
    }
}
