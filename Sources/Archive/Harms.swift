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
    /// That an event was cancelled or moved, or would be.
    struct Harm {
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
        /// The first that waits for a person because of it.
        var braked: DeliveryID?
    }

    private var harms: ArraySlice<Harm> = []
    private var tallies: [Harmer: Tally] = [:]

    mutating func note(_ harm: Harm) {
        // An hour after it was said first it counts no more, however often it is said.
        guard tallies[harm.harmer]?.events[harm.uid] == nil else { return }
        harms.append(harm)
        tallies[harm.harmer, default: Tally()].events[harm.uid, default: 0] += 1
        tallies[harm.harmer, default: Tally()].deliveries[harm.delivery, default: 0] += 1
        if tallies[harm.harmer]?.deliveries[harm.delivery] == 1 { tallies[harm.harmer]?.order.append(harm.delivery) }
    }

    mutating func drop(before time: Instant) {
        while let first = harms.first, first.time < time {
            harms.removeFirst()
            Harms.take(first.uid, from: &tallies[first.harmer, default: Tally()].events)
            Harms.take(first.delivery, from: &tallies[first.harmer, default: Tally()].deliveries)
            if tallies[first.harmer]?.events.isEmpty == true { tallies[first.harmer] = nil }
            while let tally = tallies[first.harmer], let id = tally.order.first, tally.deliveries[id] == nil {
                tallies[first.harmer]?.order.removeFirst()
            }
        }
    }

    /// What a person lets pass is no harm.
    mutating func forgive(_ uid: String, by harmer: Harmer) {
        guard tallies[harmer]?.events[uid] != nil,
            let at = harms.firstIndex(where: { $0.uid == uid && $0.harmer == harmer })
        else { return }
        let harm = harms.remove(at: at)
        Harms.take(uid, from: &tallies[harmer, default: Tally()].events)
        Harms.take(harm.delivery, from: &tallies[harmer, default: Tally()].deliveries)
    }

    /// The first delivery of somebody that waits for a person because of it.
    subscript(braked harmer: Harmer) -> DeliveryID? {
        get { tallies[harmer]?.braked }
        set { tallies[harmer, default: Tally()].braked = newValue }
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
        memory?.harms?.note(Harms.Harm(time: now, harmer: harmer, uid: uid, delivery: delivery.header.id))
    }

    /// The first delivery of somebody within the hour that waits for a person still, because it would cancel or move many.
    public func braked(_ harmer: Harmer, at now: Instant) throws(StoreError) -> DeliveryID? {
        guard let first = try harms(at: now)[braked: harmer] else { return nil }
        for row in try deliveries.all(first) where try isBraked(row.number) { return first }
        return nil
    }

    /// Notes that a delivery waits because it would cancel or move many.
    public func brake(_ delivery: LedgerDelivery, of harmer: Harmer) {
        memory?.harms?[braked: harmer] = delivery.header.id
    }

    /// Counts no more what a person lets pass.
    public func forgiveHarm(of uid: String, by harmer: Harmer, at now: Instant) throws(StoreError) {
        _ = try harms(at: now)
        memory?.harms?.forgive(uid, by: harmer)
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

    /// An event whose uid stands for another one is that one.
    static let comingQuery = """
        SELECT count(*) FROM events WHERE owner = ?1 AND (starts IS NULL OR coalesce(ends, starts) >= ?2)
        AND n NOT IN (SELECT former FROM links WHERE former IS NOT NULL)
        """

    /// What the log tells of them, after a start.
    private func loggedHarms(since: Instant) throws(StoreError) -> Harms {
        var found: [(harm: Harms.Harm, isBraked: Bool)] = []
        var forgiven: Set<Item> = []
        let select = try database.prepare("SELECT * FROM log ORDER BY n DESC")
        defer { select.reset() }
        while try select.step() {
            try select.checkDigest(table: "log")
            let row = LogRow(select)
            if row.time < since { break }
            guard let number = row.event, let delivery = row.delivery, let item = row.item else { continue }
            // What people decide is no harm.
            if row.decidedBy != nil {
                if row.outcome != .discarded { forgiven.insert(Item(delivery: delivery, number: item)) }
                continue
            }
            let isBraked = row.code == DiagnosticCode.blastRadius.rawValue
            let counts = isBraked ? true : try didHarm(row)
            guard counts, !forgiven.contains(Item(delivery: delivery, number: item)),
                let event = try events.row(number)
            else { continue }
            let header = try deliveries.row(delivery).header
            let harmer = Harmer(submitter: header.submitter, owner: event.owner)
            found.append((Harms.Harm(time: row.time, harmer: harmer, uid: event.uid, delivery: header.id), isBraked))
        }
        var harms = Harms()
        for (harm, isBraked) in found.reversed() {
            harms.note(harm)
            if isBraked, harms[braked: harm.harmer] == nil { harms[braked: harm.harmer] = harm.delivery }
        }
        return harms
    }

    private struct Item: Hashable {
        var delivery: Int64
        var number: Int
    }

    /// Whether an entry misled whoever relies on its event, if it was false.
    private func didHarm(_ row: LogRow) throws(StoreError) -> Bool {
        guard row.outcome == .accepted, let intent = row.intent, let event = row.event, let revision = row.revision,
            let day = row.time.date, let before = try revisions.state(event: event, revision: revision - 1),
            let after = try revisions.state(event: event, revision: revision)
        else { return false }
        let changes = difference(from: before.content, to: after.content)
        return intent.isHarmful(from: before.content, to: after.content, changes, on: day)
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
        return try isBraked(delivery.row.number)
    }

    private func isBraked(_ delivery: Int64) throws(StoreError) -> Bool {
        try questions.rows(delivery: delivery).contains {
            $0.code == DiagnosticCode.blastRadius.rawValue && $0.state == .open
        }
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
