public import EventModel
public import Store
import PluginKit

/// What the log tells, oldest first.
extension ArchiveReader {
    /// What is known of a delivery; empty where the archive has never met it, more than one where a file was written to
    /// between its reading and an end of the process.
    public func delivery(id: DeliveryID) throws(StoreError) -> [DeliveryRecord] {
        try database.transaction { () throws(StoreError) in try records(deliveries.all(id)) }
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

    /// The deliveries that spoke of an event, oldest first; held and rejected ones too.
    public func deliveries(of uid: String) throws(StoreError) -> [DeliveryRecord] {
        try database.transaction { () throws(StoreError) in
            let numbers = Set(try rows(ofEvent: uid).compactMap(\.delivery)).sorted()
            var rows: [DeliveryRow] = []
            for number in numbers { rows.append(try deliveries.row(number)) }
            return try records(rows)
        }
    }

    private func records(_ select: PreparedStatement) throws(StoreError) -> [DeliveryRecord] {
        try database.transaction { () throws(StoreError) -> [DeliveryRecord] in
            var rows: [DeliveryRow] = []
            while try select.step() {
                try select.checkDigest(table: "deliveries")
                rows.append(DeliveryRow(select))
            }
            return try records(rows)
        }
    }

    private func records(_ rows: [DeliveryRow]) throws(StoreError) -> [DeliveryRecord] {
        var records: [DeliveryRecord] = []
        for row in rows {
            records.append(
                DeliveryRecord(
                    header: row.header, hasBytes: row.bytes != nil,
                    story: try story(of: log.rows(delivery: row.number))))
        }
        return records
    }

    /// What came from somewhere and has changed events since a time, the latest first: deliveries with the numbers of their
    /// items, without those that took something back.
    public func changing(
        from origin: Origin, since time: Instant
    ) throws(StoreError) -> [(delivery: DeliveryID, items: [Int])] {
        try database.transaction { () throws(StoreError) -> [(delivery: DeliveryID, items: [Int])] in
            let select = try database.prepare(
                "SELECT * FROM log WHERE outcome = 'accepted' AND time >= ?1 ORDER BY n DESC")
            try select.bind(time.microseconds, at: 1)
            var order: [Int64] = []
            var items: [Int64: [Int]] = [:]
            while try select.step() {
                try select.checkDigest(table: "log")
                let row = LogRow(select)
                if case .revert = row.release?.ruling { continue }
                guard let number = row.delivery, let item = row.item else { continue }
                if items[number] == nil { order.append(number) }
                items[number, default: []].append(item)
            }
            var found: [(delivery: DeliveryID, items: [Int])] = []
            for number in order {
                let header = try deliveries.row(number).header
                let isMeant =
                    switch origin {
                    case .user(let id): header.submitter == id
                    case .publisher(let name): header.publisher == name
                    }
                if isMeant { found.append((header.id, items[number] ?? [])) }
            }
            return found
        }
    }

    /// The items of a delivery that changed events.
    public func changing(in id: DeliveryID) throws(StoreError) -> [Int] {
        try log.changedItems(of: deliveries.all(id))
    }

    /// The story of a delivery.
    public func story(ofDelivery id: DeliveryID) throws(StoreError) -> [StoryEntry] {
        try delivery(id: id).flatMap(\.story)
    }

    /// The story of one item of a delivery, with what was decided about the file as a whole.
    public func story(ofItem number: Int, of id: DeliveryID) throws(StoreError) -> [StoryEntry] {
        try database.transaction { () throws(StoreError) in
            var rows: [LogRow] = []
            for delivery in try deliveries.all(id) {
                for row in try log.rows(delivery: delivery.number) {
                    let covered = try coverage(row)?.items.contains { $0.number == number }
                    if row.item == number || row.item == nil && covered ?? true { rows.append(row) }
                }
            }
            return try story(of: rows)
        }
    }

    /// The story of an event: what was said of it, held and refused too, and what people decided about it.
    public func story(ofEvent uid: String) throws(StoreError) -> [StoryEntry] {
        try database.transaction { () throws(StoreError) in try story(of: rows(ofEvent: uid)) }
    }

    /// The stories of all files that were dropped under a name. Reads the whole table of deliveries.
    public func story(ofFile name: [UInt8]) throws(StoreError) -> [StoryEntry] {
        try deliveries(fileName: name).flatMap(\.story)
    }

    /// What waits for a person: the last word on each item, or on a whole file, that is held, oldest first.
    public func heldItems() throws(StoreError) -> [StoryEntry] {
        try database.transaction { () throws(StoreError) in
            let select = try database.prepare(
                """
                SELECT * FROM log AS held WHERE outcome = 'held' AND NOT EXISTS (
                    SELECT 1 FROM log AS later WHERE later.delivery = held.delivery AND later.n > held.n
                    AND (held.item IS NULL OR later.item IS held.item OR later.item IS NULL AND later.covers IS NULL))
                ORDER BY n
                """)
            var rows: [LogRow] = []
            while try select.step() {
                try select.checkDigest(table: "log")
                rows.append(LogRow(select))
            }
            return try story(of: rows)
        }
    }

    private func rows(ofEvent uid: String) throws(StoreError) -> [LogRow] {
        var rows = try log.rows(uid: uid)
        if let event = try events.find(uid) { rows += try log.rows(event: event.number) }
        let link = try linked.rows().first { $0.uid == uid }
        if let link { rows += try log.rows(event: link.event) }
        var seen: Set<Int64> = []
        return rows.filter { seen.insert($0.number).inserted }.sorted { $0.number < $1.number }
    }

    private func coverage(_ row: LogRow) throws(StoreError) -> Coverage? {
        guard let bytes = row.covers else { return nil }
        guard let coverage = Coverage(packed: bytes, packing) else {
            throw StoreError(
                .damagedRow(table: "log", row: row.number),
                message: "the items in row \(row.number) of table log cannot be read", path: database.path)
        }
        return coverage
    }

    private func story(of rows: [LogRow]) throws(StoreError) -> [StoryEntry] {
        var entries: [StoryEntry] = []
        for row in rows { entries.append(try entry(row)) }
        return entries
    }

    private func entry(_ row: LogRow) throws(StoreError) -> StoryEntry {
        let header = try row.delivery.map { number throws(StoreError) in try deliveries.row(number).header }
        let event = try row.event.flatMap { number throws(StoreError) in try events.row(number) }
        var state: Event?
        var changes: [Change] = []
        if row.outcome == .accepted, let event, let revision = row.revision {
            state = try revisions.state(event: event.number, revision: revision)
            if let state, let before = try revisions.state(event: event.number, revision: revision - 1) {
                changes = difference(from: before.content, to: state.content).changes
            }
        }
        let stage = row.stage ?? (row.delivery == nil ? "" : ArchiveReader.keeper)
        return StoryEntry(
            number: row.number, time: row.time, delivery: header?.id, file: header?.file ?? [], item: row.item,
            items: try coverage(row)?.words, stage: stage.isEmpty ? nil : stage, outcome: row.outcome,
            uid: event?.uid ?? row.uid, intent: row.intent,
            untold: state.flatMap { row.intent?.untold($0.status) }, revision: row.revision, name: state?.name.text,
            changes: changes, findings: try findings.rows(row.findings), reason: row.message,
            decidedBy: row.decidedBy, comment: row.comment, release: row.release?.sentence)
    }
}

extension LogRow {
    fileprivate var release: Release? {
        guard let ruling, let decidedBy, let decidedAt else { return nil }
        return Release(words: ruling, decidedBy: decidedBy, decidedAt: decidedAt)
    }
}

extension StoryEntry {
    /// The entry as a sentence.
    public var message: String {
        var parts: [String] = []
        let name = name.map { "“\($0)”" } ?? uid ?? ""
        let revision = revision.map { "revision \($0)" } ?? ""
        switch outcome {
        case .accepted:
            let status = untold.map { ", and is \($0.rawValue)" } ?? ""
            parts.append("\(name) is \(intent?.rawValue ?? "accepted")\(status): \(revision)")
        case .unchanged:
            parts.append(items.map { "items \($0) say nothing new" } ?? "\(name) says nothing new; \(revision) stays")
        case .stale: parts.append("\(name) is older than what is known; \(revision) stays")
        case .withdrawn: parts.append("it reaches no output")
        default: break
        }
        if !reason.isEmpty { parts.append(reason) }
        if let release {
            parts.append(release)
        } else if let decidedBy {
            parts.append("\(outcome) by user \(decidedBy)")
        }
        if !comment.isEmpty { parts.append("“\(comment)”") }
        return parts.joined(separator: "; ")
    }
}
