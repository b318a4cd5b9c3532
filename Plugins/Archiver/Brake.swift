import Archive
import EventModel
import PluginKit
import Store

/// Holds what cancels or moves many of an owner's coming events within an hour: a mistake or a stolen account reaches
/// few.
struct Brake {
    /// How many always may be.
    let least: Int
    /// How many of a hundred may be.
    let percent: Int
    /// How many may be, however many there are.
    let most: Int
    let ledger: Ledger
    let now: Instant

    init(_ settings: ArchiverSettings, _ ledger: Ledger, at now: Instant) {
        least = settings.blastRadiusLeast
        percent = settings.blastRadiusPercent
        most = settings.blastRadiusMost
        self.ledger = ledger
        self.now = now
    }

    /// How many events of an owner with so many coming ones may be cancelled or moved within an hour.
    private func limit(of coming: Int) -> Int { max(least, min(coming * percent / 100, most)) }

    /// Whether it is too much that somebody cancels or moves these, too.
    func isTooMuch(_ uids: Set<String>, _ harmer: Harmer) throws(StoreError) -> Bool {
        let count = try ledger.harmCount(of: harmer, with: uids, at: now)
        if count <= least { return false }
        if count > max(least, most) { return true }
        return count > limit(of: try ledger.comingEvents(of: harmer.owner, at: now))
    }

    /// Why an item waits that cancels or moves an event; nil where it may.
    ///
    /// - Parameter isHarmful: Whether the file that it stands in would do too much harm.
    func finding(
        _ item: PreparedItem, of uid: String, _ harmer: Harmer, isHarmful: Bool, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Diagnostic? {
        let isTooMuch = isHarmful ? true : try isTooMuch([uid], harmer)
        guard isTooMuch else {
            try ledger.noteHarm(of: uid, by: harmer, in: delivery, at: now)
            return nil
        }
        let id = delivery.header.id
        let message: String
        if let first = try ledger.braked(harmer, at: now), first != id {
            message = waits(with: first, harmer.submitter)
        } else {
            message = try question(harmer, id)
            ledger.brake(delivery, of: harmer)
        }
        try ledger.noteHarm(of: uid, by: harmer, in: delivery, at: now)
        return Diagnostic(
            .blastRadius, severity: DiagnosticCode.blastRadius.defaultSeverity(in: item.stated.source.format),
            field: "", message: message)
    }

    /// How many of the hour's earlier deliveries are named.
    private static let named = 5

    private func question(_ harmer: Harmer, _ id: DeliveryID) throws(StoreError) -> String {
        let all = try ledger.harmfulDeliveries(of: harmer, first: Brake.named + 1, at: now)
        let earlier = all.first.filter { $0 != id }
        let count = all.count - (all.first.contains(id) ? 1 : 0)
        var before = ""
        if !earlier.isEmpty {
            let rest = count > Brake.named ? " and \(count - Brake.named) more" : ""
            before =
                ". 'tidings revert' takes back what came earlier in this hour: \(earlier.prefix(Brake.named).map(\.description).joined(separator: ", "))\(rest)"
        }
        let coming = try ledger.comingEvents(of: harmer.owner, at: now)
        return "more than \(limit(of: coming)) of \(coming) coming events would be cancelled, moved or removed by user "
            + "\(harmer.submitter) within an hour, so that a person decides: 'tidings release \(id)' lets it pass, "
            + "'tidings discard \(id)' throws it away, 'tidings suspend \(harmer.submitter)' holds what else comes"
            + before
    }

    /// The others of the hour ask nothing of their own.
    private func waits(with first: DeliveryID, _ user: UInt32) -> String {
        let code = DiagnosticCode.blastRadius.rawValue
        let selection = "--user \(user) --since \(first.instant.toTheSecond) --code \(code)"
        return "this waits with \(first), for the same reason: 'tidings release \(selection)' lets all of it pass, "
            + "'tidings discard \(selection)' throws all of it away"
    }
}

extension Decision.Acceptance {
    /// Whether it would mislead whoever relies on the event, if it were false.
    func harms(_ known: EventContent, on day: LocalDate?) -> Bool {
        day.map { intent.isHarmful(from: known, to: after.content, changes, on: $0) } ?? false
    }
}
