import EventFormats
import EventModel
import PluginKit
import Store
import Primitives

/// Brings an archive of the first edition up to date: its answers become entries of the log, in their order, and each
/// state of an event a revision. What was said and made no revision is known by its hash alone.
struct FirstEditionMigration {
    private let database: Database
    private let key: SecretKey
    private let packing: Packing
    private let hasher: SHA256
    private let deliveries: DeliveryTable
    private let contents: ContentTable
    private let events: EventTable
    private let revisions: RevisionTable
    private let log: LogTable
    private let findings: FindingTable
    private let bases: BaseTable
    private let withdrawals: WithdrawalTable

    private let history: PreparedStatement
    private let found: PreparedStatement
    private let bytes: PreparedStatement
    private let event: PreparedStatement

    private static let tables = ["deliveries", "contents", "events", "history", "findings", "withdrawals", "forgotten"]
    private static let indexes = [
        "deliveries_by_id", "events_by_uid", "history_by_event", "withdrawals_by_event", "forgotten_by_hash",
    ]

    /// Carries it out, within the transaction that brings the file up to date.
    static func run(_ database: Database, _ key: SecretKey) throws(StoreError) {
        for index in indexes { try database.execute("DROP INDEX \(index)") }
        for table in tables { try database.execute("ALTER TABLE \(table) RENAME TO old_\(table)") }
        for statement in ArchiveSchema.secondEdition { try database.execute(statement) }
        var migration = try FirstEditionMigration(database, key)
        try migration.run()
        for table in tables { try database.execute("DROP TABLE old_\(table)") }
    }

    private init(_ database: Database, _ key: SecretKey) throws(StoreError) {
        guard let packing = Packing() else {
            throw StoreError(
                .sqlite(code: 7, extended: 7), message: "there is no memory to pack with", path: database.path)
        }
        do throws(SHA256.Unavailable) {
            hasher = try SHA256()
        } catch {
            throw StoreError(.sqlite(code: 7, extended: 7), message: "\(error)", path: database.path)
        }
        self.database = database
        self.key = key
        self.packing = packing
        deliveries = try DeliveryTable(database, packing)
        contents = try ContentTable(database, packing, lookBack: 1000)
        events = try EventTable(database)
        revisions = try RevisionTable(database, packing, contents, lookBack: 1000)
        log = try LogTable(database)
        findings = try FindingTable(database)
        bases = try BaseTable(database)
        withdrawals = try WithdrawalTable(database)
        history = try database.prepare("SELECT * FROM old_history WHERE n >= ?1 AND n < ?2 ORDER BY n")
        found = try database.prepare("SELECT * FROM old_findings WHERE n >= ?1 AND n < ?2 ORDER BY n")
        bytes = try database.prepare("SELECT * FROM old_contents WHERE n = ?1")
        event = try database.prepare("SELECT * FROM old_events WHERE n = ?1")
    }

    private var nextLog: Int64 = 1
    private var nextDelivery: Int64 = 1
    private var nextContent: Int64 = 1
    private var nextFinding: Int64 = 1
    private var sources: [UpdateSource: Int64] = [:]
    /// The new numbers of the events.
    private var numbers: [Int64: Int64] = [:]
    /// Who dropped what made their first and their current states.
    private var submitters: [Int64: (first: UInt32, last: UInt32)] = [:]

    private mutating func run() throws(StoreError) {
        let answers = try database.prepare("SELECT * FROM old_deliveries ORDER BY n")
        while try answers.step() {
            try answers.checkDigest(table: "deliveries")
            try move(OldAnswer(answers))
        }
        for (old, number) in numbers { try moveEvent(old, to: number) }
        try moveWithdrawals()
        try moveForgotten()
    }

    private mutating func move(_ answer: OldAnswer) throws(StoreError) {
        var delivery = try deliveries.find(answer.header.id, sha256: answer.header.sha256)
        let isNew = delivery == nil
        if isNew {
            delivery = DeliveryRow(number: nextDelivery, header: answer.header)
            nextDelivery += 1
        }
        guard var delivery else { return }
        try bytes.bind(answer.number, at: 1)
        if delivery.bytes == nil, try bytes.step() {
            try bytes.checkDigest(table: "contents")
            try deliveries.keep(bytes.bytes(1), at: delivery.number)
            bytes.reset()
            delivery.bytes = delivery.number
        }
        if isNew { try deliveries.insert(delivery) } else { try deliveries.replace(delivery) }

        let found = try findings(of: answer)
        guard !answer.history.isEmpty else {
            var row = row(answer.outcome, answer, delivery)
            row.message = answer.reason
            row.code = found.first?.1.code.rawValue
            return try write(row, found.map(\.1))
        }
        try history.bind(answer.history.lowerBound, at: 1)
        try history.bind(answer.history.upperBound, at: 2)
        while try history.step() {
            try history.checkDigest(table: "history")
            let index = Int(history.int64(0) - answer.history.lowerBound)
            try move(index, answer, delivery, found.filter { $0.0 == index || $0.0 == nil && index == 0 }.map(\.1))
        }
    }

    /// One thing that was said of an event.
    private mutating func move(
        _ index: Int, _ answer: OldAnswer, _ delivery: DeliveryRow, _ found: [Diagnostic]
    ) throws(StoreError) {
        let old = history.int64(1)
        guard old != 0, let intent = Intent(rawValue: history.text(3)) else {
            // Its event was forgotten.
            var row = row(.forgotten, answer, delivery)
            row.item = index + 1
            return try write(row, [])
        }
        let outcome: LogOutcome = intent == .unchanged ? .unchanged : intent == .stale ? .stale : .accepted
        var row = row(outcome, answer, delivery)
        row.item = index + 1
        row.intent = intent
        row.revision = history.int(4)
        row.sequence = history.optionalInt(5)
        row.issuedAt = history.optionalInt(6).map { Instant(microseconds: Int64($0)) }
        var hash = history.bytes(9)
        if outcome != .accepted { row.contentHash = hash }
        if outcome == .stale {
            row.code = found.first?.code.rawValue
            row.message = answer.reason
        }
        let number = numbers[old] ?? nextLog
        numbers[old] = number
        row.event = number
        let entry = nextLog
        try write(row, found)
        var content: Int64?
        if outcome == .accepted {
            submitters[number, default: (delivery.header.submitter, 0)].last = delivery.header.submitter
            let old = history.bytes(10)
            let json = row.issuedAt == nil ? old : try unstamped(old)
            let stateHash = try hasher.digest(json, for: database.path)
            let state = try contentNumber(json, stateHash, of: number)
            if try hasher.digest(old, for: database.path) == hash { (content, hash) = (state, stateHash) }
            try revisions.insert(
                RevisionRow(
                    event: number, revision: history.int(4), log: entry, statementHash: hash, content: state,
                    statement: content, evidence: history.isNull(11) ? nil : history.bytes(11)))
        }
        if outcome != .stale { try setBase(row, hash, content, delivery) }
    }

    private mutating func contentNumber(
        _ json: [UInt8], _ hash: [UInt8], of event: Int64
    ) throws(StoreError) -> Int64 {
        if let number = try contents.find(hash, event: event) { return number }
        let number = nextContent
        nextContent += 1
        try contents.insert(json, hash: hash, at: number)
        return number
    }

    private mutating func setBase(
        _ row: LogRow, _ hash: [UInt8], _ content: Int64?, _ delivery: DeliveryRow
    ) throws(StoreError) {
        guard let event = row.event else { return }
        let source = UpdateSource(
            publisher: history.text(7), submitter: delivery.header.submitter,
            format: Format(rawValue: history.text(8)) ?? .text)
        let number = sources[source] ?? Int64(sources.count) + 1
        if sources.updateValue(number, forKey: source) == nil { try bases.insert(source, at: number) }
        let base = try bases.rows(event: event).first { $0.source == number }
        var content = content
        if content == nil { content = try contents.find(hash, event: event) }
        try bases.write(
            BaseRow(
                event: event, source: number, hash: hash, content: content,
                sequence: [base?.sequence, row.sequence].compactMap { $0 }.max(), issuedAt: row.issuedAt,
                delivery: delivery.number))
    }

    private func moveEvent(_ old: Int64, to number: Int64) throws(StoreError) {
        try event.bind(old, at: 1)
        guard try event.step() else { throw .missing(old, in: "events", database.path) }
        try event.checkDigest(table: "events")
        defer { event.reset() }
        var row = EventRow(firstEdition: event, number: number)
        if let revision = try revisions.rows(event: number).last { row.contentHash = revision.statementHash }
        if let submitters = submitters[number] {
            row.announcer = submitters.first
            row.stamp.source.submitter = submitters.last
        }
        try events.insert(row)
    }

    /// A content without the date of issue that stood in it: what stamps its events anew at every export says the same.
    private func unstamped(_ json: [UInt8]) throws(StoreError) -> [UInt8] {
        do throws(CanonicalJSONError) {
            return StateCoding.json(try CanonicalJSON.read(json))
        } catch {
            throw StoreError(
                .damagedRow(table: "history", row: history.int64(0)),
                message: "the state in row \(history.int64(0)) of table history: \(error)", path: database.path)
        }
    }

    private mutating func moveWithdrawals() throws(StoreError) {
        let select = try database.prepare("SELECT * FROM old_withdrawals ORDER BY n")
        while try select.step() {
            try select.checkDigest(table: "withdrawals")
            guard let event = numbers[select.int64(1)] else { continue }
            let withdrawal = Withdrawal(
                decidedBy: UInt32(truncatingIfNeeded: select.int64(2)),
                decidedAt: Instant(microseconds: select.int64(3)))
            try withdrawals.insert(withdrawal, event: event)
            var row = LogRow(.withdrawn, at: withdrawal.decidedAt)
            row.event = event
            (row.decidedBy, row.decidedAt) = (withdrawal.decidedBy, withdrawal.decidedAt)
            try write(row, [])
        }
    }

    /// Plain digests become keyed ones: what was forgotten stays known.
    private mutating func moveForgotten() throws(StoreError) {
        let forgotten = try ForgottenTable(database, key)
        let select = try database.prepare("SELECT * FROM old_forgotten ORDER BY decided_at, n")
        var last: Withdrawal?
        while try select.step() {
            try select.checkDigest(table: "forgotten")
            let order = Withdrawal(
                decidedBy: UInt32(truncatingIfNeeded: select.int64(3)),
                decidedAt: Instant(microseconds: select.int64(4)))
            guard let tombstone = Tombstone(kind: select.text(1), digest: select.bytes(2)) else { continue }
            try forgotten.add([tombstone], decidedBy: order.decidedBy, at: order.decidedAt)
            guard order != last else { continue }
            last = order
            var row = LogRow(.forgotten, at: order.decidedAt)
            (row.decidedBy, row.decidedAt) = (order.decidedBy, order.decidedAt)
            try write(row, [])
        }
    }

    private func findings(of answer: OldAnswer) throws(StoreError) -> [(Int?, Diagnostic)] {
        guard !answer.findings.isEmpty else { return [] }
        try found.bind(answer.findings.lowerBound, at: 1)
        try found.bind(answer.findings.upperBound, at: 2)
        var findings: [(Int?, Diagnostic)] = []
        while try found.step() {
            try found.checkDigest(table: "findings")
            guard let code = DiagnosticCode(rawValue: found.text(1)), let severity = Severity(word: found.text(2))
            else { continue }
            findings.append(
                (
                    found.optionalInt(4),
                    Diagnostic(code, severity: severity, field: found.text(3), message: found.text(5))
                ))
        }
        return findings
    }

    private func row(_ outcome: LogOutcome, _ answer: OldAnswer, _ delivery: DeliveryRow) -> LogRow {
        var row = LogRow(outcome, at: answer.settledAt)
        row.delivery = delivery.number
        row.ruling = answer.ruling
        row.decidedBy = answer.decidedBy
        row.decidedAt = answer.decidedAt
        return row
    }

    private mutating func write(_ row: LogRow, _ found: [Diagnostic]) throws(StoreError) {
        var row = row
        row.number = nextLog
        nextLog += 1
        row.findings = nextFinding..<nextFinding + Int64(found.count)
        for finding in found {
            try findings.insert(finding, at: nextFinding)
            nextFinding += 1
        }
        try log.insert(row)
    }
}
