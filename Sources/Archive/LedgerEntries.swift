import EventModel
public import PluginKit
public import Store
import Primitives

/// What the plugin that decides never saw, and what people ask to be done to events as a whole.
extension Ledger {
    /// Writes endings and decisions into the log, in one commit. What is the last word on its item already, or was decided
    /// by the same person at that time, is not written again.
    public func record(_ entries: [LedgerEntry]) throws(StoreError) {
        try commit { () throws(StoreError) in
            let isSuspect = try forgotten.isAny()
            for entry in entries { try record(entry, isSuspect: isSuspect) }
        }
    }

    private func record(_ entry: LedgerEntry, isSuspect: Bool) throws(StoreError) {
        var row = LogRow(entry.outcome, at: entry.time)
        row.item = entry.item
        row.stage = entry.stage ?? ""
        row.code = entry.findings.first?.code.rawValue
        row.message = entry.message
        row.contentHash = entry.contentHash.flatMap(Hexadecimal.bytes)
        row.decidedBy = entry.decidedBy
        row.decidedAt = entry.decidedBy == nil ? nil : entry.time
        row.comment = entry.comment
        if let uid = entry.uid {
            row.event = try event(uid)?.number
            if row.event == nil { row.uid = uid }
            if isSuspect, row.event == nil, try forgotten.has(.uid(hash(Array(uid.utf8)))) {
                (row.uid, row.contentHash) = (nil, nil)
            }
        }
        if let known = try known(entry.delivery) {
            row.delivery = known.number
            // What a list lacks are several events under one number.
            let missing = entry.item == 0 ? row.event : nil
            let rows: [LogRow]
            if let missing {
                rows = try log.rows(delivery: known.number, missing: missing)
            } else {
                rows = try log.rows(delivery: known.number, item: entry.item)
            }
            if row.isSaid(by: rows) { return }
            if entry.outcome == .discarded, entry.item == nil || missing != nil {
                try settle(missing, of: known.number)
            }
            if entry.outcome.decidesQuestion {
                try close(known.number, item: entry.item, as: entry.outcome)
            }
        } else {
            let number = take(\.delivery)
            try deliveries.insert(DeliveryRow(number: number, header: entry.delivery))
            row.delivery = number
        }
        try write(row, entry.findings)
    }

    /// The delivery of a header. Of a file that a person decided about after its report was lost the digest is not known.
    private func known(_ header: DeliveryHeader) throws(StoreError) -> DeliveryRow? {
        let rows = try deliveries.all(header.id)
        return header.sha256.isEmpty ? rows.last : rows.last { $0.header.sha256 == header.sha256 }
    }

    /// Marks an event as withdrawn; one that is marked already keeps its mark, and one that is not known has none.
    public func withdraw(_ order: EventOrder) throws(StoreError) {
        try commit { () throws(StoreError) in
            guard let event = try events.find(order.uid), try withdrawals.find(event.number) == nil else { return }
            try withdrawals.insert(
                Withdrawal(decidedBy: order.decidedBy, decidedAt: order.decidedAt), event: event.number)
            try note(.withdrawn, order, event)
        }
    }

    /// Whether a person took it out of every output.
    public func isWithdrawn(_ event: EventRow) throws(StoreError) -> Bool {
        try withdrawals.find(event.number) != nil
    }

    /// Takes the mark away.
    public func readmit(_ order: EventOrder) throws(StoreError) {
        try commit { () throws(StoreError) in
            guard let event = try events.find(order.uid), try withdrawals.find(event.number) != nil else { return }
            try withdrawals.delete(event.number)
            try note(.readmitted, order, event)
        }
    }

    private func note(_ outcome: LogOutcome, _ order: EventOrder, _ event: EventRow) throws(StoreError) {
        var row = LogRow(outcome, at: order.decidedAt)
        row.event = event.number
        row.revision = event.revision
        row.decidedBy = order.decidedBy
        row.decidedAt = order.decidedAt
        row.comment = order.comment
        try write(row)
    }
}

extension LogRow {
    /// Whether it would say nothing that these rows about the same item do not say.
    fileprivate func isSaid(by rows: [LogRow]) -> Bool {
        guard decidedBy == nil else {
            return rows.contains { $0.outcome == outcome && $0.decidedBy == decidedBy && $0.decidedAt == decidedAt }
        }
        return rows.last?.says(self) ?? false
    }
}

extension LogOutcome {
    /// Whether nobody is asked any more what such an item asked.
    fileprivate var decidesQuestion: Bool {
        switch self {
        case .discarded, .released, .retried, .expired, .rejected: true
        default: false
        }
    }
}
