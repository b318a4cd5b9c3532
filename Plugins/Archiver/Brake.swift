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

    /// How many events of an owner with so many coming ones may be cancelled or moved within an hour.
    func limit(of coming: Int) -> Int { max(least, min(coming * percent / 100, most)) }

    /// Whom a file would do too much harm, counted before any of it counts.
    func harmed(_ expected: [Harmer: Set<String>]) throws(StoreError) -> Set<Harmer> {
        var harmed: Set<Harmer> = []
        for (harmer, events) in expected where try isTooMuch(events, harmer) { harmed.insert(harmer) }
        return harmed
    }

    private func isTooMuch(_ events: Set<String>, _ harmer: Harmer) throws(StoreError) -> Bool {
        let all = Set(try ledger.harms(of: harmer, at: now).map(\.uid)).union(events).count
        if all <= least { return false }
        return all > limit(of: try coming(harmer))
    }

    private func coming(_ harmer: Harmer) throws(StoreError) -> Int {
        guard let today = now.date else { return 0 }
        return try ledger.comingEvents(of: harmer.owner, on: today)
    }

    /// Why an item waits that cancels or moves an event; nil where it may.
    func finding(
        _ item: PreparedItem, of uid: String, _ harmer: Harmer, isHarmed: Bool, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Diagnostic? {
        let earlier = try ledger.harms(of: harmer, at: now).map(\.delivery)
        let isTooMuch = try isTooMuch([uid], harmer)
        ledger.noteHarm(of: uid, by: harmer, in: delivery, at: now)
        return isHarmed || isTooMuch ? finding(item, delivery, earlier, try coming(harmer)) : nil
    }

    private func finding(
        _ item: PreparedItem, _ delivery: LedgerDelivery, _ earlier: [DeliveryID], _ coming: Int
    ) -> Diagnostic {
        let id = "\(delivery.header.id)"
        var others: [String] = []
        for delivery in earlier.map({ "\($0)" }) where delivery != id && !others.contains(delivery) {
            others.append(delivery)
        }
        var before = ""
        if !others.isEmpty {
            let rest = others.count > 5 ? " and \(others.count - 5) more" : ""
            before = ". Earlier in this hour: \(others.prefix(5).joined(separator: ", "))\(rest)"
        }
        return Diagnostic(
            .blastRadius, severity: DiagnosticCode.blastRadius.defaultSeverity(in: item.stated.source.format),
            field: "",
            message: "within an hour whoever dropped this has cancelled or moved more than \(limit(of: coming)) of "
                + "\(coming) coming events, so that a person decides: 'tidings release \(id)' lets it pass, 'tidings "
                + "discard \(id)' throws it away\(before)")
    }
}

extension Decision.Acceptance {
    /// Whether an event that has not ended is cancelled, or takes place at another time or place.
    func harms(_ known: EventUpdate, on day: LocalDate?) -> Bool {
        guard known.status != .cancelled, let day, known.isComing(on: day) else { return false }
        if intent == .cancelled || intent == .postponed { return true }
        return changes.changes.contains { ($0.class == .time || $0.class == .place) && $0.operation != .add }
    }
}

extension EventUpdate {
    /// Whether it has not ended before a day, as far as is known.
    fileprivate func isComing(on day: LocalDate) -> Bool {
        occurrences.isEmpty
            || occurrences.contains { occurrence in
                guard let last = occurrence.when.end ?? occurrence.when.start else { return true }
                return last.date >= day || occurrence.when.isRepeated
            }
    }
}
