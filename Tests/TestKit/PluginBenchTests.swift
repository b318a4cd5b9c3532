import EventModel
import PluginKit
import TestKit
import Testing

/// Holds what has no name of its own, and notes each update.
private struct Namer: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "namer", summary: "Holds events without a name.")
    private let journal: PluginJournal

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { journal = context.journal }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        journal.log(.debug, "\(String(decoding: delivery.file, as: UTF8.self))/\(item.number)")
        return item.update.name.text == "Event"
            ? Answer(.hold, reason: "it is called \"Event\"; give it a name") : .pass
    }
}

@Suite struct PluginBenchTests {
    @Test func aFileIsAnsweredUpdateByUpdate() async throws {
        let bench = PluginBench(Namer.self)
        let file = """
            [{"@type": "Event", "identifier": "a", "name": "Village Fair", "startDate": "2027-07-03"},
             {"@type": "Event", "identifier": "b", "name": "Event", "startDate": "2027-07-04"}]
            """
        let answers = try await bench.answers(to: file, file: "fairs.jsonld")
        #expect(answers.map(\.verdict) == [.pass, .hold])
        #expect(bench.messages == ["fairs.jsonld/1", "fairs.jsonld/2"])
    }

    @Test func aFileWithoutUpdatesReachesNoPlugin() async throws {
        let bench = PluginBench(Namer.self)
        #expect(try await bench.answers(to: "").isEmpty)
        #expect(bench.messages == [])
    }
}
