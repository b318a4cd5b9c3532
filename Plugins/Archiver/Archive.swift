import EventModel
import PluginKit
import Store

/// The archive as its one writer sees it.
final class Archive {
    let database: Database
    let deliveries: DeliveryTable
    let events: EventTable
    let history: HistoryTable
    let findings: FindingTable
    let withdrawals: WithdrawalTable
    let forgotten: ForgottenTable
    /// The numbers that rows get next; unknown after a transaction that was undone, and after rows were erased.
    var next: Next?

    struct Next {
        var delivery: Int64
        var event: Int64
        var history: Int64
        var finding: Int64
    }

    init(path: String, settings: ArchiverSettings) throws(StoreError) {
        database = try Database(path: path, schema: ArchiveSchema.current, options: settings.options)
        deliveries = try DeliveryTable(database)
        events = try EventTable(database)
        history = try HistoryTable(database, lookBack: settings.lookBack)
        findings = try FindingTable(database)
        withdrawals = try WithdrawalTable(database)
        forgotten = try ForgottenTable(database)
    }

    /// Answers a batch in one transaction. When it returns, everything it promises is on disk; when it throws,
    /// nothing of the batch is.
    func answer(_ batch: [PreparedDelivery], at now: Instant) throws(StoreError) -> [Answer] {
        do throws(StoreError) {
            let answers = try database.transaction { () throws(StoreError) -> [Answer] in
                var next = try numbers()
                var answers: [Answer] = []
                answers.reserveCapacity(batch.count)
                for delivery in batch { answers.append(try answer(delivery, at: now, &next)) }
                self.next = next
                return answers
            }
            try database.checkpointIfDue()
            return answers
        } catch {
            next = nil
            throw error
        }
    }

    private func numbers() throws(StoreError) -> Next {
        if let next { return next }
        return Next(
            delivery: try last(of: "deliveries") + 1, event: try last(of: "events") + 1,
            history: try last(of: "history") + 1, finding: try last(of: "findings") + 1)
    }

    private func last(of table: String) throws(StoreError) -> Int64 {
        Int64(try database.integer("SELECT max(n) FROM \(table)") ?? 0)
    }

    private func answer(
        _ prepared: PreparedDelivery, at now: Instant, _ next: inout Next
    ) throws(StoreError) -> Answer {
        // A file may have been written to between its reading and an end of the process: then the same id brings other bytes.
        if let stored = try deliveries.find(prepared.delivery.id.description),
            stored.sha256 == prepared.delivery.sha256, stored.outcome != .held || prepared.release == nil
        {
            return try answer(stored, prepared.delivery)
        }
        var judgement = Judgement(next: next, now: now)
        if let reminder = try reminder(prepared) {
            judgement.diagnostics.append(reminder)
        } else if prepared.updates.count < 2 {
            try judge(prepared, &judgement)
        } else {
            try judgeTogether(prepared, &judgement)
        }
        next = judgement.next
        let row = try keep(prepared, judgement, at: now, &next)
        return judgement.answer(row, prepared.delivery)
    }

    /// Several updates: each sees what those before it did, and if one is held, none did anything.
    private func judgeTogether(_ prepared: PreparedDelivery, _ judgement: inout Judgement) throws(StoreError) {
        let before = judgement.next
        var judged = judgement
        do throws(StoreError) {
            try database.transaction { () throws(StoreError) in
                try judge(prepared, &judged)
                if judged.isHeld { throw Judgement.undo(database.path) }
            }
        } catch {
            guard judged.isHeld else { throw error }
            judged.next = before
        }
        judgement = judged
    }

    private func judge(_ prepared: PreparedDelivery, _ judgement: inout Judgement) throws(StoreError) {
        for index in prepared.updates.indices { try judge(prepared, index, &judgement) }
    }

    private func keep(
        _ prepared: PreparedDelivery, _ judgement: Judgement, at now: Instant, _ next: inout Next
    ) throws(StoreError) -> DeliveryRow {
        let delivery = prepared.delivery
        let row = DeliveryRow(
            number: next.delivery, id: delivery.id.description, file: delivery.file, sha256: delivery.sha256,
            byteCount: delivery.bytes.count, format: delivery.decoded.format, submitter: delivery.submitter,
            publisher: prepared.publisher, receivedAt: delivery.receivedAt, settledAt: now,
            outcome: judgement.outcome, reason: judgement.reason,
            history: judgement.firstHistory..<(judgement.isHeld ? judgement.firstHistory : next.history),
            findings: next.finding..<(next.finding + Int64(judgement.diagnostics.count)), release: prepared.release)
        for (offset, diagnostic) in judgement.diagnostics.enumerated() {
            try findings.insert(diagnostic, at: next.finding + Int64(offset))
        }
        try deliveries.insert(row)
        if !judgement.isHeld, prepared.release != nil { try remember(prepared) }
        if !judgement.isHeld { try deliveries.keep(delivery.bytes, of: row.number) }
        next.finding = row.findings.upperBound
        next.delivery += 1
        return row
    }

    /// Copies the log into the file and closes it.
    func close() throws(StoreError) { try database.close() }
}
