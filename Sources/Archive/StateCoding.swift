import EventFormats
public import EventModel
import PluginKit
import Store

/// How a state is kept: the canonical JSON of its content, which is also what its hash is made of; receipt and stated
/// order stand in columns, evidence and the dates of series, where there are any, beside it.
public enum StateCoding {
    /// The canonical JSON of a content: what its hash is made of.
    public static func json(_ content: EventUpdate) -> [UInt8] { CanonicalJSON.bytes(of: content) }

    /// What a state holds beside its content.
    static func evidence(of update: EventUpdate) -> [UInt8]? {
        let sets = update.occurrences.map(\.when.recurrenceSet)
        let hasSets = sets.contains { $0 != nil }
        guard hasSets || !update.evidence.isEmpty else { return nil }
        var bearer = EventUpdate.blank
        bearer.evidence = update.evidence
        if hasSets {
            bearer.occurrences = sets.map { set in
                var occurrence = Occurrence.blank
                occurrence.when.recurrenceSet = set
                return occurrence
            }
        }
        return CanonicalJSON.bytes(of: bearer)
    }

    static func state(
        _ json: [UInt8], evidence: [UInt8]?, sequence: Int?, issuedAt: Instant?, receipt: Receipt
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
        state.issuedAt = issuedAt
        state.receivedAt = receipt.receivedAt
        state.source = receipt.source
        return state
    }
}

/// When and in which bytes a state came.
struct Receipt {
    var receivedAt: Instant
    var source: Source

    init(_ header: DeliveryHeader) {
        receivedAt = header.receivedAt
        source = Source(
            mediaType: header.format?.mediaType ?? "", sha256: header.sha256, byteCount: header.byteCount)
    }

    /// Reads time, format, digest and length from four columns of `deliveries`.
    init(_ row: Store.Statement, from column: Int) {
        receivedAt = Instant(microseconds: row.int64(column))
        source = Source(
            mediaType: Format(rawValue: row.text(column + 1))?.mediaType ?? "", sha256: row.text(column + 2),
            byteCount: row.int(column + 3))
    }
}
