import EventFormats
import EventModel
import PluginKit
import Store

/// What subscribers know, and what they were told: the notifier's own memory. It answers whether something is news from
/// what it has told, never from what another stage says of a delivery.
final class Projection {
    private let database: Database
    private let find: PreparedStatement
    private let insert: PreparedStatement
    private let update: PreparedStatement
    private let forget: PreparedStatement
    let tellings: TellingTable
    private let withdrawals: WithdrawnTable
    let linked: LinkedTable
    private var nextID: Int64 = 0
    /// The day the order of the calendar was last made for.
    var today: Int
    /// Whether something that readers see has changed since it was last asked.
    var hasNews = false
    private var told: [(event: Event, telling: Telling)] = []

    /// Opens the memory, or makes it. `entries` tellings are kept.
    init(path: String, entries: Int, now: Instant) throws(StoreError) {
        var options = Database.Options()
        options.cacheBytes = 8 << 20
        database = try Database(path: path, schema: Projection.schema, options: options)
        let values = (1...Projection.eventColumns).map { "?\($0)" }.joined(separator: ", ")
        find = try database.prepare("SELECT * FROM event WHERE uid = ?1")
        insert = try database.prepare("INSERT INTO event VALUES (\(values))")
        update = try database.prepare("REPLACE INTO event VALUES (\(values))")
        forget = try database.prepare("DELETE FROM event WHERE id = ?1")
        tellings = try TellingTable(database, kept: entries)
        withdrawals = try WithdrawnTable(database)
        linked = try LinkedTable(database)
        today = try tellings.today(otherwise: Schedule.today(at: now))
    }

    /// Notes what a batch decided, on disk when it returns.
    func record(_ batch: DeliveryBatch, now: Instant) throws(StoreError) {
        try commit(at: now) { () throws(StoreError) in
            try roll(to: now)
            for delivery in batch.deliveries {
                // An id's time orders deliveries, to the millisecond.
                let order = delivery.id.instant.microseconds
                for item in delivery.items {
                    guard let resolution = item.facts[Resolution.self] else { continue }
                    var isTakenBack = false
                    if case .revert = item.facts[Release.self]?.ruling { isTakenBack = true }
                    try record(resolution, delivery: order, isTakenBack: isTakenBack, now: now)
                }
            }
        }
    }

    /// Does what a person asks to be done to an event; on disk when it returns.
    func carryOut(_ order: EventOrder, now: Instant) throws(StoreError) {
        try commit(at: now) { () throws(StoreError) in
            switch order.action {
            case .withdraw: try withdrawals.add(order.uid)
            case .readmit: try withdrawals.remove(order.uid)
            case .forget:
                try withdrawals.remove(order.uid)
                try linked.remove(order.uid)
            case .link:
                try linked.add(order.uid)
                if let row = try row(of: order.uid) { try putAside(row) }
            case .unlink:
                try linked.remove(order.uid)
                if let row = try row(of: order.uid) { try putBack(row, now: now) }
            }
            let removes = order.action == .withdraw || order.action == .forget
            if removes, let row = try row(of: order.uid) { try remove(row) }
        }
        if order.action == .forget { try database.compact() }
    }

    /// Moves on with the time: ends embargoes and goes to a new day. On disk when it returns.
    func advance(to now: Instant) throws(StoreError) {
        let ended = try nextEmbargo().map { $0 <= now } ?? false
        guard ended || Schedule.today(at: now) > today else { return }
        try commit(at: now) { () throws(StoreError) in
            try roll(to: now)
            try endEmbargoes(now)
        }
    }

    private func commit(at now: Instant, _ body: () throws(StoreError) -> Void) throws(StoreError) {
        let before = today
        told = []
        defer { told = [] }
        do throws(StoreError) {
            try database.transaction { () throws(StoreError) in
                // Asked each time: during a reload the plugin of the old configuration still adds to the same table.
                nextID = Int64(try database.integer("SELECT max(id) FROM event") ?? 0) + 1
                try body()
                try tellings.add(told, at: now)
            }
        } catch {
            today = before
            throw error
        }
        try database.checkpointIfDue()
    }

    /// When the next embargo ends.
    func nextEmbargo() throws(StoreError) -> Instant? {
        try database.integer(
            "SELECT min(embargo) FROM event WHERE embargo IS NOT NULL AND uid NOT IN (SELECT uid FROM linked)"
        )
        .map { Instant(microseconds: Int64($0)) }
    }

    /// Whether something that readers see has changed since the last call.
    func takeNews() -> Bool {
        defer { hasNews = false }
        return hasNews
    }

    /// Ends the work; no call follows.
    func close() throws(StoreError) { try database.close() }

    // MARK: Reading

    /// What a site shows; of descriptions so many characters.
    func snapshot(
        limit: Int, description: Int, entries: Int, changes: Int, recent: Duration
    ) throws(StoreError) -> SiteSnapshot {
        var snapshot = SiteSnapshot(today: today, feedID: tellings.feedID)
        let ahead = try load("WHERE sort_day >= \(today) ORDER BY sort_day, id LIMIT \(limit)", description)
        if ahead.count == limit {
            let all = try database.integer("SELECT count(*) FROM event WHERE sort_day >= \(today)") ?? limit
            snapshot.omitted = all - limit
        }
        let oldest = today - Int(recent.components.seconds / 86_400)
        let past = try load(
            """
            WHERE sort_day < \(today) AND sort_day >= \(oldest) ORDER BY sort_day DESC, id DESC \
            LIMIT \(limit - ahead.count)
            """, description)
        snapshot.events = ahead + past
        snapshot.changed = try load(
            """
            JOIN (SELECT uid, max(id) AS last FROM telling GROUP BY uid) USING (uid)
            WHERE sort_day >= \(oldest) ORDER BY last DESC LIMIT \(changes)
            """, description)
        snapshot.entries = try tellings.newest(entries)
        return snapshot
    }

    private func load(_ clauses: String, _ description: Int) throws(StoreError) -> [ShownEvent] {
        let columns = "event.id, event.uid, revision, delivery, sort_day, state, pending, embargo, changed_at, "
        let statement = try database.prepare(
            "SELECT \(columns) event.intent, event.changes, event.digest FROM event \(clauses)")
        var events: [ShownEvent] = []
        while try statement.step() {
            let row = try EventRow(statement)
            guard let sortDay = row.sortDay, var event = try decode(row.state, row) else { continue }
            event.description = event.description.map { $0.cut(to: description) }
            events.append(
                ShownEvent(
                    event: event, sortDay: sortDay, changedAt: Instant(microseconds: Int64(row.changedAt)),
                    telling: Telling(stored: row.intent, row.changes)))
        }
        return events
    }

    func decode(_ bytes: [UInt8]?, _ row: EventRow) throws(StoreError) -> Event? {
        guard let bytes else { return nil }
        do {
            return Event(try CanonicalJSON.read(bytes))
        } catch {
            throw StoreError(
                .damagedRow(table: "event", row: row.id), message: "row \(row.id) of table event: \(error)",
                path: database.path)
        }
    }

    // MARK: Writing

    private func record(
        _ resolution: Resolution, delivery: Int64, isTakenBack: Bool, now: Instant
    ) throws(StoreError) {
        if try withdrawals.has(resolution.uid) { return }
        if try linked.has(resolution.uid) { return }
        let known = try row(of: resolution.uid)
        if let known, resolution.revision < known.revision, delivery <= known.delivery { return }
        guard let after = resolution.after else {
            // The event is gone from the archive, and with it from every output.
            if let known, resolution.changesEvent { try remove(known) }
            return
        }
        var row = known ?? EventRow(id: nextID, uid: resolution.uid, revision: 0, delivery: 0)
        row.revision = resolution.revision
        row.delivery = max(row.delivery, delivery)
        if after.visibility == .private || (known?.state == nil && after.isTombstone) {
            try hide(&row, isNew: known == nil)
        } else if let embargo = after.embargoUntil, embargo > now {
            if row.sortDay != nil { hasNews = true }
            row.sortDay = nil
            row.pending = CanonicalJSON.bytes(of: PublicForm.of(after).statement)
            row.embargo = Int(embargo.microseconds)
            try save(row, isNew: known == nil)
        } else {
            let decided = resolution.changesEvent ? resolution.intent : nil
            try show(
                PublicForm.of(after), in: &row, decided: decided, isTakenBack: isTakenBack, known: known, now: now)
        }
    }

    /// Shows a state, and tells of it what subscribers do not know yet.
    func show(
        _ shown: Event, in row: inout EventRow, decided: Intent?, isTakenBack: Bool = false, known: EventRow?,
        now: Instant
    ) throws(StoreError) {
        var shown = shown
        let before = try decode(row.state, row)
        let isVisible = row.sortDay != nil
        row.pending = nil
        row.embargo = nil
        if let before, before.news == shown.news {
            shown.receipt.receivedAt = before.receipt.receivedAt
            let bytes = CanonicalJSON.bytes(of: shown.statement)
            if bytes == row.state && isVisible && known?.pending == nil {
                if known?.revision != row.revision { try save(row, isNew: false) }
                return
            }
            row.state = bytes
        } else {
            let telling = Telling(before: before, after: shown, decided: decided, isTakenBack: isTakenBack)
            row.state = CanonicalJSON.bytes(of: shown.statement)
            row.changedAt = Int(now.microseconds)
            row.intent = telling.storedIntent
            row.changes = telling.storedLines
            told.append((shown, telling))
        }
        let changedDay = Schedule.today(at: Instant(microseconds: Int64(row.changedAt)))
        row.sortDay = Schedule.sortDay(of: shown, today: today, changedDay: changedDay)
        hasNews = true
        try save(row, isNew: known == nil)
    }

    /// Takes an event and what was told of it out of every output, and keeps only that it exists.
    private func hide(_ row: inout EventRow, isNew: Bool) throws(StoreError) {
        if row.state != nil || row.pending != nil { try unsay(row.uid) }
        row.state = nil
        row.pending = nil
        row.embargo = nil
        row.sortDay = nil
        row.intent = nil
        row.changes = nil
        try save(row, isNew: isNew)
    }

    private func remove(_ row: EventRow) throws(StoreError) {
        try unsay(row.uid)
        try forget.bind(row.id, at: 1)
        try forget.run()
    }

    func unsay(_ uid: String) throws(StoreError) {
        hasNews = true
        told.removeAll { $0.event.uid == uid }
        try tellings.remove(uid)
    }

    func rows(_ condition: String) throws(StoreError) -> [EventRow] {
        let statement = try database.prepare("SELECT * FROM event WHERE \(condition)")
        var rows: [EventRow] = []
        while try statement.step() { rows.append(try EventRow(statement)) }
        return rows
    }

    private func row(of uid: String) throws(StoreError) -> EventRow? {
        try find.bind(uid, at: 1)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return try EventRow(find)
    }

    func save(_ row: EventRow, isNew: Bool) throws(StoreError) {
        if isNew { nextID += 1 }
        try row.write(to: isNew ? insert : update)
    }
}
