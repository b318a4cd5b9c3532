import EventModel
import Foundation
import Notifier
import PluginKit
import TestKit
import Testing

/// Subscribers hear once about each change, and hear what changed.
struct HearOnceTests {
    @Test func aLoneDropIsOnTheSiteWhenItsOutcomeIsTold() async throws {
        let harness = try NotifierHarness()
        try await harness.make().offer(harness.delivery(Harness.new(Harness.gala())))
        #expect(try harness.read("index.html").contains("Winter Gala"))
        #expect(try harness.feed().titles == ["New: Winter Gala"])
    }

    @Test func aCorrectionIsToldOnceAndSaysWhatChanged() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let before = Harness.gala()
        var after = before
        after.occurrences[0].place?.name = "Stadtcasino"
        try await notifier.offer(harness.delivery(Harness.new(before)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(before, after, .corrected)))
        let feed = try harness.feed()
        #expect(feed.titles == ["Corrected: Winter Gala", "New: Winter Gala"])
        #expect(feed.entries[0].content.contains("Place: Volkshaus, Rebgasse 12, Basel, CH → Stadtcasino"))
        #expect(try harness.read("index.html").contains("Stadtcasino"))
    }

    @Test(arguments: [EventStatus.cancelled, .postponed])
    func aCorrectionOfWhatDoesNotTakePlaceSaysThatItDoesNot(status: EventStatus) async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        var before = Harness.gala()
        before.status = status
        var after = before
        after.occurrences[0].place?.name = "Stadtcasino"
        try await notifier.offer(harness.delivery(Harness.new(before)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(before, after, .corrected)))
        #expect(try harness.feed().titles.first == "Corrected (\(status.rawValue)): Winter Gala")
    }

    @Test func theSameDeliveryOfferedTwiceChangesNothing() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let delivery = harness.delivery(Harness.new(Harness.gala()))
        try await notifier.offer(delivery)
        let files = try harness.files()
        harness.clock.advance(by: .seconds(100))
        try await notifier.offer(delivery)
        #expect(try harness.files() == files)
    }

    @Test(arguments: [Intent.new, .unchanged, .stale])
    func theSameContentUnderAnotherDeliveryIsNoNews(intent: Intent) async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala())))
        let files = try harness.files()
        harness.clock.advance(by: .seconds(100))
        var again = Harness.gala()
        again.receipt.receivedAt = harness.clock.now
        try await notifier.offer(
            harness.delivery(
                Resolution(uid: again.uid, intent: intent, revision: 1, before: nil, after: again, changes: [])))
        #expect(try harness.files() == files)
    }

    @Test func whatWasNeverToldIsToldEvenIfTheArchiveKnewIt() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let event = Harness.gala()
        try await notifier.offer(harness.delivery(Harness.change(event, event, .unchanged, revision: 1)))
        #expect(try harness.feed().titles == ["New: Winter Gala"])
    }

    @Test func aRestartForgetsNothing() async throws {
        let harness = try NotifierHarness()
        let first = try await harness.make()
        try await first.offer(harness.delivery(Harness.new(Harness.gala())))
        try await first.drain()
        let files = try harness.files()
        harness.clock.advance(by: .seconds(10))
        let second = try await harness.make()
        try await second.offer(harness.delivery(Harness.new(Harness.gala())))
        try await second.drain()
        #expect(try harness.files() == files)
    }

    @Test func aDeferredOldRevisionNeverTurnsTheEventBack() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let first = Harness.gala()
        let old = harness.delivery(Harness.new(first))
        var second = first
        second.name.text = "Winter Ball"
        try await notifier.offer(harness.delivery(Harness.change(first, second, .corrected)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(old)
        #expect(try harness.feed().titles == ["New: Winter Ball"])
    }

    @Test func aHigherSequenceAloneIsNoNewsButIsInTheCalendar() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        var event = Harness.gala()
        event.sequence = 1
        try await notifier.offer(harness.delivery(Harness.new(event)))
        harness.clock.advance(by: .seconds(2))
        event.sequence = 7
        try await notifier.offer(harness.delivery(Harness.change(event, event, .unchanged, revision: 1)))
        #expect(try harness.feed().entries.count == 1)
        #expect(try harness.read("calendar.ics").contains("SEQUENCE:7"))
    }

    @Test func severalChangesInOneBatchAreSeveralEntriesAndOneState() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let first = Harness.gala()
        let second = Harness.gala(start: "2026-12-06T19:00")
        try await notifier.offer(
            harness.delivery(Harness.new(first)), harness.delivery(Harness.change(first, second, .rescheduled)))
        let feed = try harness.feed()
        #expect(
            feed.titles == [
                "Rescheduled: Winter Gala, now 6 December 2026, 19:00 Europe/Zurich time", "New: Winter Gala",
            ])
        #expect(feed.entries[0].content.contains("Time: 5 December 2026, 19:00 → 6 December 2026, 19:00."))
    }

    @Test func theFeedKeepsTheNewestEntriesAndItsIdentity() async throws {
        let harness = try NotifierHarness()
        harness.channel.feedEntries = 3
        let notifier = try await harness.make()
        for number in 1...5 {
            harness.clock.advance(by: .seconds(2))
            try await notifier.offer(
                harness.delivery(Harness.new(Harness.gala(uid: "\(number)", name: "Evening \(number)"))))
        }
        let feed = try harness.feed()
        #expect(feed.titles == ["New: Evening 5", "New: Evening 4", "New: Evening 3"])
        #expect(Set(feed.entries.map(\.id)).count == 3)
        #expect(feed.entries.allSatisfy { $0.id.hasPrefix("urn:uuid:") })
        try await notifier.drain()
        _ = try await harness.make().offer(harness.delivery(Harness.new(Harness.gala(uid: "6", name: "Evening 6"))))
        let next = try harness.feed()
        #expect(next.fields["id"] == feed.fields["id"])
        #expect(next.entries.dropFirst().map(\.id) == feed.entries.dropLast().map(\.id))
    }

    @Test func theSlicesOfALongDeliveryAreToldAsOneWouldBe() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let whole = harness.delivery(
            Harness.new(Harness.gala(uid: "1", name: "One")), Harness.new(Harness.gala(uid: "2", name: "Two")),
            Harness.new(Harness.gala(uid: "3", name: "Three")))
        for item in whole.items + whole.items.prefix(1) {
            var slice = whole
            slice.items = [item]
            try await notifier.offer(slice)
        }
        try await notifier.drain()
        #expect(try harness.feed().titles == ["New: Three", "New: Two", "New: One"], "each once")
    }

    @Test(arguments: [0, 1]) func anUpdateWithoutAResolutionIsAFaultOfThePipeline(place: Int) async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        var delivery = harness.delivery(
            Harness.new(Harness.gala(uid: "1", name: "One")), Harness.new(Harness.gala(uid: "2", name: "Two")))
        delivery.items[place].facts = Facts()
        let batch = DeliveryBatch([delivery])
        let failure = await #expect(throws: PluginFailure.self) { try await notifier.process(batch) }
        #expect(failure?.kind == .permanent)
        #expect(failure?.message.contains("pipeline.stages") == true)
    }
}
