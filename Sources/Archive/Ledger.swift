public import Store
import EventModel
import PluginKit
public import Primitives

/// The archive as its one writer sees it: the records of what was dropped and of what is known of events, and the log of
/// all that was decided about them. Belongs to one thread.
///
/// What ``commit(_:)`` has returned from is on disk. Entries of the log are numbered from 1, without gaps, and are never
/// removed: a number that was given stays taken.
public final class Ledger {
    /// How an archive is opened.
    public struct Options: Sendable {
        /// How the database behaves.
        public var database = Database.Options()
        /// How many revisions of an event are looked at, from the latest back, to tell whether one was seen before.
        public var lookBack = 1000

        /// The defaults.
        public init() { database.keepsFormerVersion = true }
    }

    let database: Database
    let packing: Packing
    let hasher: SHA256
    let deliveries: DeliveryTable
    let contents: ContentTable
    let events: EventTable
    let revisions: RevisionTable
    let log: LogTable
    let findings: FindingTable
    let bases: BaseTable
    let questions: QuestionTable
    let coming: PreparedStatement
    let withdrawals: WithdrawalTable
    let suspensions: SuspensionTable
    let links: LinkTable
    let forgotten: ForgottenTable
    let lists: ListTable
    /// The identity of the log; a position in it is this and a number.
    public let logIdentity: String
    /// The numbers that rows get next, and the sources that there are; unknown after a transaction that was undone.
    var memory: Memory?

    struct Memory {
        var log: Int64
        var delivery: Int64
        var bytes: Int64
        var content: Int64
        var finding: Int64
        var sources: [UpdateSource: Int64]
        var suspensions: [Suspension]
        /// The uids that stand for other events.
        var links: [String: LinkRow]
        /// What was cancelled and moved within the hour; nil until somebody asks.
        var harms: Harms?
        /// Whose events files that come in slices would cancel or move too many of.
        var foreseen: [DeliveryID: Set<Harmer>] = [:]
        /// How many coming events an owner has, and when they were counted.
        var coming: [String: (count: Int, time: Instant)] = [:]
    }

    /// Opens an archive, makes it, or brings it up to date.
    ///
    /// - Throws: For a key that is not the archive's, as for a damaged row: tombstones would not be known again.
    public init(
        path: String, key: SecretKey, hasher: SHA256, options: Options = Options()
    ) throws(StoreError) {
        guard let packing = Packing() else {
            throw StoreError(.sqlite(code: 7, extended: 7), message: "there is no memory to pack with", path: path)
        }
        database = try Database(path: path, schema: ArchiveSchema.current(key), options: options.database)
        self.packing = packing
        self.hasher = hasher
        deliveries = try DeliveryTable(database, packing)
        contents = try ContentTable(database, packing, lookBack: options.lookBack)
        events = try EventTable(database)
        revisions = try RevisionTable(database, packing, contents, lookBack: options.lookBack)
        log = try LogTable(database)
        findings = try FindingTable(database)
        bases = try BaseTable(database)
        questions = try QuestionTable(database)
        coming = try database.prepare(Ledger.comingQuery)
        withdrawals = try WithdrawalTable(database)
        suspensions = try SuspensionTable(database)
        links = try LinkTable(database)
        forgotten = try ForgottenTable(database, key)
        lists = try ListTable(database)
        logIdentity = try Ledger.identify(database, key, forgotten)
        // What the former tables held is not to lie about in the file.
        if (1..<ArchiveSchema.readable.version).contains(database.formerVersion) { try database.compact() }
    }

    private static func identify(
        _ database: Database, _ key: SecretKey, _ forgotten: ForgottenTable
    ) throws(StoreError) -> String {
        let meta = try MetaTable(database)
        return try database.transaction { () throws(StoreError) in
            let mark = try meta[.key]
            let own = try key.mark(for: database.path)
            if let mark, mark != own, try forgotten.isAny() {
                throw StoreError(
                    .damagedRow(table: "forgotten", row: 0),
                    message:
                        "the key in \(SecretKey.fileName) beside it is not the one that its tombstones were made with",
                    path: database.path)
            }
            if mark != own { try meta.set(.key, to: own) }
            if let identity = try meta[.log] { return String(decoding: identity, as: UTF8.self) }
            guard let random = randomBytes(16) else {
                throw StoreError(
                    .sqlite(code: 7, extended: 7), message: "libcrypto gives no random bytes", path: database.path)
            }
            let identity = Hexadecimal.text(random)
            try meta.set(.log, to: Array(identity.utf8))
            return identity
        }
    }

    /// Runs a body whole or not at all. When it returns, what it wrote is on disk; when it throws, nothing of it is left.
    public func commit<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        do throws(StoreError) {
            let result = try database.transaction { () throws(StoreError) -> Result in
                if memory == nil { memory = try remember() }
                return try body()
            }
            try database.checkpointIfDue()
            return result
        } catch {
            memory = nil
            throw error
        }
    }

    /// Runs a body within a commit and undoes what it wrote, unless it says that it is to be kept.
    public func attempt<Result>(
        _ body: () throws(StoreError) -> (result: Result, isKept: Bool)
    ) throws(StoreError) -> Result {
        let before = memory
        let (result, isKept) = try database.attempt(body)
        if !isKept { memory = before }
        return result
    }

    private func remember() throws(StoreError) -> Memory {
        Memory(
            log: try last("log") + 1, delivery: try last("deliveries") + 1, bytes: try last("bytes") + 1,
            content: try last("contents") + 1, finding: try last("findings") + 1, sources: try bases.sources(),
            suspensions: try suspensions.rows(),
            links: try Dictionary(links.rows().map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    private func last(_ table: String) throws(StoreError) -> Int64 {
        Int64(try database.integer("SELECT max(n) FROM \(table)") ?? 0)
    }

    /// Takes the next number of a table.
    func take(_ number: WritableKeyPath<Memory, Int64>, _ count: Int = 1) -> Int64 {
        guard let taken = memory?[keyPath: number] else { preconditionFailure("nothing is written outside a commit") }
        memory?[keyPath: number] = taken + Int64(count)
        return taken
    }

    /// The digest by which the archive knows bytes again.
    public func hash(_ bytes: [UInt8]) throws(StoreError) -> [UInt8] {
        try hasher.digest(bytes, for: database.path)
    }

    /// Writes an entry with its findings, and gives its number.
    @discardableResult
    func write(_ row: LogRow, _ found: [Diagnostic] = []) throws(StoreError) -> Int64 {
        var row = row
        row.number = take(\.log)
        let first = take(\.finding, found.count)
        row.findings = first..<first + Int64(found.count)
        for (index, finding) in found.enumerated() { try findings.insert(finding, at: first + Int64(index)) }
        try log.insert(row)
        return row.number
    }

    /// Copies SQLite's own log into the file and closes it.
    public func close() throws(StoreError) { try database.close() }
}
