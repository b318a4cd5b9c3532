import CSQLite

/// The open handle, shared by a database and its statements, so that it is closed after the last of them.
final class Connection {
    let handle: OpaquePointer
    let path: String
    /// Pages in the write-ahead log after the last commit, written by SQLite's hook.
    let logPages: UnsafeMutablePointer<Int32>

    init(handle: OpaquePointer, path: String) {
        self.handle = handle
        self.path = path
        logPages = .allocate(capacity: 1)
        logPages.initialize(to: 0)
    }

    deinit {
        sqlite3_close_v2(handle)
        logPages.deallocate()
    }

    func error(_ code: Int32, sql: String = "") -> StoreError {
        StoreError(handle: handle, code: code, sql: sql, path: path)
    }
}
