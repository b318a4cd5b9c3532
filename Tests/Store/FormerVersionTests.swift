import Foundation
import Store
import Testing

/// What is put aside before tables are brought up to date, and what is undone within a transaction.
@Suite("A former version")
struct FormerVersionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.file("notes.sqlite") }
    private func copy(_ version: Int) -> String { "\(path).version-\(version)" }

    private static let second = Schema(
        applicationID: loose.applicationID,
        migrations: loose.migrations + [Migration(to: 2, sql: ["ALTER TABLE notes ADD COLUMN colour TEXT"])])

    private func open(_ schema: Schema) throws(StoreError) -> Database {
        var options = Database.Options()
        options.keepsFormerVersion = true
        return try Database(path: path, schema: schema, options: options)
    }

    @Test("lies beside the file, whole, until it is removed; of a new file there is none")
    func kept() throws {
        let first = try open(loose)
        #expect(first.formerVersion == 0)
        try first.execute("INSERT INTO notes VALUES (1, 'milk', 0)")
        let second = try open(Self.second)
        #expect(second.formerVersion == 1)
        try second.execute("UPDATE notes SET body = 'honey'")
        let old = try Database(path: copy(1), schema: loose, access: .readOnly).prepare("SELECT body FROM notes")
        #expect(try old.step())
        #expect(old.text(0) == "milk")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".tmp") } == [])
        try second.removeFormerVersions()
        #expect(!FileManager.default.fileExists(atPath: copy(1)))
    }

    @Test("is made anew where an earlier start ended half-way")
    func again() throws {
        try open(loose).execute("INSERT INTO notes VALUES (1, 'milk', 0)")
        try Data("half".utf8).write(to: URL(fileURLWithPath: copy(1) + ".tmp"))
        _ = try open(Self.second)
        #expect(
            try Database(path: copy(1), schema: loose, access: .readOnly).integer("SELECT count(*) FROM notes") == 1)
    }

    @Test("of what an attempt wrote comes back unless it is to be kept")
    func attempts() throws {
        let database = try open(loose)
        try database.transaction { () throws(StoreError) in
            for (number, isKept) in [(1, true), (2, false), (3, true)] {
                let (given, was) = try database.attempt { () throws(StoreError) in
                    try database.execute("INSERT INTO notes VALUES (\(number), 'x', 0)")
                    return (number, isKept)
                }
                #expect(given == number && was == isKept)
            }
        }
        #expect(try database.integer("SELECT sum(n) FROM notes") == 4)
    }
}
