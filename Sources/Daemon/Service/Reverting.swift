import Requests
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// What a person takes back passes the stages as a delivery of its own: a file that says which updates it is about, and
/// what their events become. Its id is that of the request, so that a request that is found again after a kill is known.
extension Reception {
    private static let schema = "tidings-reversal/1"

    /// Has what is to be taken back worked out, and puts it into work.
    func revert(
        _ items: DecidedItems, _ standing: Decisions.Standing, _ decisions: Decisions
    ) async throws(SpoolError) -> Passage? {
        let id = standing.request.mark
        if let item = desk.look(id) {
            join(standing, id, item, decisions)
            return nil
        }
        // One at a time: what is to be taken back is worked out from what the one before has left.
        guard try decisions.spool.find(id, in: .active) == nil, !desk.isTakingBack else {
            decisions.postpone()
            return nil
        }
        guard let decision = standing.decision, let found = await reversible(items, standing, decisions) else {
            return nil
        }
        guard !found.isEmpty, let name = FileName("revert-\(items.delivery).json") else {
            await tellGone(
                standing, decisions,
                otherwise:
                    "nothing is left to take back: it changed no event, has been taken back, or was changed again by a later "
                    + "update; 'tidings why \(items.delivery)' tells")
            return nil
        }
        try decisions.spool.writeReport(id, decision.note(name: name), in: .active)
        let bytes = Reception.reversal(of: items.delivery, found)
        let file = try decisions.spool.put(bytes, as: id, named: name, for: standing.request.user)
        let earlier = try earlierTry(id)
        guard let claimed = try takeUp(file, from: .active, attempts: 1, earlier) else {
            decisions.postpone()
            return nil
        }
        decisions.wait(standing, for: id)
        return passage(claimed, earlier)
    }

    private func reversible(
        _ items: DecidedItems, _ standing: Decisions.Standing, _ decisions: Decisions
    ) async -> [ReversibleItem]? {
        guard let ledger else {
            decisions.close(standing, .refused, DecisionReply.noLedger)
            return nil
        }
        do throws(PluginFailure) {
            let found = try await ledger.reversible(items.delivery, items: items.items)
            guard found.count > DecisionRequest.maxReverted else { return found }
            decisions.close(
                standing, .refused,
                "it changed \(found.count) events; take back at most \(DecisionRequest.maxReverted) of its updates at once"
            )
        } catch {
            leave(standing.request, because: error, decisions)
        }
        return nil
    }

    private static func reversal(of delivery: DeliveryID, _ items: [ReversibleItem]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("schema")
            json.string(schema)
            json.key("of")
            json.string(delivery.description)
            json.key("items")
            json.array { list in
                for item in items {
                    list.object { entry in
                        entry.key("item")
                        entry.integer(item.number)
                        entry.key("update")
                        entry.raw(String(decoding: CanonicalJSON.bytes(of: item.update), as: UTF8.self))
                    }
                }
            }
        }
        json.newline()
        return json.bytes
    }

    /// Reads what ``revert(_:_:_:)`` wrote.
    func reversal(_ file: ClaimedFile, _ decision: ItemDecision) throws(RequestFault) -> Delivery {
        var updates: [DecodedUpdate] = []
        var numbers: [Int] = []
        do {
            let root = try JSONDocument(file.bytes, limits: .own).root
            let items = root["items"].map { Array($0.elements) } ?? []
            for item in items {
                guard let number = item["item"]?.integer, let update = item["update"] else { continue }
                updates.append(DecodedUpdate(try CanonicalJSON.read(Array(file.bytes[update.bytes]))))
                numbers.append(number)
            }
        } catch {
            throw RequestFault("what is to be taken back cannot be read (\(error)); ask for it again")
        }
        var delivery = delivery(file, Decoded(format: nil, updates: updates))
        for (index, number) in numbers.enumerated() {
            delivery.items[index].facts.add(
                Facts([
                    Release(
                        .revert(decision.items.delivery, item: number), decidedBy: decision.decidedBy,
                        decidedAt: decision.decidedAt, comment: decision.comment)
                ]))
        }
        return delivery
    }
}

extension DecisionReply {
    /// Why what only the log can keep cannot be done.
    static let noLedger = "no stage keeps a log in which it could stand; add the archiver to pipeline.stages"
}
