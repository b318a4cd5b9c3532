import EventModel
import PluginKit

@testable import Pipeline

/// Stages with memories of their own that outlive the process, and illnesses that come and go.
struct SimulatedStages {
    /// What one call of a stage led to.
    enum Outcome {
        case answered([[Answer]])
        case failed(PluginFailure.Kind)
        case overran
        /// The process ends in the middle of it.
        case ended
    }

    /// An event of a drop, by its place from 0.
    struct Update: Hashable {
        let drop: Int
        let place: Int
    }

    static let manifests = [
        PluginManifest(name: "judge", summary: ""),
        PluginManifest(name: "keep", summary: "", provides: [Resolution.name], decides: true, keepsBytes: true),
        PluginManifest(name: "tell", summary: "", requires: [Resolution.name]),
    ]

    /// What the events of each drop do, by its number.
    var natures: [Int: [Nature]] = [:]
    /// Until when a stage is ill.
    var illUntil: [Int: Duration] = [:]
    /// What the second stage has kept, in its order.
    private(set) var kept: [(id: DeliveryID, update: Update)] = []
    private var intents: [DeliveryID: [Update: Intent]] = [:]
    /// How often each event was told of by the third.
    private(set) var told: [Update: Int] = [:]
    /// When each was for the first time.
    private(set) var firstTold: [Update: Duration] = [:]
    /// How often each event was retried.
    private var retries: [Update: Int] = [:]
    /// How often each drop ended the process.
    private(set) var ends: [Int: Int] = [:]

    /// Which drop it is: the first number of its bytes.
    static func drop(of delivery: Delivery) -> Int {
        let digits = delivery.bytes.drop { !isDigit($0) }.prefix(while: isDigit)
        return Int(String(decoding: digits, as: UTF8.self)) ?? -1
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// How often a retry asks for another try.
    static func tries(of drop: Int) -> Int { drop % 3 + 1 }

    private func nature(of update: Update) -> Nature {
        guard let natures = natures[update.drop], natures.indices.contains(update.place) else { return .good }
        return natures[update.place]
    }

    /// Calls a stage. What it does is done when it answers; a call that is cut off by the end of the process has done
    /// all of its work or none.
    mutating func call(_ stage: Int, _ deliveries: [Delivery], isTrial: Bool, at time: Duration) -> Outcome {
        if let until = illUntil[stage], time < until { return .failed(.temporary) }
        let updates = deliveries.map { delivery in
            let drop = Self.drop(of: delivery)
            return delivery.items.map { Update(drop: drop, place: $0.number - 1) }
        }
        let all = updates.joined()
        if stage == 0, let killer = all.first(where: { nature(of: $0) == .killer }) {
            ends[killer.drop, default: 0] += 1
            return .ended
        }
        if stage == 1, all.contains(where: { nature(of: $0) == .hang }) { return .overran }
        // It needs all of the deadline for itself.
        if stage == 1, isTrial || deliveries.count > 1, all.contains(where: { nature(of: $0) == .slow }) {
            return .overran
        }
        if stage == 2, all.contains(where: { nature(of: $0) == .poison }) { return .failed(.permanent) }
        return .answered(
            zip(deliveries, updates).map { delivery, updates in
                zip(delivery.items, updates).map { item, update in
                    item.objection?.answer ?? answer(stage, delivery.id, update, at: time)
                }
            })
    }

    private mutating func tell(_ update: Update, at time: Duration) {
        told[update, default: 0] += 1
        if firstTold[update] == nil { firstTold[update] = time }
    }

    private mutating func answer(_ stage: Int, _ id: DeliveryID, _ update: Update, at time: Duration) -> Answer {
        switch (stage, nature(of: update)) {
        case (0, .reject): return Answer(.reject, reason: "refused")
        case (0, .hold): return Answer(.hold, reason: "unclear")
        case (1, .absorb): return Answer(.absorb, reason: "older", facts: keep(id, update, .stale))
        case (1, _): return Answer(.pass, facts: keep(id, update, .new))
        case (2, .retry):
            retries[update, default: 0] += 1
            if retries[update, default: 0] <= Self.tries(of: update.drop) {
                return Answer(.retry(after: .seconds(1)), reason: "later")
            }
            tell(update, at: time)
        case (2, _): tell(update, at: time)
        default: break
        }
        return .pass
    }

    /// The same event of the same delivery counts once, and is answered as before.
    private mutating func keep(_ id: DeliveryID, _ update: Update, _ intent: Intent) -> Facts {
        let stored = intents[id]?[update]
        let isKnown = stored == nil && intents.values.contains { $0[update] != nil }
        let intent = stored ?? (isKnown && intent == .new ? .unchanged : intent)
        if stored == nil {
            intents[id, default: [:]][update] = intent
            kept.append((id, update))
        }
        let uid = "\(update.drop)-\(update.place + 1)"
        return Facts([Resolution(uid: uid, intent: intent, revision: 1, before: nil, after: nil, changes: [])])
    }
}
