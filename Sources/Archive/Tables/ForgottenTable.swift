import EventModel
import PluginKit
import Store

/// What is left of a forgotten event: digests, by which what would bring it back is known.
public enum Tombstone: Hashable, Sendable {
    /// Of the dropped bytes: 64 hexadecimal digits of their SHA-256.
    case bytes(String)
    /// Of what an update says: SHA-256 of its content.
    case content([UInt8])
    /// Of a uid: its SHA-256.
    case uid([UInt8])

    var kind: String {
        switch self {
        case .bytes: "bytes"
        case .content: "content"
        case .uid: "uid"
        }
    }

    /// The plain digest, which nothing keeps.
    var digest: [UInt8] {
        switch self {
        case .bytes(let digits): Array(digits.utf8)
        case .content(let hash), .uid(let hash): hash
        }
    }

    /// What is met again, for people.
    public var words: String {
        switch self {
        case .bytes: "these bytes spoke of an event"
        case .content: "what this says was said of an event"
        case .uid: "this uid was that of an event"
        }
    }
}

/// The statements on `forgotten`.
struct ForgottenTable {
    private let database: Database
    private let key: SecretKey
    private let any: PreparedStatement
    private let select: PreparedStatement
    private let insert: PreparedStatement
    private let delete: PreparedStatement

    init(_ database: Database, _ key: SecretKey) throws(StoreError) {
        self.database = database
        self.key = key
        any = try database.prepare("SELECT 1 FROM forgotten LIMIT 1")
        select = try database.prepare("SELECT * FROM forgotten WHERE hash = ?1 AND kind = ?2")
        insert = try database.prepare("INSERT INTO forgotten VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        delete = try database.prepare("DELETE FROM forgotten WHERE hash = ?1 AND kind = ?2")
    }

    private func bind(_ tombstone: Tombstone, to statement: PreparedStatement) throws(StoreError) {
        try statement.bind(key.keyed(tombstone.digest, as: tombstone.kind, for: database.path), at: 1)
        try statement.bind(tombstone.kind, at: 2)
    }

    /// Whether anything was ever forgotten.
    func isAny() throws(StoreError) -> Bool {
        defer { any.reset() }
        return try any.step()
    }

    /// Whether there is that tombstone.
    func has(_ tombstone: Tombstone) throws(StoreError) -> Bool {
        try bind(tombstone, to: select)
        guard try select.step() else { return false }
        try select.checkDigest(table: "forgotten")
        select.reset()
        return true
    }

    /// Sets tombstones; one that stands already stays.
    func add(_ tombstones: some Sequence<Tombstone>, decidedBy: UInt32, at time: Instant) throws(StoreError) {
        var number = Int64(try database.integer("SELECT max(n) FROM forgotten") ?? 0) + 1
        for tombstone in tombstones where try !has(tombstone) {
            var row = DigestedRow(insert)
            try row.add(number)
            try row.add(tombstone.kind)
            try row.add(key.keyed(tombstone.digest, as: tombstone.kind, for: database.path))
            try row.add(Int(decidedBy))
            try row.add(time.microseconds)
            try row.run()
            number += 1
        }
    }

    /// Takes tombstones away: a person lets the event be known again.
    func remove(_ tombstones: some Sequence<Tombstone>) throws(StoreError) {
        for tombstone in tombstones {
            try bind(tombstone, to: delete)
            try delete.run()
        }
    }
}
