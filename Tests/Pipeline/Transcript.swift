import EventModel
import PluginKit

@testable import Pipeline

/// A pipeline under test: what happens goes in, and what it says to do comes out as words.
///
/// Of a delivery that a stage sees, `a` is one with its only item, and `a/1,3!` the items 1 and 3 of another, the latter held or
/// refused by a stage before. At the end
/// `a partial (accepted rejected)` says what became of it and of each of its items.
struct Transcript {
    /// A judge, one that decides, and one that needs what was decided.
    static let manifests = [
        PluginManifest(name: "check", summary: ""),
        PluginManifest(name: "decide", summary: "", provides: ["test.decision"], decides: true),
        PluginManifest(name: "tell", summary: "", requires: ["test.decision"]),
    ]

    private var state = PipelineState(Self.manifests)
    /// What was finished last.
    private(set) var finished: [Passage] = []

    /// A delivery that is called so.
    static func delivery(
        _ name: String, items: Int = 1, findings: [Diagnostic] = [], facts: Facts = Facts()
    ) -> Delivery {
        Delivery(
            id: DeliveryID(high: 1, low: UInt64(name.utf8.first ?? 0)), file: Array(name.utf8), bytes: [],
            sha256: "", submitter: 1, receivedAt: Instant(microseconds: 0), format: .icalendar, findings: findings,
            items: (0..<items).map { index in
                DeliveryItem(
                    number: index + 1,
                    update: EventUpdate(
                        uid: "\(name)-\(index + 1)", name: LanguageText(name),
                        receipt: Receipt(
                            receivedAt: Instant(microseconds: 0),
                            source: Source(mediaType: "text/calendar", sha256: "", byteCount: 0))))
            }, facts: facts)
    }

    /// Tells what happened, and gives what to do.
    mutating func step(_ event: PipelineState.Event) -> [String] {
        let actions = PipelineState.step(&state, event)
        for case .finish(_, let passages) in actions { finished = passages }
        return actions.map(Transcript.words)
    }

    /// Looks for files, and finds these.
    mutating func claim(_ passages: Passage...) -> [String] {
        let looked = step(.filesMayWait)
        guard let id = looked.first.flatMap({ Int($0.dropFirst("claim ".count)) }) else { return looked }
        return step(.claimed(id, Claimed(passages)))
    }

    private static func words(_ action: PipelineState.Action) -> String {
        switch action {
        case .claim(let id, _): "claim \(id)"
        case .process(let id, let stage, let deliveries, let isTrial):
            "\(manifests[stage].name) \(id)\(isTrial ? " for a while" : ""): "
                + deliveries.map(words).joined(separator: " ")
        case .carryOut(let id, let stage, let order):
            "\(manifests[stage].name) \(id): \(order.action.rawValue) \(order.uid)"
        case .finish(let id, let passages): "finish \(id): " + passages.map(words).joined(separator: ", ")
        case .finishOrder(let id, _, let refusal): "finish \(id): \(refusal?.message ?? "done")"
        case .pause(let stage, _, _, let isNews): "pause \(manifests[stage].name)\(isNews ? "" : " again")"
        case .recovered(let stage): "recovered \(manifests[stage].name)"
        case .rest: "rest"
        case .end: "end"
        }
    }

    private static func words(_ delivery: Delivery) -> String {
        let numbers = delivery.items.map { "\($0.number)" + ($0.objection == nil ? "" : "!") }
        return name(delivery) + (numbers == ["1"] ? "" : "/" + numbers.joined(separator: ","))
            + (delivery.list == nil ? "" : " as a list")
    }

    private static func words(_ passage: Passage) -> String {
        if let reason = passage.asideReason { return "\(name(passage.delivery)) aside: \(reason)" }
        let items = passage.items.map(\.outcome.rawValue).joined(separator: " ")
        return "\(name(passage.delivery)) \(passage.outcome.rawValue)" + (passage.items.count == 1 ? "" : " (\(items))")
    }

    private static func name(_ delivery: Delivery) -> String { String(decoding: delivery.file, as: UTF8.self) }
}

extension Passage {
    /// What a later try is told of its items, as the daemon tells it.
    var left: [EarlierItem] {
        items.map { item in
            EarlierItem(
                outcome: item.outcome == .deferred ? nil : item.outcome, intent: item.intent, answers: item.answers,
                diagnostics: item.diagnostics)
        }
    }
}

extension Answer {
    /// An answer with that verdict.
    static func reject(_ reason: String = "no") -> Answer { Answer(.reject, reason: reason) }
    static func hold(_ reason: String = "which?") -> Answer { Answer(.hold, reason: reason) }
    static func retry(_ seconds: Int, _ reason: String = "busy") -> Answer {
        Answer(.retry(after: .seconds(seconds)), reason: reason)
    }
}
