import EventModel
import PluginKit
import Testing

/// A fact that stages give in these tests.
private struct Rank: Fact, Equatable {
    static let name = "test.rank"
    var number: Int
}

@Suite struct DeliveryTests {
    private func update(_ uid: String) -> DecodedUpdate {
        DecodedUpdate(
            EventUpdate(
                uid: uid, name: LanguageText(uid),
                receipt: Receipt(
                    receivedAt: Instant(microseconds: 0),
                    source: Source(mediaType: "text/calendar", sha256: "", byteCount: 0))))
    }

    private func finding(_ message: String, of update: Int?) -> Diagnostic {
        var finding = Diagnostic(.invalidDate, severity: .error, message: message)
        finding.update = update
        return finding
    }

    private func delivery(_ decoded: Decoded) -> Delivery {
        Delivery(
            id: DeliveryID(high: 1, low: 1), file: [], bytes: [], sha256: "", submitter: 1,
            receivedAt: Instant(microseconds: 0), decoded: decoded)
    }

    @Test func eachUpdateOfAFileIsAnItemWithItsNumber() {
        let delivery = delivery(Decoded(format: .icalendar, updates: [update("a"), update("b"), update("c")]))
        #expect(delivery.items.map(\.number) == [1, 2, 3])
        #expect(delivery.items.map(\.update.uid) == ["a", "b", "c"])
        #expect(delivery.format == .icalendar)
    }

    @Test func aFindingStandsWithTheUpdateItIsAboutAndElseWithTheFile() {
        let findings = [
            finding("of b", of: 1), finding("of the file", of: nil), finding("of a", of: 0), finding("of b too", of: 1),
            finding("of one that was left out", of: 7),
        ]
        let delivery = delivery(
            Decoded(format: .icalendar, updates: [update("a"), update("b")], diagnostics: findings))
        #expect(delivery.items.map { $0.findings.map(\.message) } == [["of a"], ["of b", "of b too"]])
        #expect(delivery.findings.map(\.message) == ["of the file", "of one that was left out"])
    }

    @Test func aFileWithoutUpdatesHasNoItems() {
        let delivery = delivery(Decoded(format: nil, diagnostics: [finding("nothing", of: nil)]))
        #expect(delivery.items.isEmpty && delivery.findings.count == 1)
    }

    @Test func ofTwoFactsOfOneTypeTheLaterCounts() {
        var facts = Facts([Rank(number: 1)])
        #expect(facts[Release.self] == nil)
        facts.add(Facts([Publisher("desk"), Rank(number: 2)]))
        #expect(facts[Rank.self] == Rank(number: 2))
        #expect(facts[Publisher.self]?.publisher == "desk")
        #expect(facts.names == ["test.rank", "tidings.publisher", "test.rank"])
    }
}
