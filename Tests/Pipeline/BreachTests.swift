import EventModel
import PluginKit
import TestKit
import Testing

@testable import Pipeline

/// A fact that no manifest here declares.
private struct Price: Fact {
    static let name = "shop.price"
}

/// Gives a fact with the second event of files that are called `priced`, and declares none.
private struct Smuggler: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "smuggler", summary: "Smuggles.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    init() {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let isPriced = delivery.file == Array("priced".utf8) && item.number == 2
        return isPriced ? Answer(.pass, facts: Facts([Price()])) : .pass
    }
}

@Suite struct BreachTests {
    private let file = """
        [{"@type": "Event", "identifier": "a", "name": "Fair", "startDate": "2027-07-03"},
         {"@type": "Event", "identifier": "b", "name": "Ball", "startDate": "2027-07-04"}]
        """

    @Test func aDeliveryWhoseAnswersBreakTheContractIsHeldAndItsNeighboursPass() async throws {
        let (inputs, mailbox) = AsyncStream<PipelineInput>.makeStream()
        let (outcomes, finished) = AsyncStream<Passage>.makeStream()
        let deliveries = ["a", "priced", "b"].enumerated().map { number, name in
            DeliverySamples.delivery(Array(name.utf8), Array(file.utf8), number: number)
        }
        let stock = Stock(deliveries)
        let runner = PipelineRunner(
            stages: [PipelineStage(Smuggler.manifest, Smuggler())], limits: Machine.Limits(), patience: StagePatience(),
            effects: PipelineEffects(
                claim: { _ in Claimed(await stock.next().map { Passage($0) }) },
                finish: { batch in
                    for passage in batch { finished.yield(passage) }
                    return false
                },
                finishOrder: { _, _ in },
                tell: { notice in if case .atRest = notice { mailbox.yield(.stop) } }, clock: HeldClock()))
        mailbox.yield(.filesMayWait)
        try await runner.run(inputs)
        finished.finish()
        var ended: [String: Passage] = [:]
        for await passage in outcomes { ended[String(decoding: passage.delivery.file, as: UTF8.self)] = passage }
        #expect(ended["a"]?.outcome == .accepted && ended["b"]?.outcome == .accepted)
        let priced = try #require(ended["priced"])
        #expect(priced.items.map(\.outcome) == [.held, .held], "a file is the least that a stage is asked about again")
        #expect(
            priced.items[0].reason
                == "stage smuggler cannot work on this update, and it is held: plugin smuggler gave the fact shop.price "
                + "with item \(deliveries[1].id)/2 without declaring it; add it to provides in its manifest (C-FACTS)")
    }

    @Test func oneAnswerMoreIsForAWholeListAndFromTheStageThatDecides() {
        var delivery = DeliverySamples.delivery(Array("a".utf8), Array(file.utf8), number: 1)
        let decides = PluginManifest(name: "decide", summary: "", provides: [], decides: true)
        func isBreach(_ manifest: PluginManifest, _ count: Int) -> Bool {
            let answers = Array(repeating: Answer.pass, count: count)
            return Verdicts([answers]).breach(by: manifest, answering: DeliveryBatch([delivery])) != nil
        }
        #expect(isBreach(decides, 3) && !isBreach(decides, 2))
        delivery.list = CompleteList("*", uids: ["a", "b"])
        #expect(!isBreach(decides, 3) && !isBreach(decides, 2))
        #expect(isBreach(decides, 4) && isBreach(Smuggler.manifest, 3))
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
