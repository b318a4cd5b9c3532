import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

extension Passage {
    /// When an update that waits for a person has nothing to wait for any more: the last date of its event begins, as it says
    /// and as is known. What had begun before it came has a day. Nil for one that waits as long as it takes.
    func expiry(of index: Int) -> Instant? {
        guard items[index].outcome == .held else { return nil }
        let item = delivery.items[index]
        var known: Instant?
        switch item.facts[Lasting.self] {
        case .open?: return nil
        case .until(let time)?: known = time
        case nil: break
        }
        var start = known
        // A cancellation may name its event alone.
        if !item.update.occurrences.isEmpty {
            start = LastStart.of(item.update.occurrences, status: item.update.status).map { max($0, known ?? $0) }
        }
        return start.map { $0 > delivery.receivedAt ? $0 : delivery.receivedAt.adding(HeldUpdate.grace) }
    }

    /// When the first of its updates that wait for a person expires.
    var firstExpiry: Instant? { items.indices.compactMap(expiry).min() }
}

/// An update that waits in held/, as its report tells.
struct HeldUpdate {
    /// How long what had begun before it came waits.
    static let grace = Duration.seconds(86_400)
    /// Why it waits no more.
    static let reason = "its event had begun before anybody decided about it"

    let number: Int
    let uid: String
    let expires: Instant

    /// The updates of a report that wait and have a time.
    static func all(in report: [UInt8]) -> [HeldUpdate] {
        // ignoring: what cannot be read waits
        guard let root = (try? JSONDocument(report, limits: .own))?.root else { return [] }
        return root["updates"]?.elements.compactMap { node in
            guard node["outcome"]?.isText("held") == true, let number = node["item"]?.integer,
                let expires = node["expires"]?.text.flatMap(Instant.init(rfc3339:))
            else { return nil }
            return HeldUpdate(number: number, uid: node["uid"]?.text ?? "", expires: expires)
        } ?? []
    }
}

extension Reception {
    /// Something waits in held/ until then at the longest.
    func expires(at time: Instant) { held.nextLook = min(held.nextLook, time) }

    /// Closes what has nothing to wait for any more of a file in held/; the log comes first.
    ///
    /// - Returns: When the next update of it is due.
    func expire(_ file: StoredFile) async throws(PluginFailure) -> Instant? {
        let report: [UInt8]?
        do throws(SpoolError) {
            report = try spool.report(file.id, in: .held)
        } catch {
            // ignoring: it is looked at again with the next look
            return nil
        }
        let now = clock.now
        let waiting = report.map(HeldUpdate.all) ?? []
        var next = waiting.map(\.expires).filter { $0 > now }.min()
        var due = waiting.filter { $0.expires <= now }
        guard !due.isEmpty else { return next }
        if let ledger {
            // Others may have moved the event meanwhile.
            let lasting = try await ledger.lasting(file.id, items: due.map(\.number))
            due.removeAll { update in
                switch lasting[update.number] {
                case .open?: return true
                case .until(let time)? where time > now:
                    next = min(next ?? time, time)
                    return true
                case .until?, nil: return false
                }
            }
            let entries = due.map { LedgerEntries.expired($0, of: file, report: report, at: now) }
            if !entries.isEmpty { try await ledger.record(entries) }
        }
        for update in due { held.close(ClosedItem(update.number, .expired, reason: HeldUpdate.reason), of: file.id) }
        return next
    }
}
