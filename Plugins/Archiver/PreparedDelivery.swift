import Archive
import EventModel
import PluginKit
import Primitives

/// An item with the canonical JSON and the hash of its content.
struct PreparedItem {
    let stated: StatedUpdate
    let positions: FieldPositions
    /// That a person released it.
    let release: Release?
    /// What would keep it from being known again; none where nothing was ever forgotten.
    let tombstones: [Tombstone]

    init<Failure: Error>(
        _ item: DeliveryItem, of delivery: Delivery, isSuspect: Bool, hash: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) {
        let json = StateCoding.json(item.update)
        let contentHash = try hash(json)
        let format = delivery.format ?? Format.allCases.first { $0.mediaType == item.update.receipt.source.mediaType }
        let source = UpdateSource(
            publisher: delivery.facts[Publisher.self]?.publisher ?? "", submitter: delivery.submitter,
            format: format ?? .text, producer: delivery.producer)
        stated = StatedUpdate(number: item.number, update: item.update, source: source, json: json, hash: contentHash)
        positions = item.positions
        release = item.facts[Release.self]
        var tombstones: [Tombstone] = []
        if isSuspect {
            tombstones = [.bytes(delivery.sha256), .content(contentHash)]
            for uid in item.update.targets { tombstones.append(.uid(try hash(Array(uid.utf8)))) }
        }
        self.tombstones = tombstones
    }
}

/// A delivery as it is judged: what can be worked out beforehand is.
struct PreparedDelivery {
    let delivery: Delivery
    let items: [PreparedItem]

    init(_ delivery: Delivery, hasher: SHA256, isSuspect: Bool) throws(SHA256.Unavailable) {
        self.delivery = delivery
        var items: [PreparedItem] = []
        items.reserveCapacity(delivery.items.count)
        for item in delivery.items {
            items.append(try PreparedItem(item, of: delivery, isSuspect: isSuspect, hash: hasher.digest))
        }
        self.items = items
    }
}
