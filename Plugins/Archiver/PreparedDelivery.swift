import Archive
import EventModel
import PluginKit

/// An item with the canonical JSON and the hash of its content.
struct PreparedItem {
    let stated: StatedUpdate
    let positions: FieldPositions
    /// That a person released it.
    let release: Release?
    /// What would keep it from being known again; none where nothing was ever forgotten.
    let tombstones: [Tombstone]
}

/// A delivery as it is judged: what can be worked out beforehand is.
struct PreparedDelivery {
    let delivery: Delivery
    let items: [PreparedItem]

    init(_ delivery: Delivery, hasher: ContentHasher, isSuspect: Bool) throws(ContentHasher.Unavailable) {
        self.delivery = delivery
        let publisher = delivery.facts[Publisher.self]?.publisher ?? ""
        var items: [PreparedItem] = []
        items.reserveCapacity(delivery.items.count)
        for item in delivery.items {
            let json = StateCoding.json(item.update.content)
            let hash = try hasher.hash(json)
            var tombstones: [Tombstone] = []
            if isSuspect {
                tombstones = [.bytes(delivery.sha256), .content(hash)]
                for uid in item.update.targets { tombstones.append(.uid(try hasher.hash(Array(uid.utf8)))) }
            }
            let format = delivery.format ?? Format.allCases.first { $0.mediaType == item.update.source.mediaType }
            items.append(
                PreparedItem(
                    stated: StatedUpdate(
                        number: item.number, update: item.update,
                        source: UpdateSource(
                            publisher: publisher, submitter: delivery.submitter, format: format ?? .text,
                            producer: delivery.producer), json: json, hash: hash),
                    positions: item.positions, release: item.facts[Release.self], tombstones: tombstones))
        }
        self.items = items
    }
}
