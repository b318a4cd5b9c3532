import EventModel
import PluginKit

@testable import Pipeline

/// What a drop does to the stages that see it.
enum Nature: Int, CaseIterable {
    case good, reject, hold, absorb, retry, poison, hang, slow, killer
}

/// Stages with memories of their own that outlive the process, and illnesses that come and go.
struct SimulatedStages {
    /// What one call of a stage led to.
    enum Outcome {
        case answered([Answer])
        case failed(PluginFailure.Kind)
        case overran
        /// The process ends in the middle of it.
        case ended
    }

    static let manifests = [
        PluginManifest(name: "judge", summary: ""),
        PluginManifest(name: "keep", summary: "", provides: ["simulated.kept"], decides: true, keepsBytes: true),
        PluginManifest(name: "tell", summary: "", requires: ["simulated.kept"]),
    ]

    /// The nature of each drop, by its number.
    var natures: [Int: Nature] = [:]
    /// Until when a stage is ill.
    var illUntil: [Int: Duration] = [:]
    /// What the second stage has kept, delivery by delivery, in its order: the drops.
    private(set) var kept: [(id: DeliveryID, drop: Int)] = []
    /// How often each drop was told of by the third.
    private(set) var told: [Int: Int] = [:]
    /// When each was for the first time.
    private(set) var firstTold: [Int: Duration] = [:]
    /// How often each drop was retried.
    private var retries: [Int: Int] = [:]
    /// How often each drop ended the process.
    private(set) var ends: [Int: Int] = [:]

    static func drop(of delivery: Delivery) -> Int { Int(String(decoding: delivery.bytes, as: UTF8.self)) ?? -1 }

    /// Calls a stage. What it does is done when it answers; a call that is cut off by the end of the process has done
    /// all of its work or none.
    mutating func call(_ stage: Int, _ deliveries: [Delivery], isTrial: Bool, at time: Duration) -> Outcome {
        if let until = illUntil[stage], time < until { return .failed(.temporary) }
        let drops = deliveries.map(Self.drop)
        if stage == 0, let killer = drops.first(where: { natures[$0] == .killer }) {
            ends[killer, default: 0] += 1
            return .ended
        }
        if stage == 1, drops.contains(where: { natures[$0] == .hang }) { return .overran }
        // It needs all of the deadline for itself.
        if stage == 1, isTrial || drops.count > 1, drops.contains(where: { natures[$0] == .slow }) { return .overran }
        if stage == 2, drops.contains(where: { natures[$0] == .poison }) { return .failed(.permanent) }
        return .answered(zip(deliveries, drops).map { answer(stage, $0, $1, at: time) })
    }

    private mutating func tell(_ drop: Int, at time: Duration) {
        told[drop, default: 0] += 1
        if firstTold[drop] == nil { firstTold[drop] = time }
    }

    private mutating func answer(_ stage: Int, _ delivery: Delivery, _ drop: Int, at time: Duration) -> Answer {
        switch (stage, natures[drop] ?? .good) {
        case (0, .reject): return Answer(.reject, reason: "refused")
        case (0, .hold): return Answer(.hold, reason: "unclear")
        case (1, .absorb):
            keep(delivery, drop)
            return Answer(.absorb, reason: "older")
        case (1, _): keep(delivery, drop)
        case (2, .retry):
            retries[drop, default: 0] += 1
            if retries[drop, default: 0] <= drop % 3 + 1 { return Answer(.retry(after: .seconds(1)), reason: "later") }
            tell(drop, at: time)
        case (2, _): tell(drop, at: time)
        default: break
        }
        return .pass
    }

    /// The same delivery, or the same content under another id, counts once.
    private mutating func keep(_ delivery: Delivery, _ drop: Int) {
        if !kept.contains(where: { $0.id == delivery.id && $0.drop == drop }) { kept.append((delivery.id, drop)) }
    }
}
