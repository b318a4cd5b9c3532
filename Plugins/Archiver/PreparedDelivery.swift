import Archive
import EventModel
import PluginKit
import Primitives

/// An item with the canonical JSON and the hash of its content.
struct PreparedItem {
    var stated: StatedUpdate
    let positions: FieldPositions
    /// That a person released it.
    let release: Release?
    /// What an earlier stage has held or refused it for.
    let objection: Objection?
    /// Whether its status could not be read.
    let isStatusUnreadable: Bool
    /// What would keep it from being known again; none where nothing was ever forgotten.
    let tombstones: [Tombstone]

    init<Failure: Error>(
        _ item: DeliveryItem, of delivery: Delivery, isSuspect: Bool, hash: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) {
        let json = StateCoding.json(item.update)
        let contentHash = try hash(json)
        let format = delivery.format ?? Format.allCases.first { $0.mediaType == item.update.receipt.source.mediaType }
        var source = UpdateSource(of: delivery)
        source.format = format ?? .text
        stated = StatedUpdate(number: item.number, update: item.update, source: source, json: json, hash: contentHash)
        positions = item.positions
        release = item.facts[Release.self]
        objection = item.objection
        isStatusUnreadable = item.findings.contains { $0.code == .unknownStatus }
        var tombstones: [Tombstone] = []
        if isSuspect {
            tombstones = [.bytes(delivery.sha256), .content(contentHash)]
            for uid in item.update.targets { tombstones.append(.uid(try hash(Array(uid.utf8)))) }
        }
        self.tombstones = tombstones
    }
}

extension UpdateSource {
    /// Who says what stands in a delivery.
    init(of delivery: Delivery) {
        self.init(
            publisher: delivery.facts[Publisher.self]?.publisher ?? "", submitter: delivery.submitter,
            format: delivery.format ?? .text, producer: delivery.producer)
    }
}

/// A delivery as it is judged: what can be worked out beforehand is.
struct PreparedDelivery {
    let delivery: Delivery
    /// Its updates, and behind them what it lacks as a complete list, where a person decides about that.
    private(set) var items: [PreparedItem]

    init(_ delivery: Delivery, hasher: SHA256, isSuspect: Bool) throws(SHA256.Unavailable) {
        self.delivery = delivery
        var items: [PreparedItem] = []
        items.reserveCapacity(delivery.items.count)
        for item in delivery.items {
            items.append(try PreparedItem(item, of: delivery, isSuspect: isSuspect, hash: hasher.digest))
        }
        self.items = items
    }

    /// The same with what stands in the file alone, or with what it lacks alone.
    func only(missing: Bool) -> PreparedDelivery {
        var part = self
        part.items.removeAll { ($0.stated.number == 0) != missing }
        return part
    }
}
