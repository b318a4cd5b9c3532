import CSQLite
import Glibc

/// A copy of a database as it was before its tables were brought up to date. It lies beside the file until somebody who
/// is content with the new version removes it.
enum FormerVersion {
    private static let mark = ".version-"

    /// Makes the copy, whole and on disk or not at all.
    static func keep(_ database: Database, version: Int) throws(StoreError) {
        let copy = "\(database.path)\(mark)\(version)"
        let temporary = copy + ".tmp"
        // An earlier start may have ended before the name was given.
        unlink(temporary)
        let statement = try database.prepare("VACUUM INTO ?1")
        try statement.bind(temporary, at: 1)
        try statement.run()
        try Leftovers.flush(temporary, flags: 0, database.path)
        guard rename(temporary, copy) == 0 else {
            throw StoreError(
                .sqlite(code: SQLITE_IOERR, extended: SQLITE_IOERR),
                message: "\(copy): \(String(cString: strerror(errno)))", path: database.path)
        }
        try Leftovers.flushNames(of: database.path)
    }

    /// Removes the copies of all versions.
    static func remove(_ database: Database, before version: Int) throws(StoreError) {
        for version in 1..<max(1, version) {
            let copy = "\(database.path)\(mark)\(version)"
            guard unlink(copy) != 0, errno != ENOENT else { continue }
            throw StoreError(
                .sqlite(code: SQLITE_IOERR, extended: SQLITE_IOERR),
                message: "\(copy): \(String(cString: strerror(errno)))", path: database.path)
        }
        try Leftovers.flushNames(of: database.path)
    }
}

extension Database {
    /// Removes the copies that were put aside before the tables were brought up to date: what is deleted here may be in them.
    public func removeFormerVersions() throws(StoreError) {
        try FormerVersion.remove(self, before: try integer("PRAGMA user_version") ?? 0)
    }
}
