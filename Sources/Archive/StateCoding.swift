import EventFormats
public import EventModel
import PluginKit
import Store

/// How a state is kept: the canonical JSON of the statement that would state all of it, which is also what its hash is made of; receipt and stated
/// order stand in columns, evidence and the dates of series, where there are any, beside it.
public enum StateCoding {
    /// The canonical JSON of a statement without its receipt: what its hash is made of.
    public static func json(_ statement: EventUpdate) -> [UInt8] { CanonicalJSON.bytes(of: statement.essence) }

    /// That of an event.
    static func json(_ event: Event) -> [UInt8] { json(event.statement) }

    /// That of what a source has said of an event.
    static func json(_ said: EventContent, of uid: String) -> [UInt8] {
        var statement = EventUpdate(uid: uid, name: .blank, receipt: .blank)
        statement.content = said
        return json(statement)
    }

    /// What a state holds beside its content.
    static func evidence(of event: Event) -> [UInt8]? {
        let sets = event.occurrences.map(\.when.recurrenceSet)
        let hasSets = sets.contains { $0 != nil }
        guard hasSets || !event.evidence.isEmpty else { return nil }
        var bearer = EventUpdate.blank
        bearer.evidence = event.evidence
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
    ) throws(CanonicalJSONError) -> Event {
        var state = Event(try CanonicalJSON.read(json))
        if let evidence {
            let bearer = try CanonicalJSON.read(evidence)
            state.evidence = bearer.evidence
            for (index, occurrence) in bearer.occurrences.enumerated() where state.occurrences.indices.contains(index) {
                state.occurrences[index].when.recurrenceSet = occurrence.when.recurrenceSet
            }
        }
        state.sequence = sequence
        state.issuedAt = issuedAt
        state.receipt = receipt
        return state
    }
}

extension Receipt {
    init(_ header: DeliveryHeader) {
        self.init(
            receivedAt: header.receivedAt,
            source: Source(
                mediaType: header.format?.mediaType ?? "", sha256: header.sha256, byteCount: header.byteCount))
    }

    /// Reads time, format, digest and length from four columns of `deliveries`.
    init(_ row: PreparedStatement, from column: Int) {
        self.init(
            receivedAt: Instant(microseconds: row.int64(column)),
            source: Source(
                mediaType: Format(rawValue: row.text(column + 1))?.mediaType ?? "", sha256: row.text(column + 2),
                byteCount: row.int(column + 3)))
    }
}
