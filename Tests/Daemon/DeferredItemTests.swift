import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Testing

@testable import Daemon

/// A deferred file is tried again with what is undecided of it, and nothing else.
@Suite struct DeferredItemTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }
    private let stages = "stages = [\"validator\", \"sorter\", \"keeper\"]"

    private func deferred(_ offered: Offered) async throws -> DeliveryID {
        try room.drop("a.ics", saying: "pass", "no day", "later", "hold")
        #expect(try await room.runOnce(stages, offered: offered) == .attention)
        #expect(offered.items(of: "a.ics") == [[1, 3, 4]])
        #expect(try room.outcomes(try room.report("deferred")) == ["deferred", "rejected", "deferred", "held"])
        return try desk.delivery(in: "deferred")
    }

    @Test func whenItsTimeComes() async throws {
        let offered = Offered()
        _ = try await deferred(offered)
        try room.makeDue()
        #expect(try await room.runOnce(stages, offered: offered) == .attention)
        #expect(offered.items(of: "a.ics") == [[1, 3, 4], [3]], "the others have passed, or have their answer")
        #expect(offered.items(of: "sorter:a.ics") == [[1, 3, 4]], "who passed it is not asked again")
        #expect(try room.names("deferred").isEmpty)
        #expect(try room.outcomes(try room.report("held")) == ["accepted", "rejected", "accepted", "held"])
    }

    @Test func whenAPersonAsksForOneOfThem() async throws {
        let offered = Offered()
        let id = try await deferred(offered)
        try desk.ask(.retry(.init(id, items: [3])))
        _ = try await room.runOnce(stages, offered: offered)
        #expect(offered.items(of: "a.ics") == [[1, 3, 4], [3]])
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try room.outcomes(try room.report("held")) == ["accepted", "rejected", "accepted", "held"])
    }

    @Test func whatWasRejectedIsJudgedAgainByItself() async throws {
        try room.drop("a.ics", saying: "pass", "no day", "hold")
        _ = try await room.runOnce(stages)
        let id = try desk.delivery(in: "held")
        // The rule that refused it is not asked for any more.
        try desk.ask(.retry(.init(id, items: [2])))
        let offered = Offered()
        _ = try await room.runOnce("stages = [\"sorter\", \"keeper\"]", offered: offered)
        #expect(offered.items(of: "a.ics") == [[2]])
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try room.outcomes(try room.report("held")) == ["accepted", "accepted", "held"])
    }

    @Test func whatCountsIsNotTriedAgain() async throws {
        try room.drop("a.ics", saying: "pass", "hold")
        _ = try await room.runOnce(stages)
        let id = try desk.delivery(in: "held")
        try desk.ask(.retry(.init(id, items: [1])), as: "one.json")
        let offered = Offered()
        _ = try await room.runOnce(stages, offered: offered)
        #expect(try desk.answer(to: "one.json").result == .gone)
        try desk.ask(.retry(.init(id)), as: "all.json")
        _ = try await room.runOnce(stages, offered: offered)
        #expect(offered.items(of: "a.ics") == [[2]], "of the whole file, what does not count is tried again")
        #expect(try desk.answer(to: "all.json").result == .outcome(.held), "the answer is about what waited")
    }

    @Test func whatIsTriedTooOftenIsHeldAndTheOthersCount() async throws {
        let settings = "stages = [\"keeper\"]\nretry_first = \"10ms\"\nretry_longest = \"10ms\"\nmax_attempts = 2"
        try room.drop("a.ics", saying: "pass", "retry", "reject")
        _ = try await room.runOnce(settings)
        try room.makeDue()
        let offered = Offered()
        _ = try await room.runOnce(settings, offered: offered)
        #expect(offered.items(of: "a.ics") == [[2]])
        let report = try #require(try room.report("held"))
        #expect(try room.outcomes(report) == ["accepted", "held", "rejected"])
        #expect((report["message"] as? String)?.contains("1 is held") == true)
    }

    @Test(arguments: [[], [Correction("name.text", "Gala later")]])
    func whatAPersonReleasedIsReleasedAtTheNextTryToo(corrections: [Correction]) async throws {
        try room.drop("a.ics", saying: "hold later", "hold", "pass")
        _ = try await room.runOnce(stages)
        let id = try desk.delivery(in: "held")
        try desk.ask(.release(.init(id, items: [1]), .accept, corrections: corrections))
        let offered = Offered()
        _ = try await room.runOnce(stages, offered: offered)
        #expect(try desk.answer().result == .outcome(.deferred))
        #expect(try room.outcomes(try room.report("deferred")) == ["deferred", "held", "accepted"])
        try room.makeDue()
        _ = try await room.runOnce(stages, offered: offered)
        #expect(offered.items(of: "a.ics") == [[1], [1]])
        #expect(try room.names("rejected").isEmpty)
        #expect(try room.outcomes(try room.report("held")) == ["accepted", "held", "accepted"])
    }
}
