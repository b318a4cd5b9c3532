import EventFormats
import EventModel
import PluginKit

/// An update with the canonical JSON and the hash of its content.
struct PreparedUpdate {
    var update: EventUpdate
    var json: [UInt8]
    var hash: [UInt8]
    /// Digests of the uids it may speak of; none where nothing was ever forgotten.
    var uidHashes: [[UInt8]] = []
}

/// A delivery as the archive takes it.
struct PreparedDelivery {
    var delivery: Delivery
    var publisher: String
    var release: Release?
    var updates: [PreparedUpdate]
    /// Whether it may speak of something that was forgotten.
    let isSuspect: Bool

    init(_ delivery: Delivery, hasher: ContentHasher, isSuspect: Bool) throws(ContentHasher.Unavailable) {
        self.delivery = delivery
        self.isSuspect = isSuspect
        publisher = delivery.facts[Publisher.self]?.publisher ?? ""
        release = delivery.facts[Release.self]
        updates = []
        updates.reserveCapacity(delivery.decoded.updates.count)
        for decoded in delivery.decoded.updates {
            let json = CanonicalJSON.bytes(of: decoded.update.content)
            var item = PreparedUpdate(update: decoded.update, json: json, hash: try hasher.hash(json))
            if isSuspect {
                for uid in decoded.update.targets { item.uidHashes.append(try hasher.hash(Array(uid.utf8))) }
            }
            updates.append(item)
        }
    }

    func source(of update: EventUpdate) -> UpdateSource {
        let format = delivery.decoded.format ?? Format.allCases.first { $0.mediaType == update.source.mediaType }
        return UpdateSource(publisher: publisher, format: format ?? .text)
    }
}

/// How a state is kept: the canonical JSON of its content, which is also what its hash is made of; receipt and
/// sequence stand in columns, evidence and the dates of series, where there are any, beside it.
enum StateCoding {
    static func json(_ content: EventUpdate) -> [UInt8] { CanonicalJSON.bytes(of: content) }

    /// What a state holds beside its content.
    static func evidence(of update: EventUpdate) -> [UInt8]? {
        let sets = update.occurrences.map(\.when.recurrenceSet)
        let hasSets = sets.contains { $0 != nil }
        guard hasSets || !update.evidence.isEmpty else { return nil }
        var bearer = EventUpdate(
            uid: "", name: LanguageText(""), receivedAt: Instant(microseconds: 0),
            source: Source(mediaType: "", sha256: "", byteCount: 0))
        bearer.evidence = update.evidence
        if hasSets {
            bearer.occurrences = sets.map { set in
                var occurrence = Occurrence(id: "", when: When())
                occurrence.when.recurrenceSet = set
                return occurrence
            }
        }
        return CanonicalJSON.bytes(of: bearer)
    }

    static func state(
        _ json: [UInt8], evidence: [UInt8]?, sequence: Int?, receipt: Receipt
    ) throws(CanonicalJSONError) -> EventUpdate {
        var state = try CanonicalJSON.read(json)
        if let evidence {
            let bearer = try CanonicalJSON.read(evidence)
            state.evidence = bearer.evidence
            for (index, occurrence) in bearer.occurrences.enumerated() where state.occurrences.indices.contains(index) {
                state.occurrences[index].when.recurrenceSet = occurrence.when.recurrenceSet
            }
        }
        state.sequence = sequence
        state.receivedAt = receipt.receivedAt
        state.source = receipt.source
        return state
    }
}

/// When and in which bytes a state came.
struct Receipt {
    var receivedAt: Instant
    var source: Source

    init(_ delivery: Delivery) {
        receivedAt = delivery.receivedAt
        source = Source(
            mediaType: delivery.decoded.format?.mediaType ?? "", sha256: delivery.sha256,
            byteCount: delivery.bytes.count)
    }
}
