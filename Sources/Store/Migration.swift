/// One step in the history of a file's tables. Steps are never changed once released; new ones are added.
public struct Migration: Sendable {
    /// The `user_version` after this step; steps count up from 1.
    public let version: Int
    let apply: @Sendable (Database) throws(StoreError) -> Void

    /// A step of SQL statements.
    public init(to version: Int, sql: [String]) {
        self.version = version
        apply = { database throws(StoreError) in
            for statement in sql { try database.execute(statement) }
        }
    }

    /// A step that needs more than SQL.
    public init(to version: Int, _ apply: @escaping @Sendable (Database) throws(StoreError) -> Void) {
        self.version = version
        self.apply = apply
    }
}

/// The tables that a program expects in a file: who it is and how the tables came to be.
public struct Schema: Sendable {
    /// Written into the file's header (`application_id`), so that another program's file is not taken for ours.
    public let applicationID: Int32
    /// The steps, oldest first.
    public let migrations: [Migration]

    /// Makes a schema; versions must count up from 1.
    public init(applicationID: Int32, migrations: [Migration]) {
        precondition(migrations.map(\.version) == Array(1...migrations.count), "migrations count up from 1")
        self.applicationID = applicationID
        self.migrations = migrations
    }

    /// The newest version.
    public var version: Int { migrations.count }
}

extension Database {
    /// Brings a file up to the schema's newest version, in one transaction.
    func migrate(to schema: Schema) throws(StoreError) {
        let found = try version(of: schema)
        guard found < schema.version else { return }
        if options.keepsFormerVersion, found > 0 { try FormerVersion.keep(self, version: found) }
        try transaction { () throws(StoreError) in
            // Another process may have been faster between the look and the lock.
            for step in schema.migrations.dropFirst(try version(of: schema)) {
                try step.apply(self)
                try execute("PRAGMA user_version = \(step.version)")
            }
            try execute("PRAGMA application_id = \(schema.applicationID)")
        }
    }

    /// The version of a file of this schema, 0 for a new one; throws for a file of another program or of a newer
    /// version.
    func version(of schema: Schema) throws(StoreError) -> Int {
        let owner = try integer("PRAGMA application_id") ?? 0
        let tables = try integer("SELECT count(*) FROM sqlite_schema") ?? 0
        guard owner == Int(schema.applicationID) || tables == 0 else {
            throw StoreError(.foreignFile, message: "this is a database of another program", path: path)
        }
        let found = try integer("PRAGMA user_version") ?? 0
        guard found <= schema.version else {
            throw StoreError(
                .newerSchema(found: found, known: schema.version),
                message: "its tables are of version \(found), and this program knows up to \(schema.version)",
                path: path)
        }
        return found
    }
}
