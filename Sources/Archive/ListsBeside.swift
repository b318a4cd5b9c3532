public import EventModel
import PluginKit
public import Store

/// What a list has to do with others of its publisher, and with uids that stand for other events.
extension Ledger {
    /// Expects the event that is meant where a person has linked an event that the list had to another one.
    func followLinks(_ row: ListRow, at now: Instant) throws(StoreError) {
        for expected in try lists.events(of: row.number) {
            guard let meant = linkedEvent(insteadOf: expected.event) else { continue }
            if let question = row.question, expected.stoodIn != nil, let event = try events.row(meant) {
                try lapse(question, expected.event, "stands for \(event.uid) by now, which is expected instead", now)
            }
            try lists.delete(expected)
            if try lists.event(meant, of: row.number) == nil {
                try lists.write(ListedRow(list: row.number, event: meant))
            }
        }
    }

    /// Whether another list of the publisher has an event that is missing from one.
    func standsElsewhere(_ expected: ListedRow, _ others: [ListRow]) throws(StoreError) -> Bool {
        for other in others {
            if let row = try lists.event(expected.event, of: other.number), row.stoodIn == nil { return true }
        }
        return false
    }

    /// Asks no more about what is missing from another list and has come in this one.
    func withdraw(
        _ present: Present, askedAbout other: ListRow, _ gap: inout ListGap, _ list: CompleteList,
        _ delivery: LedgerDelivery, _ now: Instant
    ) throws(StoreError) {
        guard let question = other.question else { return }
        let found = try lists.missing(from: other.number).filter { present.events.contains($0.event) }
        for row in found {
            let why = "is in the list \"\(list.pattern)\" now (\(delivery.header.id)) and stays as it is"
            try lapse(question, row.event, why, now)
            try lists.delete(row)
        }
        guard !found.isEmpty, try lists.missing(from: other.number, limit: 1).isEmpty else { return }
        var other = other
        (other.question, other.count, other.lastAsked) = (nil, 0, nil)
        try lists.write(other)
        gap.answered.append(try deliveries.row(question).header.id)
    }

    /// An event in a sentence; one that is private or under an embargo is not named.
    public func name(of event: EventRow, at now: Instant) throws(StoreError) -> String {
        guard let state = try revisions.state(event: event.number, revision: event.revision),
            state.visibility == .public, state.embargoUntil.map({ $0 <= now }) ?? true, !state.name.text.isEmpty
        else { return "the event" }
        return "“\(state.name.text)”"
    }
}
