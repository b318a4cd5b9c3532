import EventModel
import Store

/// A row of `events`.
struct EventRow {
    var number: Int64
    var uid: String
    var owner: String
    var revision: Int
    var stateRow: Int64
    var isTombstone: Bool
    var overview: EventOverview
    var stamp: RevisionStamp
    var contentHash: [UInt8]
}

/// What lists show of an event.
struct EventOverview {
    var status: EventStatus
    var name: String
    var visibility: Visibility
    var start: String?
    var end: String?
    var places: [String]

    init(_ state: EventUpdate) {
        status = state.status
        name = state.name.text
        visibility = state.visibility
        places = []
        var first: Moment?
        var last: Moment?
        for occurrence in state.occurrences {
            if let start = occurrence.when.start {
                if first.map({ start.precedes($0) }) ?? true { first = start }
                let end = occurrence.when.end ?? start
                if last.map({ $0.precedes(end) }) ?? true { last = end }
            }
            if let place = occurrence.place.map({ $0.city ?? $0.name }) ?? occurrence.onlineURL,
                !place.isEmpty, !places.contains(place)
            {
                places.append(place)
            }
        }
        start = first?.description
        end = last?.description
    }

    init(_ row: Store.Statement, from column: Int) {
        status = EventStatus(rawValue: row.text(column)) ?? .scheduled
        name = row.text(column + 1)
        visibility = Visibility(rawValue: row.text(column + 2)) ?? .private
        start = row.optionalText(column + 3)
        end = row.optionalText(column + 4)
        places = row.text(column + 5).split(separator: "\n").map(String.init)
    }
}

extension Moment {
    /// A day comes before the times on it.
    fileprivate func precedes(_ other: Moment) -> Bool {
        if date != other.date { return date < other.date }
        guard let later = other.time else { return false }
        return time.map { $0 < later } ?? true
    }
}

/// The statements on `events`.
struct EventTable {
    private let find: Store.Statement
    private let insert: Store.Statement
    private let update: Store.Statement
    private let name: Store.Statement

    init(_ database: Database) throws(StoreError) {
        find = try database.prepare("SELECT * FROM events WHERE uid = ?1")
        insert = try database.prepare(
            """
            INSERT INTO events VALUES
            (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
            """)
        update = try database.prepare(
            """
            UPDATE events SET owner = ?3, revision = ?4, state_row = ?5, is_tombstone = ?6, status = ?7, name = ?8,
            visibility = ?9, starts = ?10, ends = ?11, places = ?12, sequence = ?13, issued_at = ?14, publisher = ?15,
            format = ?16, content_hash = ?17, digest = ?18 WHERE n = ?1 AND uid = ?2
            """)
        name = try database.prepare("SELECT * FROM events WHERE n = ?1")
    }

    /// The uid of an event.
    func uid(_ number: Int64) throws(StoreError) -> String {
        try name.bind(number, at: 1)
        guard try name.step() else {
            throw StoreError(
                .damagedRow(table: "events", row: number), message: "row \(number) of table events is missing",
                path: name.path)
        }
        try name.checkDigest(table: "events")
        defer { name.reset() }
        return name.text(1)
    }

    func find(_ uid: String) throws(StoreError) -> EventRow? {
        try find.bind(uid, at: 1)
        guard try find.step() else { return nil }
        try find.checkDigest(table: "events")
        defer { find.reset() }
        return EventRow(find)
    }

    func insert(_ row: EventRow) throws(StoreError) { try write(row, insert) }

    func update(_ row: EventRow) throws(StoreError) { try write(row, update) }

    private func write(_ row: EventRow, _ statement: Store.Statement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.uid)
        try columns.add(row.owner)
        try columns.add(row.revision)
        try columns.add(row.stateRow)
        try columns.add(row.isTombstone ? 1 : 0)
        try columns.add(row.overview.status.rawValue)
        try columns.add(row.overview.name)
        try columns.add(row.overview.visibility.rawValue)
        try columns.add(row.overview.start)
        try columns.add(row.overview.end)
        try columns.add(row.overview.places.joined(separator: "\n"))
        try columns.add(row.stamp.sequence)
        try columns.add(row.stamp.issuedAt.map { Int($0.microseconds) })
        try columns.add(row.stamp.source.publisher)
        try columns.add(row.stamp.source.format.rawValue)
        try columns.add(row.contentHash)
        try columns.run()
    }
}

extension EventRow {
    /// Reads the current row of a `SELECT *`.
    init(_ row: Store.Statement) {
        number = row.int64(0)
        uid = row.text(1)
        owner = row.text(2)
        revision = row.int(3)
        stateRow = row.int64(4)
        isTombstone = row.int(5) != 0
        overview = EventOverview(row, from: 6)
        stamp = RevisionStamp(row, from: 12)
        contentHash = row.bytes(16)
    }
}

extension RevisionStamp {
    /// Reads sequence, issue date, publisher and format from four columns.
    init(_ row: Store.Statement, from column: Int) {
        self.init(
            sequence: row.optionalInt(column),
            issuedAt: row.optionalInt(column + 1).map { Instant(microseconds: Int64($0)) },
            source: UpdateSource(
                publisher: row.text(column + 2), format: Format(rawValue: row.text(column + 3)) ?? .text))
    }
}
