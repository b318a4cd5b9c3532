public import EventModel
public import Store
import PluginKit

/// Looks at an archive while the service writes it, or while it is stopped. Needs no write access. Belongs to one
/// thread.
public final class ArchiveReader {
    let database: Database
    let packing: Packing
    let deliveries: DeliveryTable
    let events: EventTable
    let revisions: RevisionTable
    let log: LogTable
    let findings: FindingTable
    private let withdrawals: WithdrawalTable
    let linked: LinkTable
    private let list: PreparedStatement

    /// The file of an archive under a service's state directory.
    public static func path(stateDirectory: String) -> String { "\(stateDirectory)/\(keeper)/\(fileName)" }

    /// The archive's file in the directory of the plugin that keeps it.
    public static let fileName = "archive.sqlite"

    /// The plugin that keeps the archive: what decided, where an entry of the log names no other.
    public static let keeper = "archiver"

    /// Opens an archive, usually at ``path(stateDirectory:)``.
    public init(path: String) throws(StoreError) {
        guard let packing = Packing() else {
            throw StoreError(.sqlite(code: 7, extended: 7), message: "there is no memory to unpack with", path: path)
        }
        database = try Database(path: path, schema: ArchiveSchema.readable, access: .readOnly)
        self.packing = packing
        deliveries = try DeliveryTable(database, packing)
        events = try EventTable(database)
        let contents = try ContentTable(database, packing, lookBack: 1)
        revisions = try RevisionTable(database, packing, contents, lookBack: 1)
        log = try LogTable(database)
        findings = try FindingTable(database)
        withdrawals = try WithdrawalTable(database)
        linked = try LinkTable(database)
        list = try database.prepare("SELECT * FROM events ORDER BY starts IS NULL, starts, uid")
    }

    /// Looks at all events, by start and uid; those without a start last. One whose uid stands for another event is left out.
    /// Ends early when the body gives false.
    public func forEachEvent(_ body: (EventSummary) -> Bool) throws(StoreError) {
        defer { list.reset() }
        let withdrawn = try withdrawals.events()
        let away = Set(try linked.rows().compactMap(\.former))
        while try list.step() {
            try list.checkDigest(table: "events")
            let row = EventRow(list)
            if away.contains(row.number) { continue }
            if !body(EventSummary(row, isWithdrawn: withdrawn.contains(row.number))) { return }
        }
    }

    /// All events that fulfil a condition, by start and uid.
    public func events(
        where isWanted: (EventSummary) -> Bool = { _ in true }
    ) throws(StoreError) -> [EventSummary] {
        var summaries: [EventSummary] = []
        try forEachEvent { summary in
            if isWanted(summary) { summaries.append(summary) }
            return true
        }
        return summaries
    }

    /// An event with its history; nil where it is not known. Of a uid that stands for another event, that one.
    public func event(uid: String) throws(StoreError) -> EventRecord? {
        try database.transaction { () throws(StoreError) -> EventRecord? in
            guard let row = try event(uid),
                var state = try revisions.state(event: row.number, revision: row.revision)
            else { return nil }
            state.sequence = row.stamp.sequence ?? state.sequence
            return EventRecord(
                state: state, owner: row.owner, isTombstone: row.isTombstone,
                withdrawal: try withdrawals.find(row.number),
                links: try allLinks().filter { $0.uid == row.uid }, history: try history(of: row))
        }
    }

    private func event(_ uid: String) throws(StoreError) -> EventRow? {
        guard let link = try linked.rows().first(where: { $0.uid == uid }) else { return try events.find(uid) }
        return try events.row(link.event)
    }

    private func history(of event: EventRow) throws(StoreError) -> [HistoryEntry] {
        let made = try revisions.rows(event: event.number)
        var entries: [HistoryEntry] = []
        var before: Event?
        for row in try log.rows(event: event.number) {
            guard row.outcome.counts, let intent = row.intent, let revision = row.revision, let item = row.item,
                let delivery = row.delivery
            else { continue }
            let header = try deliveries.row(delivery).header
            var state: Event?
            if row.outcome == .accepted { state = try revisions.state(event: event.number, revision: revision) }
            var changes: [Change] = []
            if let before, let state {
                changes = difference(from: before.content, to: state.content).changes
            }
            before = state ?? before
            let hash = row.contentHash ?? made.first { $0.revision == revision }?.statementHash ?? []
            let source = UpdateSource(
                publisher: header.publisher, submitter: header.submitter, format: header.format ?? .text)
            entries.append(
                HistoryEntry(
                    uid: event.uid, delivery: header.id, item: item, settledAt: row.time, intent: intent,
                    revision: revision,
                    stamp: RevisionStamp(sequence: row.sequence, issuedAt: row.issuedAt, source: source),
                    contentHash: hash, state: state, changes: changes))
        }
        return entries
    }

    /// The dropped bytes of a delivery; nil where the archive does not keep them.
    public func bytes(of id: DeliveryID) throws(StoreError) -> [UInt8]? {
        for row in try deliveries.all(id).reversed() {
            if let bytes = row.bytes { return try deliveries.bytes(bytes) }
        }
        return nil
    }

    /// How much the archive holds.
    public func counts() throws(StoreError) -> ArchiveCounts {
        ArchiveCounts(
            deliveries: try database.integer("SELECT count(*) FROM deliveries WHERE bytes IS NOT NULL") ?? 0,
            events: try database.integer("SELECT count(*) FROM events") ?? 0)
    }

    /// The identity of the log, and the number of its last entry; 0 where there is none.
    public func logPosition() throws(StoreError) -> (identity: String, number: Int64) {
        let identity = try MetaTable(database)[.log] ?? []
        return (
            String(decoding: identity, as: UTF8.self), Int64(try database.integer("SELECT max(n) FROM log") ?? 0)
        )
    }

    /// Rows that do not match their digests, as `(table, row)`. Reads the whole archive.
    public func damage() throws(StoreError) -> [(table: String, row: Int64)] {
        var damage: [(table: String, row: Int64)] = []
        for table in ArchiveSchema.tables {
            for row in try database.damagedRows(in: table) { damage.append((table, row)) }
        }
        return damage
    }
}

extension EventSummary {
    init(_ row: EventRow, isWithdrawn: Bool) {
        self.init(
            uid: row.uid, name: row.overview.name, status: row.overview.status, sequence: row.stamp.sequence,
            start: row.overview.start, end: row.overview.end, places: row.overview.places,
            visibility: row.overview.visibility, isTombstone: row.isTombstone,
            isWithdrawn: isWithdrawn)
    }
}
