import Store
import Testing

@Suite("A row's digest")
struct RowDigestTests {
    private func digest(_ build: (inout RowDigest) -> Void) -> Int64 {
        var digest = RowDigest()
        build(&digest)
        return digest.value
    }

    @Test("changes with every bit of a value")
    func bits() {
        let text = Array("A text of nineteen.".utf8)
        var seen = [digest { $0.add(text) }]
        for index in text.indices {
            for bit in 0..<8 {
                var damaged = text
                damaged[index] ^= 1 << bit
                seen.append(digest { $0.add(damaged) })
            }
        }
        #expect(Set(seen).count == seen.count)
    }

    @Test("tells values apart by type, length and order")
    func shapes() {
        let digests = [
            digest { _ in }, digest { $0.addNull() }, digest { $0.add(Int64(0)) }, digest { $0.add(0.0) },
            digest { $0.add("") }, digest { $0.add([UInt8]()) }, digest { $0.add("a") }, digest { $0.add([0x61]) },
            digest { $0.add("a\u{0}") },
            digest {
                $0.add("a")
                $0.add("b")
            },
            digest {
                $0.add("b")
                $0.add("a")
            }, digest { $0.add("ab") },
        ]
        #expect(Set(digests).count == digests.count)
    }

    @Test("finds the damaged row of a table")
    func table() throws {
        let folder = try TemporaryFolder()
        let database = try Database(path: folder.file("notes.sqlite"), schema: loose)
        let insert = try database.prepare("INSERT INTO notes VALUES (?1, ?2, ?3)")
        for number in 1...3 {
            var row = DigestedRow(insert)
            try row.add(number)
            try row.add("note \(number)")
            try row.run()
        }
        #expect(try database.damagedRows(in: "notes") == [])
        try database.execute("UPDATE notes SET body = 'note 9' WHERE n = 2")
        #expect(try database.damagedRows(in: "notes") == [2])
        let all = try database.prepare("SELECT * FROM notes ORDER BY n")
        #expect(try all.step())
        try all.checkDigest(table: "notes")
        #expect(try all.step())
        let error = #expect(throws: StoreError.self) { try all.checkDigest(table: "notes") }
        #expect(error?.isCorrupt == true)
        #expect(error?.description.contains("row 2 of table notes") == true)
    }
}
