import EventModel
import Foundation
import Notifier
import TestKit
import Testing

/// What must not be seen is in no output, byte by byte.
struct CareTests {
    private func outputs(_ harness: NotifierHarness, contain words: String) throws -> [String] {
        try harness.files().filter { $0.value.range(of: Data(words.utf8)) != nil }.map(\.key).sorted()
    }

    private static let all = ["calendar.ics", "events.jsonld", "feed.atom", "index.html"]

    @Test func aPublicEventIsInAllOutputs() async throws {
        let harness = try NotifierHarness()
        try await harness.make().offer(harness.delivery(Harness.new(Harness.gala())))
        #expect(try outputs(harness, contain: "Winter Gala") == CareTests.all)
    }

    @Test func aPrivateEventIsInNone() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "Secret Supper")
        event.visibility = .private
        try await harness.make().offer(
            harness.delivery(Harness.new(event)), harness.delivery(Harness.new(Harness.gala(uid: "other"))))
        #expect(try outputs(harness, contain: "Secret") == [])
        #expect(try outputs(harness, contain: event.uid) == [])
    }

    @Test func anEventThatBecomesPrivateDisappearsWithItsPast() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let open = Harness.gala(name: "Secret Supper")
        var moved = open
        moved.occurrences[0].place?.name = "Stadtcasino"
        var closed = moved
        closed.visibility = .private
        try await notifier.offer(
            harness.delivery(Harness.new(open)), harness.delivery(Harness.change(open, moved, .corrected)))
        #expect(try outputs(harness, contain: "Secret Supper") == CareTests.all)
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(moved, closed, .corrected, revision: 3)))
        #expect(try outputs(harness, contain: "Secret") == [])
        #expect(try outputs(harness, contain: "casino") == [])
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(closed, moved, .corrected, revision: 4)))
        #expect(try harness.feed().titles == ["New: Secret Supper"])
    }

    @Test func anOldPublicRevisionOfAPrivateEventStaysHidden() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let open = Harness.gala(name: "Secret Supper")
        var closed = open
        closed.visibility = .private
        let old = harness.delivery(Harness.new(open))
        try await notifier.offer(harness.delivery(Harness.change(open, closed, .corrected)))
        try await notifier.offer(old)
        try await notifier.drain()
        #expect(try outputs(harness, contain: "Secret") == [])
    }

    @Test func anEmbargoedEventAppearsByItselfWhenTheEmbargoEnds() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        var event = Harness.gala(name: "Secret Supper")
        event.embargoUntil = harness.clock.now.adding(.seconds(600))
        try await notifier.offer(
            harness.delivery(Harness.new(event)), harness.delivery(Harness.new(Harness.gala(uid: "other"))))
        #expect(try outputs(harness, contain: "Secret") == [])
        let running = Task { try await notifier.run() }
        await harness.clock.untilSomebodyWaits()
        harness.clock.advance(by: .seconds(599))
        await harness.clock.untilSomebodyWaits()
        #expect(try outputs(harness, contain: "Secret") == [])
        harness.clock.advance(by: .seconds(1))
        await harness.clock.untilSomebodyWaits()
        #expect(try outputs(harness, contain: "Secret Supper") == CareTests.all)
        #expect(try harness.feed().titles.first == "New: Secret Supper")
        running.cancel()
        try await running.value
    }

    @Test func anEmbargoedChangeHidesTheEventAndIsToldAtItsEnd() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let before = Harness.gala(name: "Secret Supper")
        var after = before
        after.status = .cancelled
        after.embargoUntil = harness.clock.now.adding(.seconds(60))
        try await notifier.offer(harness.delivery(Harness.new(before)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(before, after, .cancelled)))
        #expect(try outputs(harness, contain: "Secret") == [])
        harness.clock.advance(by: .seconds(60))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "other"))))
        #expect(
            try harness.feed().titles.sorted() == [
                "Cancelled: Secret Supper", "New: Secret Supper", "New: Winter Gala",
            ])
    }

    @Test func addressesReceiptsAndWhatIsNotUnderstoodStayInside() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala()
        event.parties[0].email = "director@example.org"
        event.links = ["mailto:desk@example.org", "https://example.org/gala"]
        event.extensions = [
            Extension(vocabulary: "icalendar", content: "X-NOTE:inner remark"),
            Extension(vocabulary: "schema.org", name: "about", content: "\"inner remark\""),
        ]
        event.evidence = [Evidence(fieldPath: "name", basis: .stated, rule: "headline.inner")]
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        for words in ["director@", "desk@", "inner", event.receipt.source.sha256] {
            #expect(try outputs(harness, contain: words) == [], "\(words)")
        }
        #expect(try harness.read("index.html").contains("https://example.org/gala"))
    }

    @Test func inferredPlacesAreNotShownAsStatedAndAnInferredYearIsMarked() async throws {
        let harness = try NotifierHarness(now: "2020-02-01T12:00:00Z")
        var event = Harness.rallies(["Paris", "Rome"], from: "2020-02-07", to: "2020-02-08")
        for index in event.occurrences.indices {
            event.occurrences[index].place?.country = "ZZ"
            event.occurrences[index].when.timeZone = "Europe/Inferred"
            event.occurrences[index].place?.timeZone = "Europe/Inferred"
            for field in ["place.country", "when.timeZone", "place.timeZone", "when.start.year", "place.name"] {
                event.evidence.append(
                    Evidence(fieldPath: "occurrences[\(index)].\(field)", basis: .inferred, rule: "gazetteer"))
            }
        }
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        #expect(try outputs(harness, contain: "ZZ") == [])
        #expect(try outputs(harness, contain: "Europe/Inferred") == [])
        #expect(try harness.read("index.html").contains("year inferred"))
        #expect(try harness.read("index.html").contains("place inferred"))
        #expect(
            try harness.read("calendar.ics").contains(
                "COMMENT:Inferred\\, not stated: year\\, place"))
        #expect(try harness.read("events.jsonld").contains("Inferred, not stated: year, place"))
    }

    @Test func anEventTheArchiveNoLongerHasIsTakenOutOfEveryOutput() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let event = Harness.gala(name: "Secret Supper")
        try await notifier.offer(harness.delivery(Harness.new(event)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(
            harness.delivery(
                Resolution(uid: event.uid, intent: .cancelled, revision: 2, before: event, after: nil, changes: [])))
        #expect(try outputs(harness, contain: "Secret") == [])
    }
}
