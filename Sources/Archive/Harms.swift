public import EventModel
public import Store
import PluginKit

/// Whose events somebody cancels and moves.
public struct Harmer: Hashable, Sendable {
    /// The numeric user id of the submitter.
    public var submitter: UInt32
    /// The owner of the events.
    public var owner: String

    /// Makes one.
    public init(submitter: UInt32, owner: String) {
        self.submitter = submitter
        self.owner = owner
    }
}

/// A coming event that was cancelled or moved, or that waits for a person because many were.
public struct Harm: Sendable {
    var time: Instant
    var harmer: Harmer
    /// The event.
    public var uid: String
    /// What it was done with.
    public var delivery: DeliveryID
}

/// How much harm somebody does: what one submitter cancels and moves within an hour is counted.
extension Ledger {
    /// How long what was cancelled and moved is counted, in hours.
    public static let harmHours = 1

    /// What somebody has cancelled and moved of an owner's events within the hour, oldest first; an event may be in it more
    /// than once.
    public func harms(of harmer: Harmer, at now: Instant) throws(StoreError) -> [Harm] {
        let since = now.adding(.seconds(-3600 * Ledger.harmHours))
        if memory?.harms == nil { memory?.harms = try loggedHarms(since: since) }
        memory?.harms?.removeAll { $0.time < since }
        return (memory?.harms ?? []).filter { $0.harmer == harmer }
    }

    /// Counts what an item cancels or moves, or would.
    public func noteHarm(of uid: String, by harmer: Harmer, in delivery: LedgerDelivery, at now: Instant) {
        memory?.harms?.append(Harm(time: now, harmer: harmer, uid: uid, delivery: delivery.header.id))
    }

    /// How many events of an owner have not ended before a day, cancelled ones too.
    public func comingEvents(of owner: String, on day: LocalDate) throws(StoreError) -> Int {
        try coming.bind(owner, at: 1)
        try coming.bind(day.description, at: 2)
        defer { coming.reset() }
        return try coming.step() ? coming.int(0) : 0
    }

    static let comingQuery =
        "SELECT count(*) FROM events WHERE owner = ?1 AND (starts IS NULL OR coalesce(ends, starts) >= ?2)"

    /// What the log tells of them, after a start. Of what was corrected it does not tell whether a place was.
    private func loggedHarms(since: Instant) throws(StoreError) -> [Harm] {
        var harms: [Harm] = []
        let select = try database.prepare("SELECT * FROM log ORDER BY n DESC")
        defer { select.reset() }
        while try select.step() {
            try select.checkDigest(table: "log")
            let row = LogRow(select)
            if row.time < since { break }
            let moves = row.outcome == .accepted && [.cancelled, .postponed, .rescheduled].contains(row.intent)
            guard moves || row.code == DiagnosticCode.blastRadius.rawValue, let number = row.event,
                let event = try events.row(number), let delivery = row.delivery
            else { continue }
            let header = try deliveries.row(delivery).header
            harms.append(
                Harm(
                    time: row.time, harmer: Harmer(submitter: header.submitter, owner: event.owner), uid: event.uid,
                    delivery: header.id))
        }
        return harms.reversed()
    }

    /// Whether something of a delivery waits because it would cancel or move many events.
    public func isBraked(_ delivery: LedgerDelivery) throws(StoreError) -> Bool {
        guard delivery.isKnown else { return false }
        return try questions.rows(delivery: delivery.row.number)
            .contains { $0.code == DiagnosticCode.blastRadius.rawValue }
    }
}
