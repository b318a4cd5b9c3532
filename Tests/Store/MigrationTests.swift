import Foundation
import Store
import Testing

@Suite("A schema")
struct MigrationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let first = Migration(to: 1, sql: ["CREATE TABLE notes (n INTEGER PRIMARY KEY, body TEXT)"])
    private static let second = Migration(to: 2) { database throws(StoreError) in
        try database.execute("ALTER TABLE notes ADD COLUMN length INTEGER")
        try database.execute("UPDATE notes SET length = length(body)")
    }
    private static let broken = Migration(
        to: 2, sql: ["ALTER TABLE notes ADD COLUMN length INTEGER", "UPDATE nowhere SET x = 1"])

    private func open(_ steps: [Migration], id: Int32 = 7, _ access: Database.Access = .readWrite) throws(StoreError)
        -> Database
    {
        try Database(
            path: folder.file("a.sqlite"), schema: Schema(applicationID: id, migrations: steps), access: access)
    }

    private func makeVersionOne() throws {
        try open([Self.first]).execute("INSERT INTO notes (body) VALUES ('four')")
    }

    @Test("brings an older file up to date and keeps what is in it")
    func migrates() throws {
        try makeVersionOne()
        let database = try open([Self.first, Self.second])
        #expect(try database.integer("SELECT length FROM notes") == 4)
        #expect(try database.integer("PRAGMA user_version") == 2)
    }

    @Test("leaves a file as it was when a step fails")
    func fails() throws {
        try makeVersionOne()
        #expect(throws: StoreError.self) { _ = try open([Self.first, Self.broken]) }
        let database = try open([Self.first])
        #expect(try database.integer("PRAGMA user_version") == 1)
        #expect(try database.integer("SELECT count(*) FROM pragma_table_info('notes')") == 2)
    }

    @Test("refuses a file of a newer version, naming both versions, the file and the remedy")
    func newer() throws {
        try makeVersionOne()
        _ = try open([Self.first, Self.second])
        let error = #expect(throws: StoreError.self) { _ = try open([Self.first]) }
        #expect(error?.reason == .newerSchema(found: 2, known: 1))
        for word in [folder.file("a.sqlite"), "version 2", "up to 1", "install"] {
            #expect(error?.description.contains(word) == true, "\(word)")
        }
    }

    @Test("refuses a file of another program and leaves it alone")
    func foreign() throws {
        try makeVersionOne()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.sqlite")))
        let error = #expect(throws: StoreError.self) { _ = try open([Self.first], id: 8) }
        #expect(error?.reason == .foreignFile)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("a.sqlite"))) == before)
    }

    @Test("tells a reader that an older file needs the service first")
    func older() throws {
        try makeVersionOne()
        let error = #expect(throws: StoreError.self) { _ = try open([Self.first, Self.second], .readOnly) }
        #expect(error?.reason == .olderSchema(found: 1, known: 2))
        #expect(error?.description.contains("start the service") == true)
    }
}
