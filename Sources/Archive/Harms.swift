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

/// What was cancelled and moved within the last hour, or waits for a person because much was. Asking it costs the same,
/// however much that is.
struct Harms: Sendable {
    private struct Harm {
        var time: Instant
        var harmer: Harmer
        var uid: String
        var delivery: DeliveryID
    }

    private struct Tally {
        var events: [String: Int] = [:]
        var deliveries: [DeliveryID: Int] = [:]
        /// Deliveries in the order in which they came; some of the first may count no more.
        var order: ArraySlice<DeliveryID> = []
    }

    private var harms: ArraySlice<Harm> = []
    private var tallies: [Harmer: Tally] = [:]

    mutating func note(_ uid: String, by harmer: Harmer, in delivery: DeliveryID, at time: Instant) {
        // An hour after it was said first it counts no more, however often it is said.
        guard tallies[harmer]?.events[uid] == nil else { return }
        harms.append(Harm(time: time, harmer: harmer, uid: uid, delivery: delivery))
        tallies[harmer, default: Tally()].events[uid, default: 0] += 1
        tallies[harmer, default: Tally()].deliveries[delivery, default: 0] += 1
        if tallies[harmer]?.deliveries[delivery] == 1 { tallies[harmer]?.order.append(delivery) }
    }

    mutating func drop(before time: Instant) {
        while let first = harms.first, first.time < time {
            harms.removeFirst()
            Harms.take(first.uid, from: &tallies[first.harmer, default: Tally()].events)
            Harms.take(first.delivery, from: &tallies[first.harmer, default: Tally()].deliveries)
            while let tally = tallies[first.harmer], let id = tally.order.first, tally.deliveries[id] == nil {
                tallies[first.harmer]?.order.removeFirst()
            }
        }
    }

    private static func take<Key>(_ key: Key, from counts: inout [Key: Int]) {
        let rest = (counts[key] ?? 0) - 1
        counts[key] = rest > 0 ? rest : nil
    }

    /// How many events somebody has cancelled or moved, these included.
    func count(of harmer: Harmer, with uids: Set<String>) -> Int {
        guard let tally = tallies[harmer] else { return uids.count }
        return tally.events.count + uids.count { tally.events[$0] == nil }
    }

    /// The deliveries that somebody did it with, the first of them and their number.
    func deliveries(of harmer: Harmer, first limit: Int) -> (first: [DeliveryID], count: Int) {
        guard let tally = tallies[harmer] else { return ([], 0) }
        return (Array(tally.order.prefix(limit)), tally.deliveries.count)
    }
}

/// How much harm somebody does: what one submitter cancels and moves within an hour is counted.
extension Ledger {
    /// How many events of an owner somebody has cancelled or moved within the hour, these included.
    public func harmCount(of harmer: Harmer, with uids: Set<String>, at now: Instant) throws(StoreError) -> Int {
        try harms(at: now).count(of: harmer, with: uids)
    }

    /// The deliveries with which somebody has cancelled or moved events of an owner within the hour: the first, and how
    /// many there are.
    public func harmfulDeliveries(
        of harmer: Harmer, first limit: Int, at now: Instant
    ) throws(StoreError) -> (first: [DeliveryID], count: Int) {
        try harms(at: now).deliveries(of: harmer, first: limit)
    }

    /// Counts what an item cancels or moves, or would.
    public func noteHarm(
        of uid: String, by harmer: Harmer, in delivery: LedgerDelivery, at now: Instant
    ) throws(StoreError) {
        _ = try harms(at: now)
        memory?.harms?.note(uid, by: harmer, in: delivery.header.id, at: now)
    }

    private func harms(at now: Instant) throws(StoreError) -> Harms {
        let since = now.adding(.seconds(-3600))
        if memory?.harms == nil { memory?.harms = try loggedHarms(since: since) }
        memory?.harms?.drop(before: since)
        return memory?.harms ?? Harms()
    }

    /// How many events of an owner have not ended before a day, cancelled ones too. They are counted once a minute.
    public func comingEvents(of owner: String, at now: Instant) throws(StoreError) -> Int {
        if let known = memory?.coming[owner], (0..<60).contains(now.seconds - known.time.seconds) { return known.count }
        guard let today = now.date else { return 0 }
        try coming.bind(owner, at: 1)
        try coming.bind(today.description, at: 2)
        defer { coming.reset() }
        let count = try coming.step() ? coming.int(0) : 0
        memory?.coming[owner] = (count, now)
        return count
    }

    static let comingQuery =
        "SELECT count(*) FROM events WHERE owner = ?1 AND (starts IS NULL OR coalesce(ends, starts) >= ?2)"

    /// What the log tells of them, after a start. Of what was corrected it does not tell whether a place was.
    private func loggedHarms(since: Instant) throws(StoreError) -> Harms {
        var found: [(LogRow, EventRow, DeliveryID, UInt32)] = []
        let select = try database.prepare("SELECT * FROM log ORDER BY n DESC")
        defer { select.reset() }
        while try select.step() {
            try select.checkDigest(table: "log")
            let row = LogRow(select)
            if row.time < since { break }
            // What people decide is no harm.
            guard row.decidedBy == nil else { continue }
            let moves = row.outcome == .accepted && [.cancelled, .postponed, .rescheduled].contains(row.intent)
            guard moves || row.code == DiagnosticCode.blastRadius.rawValue, let number = row.event,
                let event = try events.row(number), let delivery = row.delivery
            else { continue }
            let header = try deliveries.row(delivery).header
            found.append((row, event, header.id, header.submitter))
        }
        var harms = Harms()
        for (row, event, delivery, submitter) in found.reversed() {
            harms.note(event.uid, by: Harmer(submitter: submitter, owner: event.owner), in: delivery, at: row.time)
        }
        return harms
    }

    /// Whose events a file that comes in slices would cancel or move too many of, as it was foreseen at its first one.
    public func foreseen(_ delivery: LedgerDelivery) -> Set<Harmer>? { memory?.foreseen[delivery.header.id] }

    /// Keeps what was foreseen until the last slice has come: nil forgets it.
    public func foresee(_ harmed: Set<Harmer>?, _ delivery: LedgerDelivery) {
        memory?.foreseen[delivery.header.id] = harmed
    }

    /// Whether something of a delivery waits because it would cancel or move many events.
    public func isBraked(_ delivery: LedgerDelivery) throws(StoreError) -> Bool {
        guard delivery.isKnown else { return false }
        return try questions.rows(delivery: delivery.row.number)
            .contains { $0.code == DiagnosticCode.blastRadius.rawValue }
    }
}

extension EventRow {
    /// Whether lists would show an event as an update states it: the status, the first start, the last end, the places,
    /// whether it is public.
    public func isListed(like content: EventContent) -> Bool {
        let stated = EventOverview(content)
        return stated.status == overview.status && stated.start == overview.start && stated.end == overview.end
            && stated.places == overview.places && stated.visibility == overview.visibility
    }
}
