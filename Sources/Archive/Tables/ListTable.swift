import EventModel
import Store

/// A row of `lists`: a publisher's whole list, and what is asked about it.
struct ListRow {
    var number: Int64
    var publisher: String
    var pattern: String
    /// The delivery that was it last.
    var delivery: Int64
    /// The delivery whose item 0 waits for a person; nil where none does.
    var question: Int64?
    /// How often that was asked.
    var count = 0
    var lastAsked: Instant?
}

/// A row of `listed`: an event that is expected in a list.
struct ListedRow {
    var list: Int64
    var event: Int64
    /// Where it is missing: the delivery in which it stood last.
    var stoodIn: Int64?
}

/// The statements on `lists` and `listed`.
struct ListTable {
    private let byName: PreparedStatement
    private let all: PreparedStatement
    private let byQuestion: PreparedStatement
    private let replace: PreparedStatement
    private let ofList: PreparedStatement
    private let ofEvent: PreparedStatement
    private let missing: PreparedStatement
    private let replaceEvent: PreparedStatement
    private let deleteEvent: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        byName = try database.prepare("SELECT * FROM lists WHERE publisher = ?1 AND pattern = ?2")
        all = try database.prepare("SELECT * FROM lists WHERE n > ?1 ORDER BY n")
        byQuestion = try database.prepare("SELECT * FROM lists WHERE question = ?1")
        replace = try database.prepare("REPLACE INTO lists VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        ofList = try database.prepare("SELECT * FROM listed WHERE list = ?1 ORDER BY event")
        missing = try database.prepare(
            "SELECT * FROM listed WHERE list = ?1 AND stood_in IS NOT NULL ORDER BY event LIMIT ?2")
        ofEvent = try database.prepare("SELECT * FROM listed WHERE list = ?1 AND event = ?2")
        replaceEvent = try database.prepare("REPLACE INTO listed VALUES (?1, ?2, ?3, ?4)")
        deleteEvent = try database.prepare("DELETE FROM listed WHERE list = ?1 AND event = ?2")
    }

    /// The list of that name, where a file has been it before.
    func find(publisher: String, pattern: String) throws(StoreError) -> ListRow? {
        try byName.bind(publisher, at: 1)
        try byName.bind(pattern, at: 2)
        return try rows(byName).first
    }

    /// All lists.
    func rows() throws(StoreError) -> [ListRow] {
        try all.bind(0, at: 1)
        return try rows(all)
    }

    /// The list about which a delivery asks.
    func find(question: Int64) throws(StoreError) -> ListRow? {
        try byQuestion.bind(question, at: 1)
        return try rows(byQuestion).first
    }

    private func rows(_ select: PreparedStatement) throws(StoreError) -> [ListRow] {
        defer { select.reset() }
        var rows: [ListRow] = []
        while try select.step() {
            try select.checkDigest(table: "lists")
            rows.append(
                ListRow(
                    number: select.int64(0), publisher: select.text(1), pattern: select.text(2),
                    delivery: select.int64(3), question: select.optionalInt(4).map(Int64.init), count: select.int(5),
                    lastAsked: select.optionalInt(6).map { Instant(microseconds: Int64($0)) }))
        }
        return rows
    }

    func write(_ row: ListRow) throws(StoreError) {
        var columns = DigestedRow(replace)
        try columns.add(row.number)
        try columns.add(row.publisher)
        try columns.add(row.pattern)
        try columns.add(row.delivery)
        try columns.add(row.question.map(Int.init))
        try columns.add(row.count)
        try columns.add(row.lastAsked.map { Int($0.microseconds) })
        try columns.run()
    }

    /// What is expected in a list.
    func events(of list: Int64) throws(StoreError) -> [ListedRow] {
        try ofList.bind(list, at: 1)
        return try events(ofList)
    }

    /// What is missing from a list, so many at most.
    func missing(from list: Int64, limit: Int = .max) throws(StoreError) -> [ListedRow] {
        try missing.bind(list, at: 1)
        try missing.bind(limit, at: 2)
        return try events(missing)
    }

    /// That an event is expected in a list; nil where it is not.
    func event(_ event: Int64, of list: Int64) throws(StoreError) -> ListedRow? {
        try ofEvent.bind(list, at: 1)
        try ofEvent.bind(event, at: 2)
        return try events(ofEvent).first
    }

    private func events(_ select: PreparedStatement) throws(StoreError) -> [ListedRow] {
        defer { select.reset() }
        var rows: [ListedRow] = []
        while try select.step() {
            try select.checkDigest(table: "listed")
            rows.append(
                ListedRow(
                    list: select.int64(0), event: select.int64(1), stoodIn: select.optionalInt(2).map(Int64.init)))
        }
        return rows
    }

    func write(_ row: ListedRow) throws(StoreError) {
        var columns = DigestedRow(replaceEvent)
        try columns.add(row.list)
        try columns.add(row.event)
        try columns.add(row.stoodIn.map(Int.init))
        try columns.run()
    }

    /// An event is not expected in a list any more.
    func delete(_ row: ListedRow) throws(StoreError) {
        try deleteEvent.bind(row.list, at: 1)
        try deleteEvent.bind(row.event, at: 2)
        try deleteEvent.run()
    }
}
