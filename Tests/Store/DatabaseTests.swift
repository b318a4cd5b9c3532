import CSQLite
import Foundation
import Store
import Testing

/// A folder that goes away with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // ignoring: a folder left behind in the temporary directory harms nothing.
        }
    }

    func file(_ name: String) -> String { path + "/" + name }
}

let loose = Schema(
    applicationID: 0x6E6F_7465,
    migrations: [Migration(to: 1, sql: ["CREATE TABLE notes (n INTEGER PRIMARY KEY, body, digest INTEGER)"])])

@Suite("A database")
struct DatabaseTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open(
        _ schema: Schema = loose, access: Database.Access = .readWrite, options: Database.Options = .init()
    ) throws(StoreError) -> Database {
        try Database(path: folder.file("notes.sqlite"), schema: schema, access: access, options: options)
    }

    @Test("gives back every type as it was bound")
    func types() throws {
        let database = try open()
        let statement = try database.prepare("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8")
        try statement.bind(Int64.min, at: 1)
        try statement.bind(nil as Int?, at: 2)
        try statement.bind(0.1, at: 3)
        try statement.bind("Zürich\u{0} 🎷", at: 4)
        try statement.bind("", at: 5)
        try statement.bind([0, 255, 0], at: 6)
        try statement.bind([UInt8](), at: 7)
        try statement.bind(nil as String?, at: 8)
        #expect(try statement.step())
        #expect(statement.int64(0) == Int64.min)
        #expect(statement.optionalInt(1) == nil)
        #expect(statement.double(2) == 0.1)
        #expect(statement.text(3) == "Zürich\u{0} 🎷")
        #expect(statement.optionalText(4) == "")
        #expect(statement.bytes(5) == [0, 255, 0])
        #expect(!statement.isNull(6) && statement.bytes(6).isEmpty)
        #expect(statement.optionalText(7) == nil)
        #expect(try !statement.step())
    }

    @Test("keeps a transaction whole or leaves nothing of it")
    func transactions() throws {
        let database = try open()
        try database.transaction { () throws(StoreError) in
            try database.execute("INSERT INTO notes (body) VALUES ('kept')")
            #expect(throws: StoreError.self) {
                try database.transaction { () throws(StoreError) in
                    try database.execute("INSERT INTO notes (body) VALUES ('undone')")
                    try database.execute("INSERT INTO nowhere VALUES (1)")
                }
            }
        }
        #expect(throws: StoreError.self) {
            try database.transaction { () throws(StoreError) in
                try database.execute("DELETE FROM notes")
                throw StoreError(.foreignFile, message: "given up", path: "")
            }
        }
        #expect(try database.integer("SELECT count(*) FROM notes WHERE body = 'kept'") == 1)
        #expect(try database.integer("SELECT count(*) FROM notes") == 1)
    }

    @Test("is whole when the process dies after a commit")
    func killed() throws {
        let database = try open()
        try database.transaction { () throws(StoreError) in
            try database.execute("INSERT INTO notes (body) VALUES ('promised')")
        }
        // The files as a killed process leaves them: the log not copied, nothing closed.
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(
                atPath: folder.file("notes.sqlite") + suffix, toPath: folder.file("copy.sqlite") + suffix)
        }
        let copy = try Database(path: folder.file("copy.sqlite"), schema: loose)
        #expect(try copy.integer("SELECT count(*) FROM notes") == 1)
    }

    @Test("empties its log when it closes and leaves the files that readers need")
    func closing() throws {
        var database: Database? = try open()
        try database?.execute("INSERT INTO notes (body) VALUES ('x')")
        try database?.close()
        database = nil
        let log = try FileManager.default.attributesOfItem(atPath: folder.file("notes.sqlite-wal"))
        #expect(log[.size] as? Int == 0)
        #expect(FileManager.default.fileExists(atPath: folder.file("notes.sqlite-shm")))
        let reader = try open(access: .readOnly)
        #expect(try reader.integer("SELECT count(*) FROM notes") == 1)
    }

    @Test("copies its log when it has grown long, and not before")
    func checkpoints() throws {
        var options = Database.Options()
        options.checkpointPages = 4
        let database = try open(options: options)
        try database.execute("INSERT INTO notes (body) VALUES ('x')")
        let short = database.logPages
        try database.checkpointIfDue()
        #expect(database.logPages == short)
        try database.execute("INSERT INTO notes (body) VALUES (zeroblob(100000))")
        #expect(database.logPages >= 4)
        try database.checkpointIfDue()
        #expect(database.logPages == 0)
    }

    @Test("cannot be written by a reader, and the error says so")
    func readOnly() throws {
        let database = try open()
        let reader = try open(access: .readOnly)
        let error = #expect(throws: StoreError.self) { try reader.execute("DELETE FROM notes") }
        #expect(error?.description.contains(database.path) == true)
        #expect(error?.description.contains("readonly") == true)
    }

    @Test("tells a full disk from other troubles")
    func full() throws {
        let database = try open()
        try database.execute("PRAGMA max_page_count = 4")
        let error = #expect(throws: StoreError.self) {
            try database.transaction { () throws(StoreError) in
                try database.execute("INSERT INTO notes (body) VALUES (zeroblob(100000))")
            }
        }
        #expect(error?.isFull == true && error?.isTemporary == true)
        #expect(error?.isCorrupt == false && error?.isDurability == false)
        #expect(error?.description.contains("free space") == true)
        #expect(try database.integer("SELECT count(*) FROM notes") == 0)
    }

    @Test("waits for a lock no longer than it was told")
    func busy() throws {
        let first = try open()
        var options = Database.Options()
        options.busyTimeout = .zero
        let second = try open(options: options)
        let error = #expect(throws: StoreError.self) {
            try first.transaction { () throws(StoreError) in
                try second.transaction { () throws(StoreError) in }
            }
        }
        #expect(error?.isBusy == true && error?.isTemporary == true)
    }

    @Test(
        "holds against a batch only what is the fault of the batch",
        arguments: [
            (SQLITE_CANTOPEN, true), (SQLITE_PROTOCOL, true), (SQLITE_READONLY, true), (SQLITE_IOERR, true),
            (SQLITE_CONSTRAINT, false), (SQLITE_TOOBIG, false), (SQLITE_CORRUPT, false),
        ])
    func temporary(code: Int32, isTemporary: Bool) {
        let error = StoreError(.sqlite(code: code, extended: code), message: "", path: "notes.sqlite")
        #expect(error.isTemporary == isTemporary)
    }

    @Test("copies nothing into the file when it is let go without an end: nobody would hear of a failure")
    func letGo() throws {
        var database: Database? = try open()
        let size = try fileSize()
        try database?.transaction { () throws(StoreError) in
            try database?.execute("INSERT INTO notes (body) VALUES (zeroblob(100000))")
        }
        database = nil
        #expect(try fileSize() == size)
        #expect(try open().integer("SELECT length(body) FROM notes") == 100_000)
    }

    private func fileSize() throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.file("notes.sqlite"))[.size] as? Int
    }

    @Test("hides the arguments of a statement that failed")
    func arguments() throws {
        let database = try open()
        try database.execute("CREATE UNIQUE INDEX bodies ON notes (body)")
        let insert = try database.prepare("INSERT INTO notes (body) VALUES (?1)")
        try insert.bind("secret", at: 1)
        try insert.run()
        let error = #expect(throws: StoreError.self) { try insert.run() }
        #expect(error?.description.contains("VALUES (?1)") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("calls what is no database by its name and path")
    func garbage() throws {
        let path = folder.file("notes.sqlite")
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: StoreError.self) { _ = try open() }
        #expect(error?.isCorrupt == true)
        #expect(error?.description.hasPrefix(path) == true)
    }

    @Test("says which folder is missing")
    func missingFolder() {
        let path = folder.file("no/such/notes.sqlite")
        let error = #expect(throws: StoreError.self) { _ = try Database(path: path, schema: loose) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("check that the folder exists") == true)
    }
}
