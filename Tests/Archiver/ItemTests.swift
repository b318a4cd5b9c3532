import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// An answer for each update of a file.
@Suite("An item")
struct ItemTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    /// A file of which the second event waits for a person: what it says was said before.
    private func fileWithOneHeld() async throws -> Delivery {
        _ = try await bench.drop(party("a"))
        _ = try await bench.drop(party("a", day: 2))
        return try bench.delivery(party("b"), party("a"), party("c"))
    }

    @Test("is decided by itself: one that is held keeps none of the others back")
    func oneHeld() async throws {
        let delivery = try await fileWithOneHeld()
        let answers = try await bench.answers(delivery)
        #expect(answers.map(\.verdict) == [.pass, .hold, .pass])
        #expect(answers.map(\.intent) == ["new", nil, "new"])
        #expect(answers[1].codes == ["seen-before"] && answers[1].diagnostics.map(\.update) == [1])
        let reader = try bench.reader()
        #expect(try reader.events().map(\.uid) == ["b", "c", "a"])
        #expect(try reader.bytes(of: delivery.id) == delivery.bytes, "what counts of it is kept with the bytes")
        #expect(try reader.story(ofDelivery: delivery.id).map(\.item) == [1, 2, 3])
    }

    @Test("can be released alone, and the others stay as they were answered")
    func oneReleased() async throws {
        let delivery = try await fileWithOneHeld()
        let first = try await bench.answers(delivery)
        let alone = try await bench.answers(delivery.only(2...2).releasing(2))
        #expect(alone.map(\.intent) == ["rescheduled"])
        let all = try await bench.answers(delivery.releasing(2))
        #expect(all.map(\.intent) == ["new", "rescheduled", "new"])
        #expect(all[0].fingerprint == first[0].fingerprint && all[1].fingerprint == alone[0].fingerprint)
        let reader = try bench.reader()
        #expect(try reader.event(uid: "a")?.history.count == 3)
        #expect(try reader.story(ofItem: 2, of: delivery.id).map(\.outcome) == [.held, .accepted])
        #expect(try reader.story(ofItem: 1, of: delivery.id).map(\.outcome) == [.accepted])
    }

    @Test("comes in whatever slices, and is decided once")
    func slices() async throws {
        let updates = try (1...9).map { try party("e\($0 % 4)", day: $0, sequence: $0) }
        let delivery = bench.delivery(updates)
        var sliced: [Answer] = []
        for slice in [1...4, 5...5, 6...9] { sliced += try await bench.answers(delivery.only(slice)) }
        #expect(sliced.map(\.intent).prefix(5) == ["new", "new", "new", "new", "rescheduled"])
        #expect(try await bench.answers(delivery).map(\.fingerprint) == sliced.map(\.fingerprint))
        #expect(try bench.reader().logPosition().number == 9)
        #expect(try bench.reader().counts() == ArchiveCounts(deliveries: 1, events: 4))
    }

    @Test("that a person has tried again is judged again")
    func retried() async throws {
        let delivery = try await fileWithOneHeld()
        _ = try await bench.answers(delivery)
        let retry = LedgerEntry(
            .retried, of: DeliveryHeader(delivery), item: 2, decidedBy: 501, time: Instant(microseconds: 9))
        for _ in 0..<2 { try await bench.archiver.record([retry]) }
        #expect(try await bench.answers(delivery.only(2...2))[0].verdict == .hold)
        let story = try bench.reader().story(ofItem: 2, of: delivery.id)
        #expect(story.map(\.outcome) == [.held, .retried, .held])
    }

    private static let hold = Facts([PartialPolicy.hold])

    @Test("of a file that counts as a whole waits with the one that is held, and nothing of it counts")
    func policy() async throws {
        var delivery = try await fileWithOneHeld()
        delivery.facts = Self.hold
        let answers = try await bench.answers(delivery)
        #expect(answers.map(\.verdict) == [.hold, .hold, .hold])
        #expect(answers[0].reason.hasPrefix("another event of the file is held, and its publisher's setting"))
        #expect(answers[1].codes == ["seen-before"])
        let reader = try bench.reader()
        #expect(try reader.events().map(\.uid) == ["a"])
        #expect(try reader.bytes(of: delivery.id) == nil)
        #expect(try await bench.answers(delivery).map(\.fingerprint) == answers.map(\.fingerprint))
        #expect(try reader.story(ofDelivery: delivery.id).count == 3, "said once")
        #expect(try reader.heldItems().map(\.item) == [1, 2, 3])
        #expect(try await bench.answers(delivery.releasing(2)).map(\.intent) == ["new", "rescheduled", "new"])
        #expect(try reader.heldItems().isEmpty)
    }

    @Test("of a file that is refused as a whole is refused with the one that is")
    func refusedTogether() async throws {
        _ = try await bench.drop(party("gone"))
        let order = EventOrder(.forget, uid: "gone", decidedBy: 501, decidedAt: Instant(microseconds: 7))
        try await bench.archiver.carryOut(order)
        var delivery = try bench.delivery(party("b"), party("gone", day: 3))
        delivery.facts = Facts([PartialPolicy.reject])
        #expect(try await bench.answers(delivery).map(\.verdict) == [.reject, .reject])
        #expect(try bench.reader().events().isEmpty)
        delivery = try bench.delivery(party("b"), party("gone", day: 3))
        #expect(try await bench.answers(delivery).map(\.verdict) == [.pass, .reject])
        #expect(try bench.reader().events().map(\.uid) == ["b"])
    }

    @Test("of a file that counts as a whole counts where all are good")
    func wholeAndGood() async throws {
        let answers = try await bench.dropTogether(party("a"), party("b"), party("a", day: 2), facts: Self.hold)
        #expect(answers.map(\.intent) == ["new", "new", "rescheduled"])
        #expect(try bench.reader().counts() == ArchiveCounts(deliveries: 1, events: 2))
    }
}
