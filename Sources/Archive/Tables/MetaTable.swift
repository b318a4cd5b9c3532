import Store

/// The statements on `meta`: what the archive knows of itself.
struct MetaTable {
    private let select: PreparedStatement
    private let replace: PreparedStatement

    enum Name: String {
        /// The identity of the log: 32 hexadecimal digits. A position in the log is this and a number.
        case log
        /// By this the key of the tombstones is known again.
        case key

        fileprivate var number: Int64 { self == .log ? 1 : 2 }
    }

    init(_ database: Database) throws(StoreError) {
        select = try database.prepare("SELECT * FROM meta WHERE n = ?1")
        replace = try database.prepare("REPLACE INTO meta VALUES (?1, ?2, ?3, ?4)")
    }

    subscript(name: Name) -> [UInt8]? {
        get throws(StoreError) {
            try select.bind(name.number, at: 1)
            guard try select.step() else { return nil }
            try select.checkDigest(table: "meta")
            defer { select.reset() }
            return select.bytes(2)
        }
    }

    func set(_ name: Name, to value: [UInt8]) throws(StoreError) {
        var row = DigestedRow(replace)
        try row.add(name.number)
        try row.add(name.rawValue)
        try row.add(value)
        try row.run()
    }
}
