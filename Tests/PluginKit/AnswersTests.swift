import EventModel
import PluginKit
import TestKit
import Testing

private struct Price: Fact {
    static let name = "shop.price"
}

/// Rejects the second update of each delivery.
private struct SecondsOut: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "seconds-out", summary: "Rejects the second.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        item.number == 2 ? Answer(.reject, reason: "the second of \(delivery.id)") : .pass
    }
}

/// Answers to batches: one for each item of each delivery.
@Suite struct AnswersTests {
    private let batch = DeliveryBatch([
        DeliverySamples.delivery(Array("two".utf8), Array(Self.file(["a", "b"]).utf8), number: 1),
        DeliverySamples.delivery(Array("one".utf8), Array(Self.file(["c"]).utf8), number: 2),
    ])

    private static func file(_ uids: [String]) -> String {
        let events = uids.map {
            "{\"@type\": \"Event\", \"identifier\": \"\($0)\", \"name\": \"Fair\", \"startDate\": \"2027-07-03\"}"
        }
        return "[\(events.joined(separator: ", "))]"
    }

    private func breach(_ answers: [[Answer]], provides: [String] = []) -> String? {
        let manifest = PluginManifest(name: "price", summary: "Prices.", provides: provides)
        return Verdicts(answers).breach(by: manifest, answering: batch)?.message
    }

    @Test func aPluginThatJudgesOneUpdateAnswersEachOfTheBatch() async throws {
        let verdicts = try await PluginBench(SecondsOut.self).plugin().process(batch)
        #expect(verdicts.answers.map { $0.map(\.verdict) } == [[.pass, .reject], [.pass]])
        #expect(verdicts.answers[0][1].reason == "the second of \(batch.deliveries[0].id)")
    }

    @Test func oneAnswerForEachItemIsNoBreach() {
        #expect(breach([[.pass, .pass], [.pass]]) == nil)
        let priced = Answer(.pass, facts: Facts([Price()]))
        #expect(breach([[priced, Answer(.hold, reason: "no price")], [priced]], provides: [Price.name]) == nil)
    }

    @Test func aListIsMissing() {
        #expect(
            breach([[.pass, .pass]])
                == "plugin price gave answers for 1 deliveries of a batch of 2; give a list for each delivery, in their "
                + "order (C-ANSWERS)")
    }

    @Test(arguments: [0, 1, 3]) func theItemsOfADeliveryHaveAnotherNumberOfAnswers(count: Int) {
        #expect(
            breach([Array(repeating: .pass, count: count), [.pass]])
                == "plugin price gave \(count) answers for the 2 items of delivery \(batch.deliveries[0].id); give exactly "
                + "one for each item, in their order (C-ANSWERS)")
    }

    @Test func aFactIsToldWithTheItemThatItCameWith() {
        let priced = Answer(.pass, facts: Facts([Price()]))
        #expect(
            breach([[.pass, priced], [.pass]])
                == "plugin price gave the fact shop.price with item \(batch.deliveries[0].id)/2 without declaring it; add it "
                + "to provides in its manifest (C-FACTS)")
        #expect(
            breach([[priced, priced], [.pass]], provides: [Price.name])
                == "plugin price passed item \(batch.deliveries[1].id)/1 without the fact shop.price, which its manifest "
                + "provides; add it to the answer's facts (C-FACTS)")
    }

    @Test func anItemIsToldByItsNumberInTheFileAndNotInTheSlice() {
        var slice = batch.deliveries[0]
        slice.items.removeFirst()
        let manifest = PluginManifest(name: "price", summary: "Prices.")
        let verdicts = Verdicts([[Answer(.pass, facts: Facts([Price()]))]])
        #expect(
            verdicts.breach(by: manifest, answering: DeliveryBatch([slice]))?.message.contains("item \(slice.id)/2 ")
                == true)
    }
}
