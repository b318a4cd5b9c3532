import CSQLite
import Glibc

/// What a killed process left of a database that it had written and not flushed yet. SQLite reads it back as committed,
/// from the kernel's memory, and never flushes it: a power cut would then take what others were promised on its account.
enum Leftovers {
    /// Makes the log of a database durable, if there is one. To be done before anything is read from it.
    static func flushLog(of path: String) throws(StoreError) { try flush("\(path)-wal", flags: 0, path) }

    /// Makes the names of the database's files durable: SQLite does so too, and ignores a failure.
    static func flushNames(of path: String) throws(StoreError) {
        let cut = path.lastIndex(of: "/")
        try flush(cut.map { "\(path[...$0])" } ?? ".", flags: O_DIRECTORY, path)
    }

    static func flush(_ name: String, flags: Int32, _ path: String) throws(StoreError) {
        let file = retry { open(name, O_RDONLY | O_CLOEXEC | flags) }
        guard file >= 0 else {
            if errno == ENOENT { return }
            throw failure(SQLITE_CANTOPEN, SQLITE_CANTOPEN, name, path)
        }
        defer { close(file) }
        // SQLITE_IOERR_FSYNC: the header's macro is an expression that is not imported.
        if retry({ fsync(file) }) != 0 { throw failure(SQLITE_IOERR, SQLITE_IOERR | 4 << 8, name, path) }
    }

    private static func retry(_ call: () -> Int32) -> Int32 {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    private static func failure(_ code: Int32, _ extended: Int32, _ name: String, _ path: String) -> StoreError {
        StoreError(
            .sqlite(code: code, extended: extended), message: "\(name): \(String(cString: strerror(errno)))", path: path
        )
    }
}
