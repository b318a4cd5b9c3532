import Archive
public import EventModel
public import PluginKit
import Store

extension Archiver {
    /// The updates of those deliveries that their source has replaced.
    public func replaced(among deliveries: [DeliveryID]) async throws(PluginFailure) -> [ReplacedItem] {
        try using("the archive could not be asked") { ledger throws(StoreError) in
            try ledger.replaced(among: deliveries)
        }
    }

    /// Whether all that comes from somewhere is held, or whether this very decision has ended that.
    public func isSuspended(_ suspension: Suspension) async throws(PluginFailure) -> Bool {
        try using("the archive could not be asked") { ledger throws(StoreError) in try ledger.isSuspended(suspension) }
    }

    /// Why an order cannot be carried out.
    public func fault(of order: EventOrder) async throws(PluginFailure) -> OrderFault? {
        try using("the archive could not be asked") { ledger throws(StoreError) in try ledger.fault(of: order) }
    }

    /// Until when something is still to begin of the events that held items of a delivery are about.
    public func lasting(
        _ delivery: DeliveryID, items: [Int]
    ) async throws(PluginFailure) -> [Int: Lasting] {
        try using("the archive could not be asked") { ledger throws(StoreError) in
            try ledger.lasting(delivery, items: items)
        }
    }

    /// What is known of a delivery.
    public func account(of delivery: DeliveryID) async throws(PluginFailure) -> DeliveryAccount? {
        try using("the archive could not be asked") { ledger throws(StoreError) in
            try ledger.account(of: delivery)
        }
    }

    /// Keeps the bytes of a delivery of which an update was replaced.
    public func keep(_ bytes: [UInt8], of delivery: DeliveryHeader) async throws(PluginFailure) {
        try using("the archive could not keep a file") { ledger throws(StoreError) in
            try ledger.keep(bytes, of: delivery)
        }
    }
}

extension Judgement {
    /// The item, as said by a stream of its own where its uid stands for another event.
    func following(_ item: PreparedItem) throws(StoreError) -> PreparedItem {
        if item.release?.ruling == .new { return item }
        var uids = item.stated.update.targets
        if case .update(let uid) = item.release?.ruling { uids = [uid] }
        for uid in uids {
            if ledger.isAlias(uid) {
                var item = item
                item.stated = item.stated.speaking(of: uid)
                return item
            }
            if try ledger.event(uid) != nil { break }
        }
        return item
    }

    /// An answer to an item of a known event, with what its source asked before and need not be answered any more.
    func closing(
        _ answer: Answer, _ item: PreparedItem, _ statement: Statement?, _ event: EventRow?,
        _ known: KnownEvent?, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Answer {
        let closed = try ledger.replaceQuestions(by: item.stated, about: event, in: delivery, at: now) { earlier in
            guard let statement, let known else { return true }
            return statement.replaces(earlier, of: known)
        }
        var answer = answer
        if !closed.isEmpty { answer.facts.add(Facts([Replacement(closed)])) }
        // What nobody has decided about is closed when the event begins.
        if answer.verdict == .hold, let known,
            let lasting = Lasting(known.state.occurrences, status: known.state.status)
        {
            answer.facts.add(Facts([lasting]))
        }
        return answer
    }
}
