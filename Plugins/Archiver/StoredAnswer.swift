import EventModel
import PluginKit
import Store

extension Archive {
    /// The answer that was given to a delivery before, with its facts.
    func answer(_ row: DeliveryRow, _ delivery: Delivery) throws(StoreError) -> Answer {
        var resolutions: [Resolution] = []
        for entry in try history.rows(from: row.history.lowerBound, count: row.history.count)
        where !entry.isForgotten {
            resolutions.append(try resolution(entry))
        }
        return Judgement.answer(row, resolutions, try findings.rows(row.findings), delivery)
    }

    private func resolution(_ entry: HistoryRow) throws(StoreError) -> Resolution {
        let uid = try events.uid(entry.event)
        guard entry.intent != .unchanged, entry.intent != .stale else {
            let state = try history.state(event: entry.event, revision: entry.revision)
            return Resolution(
                uid: uid, intent: entry.intent, revision: entry.revision, before: state, after: state, changes: [])
        }
        let before = try history.state(event: entry.event, revision: entry.revision - 1)
        let after = try history.state(entry.number)
        return Resolution(
            uid: uid, intent: entry.intent, revision: entry.revision, before: before, after: after,
            changes: before.map { difference(from: $0, to: after).changes.filter(\.concernsEvent) } ?? [])
    }
}
