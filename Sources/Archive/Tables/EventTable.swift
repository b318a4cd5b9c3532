public import EventModel
import Store

/// A row of `events`: what is known of an event beside its state.
public struct EventRow: Sendable {
    /// The number of the entry of the log that made it.
    var number: Int64
    /// The event's name.
    public internal(set) var uid: String
    /// The publisher that was accepted first; empty where all submitters were one.
    public internal(set) var owner: String
    /// The numeric user id of the submitter that was accepted first.
    var announcer: UInt32
    /// The number of the current revision, from 1.
    public internal(set) var revision: Int
    /// Whether nothing but its cancellation is known.
    public internal(set) var isTombstone: Bool
    var overview: EventOverview
    /// What the source of the current revision stated about its place in the order.
    public internal(set) var stamp: RevisionStamp
    /// The hash of the statement that made the current revision.
    public internal(set) var contentHash: [UInt8]
}

/// What lists show of an event.
struct EventOverview: Sendable {
    var status: EventStatus
    var name: String
    var visibility: Visibility
    var start: String?
    var end: String?
    var places: [String]

    init(_ state: EventContent) {
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

    init(_ row: PreparedStatement, from column: Int) {
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
    private let find: PreparedStatement
    private let insert: PreparedStatement
    private let replace: PreparedStatement
    private let byNumber: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        find = try database.prepare("SELECT * FROM events WHERE uid = ?1")
        let values = (1...20).map { "?\($0)" }.joined(separator: ", ")
        insert = try database.prepare("INSERT INTO events VALUES (\(values))")
        replace = try database.prepare(
            """
            UPDATE events SET owner = ?3, announcer = ?4, revision = ?5, is_tombstone = ?6, status = ?7, name = ?8,
            visibility = ?9, starts = ?10, ends = ?11, places = ?12, sequence = ?13, issued_at = ?14, publisher = ?15,
            submitter = ?16, format = ?17, producer = ?18, content_hash = ?19, digest = ?20 WHERE n = ?1 AND uid = ?2
            """)
        byNumber = try database.prepare("SELECT * FROM events WHERE n = ?1")
    }

    /// The event of that number; nil where it was forgotten.
    func row(_ number: Int64) throws(StoreError) -> EventRow? {
        try byNumber.bind(number, at: 1)
        return try read(byNumber)
    }

    func find(_ uid: String) throws(StoreError) -> EventRow? {
        try find.bind(uid, at: 1)
        return try read(find)
    }

    private func read(_ statement: PreparedStatement) throws(StoreError) -> EventRow? {
        guard try statement.step() else { return nil }
        try statement.checkDigest(table: "events")
        defer { statement.reset() }
        return EventRow(statement)
    }

    func insert(_ row: EventRow) throws(StoreError) { try write(row, insert) }

    func update(_ row: EventRow) throws(StoreError) { try write(row, replace) }

    private func write(_ row: EventRow, _ statement: PreparedStatement) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(row.number)
        try columns.add(row.uid)
        try columns.add(row.owner)
        try columns.add(Int(row.announcer))
        try columns.add(row.revision)
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
        try columns.add(Int(row.stamp.source.submitter))
        try columns.add(row.stamp.source.format.rawValue)
        try columns.add(row.stamp.source.producer)
        try columns.add(row.contentHash)
        try columns.run()
    }
}

extension EventRow {
    /// Reads the current row of a `SELECT *`.
    init(_ row: PreparedStatement) {
        number = row.int64(0)
        uid = row.text(1)
        owner = row.text(2)
        announcer = UInt32(truncatingIfNeeded: row.int64(3))
        revision = row.int(4)
        isTombstone = row.int(5) != 0
        overview = EventOverview(row, from: 6)
        stamp = RevisionStamp(
            sequence: row.optionalInt(12),
            issuedAt: row.optionalInt(13).map { Instant(microseconds: Int64($0)) },
            source: UpdateSource(
                publisher: row.text(14), submitter: UInt32(truncatingIfNeeded: row.int64(15)),
                format: Format(rawValue: row.text(16)) ?? .text, producer: row.text(17)))
        contentHash = row.bytes(18)
    }
}
