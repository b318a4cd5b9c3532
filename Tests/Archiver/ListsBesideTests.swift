import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Lists beside others of their publisher, and uids that stand for other events.
@Suite("A complete list beside others")
struct ListsBesideTests: ListSuite {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func link(_ alias: String, to uid: String, _ action: EventOrder.Action = .link) async throws {
        try await bench.archiver.carryOut(
            EventOrder(
                action, uid: alias, other: uid, decidedBy: 501, decidedAt: Instant(microseconds: 7), comment: "same"))
    }

    @Test("misses nothing that another one still has, and what is missing from both")
    func elsewhere() async throws {
        _ = try await compare(shows([1, 2, 3]))
        _ = try await compare(shows([2, 3, 4], "hall-*.ics"))
        #expect(try await compare(shows([1, 3])).missing.isEmpty)
        #expect(try await compare(shows([1, 3])).missing.isEmpty)
        #expect(try await compare(shows([3, 4], "hall-*.ics")).missing == ["show-2"])
    }

    @Test("withdraws what another one asked about that it has itself")
    func moved() async throws {
        _ = try await compare(shows([1, 2, 3]))
        let lacking = try shows([1, 3])
        #expect(try await compare(lacking).missing == ["show-2"])
        let hall = try shows([2], "hall-*.ics")
        #expect(try await compare(hall).answered == [lacking.id])
        let late = try await judge(lacking, ["show-2"])
        #expect(
            late.map(\.reason) == ["“Show 2” is in the list \"hall-*.ics\" now (\(hall.id)) and stays as it is"])
        #expect(try status("show-2") == .scheduled)
        #expect(try await compare(shows([1, 3])).missing.isEmpty)
    }

    @Test("of a pattern that is no longer set says nothing")
    func formerPattern() async throws {
        _ = try await compare(shows([1, 2, 3]))
        _ = try await compare(shows([1, 2, 3], "old-*.ics"))
        #expect(try await compare(shows([1, 3])).missing == ["show-2"])
    }

    @Test("expects the event that a uid stands for, and not the uid's own")
    func linked() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        try await link("show-3", to: "show-2")
        #expect(try await compare(shows([1, 2, 4])).missing.isEmpty, "the event stands in it by its own uid")
        #expect(try await compare(shows([1, 3, 4])).missing.isEmpty, "the event stands in it by the other uid")
        #expect(try await compare(shows([1, 4])).missing == ["show-2"])
    }

    @Test("asks no more about a uid that stands for another event by now")
    func linkedWhileAsked() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let lacking = try shows([1, 2, 4])
        #expect(try await compare(lacking).missing == ["show-3"])
        try await link("show-3", to: "show-2")
        #expect(try await judge(lacking, ["show-3"]).map(\.verdict) == [.absorb])
        #expect(try await compare(shows([1, 2, 4])).answered == [lacking.id])
        #expect(
            try await judge(lacking, ["show-3"]).map(\.reason) == [
                "“Show 3” stands for show-2 by now, which is expected instead"
            ])
    }

    @Test("A uid that stands for another event is not counted among the coming ones")
    func coming() async throws {
        let numbers = (1...20).map { $0 }
        for number in numbers { _ = try await bench.drop(show(number)) }
        try await link("show-20", to: "show-19")
        let delivery = bench.delivery(try (1...12).map { try cancellation("show-\($0)", sequence: 1) })
        let answers = try await bench.answers(delivery)
        #expect(answers[0].reason.contains("more than 5 of 19 coming events"), "\(answers[0].reason)")
    }
}
