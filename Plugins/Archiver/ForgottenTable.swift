import EventModel
import PluginKit
import Store

/// What is left of a forgotten event: digests, by which what would bring it back is known.
enum Tombstone: Hashable {
    /// SHA-256 of the dropped bytes, 64 hexadecimal digits.
    case bytes(String)
    /// SHA-256 of an update's content.
    case content([UInt8])
    /// SHA-256 of the uid.
    case uid([UInt8])

    fileprivate var kind: String {
        switch self {
        case .bytes: "bytes"
        case .content: "content"
        case .uid: "uid"
        }
    }

    fileprivate var hash: [UInt8] {
        switch self {
        case .bytes(let digits): Array(digits.utf8)
        case .content(let hash), .uid(let hash): hash
        }
    }

    /// What is met again, for people.
    var words: String {
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
    private let any: Store.Statement
    private let select: Store.Statement
    private let insert: Store.Statement
    private let delete: Store.Statement

    init(_ database: Database) throws(StoreError) {
        self.database = database
        any = try database.prepare("SELECT 1 FROM forgotten LIMIT 1")
        select = try database.prepare("SELECT * FROM forgotten WHERE hash = ?1 AND kind = ?2")
        insert = try database.prepare("INSERT INTO forgotten VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        delete = try database.prepare("DELETE FROM forgotten WHERE hash = ?1 AND kind = ?2")
    }

    /// Whether anything was ever forgotten.
    func isAny() throws(StoreError) -> Bool {
        defer { any.reset() }
        return try any.step()
    }

    /// Whether there is that tombstone.
    func has(_ tombstone: Tombstone) throws(StoreError) -> Bool {
        try select.bind(tombstone.hash, at: 1)
        try select.bind(tombstone.kind, at: 2)
        guard try select.step() else { return false }
        try select.checkDigest(table: "forgotten")
        select.reset()
        return true
    }

    /// Sets tombstones; one that stands already stays.
    func add(_ tombstones: some Sequence<Tombstone>, _ order: EventOrder) throws(StoreError) {
        var number = Int64(try database.integer("SELECT max(n) FROM forgotten") ?? 0) + 1
        for tombstone in tombstones where try !has(tombstone) {
            var row = DigestedRow(insert)
            try row.add(number)
            try row.add(tombstone.kind)
            try row.add(tombstone.hash)
            try row.add(Int(order.decidedBy))
            try row.add(order.decidedAt.microseconds)
            try row.run()
            number += 1
        }
    }

    /// Takes tombstones away: a person lets the event be known again.
    func remove(_ tombstones: some Sequence<Tombstone>) throws(StoreError) {
        for tombstone in tombstones {
            try delete.bind(tombstone.hash, at: 1)
            try delete.bind(tombstone.kind, at: 2)
            try delete.run()
        }
    }
}

extension Archive {
    /// What keeps a delivery from bringing a forgotten event back; nil where nothing does. A person may let it pass.
    func reminder(_ prepared: PreparedDelivery) throws(StoreError) -> Diagnostic? {
        guard prepared.isSuspect, prepared.release == nil else { return nil }
        for (tombstone, update) in prepared.tombstones where try forgotten.has(tombstone) {
            return Diagnostic(
                .forgottenEvent, severity: .held, field: update == nil ? "" : "uid", update: update,
                message: "\(tombstone.words) that was forgotten; \"tidings discard\" removes this file, and \"tidings "
                    + "release\" lets the event be known again")
        }
        return nil
    }

    /// Takes the tombstones away that a person has let a delivery pass by.
    func remember(_ prepared: PreparedDelivery) throws(StoreError) {
        if prepared.isSuspect { try forgotten.remove(prepared.tombstones.map(\.0)) }
    }
}

extension PreparedDelivery {
    /// The tombstones that would keep this delivery out, and the update that each is of; nil for the whole file.
    fileprivate var tombstones: [(Tombstone, update: Int?)] {
        var tombstones: [(Tombstone, update: Int?)] = [(.bytes(delivery.sha256), nil)]
        for (index, item) in updates.enumerated() {
            tombstones.append((.content(item.hash), index))
            tombstones += item.uidHashes.map { (.uid($0), index) }
        }
        return tombstones
    }
}
