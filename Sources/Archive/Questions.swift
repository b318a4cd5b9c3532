public import EventModel
import PluginKit
public import Store

/// A question that waits for a person already.
public struct OpenQuestion: Sendable {
    /// The item that asks it.
    public let delivery: DeliveryID
    /// Its number in the file, from 1.
    public let item: Int
    /// How often it was asked, this time included.
    public let count: Int
}

/// Questions are few: one is what a source says of an event and why that is held, however often it is said. The next
/// export that says the same asks nothing new.
extension Ledger {
    /// Counts what an item asks where it is asked already; nil where it is not.
    public func askAgain(
        _ stated: StatedUpdate, for code: DiagnosticCode, of event: EventRow, in delivery: inout LedgerDelivery,
        at now: Instant
    ) throws(StoreError) -> OpenQuestion? {
        guard let source = memory?.sources[stated.source],
            var question = try questions.rows(event: event.number).first(where: {
                $0.isAsked(by: source, code.rawValue, stated.hash)
            }), question.delivery != delivery.row.number
        else { return nil }
        question.count += 1
        question.lastAsked = now
        try questions.write(question)
        let item = Coverage.Item(number: stated.number, event: event.number, revision: event.revision)
        delivery.receipts.append(LedgerDelivery.Receipt(item: item, stated: stated))
        delivery.counts = true
        return OpenQuestion(
            delivery: try deliveries.row(question.delivery).header.id, item: question.item, count: question.count)
    }

    /// What an item asked is decided: it counts.
    public func decided(_ stated: StatedUpdate, in delivery: LedgerDelivery) throws(StoreError) {
        try close(delivery.row.number, item: stated.number)
    }

    /// Notes what an item that is held asks about an event that is known.
    ///
    /// - Parameter number: The entry of the log that holds it.
    func ask(
        _ stated: StatedUpdate, said: EventContent?, for code: String, of event: Int64, in delivery: LedgerDelivery,
        by number: Int64, at now: Instant
    ) throws(StoreError) {
        try close(delivery.row.number, item: stated.number)
        var content: Int64?
        if let said {
            let isAll = said == stated.update.content.withoutDerived
            let json = isAll ? stated.json : StateCoding.json(said, of: stated.update.uid)
            content = try self.content(json, hash: isAll ? stated.hash : hash(json), of: event)
        }
        try questions.write(
            QuestionRow(
                number: number, delivery: delivery.row.number, item: stated.number, event: event,
                source: try self.number(of: stated.source), code: code, hash: stated.hash,
                content: content, sequence: stated.update.sequence, issuedAt: stated.update.provenIssue, lastAsked: now)
        )
    }

    /// What those items asked is decided; of the whole delivery, where no item is named.
    ///
    /// - Parameter isDiscarded: Whether a person threw it away: then it is what its source said last, and is no news.
    func close(_ delivery: Int64, item: Int?, isDiscarded: Bool = false) throws(StoreError) {
        for question in try questions.rows(delivery: delivery) where item == nil || question.item == item {
            try questions.delete(question.number)
            if isDiscarded {
                try setBase(
                    BaseRow(
                        event: question.event, source: question.source, hash: question.hash, content: question.content,
                        sequence: question.sequence, issuedAt: question.issuedAt, delivery: delivery))
            } else {
                try dropContent(question.content, of: question.event)
            }
        }
    }

    /// Closes the questions of all other deliveries: they wait nowhere any more.
    public func keepQuestions(of deliveries: Set<DeliveryID>) throws(StoreError) {
        try commit { () throws(StoreError) in
            var gone: Set<Int64> = []
            for question in try questions.all() {
                let id = try self.deliveries.row(question.delivery).header.id
                if !deliveries.contains(id) { gone.insert(question.delivery) }
            }
            for delivery in gone { try close(delivery, item: nil) }
        }
    }

    /// Makes what was thrown away what its source has said, unless that has said something else since.
    private func setBase(_ row: BaseRow) throws(StoreError) {
        var next = row
        let base = try bases.rows(event: row.event).first { $0.source == row.source }
        if let base, base.delivery > row.delivery { return try dropContent(row.content, of: row.event) }
        next.sequence = [base?.sequence, row.sequence].compactMap { $0 }.max()
        next.isRestamped = base?.isRestamped ?? false
        try bases.write(next)
        if base?.content != next.content { try dropContent(base?.content, of: row.event) }
    }

    /// Removes a content that nothing uses any more.
    func dropContent(_ number: Int64?, of event: Int64) throws(StoreError) {
        if let number, try !contents.isUsed(number, event: event) { try contents.delete(number) }
    }
}
