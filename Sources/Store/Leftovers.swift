import CSQLite
import Glibc
import Primitives

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
        let file: Descriptor
        do throws(Errno) {
            file = Descriptor(try SystemCall.run { open(name, O_RDONLY | O_CLOEXEC | flags) })
        } catch {
            if error == .notFound { return }
            throw failure(SQLITE_CANTOPEN, SQLITE_CANTOPEN, "\(name): \(error)", path)
        }
        do throws(Errno) {
            try SystemCall.flush(file.raw)
        } catch {
            // SQLITE_IOERR_FSYNC: the header's macro is an expression that is not imported.
            throw failure(SQLITE_IOERR, SQLITE_IOERR | 4 << 8, "\(name): \(error)", path)
        }
    }

    private static func failure(_ code: Int32, _ extended: Int32, _ message: String, _ path: String) -> StoreError {
        StoreError(.sqlite(code: code, extended: extended), message: message, path: path)
    }
}
