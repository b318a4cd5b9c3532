public import EventModel
public import Store
import PluginKit

/// Looks at an archive while the service writes it, or while it is stopped. Needs no write access. Belongs to one
/// thread.
public final class ArchiveReader {
    let database: Database
    let deliveries: DeliveryTable
    let events: EventTable
    let history: HistoryTable
    let findings: FindingTable
    let withdrawals: WithdrawalTable
    private let list: Store.Statement
    private let ofEvent: Store.Statement
    private let byNumber: Store.Statement

    /// Opens an archive, usually `archiver/archive.sqlite` under the service's state directory.
    public init(path: String) throws(StoreError) {
        database = try Database(path: path, schema: ArchiveSchema.current, access: .readOnly)
        deliveries = try DeliveryTable(database)
        events = try EventTable(database)
        history = try HistoryTable(database)
        findings = try FindingTable(database)
        withdrawals = try WithdrawalTable(database)
        list = try database.prepare("SELECT * FROM events ORDER BY starts IS NULL, starts, uid")
        ofEvent = try database.prepare("SELECT * FROM history WHERE event = ?1 ORDER BY n")
        byNumber = try database.prepare("SELECT * FROM deliveries WHERE n = ?1")
    }

    /// Looks at all events, by start and uid; those without a start last. Ends early when the body gives false.
    public func forEachEvent(_ body: (EventSummary) -> Bool) throws(StoreError) {
        defer { list.reset() }
        let withdrawn = try withdrawals.events()
        while try list.step() {
            try list.checkDigest(table: "events")
            let row = EventRow(list)
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

    /// An event with its history; nil where it is not known.
    public func event(uid: String) throws(StoreError) -> EventRecord? {
        try database.transaction { () throws(StoreError) -> EventRecord? in
            guard let row = try events.find(uid) else { return nil }
            var state = try history.state(row.stateRow)
            state.sequence = row.stamp.sequence ?? state.sequence
            return EventRecord(
                state: state, owner: row.owner, isTombstone: row.isTombstone,
                withdrawal: try withdrawals.find(row.number), history: try entries(row))
        }
    }

    private func entries(_ event: EventRow) throws(StoreError) -> [HistoryEntry] {
        try ofEvent.bind(event.number, at: 1)
        var rows: [HistoryRow] = []
        while try ofEvent.step() {
            try ofEvent.checkDigest(table: "history")
            rows.append(HistoryRow(ofEvent))
        }
        var entries: [HistoryEntry] = []
        var before: EventUpdate?
        for row in rows {
            let delivery = try delivery(number: row.delivery)
            let entry = try entry(row, event.uid, delivery, before: before)
            before = entry.state ?? before
            entries.append(entry)
        }
        return entries
    }

    private func entry(
        _ row: HistoryRow, _ uid: String, _ delivery: DeliveryRow, before: EventUpdate?
    ) throws(StoreError) -> HistoryEntry {
        let state = row.madeRevision ? try history.state(row.number) : nil
        var changes: [Change] = []
        if let before, let state { changes = difference(from: before, to: state).changes.filter(\.concernsEvent) }
        return HistoryEntry(
            uid: uid, delivery: delivery.deliveryID, settledAt: delivery.settledAt, intent: row.intent,
            revision: row.revision, stamp: row.stamp, contentHash: row.contentHash, state: state, changes: changes)
    }

    private func delivery(number: Int64) throws(StoreError) -> DeliveryRow {
        try byNumber.bind(number, at: 1)
        guard try byNumber.step() else {
            throw StoreError(
                .damagedRow(table: "deliveries", row: number),
                message: "row \(number) of table deliveries is missing", path: database.path)
        }
        try byNumber.checkDigest(table: "deliveries")
        defer { byNumber.reset() }
        return DeliveryRow(byNumber)
    }

    /// What was answered to a delivery, oldest first; empty where the archive has never seen it.
    public func delivery(id: DeliveryID) throws(StoreError) -> [DeliveryRecord] {
        let select = try database.prepare("SELECT * FROM deliveries WHERE id = ?1 ORDER BY n")
        try select.bind(id.description, at: 1)
        return try records(select)
    }

    /// The deliveries that were dropped under a name, oldest first. Reads the whole table of deliveries.
    public func deliveries(fileName: [UInt8]) throws(StoreError) -> [DeliveryRecord] {
        let select = try database.prepare("SELECT * FROM deliveries WHERE file = ?1 ORDER BY n")
        try select.bind(fileName, at: 1)
        return try records(select)
    }

    /// The deliveries of files with those bytes, oldest first. Reads the whole table of deliveries.
    ///
    /// - Parameter sha256: 64 lower-case hexadecimal digits.
    public func deliveries(sha256: String) throws(StoreError) -> [DeliveryRecord] {
        let select = try database.prepare("SELECT * FROM deliveries WHERE sha256 = ?1 ORDER BY n")
        try select.bind(sha256, at: 1)
        return try records(select)
    }

    /// The deliveries that spoke of an event, oldest first; held ones are not among them.
    public func deliveries(of uid: String) throws(StoreError) -> [DeliveryRecord] {
        let select = try database.prepare(
            """
            SELECT * FROM deliveries WHERE n IN (SELECT h.delivery FROM events e JOIN history h ON h.event = e.n
            WHERE e.uid = ?1) ORDER BY n
            """)
        try select.bind(uid, at: 1)
        return try records(select)
    }

    private func records(_ select: Store.Statement) throws(StoreError) -> [DeliveryRecord] {
        try database.transaction { () throws(StoreError) -> [DeliveryRecord] in try recordsNow(select) }
    }

    private func recordsNow(_ select: Store.Statement) throws(StoreError) -> [DeliveryRecord] {
        var rows: [DeliveryRow] = []
        while try select.step() {
            try select.checkDigest(table: "deliveries")
            rows.append(DeliveryRow(select))
        }
        var records: [DeliveryRecord] = []
        for row in rows {
            var updates: [HistoryEntry] = []
            for entry in try history.rows(from: row.history.lowerBound, count: row.history.count)
            where !entry.isForgotten {
                let before =
                    entry.madeRevision ? try history.state(event: entry.event, revision: entry.revision - 1) : nil
                updates.append(try self.entry(entry, try events.uid(entry.event), row, before: before))
            }
            records.append(DeliveryRecord(row, findings: try findings.rows(row.findings), updates: updates))
        }
        return records
    }

    /// The dropped bytes of a delivery; nil where the archive does not keep them.
    public func bytes(of id: DeliveryID) throws(StoreError) -> [UInt8]? {
        let select = try database.prepare(
            "SELECT c.* FROM deliveries d JOIN contents c ON c.n = d.n WHERE d.id = ?1")
        try select.bind(id.description, at: 1)
        guard try select.step() else { return nil }
        try select.checkDigest(table: "contents")
        return select.bytes(1)
    }

    /// How much the archive holds.
    public func counts() throws(StoreError) -> ArchiveCounts {
        ArchiveCounts(
            deliveries: try database.integer("SELECT count(*) FROM deliveries WHERE outcome <> 'held'") ?? 0,
            events: try database.integer("SELECT count(*) FROM events") ?? 0)
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
