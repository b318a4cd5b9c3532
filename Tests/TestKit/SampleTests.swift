import EventModel
import PluginKit
import TestKit
import Testing

@Suite struct SampleTests {
    private let samples = DeliverySamples.all()

    private func sample(_ file: String) throws -> Delivery {
        try #require(samples.first { $0.file == Array(file.utf8) })
    }

    @Test func ofOneCalendarASingleEventIsBad() throws {
        let calendar = try sample("one bad.ics")
        let bad = calendar.items.map { $0.findings.contains { $0.severity == .error } }
        #expect(bad == [false, true, false, false])
        #expect(calendar.findings.isEmpty, "nothing is wrong with the file as a whole")
    }

    @Test func someFilesHaveSeveralItemsAndSomeNone() throws {
        #expect(try sample("several.ics").items.map(\.number) == [1, 2, 3])
        for name in ["none.ics", "empty", "cut.jsonld"] { #expect(try sample(name).items.isEmpty, "\(name)") }
    }

    @Test func aFileThatIsDroppedAgainSaysTheSameAndKeepsWhatIsKnownOfEachItem() throws {
        let release = Release(.new, decidedBy: 7, decidedAt: Instant(microseconds: 0))
        let first = DeliverySamples.delivery(
            Array("several.ics".utf8), try sample("several.ics").bytes, number: 1, facts: Facts([Publisher("desk")]),
            itemFacts: { $0.number == 2 ? Facts([release]) : Facts() })
        let again = DeliverySamples.again(first, number: 2)
        #expect(again.id > first.id && again.receivedAt > first.receivedAt && again.sha256 == first.sha256)
        #expect(again.facts[Publisher.self]?.publisher == "desk")
        #expect(again.items.map { $0.facts[Release.self] } == [nil, release, nil])
    }
}
