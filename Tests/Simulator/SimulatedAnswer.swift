import EventModel
import Pipeline

@testable import Daemon

/// What a sender was told of a delivery, in a file of its own or in a line among others.
struct SimulatedAnswer {
    let delivery: DeliveryID
    let outcome: Outcome
    /// What became of each update; nil for one that is tried again. Empty where nothing is said of them one by one.
    let updates: [Outcome?]

    init?(_ json: [UInt8]) {
        let text = String(decoding: json, as: UTF8.self)
        // Both stand before anything that is said of an update.
        guard let id = SimulatedAnswer.value("delivery", in: text).flatMap({ DeliveryID($0) }),
            let outcome = SimulatedAnswer.value("outcome", in: text).flatMap({ Outcome(rawValue: String($0)) })
        else { return nil }
        delivery = id
        self.outcome = outcome
        updates = EarlierTry(json).items.map(\.left.outcome)
    }

    private static func value(_ key: String, in text: String) -> Substring? {
        text.firstRange(of: "\"\(key)\":\"").map { text[$0.upperBound...].prefix { $0 != "\"" } }
    }

    /// Whether the outcome of the delivery follows from those of its updates.
    var isSound: Bool { updates.isEmpty || Outcome(of: updates.map { $0 ?? .deferred }) == outcome }

    /// Whether a later answer says the same of all that had its answer here.
    func agrees(with later: SimulatedAnswer) -> Bool {
        if updates.isEmpty || later.updates.isEmpty { return true }
        return updates.count == later.updates.count
            && zip(updates, later.updates).allSatisfy { before, after in before == nil || before == after }
    }
}
