import EventModel
public import PluginKit
public import Store

extension Ledger {
    /// Erases an event: its states, what was said of it, the bytes that spoke of it, and what names it elsewhere. Entries
    /// of the log keep their number and lose their content. A file that spoke of other events too loses its bytes, its
    /// name and what it said of this one; the others stay as they are.
    ///
    /// When it returns, nothing of the event is left in the archive's file, its log or a former version of it that was put
    /// aside. Twice is as good as once.
    public func forget(_ order: EventOrder) throws(StoreError) {
        memory = nil
        let isKnown = try commit { () throws(StoreError) -> Bool in
            let uid = Tombstone.uid(try hash(Array(order.uid.utf8)))
            let event = try events.find(order.uid)
            let named = try log.rows(uid: order.uid)
            let asked = try questions.rows(uid: order.uid)
            guard event != nil || !named.isEmpty || !asked.isEmpty else { return try forgotten.has(uid) }
            try forget(event, named, order, uid)
            return true
        }
        memory = nil
        // The transaction may have been made before a kill: the file is written anew whether or not it had to be.
        guard isKnown else { return }
        try database.removeFormerVersions()
        try database.compact()
    }

    private func forget(
        _ event: EventRow?, _ named: [LogRow], _ order: EventOrder, _ uid: Tombstone
    ) throws(StoreError) {
        var names: Set<String> = []
        var tombstones: Set<Tombstone> = [uid]
        var rows = named
        if let event {
            names.insert(event.overview.name)
            rows += try log.rows(event: event.number)
            for revision in try revisions.rows(event: event.number) {
                tombstones.insert(.content(revision.statementHash))
                if let state = try revisions.state(event: event.number, revision: revision.revision) {
                    names.insert(state.name.text)
                }
            }
            for base in try bases.rows(event: event.number) { tombstones.insert(.content(base.hash)) }
            for question in try questions.rows(event: event.number) { tombstones.insert(.content(question.hash)) }
        }
        for question in try questions.rows(uid: order.uid) {
            tombstones.insert(.content(question.hash))
            if let content = question.content { try run("DELETE FROM contents WHERE n = ?1", content) }
            try questions.delete(question.number)
        }
        for row in rows { if let hash = row.contentHash { tombstones.insert(.content(hash)) } }
        var covering: Set<Int64> = []
        if let event { covering = try deliveries(covering: event.number) }
        for number in Set(rows.compactMap(\.delivery)).union(covering) {
            let delivery = try deliveries.row(number)
            if try forget(delivery, event, order.uid) { tombstones.insert(.bytes(delivery.header.sha256)) }
        }
        for row in rows { try scrub(row) }
        if let event { try erase(event) }
        try eraseMentions(Mention(uid: order.uid, names: names))
        try forgotten.add(tombstones, decidedBy: order.decidedBy, at: order.decidedAt)
        var row = LogRow(.forgotten, at: order.decidedAt)
        row.decidedBy = order.decidedBy
        row.decidedAt = order.decidedAt
        if !Mention(uid: order.uid, names: names).isIn(order.comment) { row.comment = order.comment }
        try write(row)
    }

    /// A delivery that spoke of the event loses its name and its bytes; whether it spoke of nothing else, so that its
    /// digest goes too.
    private func forget(_ delivery: DeliveryRow, _ event: EventRow?, _ uid: String) throws(StoreError) -> Bool {
        let isAlone = try log.rows(delivery: delivery.number).allSatisfy { row in
            if row.covers != nil { return false }
            return row.event == nil ? row.uid == nil || row.uid == uid : row.event == event?.number
        }
        var scrubbed = delivery
        scrubbed.header.file = []
        scrubbed.bytes = nil
        if isAlone { scrubbed.header.sha256 = "" }
        try deliveries.replace(scrubbed)
        guard let bytes = delivery.bytes else { return isAlone }
        // The same bytes may have come again.
        for other in try deliveries.sharing(bytes) {
            var scrubbed = other
            scrubbed.header.file = []
            scrubbed.bytes = nil
            try deliveries.replace(scrubbed)
        }
        try run("DELETE FROM bytes WHERE n = ?1", bytes)
        return isAlone
    }

    private func scrub(_ row: LogRow) throws(StoreError) {
        for number in row.findings { try run("DELETE FROM findings WHERE n = ?1", number) }
        var scrubbed = LogRow(.forgotten, at: row.time)
        scrubbed.number = row.number
        scrubbed.delivery = row.delivery
        scrubbed.item = row.item
        scrubbed.stage = row.stage
        scrubbed.decidedBy = row.decidedBy
        scrubbed.decidedAt = row.decidedAt
        try log.replace(scrubbed)
    }

    private func erase(_ event: EventRow) throws(StoreError) {
        try run(
            """
            DELETE FROM contents WHERE n IN (SELECT content FROM revisions WHERE event = ?1
            UNION SELECT statement FROM revisions WHERE event = ?1 UNION SELECT content FROM bases WHERE event = ?1
            UNION SELECT content FROM questions WHERE event = ?1)
            """, event.number)
        for table in ["revisions", "bases", "questions", "withdrawals", "listed"] {
            try run("DELETE FROM \(table) WHERE event = ?1", event.number)
        }
        try run("DELETE FROM events WHERE n = ?1", event.number)
    }

    /// The deliveries of which one entry about several items tells that they said of the event what was known.
    private func deliveries(covering event: Int64) throws(StoreError) -> Set<Int64> {
        let select = try database.prepare("SELECT * FROM log WHERE covers IS NOT NULL")
        var found: Set<Int64> = []
        while try select.step() {
            try select.checkDigest(table: "log")
            let row = LogRow(select)
            if let delivery = row.delivery, try coverage(row)?.items.contains(where: { $0.event == event }) ?? false {
                found.insert(delivery)
            }
        }
        return found
    }

    /// Takes the event out of the sentences about others: what resembled it, what was held because of it.
    private func eraseMentions(_ mention: Mention) throws(StoreError) {
        for number in try numbers("SELECT n, message FROM findings", naming: mention) {
            guard var finding = try findings.rows(number..<number + 1).first else { continue }
            finding.message = Mention.erased
            try findings.replace(finding, at: number)
        }
        let query =
            "SELECT n, message || char(10) || comment || char(10) || coalesce(ruling, '') FROM log "
            + "WHERE message <> '' OR comment <> '' OR ruling IS NOT NULL"
        for number in try numbers(query, naming: mention) {
            var row = try log.row(number)
            row.message = Mention.erased
            row.comment = ""
            row.ruling = nil
            try log.replace(row)
            // A file that was held because of the event may be called after it.
            guard let delivery = row.delivery else { continue }
            var scrubbed = try deliveries.row(delivery)
            scrubbed.header.file = []
            try deliveries.replace(scrubbed)
        }
    }

    private func numbers(_ query: String, naming mention: Mention) throws(StoreError) -> [Int64] {
        let select = try database.prepare(query)
        var numbers: [Int64] = []
        while try select.step() {
            if mention.isIn(select.text(1)) { numbers.append(select.int64(0)) }
        }
        return numbers
    }

    private func run(_ sql: String, _ number: Int64) throws(StoreError) {
        let statement = try database.prepare(sql)
        try statement.bind(number, at: 1)
        try statement.run()
    }
}

extension Ledger {
    /// Whether anything was ever forgotten.
    public func hasForgotten() throws(StoreError) -> Bool { try forgotten.isAny() }

    /// The first of some tombstones that stands.
    public func standing(_ tombstones: [Tombstone]) throws(StoreError) -> Tombstone? {
        for tombstone in tombstones where try forgotten.has(tombstone) { return tombstone }
        return nil
    }

    /// Takes tombstones away: a person lets an event be known again.
    public func remember(_ tombstones: [Tombstone]) throws(StoreError) { try forgotten.remove(tombstones) }
}
