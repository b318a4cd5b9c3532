import EventModel
import PluginKit
import TestKit
import Testing

@testable import Pipeline

private struct NoSettings: PluginSettings {
    static var schema: [Setting<Self>] { [] }
}

/// A fact that no manifest here declares.
private struct Price: Fact {
    static let name = "shop.price"
}

/// Gives a fact with files that are called `priced`, and declares none.
private struct Smuggler: SingleDeliveryPlugin {
    static let manifest = PluginManifest(name: "smuggler", summary: "Smuggles.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    init() {}

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.file == Array("priced".utf8) ? Answer(.pass, facts: Facts([Price()])) : .pass
    }
}

@Suite struct BreachTests {
    @Test func aDeliveryWhoseAnswerBreaksTheContractIsHeldAndItsNeighboursPass() async throws {
        let (inputs, mailbox) = AsyncStream<PipelineInput>.makeStream()
        let (outcomes, finished) = AsyncStream<Passage>.makeStream()
        let deliveries = ["a", "priced", "b"].enumerated().map { number, name in
            DeliverySamples.delivery(Array(name.utf8), Array("text".utf8), number: number)
        }
        let stock = Stock(deliveries)
        let runner = PipelineRunner(
            stages: [PipelineStage(Smuggler.manifest, Smuggler())], limits: Machine.Limits(), patience: StagePatience(),
            effects: PipelineEffects(
                claim: { _ in Claimed(await stock.next().map { Passage($0) }) },
                finish: { batch in
                    for item in batch { finished.yield(item) }
                    return false
                },
                finishOrder: { _, _ in },
                tell: { notice in if case .atRest = notice { mailbox.yield(.stop) } }, clock: HeldClock()))
        mailbox.yield(.filesMayWait)
        try await runner.run(inputs)
        finished.finish()
        var verdicts: [String: String] = [:]
        for await item in outcomes {
            verdicts[String(decoding: item.delivery.file, as: UTF8.self)] = "\(item.verdict) \(item.reason)"
        }
        #expect(verdicts["a"] == "pass " && verdicts["b"] == "pass ")
        #expect(
            verdicts["priced"]?.hasPrefix(
                "hold stage smuggler cannot work on this update, and it is held: plugin smuggler gave the fact "
                    + "shop.price with delivery \(deliveries[1].id) without declaring it; add it to provides in its manifest "
                    + "(C-FACTS)") == true)
    }
}

/// Deliveries that are claimed once.
private actor Stock {
    private var waiting: [Delivery]

    init(_ deliveries: [Delivery]) { waiting = deliveries }

    func next() -> [Delivery] {
        defer { waiting = [] }
        return waiting
    }
}
