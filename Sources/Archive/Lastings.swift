public import EventModel
public import PluginKit
public import Store
import EventFormats

extension Lasting {
    /// Until when something of an event of that status is still to begin; nil where nothing but its cancellation is known.
    public init?(_ occurrences: [Occurrence], status: EventStatus) {
        if occurrences.isEmpty, status == .cancelled { return nil }
        self = LastStart.of(occurrences, status: status).map { .until($0) } ?? .open
    }
}

extension Ledger {
    /// Until when something is still to begin of the events that held items of a delivery are about, as they are known now.
    /// Items whose event is not known are left out.
    public func lasting(_ id: DeliveryID, items: [Int]) throws(StoreError) -> [Int: Lasting] {
        try database.transaction { () throws(StoreError) -> [Int: Lasting] in
            guard let delivery = try deliveries.all(id).last else { return [:] }
            var found: [Int: Lasting] = [:]
            for item in items {
                guard let row = try log.rows(delivery: delivery.number, item: item).last(where: { $0.outcome == .held })
                else { continue }
                var event = try row.event.flatMap { number throws(StoreError) in try events.row(number) }
                // What was not known then may be known by now.
                if event == nil, let uid = row.uid { event = try self.event(uid) }
                guard let event, let state = try revisions.state(event: event.number, revision: event.revision) else {
                    continue
                }
                found[item] = Lasting(state.occurrences, status: state.status)
            }
            return found
        }
    }
}
