import Archive
import EventModel
import PluginKit
import Store

/// Whose events a file would cancel or move too many of.
enum Harmed {
    case all
    case some(Set<Harmer>)

    func contains(_ harmer: Harmer) -> Bool {
        switch self {
        case .all: true
        case .some(let harmers): harmers.contains(harmer)
        }
    }
}

extension Judgement {
    /// Whose events the file would cancel or move too many of, counted before any of it counts. Only a long one can, unless
    /// it has begun to.
    func harmed(_ prepared: PreparedDelivery, _ delivery: LedgerDelivery) throws(StoreError) -> Harmed {
        if try ledger.isBraked(delivery) { return .all }
        guard !delivery.isKnown, prepared.items.count + prepared.later.count > brake.least else { return .some([]) }
        var expected: [Harmer: Set<String>] = [:]
        for item in prepared.items { try count(item, prepared, delivery, in: &expected) }
        for item in prepared.later {
            guard let event = try event(item.update, ruling: nil), !event.isListed(like: item.update) else { continue }
            let item = try PreparedItem(item, of: prepared.delivery, isSuspect: false, hash: ledger.hash)
            try count(item, prepared, delivery, in: &expected)
        }
        var harmed: Set<Harmer> = []
        for (harmer, uids) in expected where try brake.isTooMuch(uids, harmer) { harmed.insert(harmer) }
        return .some(harmed)
    }

    private func count(
        _ item: PreparedItem, _ prepared: PreparedDelivery, _ delivery: LedgerDelivery,
        in expected: inout [Harmer: Set<String>]
    ) throws(StoreError) {
        guard item.release == nil, let event = try event(item.stated.update, ruling: nil),
            !event.isListed(like: item.stated.update)
        else { return }
        let known = try ledger.known(event, in: delivery)
        let statement = try statement(item, prepared, event, known, delivery)
        guard case .accepted(let acceptance) = Resolver.resolve(statement, known: known),
            acceptance.harms(known.state, on: now.date)
        else { return }
        expected[Harmer(submitter: delivery.header.submitter, owner: event.owner), default: []].insert(event.uid)
    }
}
