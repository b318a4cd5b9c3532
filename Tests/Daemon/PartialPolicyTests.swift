import Requests
import EventModel
import Foundation
import Pipeline
import Systemd
import Testing

@testable import Daemon

/// `publishers.NAME.partial`: what becomes of the good events of a file that has others.
@Suite struct PartialPolicyTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func run(_ policy: String, offered: Offered = Offered()) async throws {
        let settings = "stages = [\"validator\", \"keeper\"]\nslice = 1\n[publishers.default]\npartial = \"\(policy)\""
        _ = try await room.runOnce(settings, offered: offered)
    }

    /// What became of each event, by the answer to the sender.
    private func outcomes() throws -> [String] { try room.outcomes(try room.replies(to: "a.ics").last) }

    @Test(arguments: [
        ("accept", ["one", "no day", "three"], ["accepted", "rejected", "accepted"]),
        ("accept", ["one", "reject", "three"], ["accepted", "rejected", "accepted"]),
        ("accept", ["one", "hold", "three"], ["accepted", "held", "accepted"]),
        ("hold", ["one", "no day", "three"], ["held", "rejected", "held"]),
        ("hold", ["one", "reject", "three"], ["held", "rejected", "held"]),
        ("hold", ["one", "hold", "three"], ["held", "held", "held"]),
        ("reject", ["one", "no day", "three"], ["rejected", "rejected", "rejected"]),
        ("reject", ["one", "reject", "three"], ["rejected", "rejected", "rejected"]),
        ("reject", ["one", "hold", "three"], ["held", "held", "held"]),
        ("reject", ["hold", "no day", "three"], ["rejected", "rejected", "rejected"]),
        // Whoever would have rejected the first one does not see it.
        ("hold", ["reject", "no day"], ["held", "rejected"]),
        ("hold", ["reject", "reject"], ["rejected", "rejected"]),
    ])
    func theGoodOnesShareTheFateThatTheSettingSays(policy: String, names: [String], outcomes: [String]) async throws {
        try room.drop("a.ics", Programme.calendar(names, uid: "a"))
        try await run(policy)
        #expect(try self.outcomes() == outcomes)
        let isHeld = outcomes.contains("held")
        let isRejected = Set(outcomes) == ["rejected"]
        #expect(try room.names("held").count == (isHeld ? 2 : 0))
        #expect(try room.names("rejected").count == (isRejected ? 2 : 0))
    }

    @Test(arguments: ["accept", "hold", "reject"]) func aFileOfGoodOnesIsAcceptedWhateverItSays(policy: String)
        async throws
    {
        try room.drop("a.ics", saying: "one", "absorb", "three")
        try await run(policy)
        #expect(try room.messages(.deliveryAccepted).count == 1)
        #expect(try room.names("active").isEmpty)
    }

    @Test(arguments: ["hold", "reject"]) func theyAreSeenTogetherHoweverShortASliceIs(policy: String) async throws {
        try room.drop("a.ics", saying: "one", "two", "three")
        let offered = Offered()
        try await run(policy, offered: offered)
        #expect(offered.items(of: "a.ics") == [[1, 2, 3]])
    }

    @Test func theReasonNamesTheSetting() async throws {
        try room.drop("a.ics", saying: "one", "no day")
        try await run("hold")
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        #expect(updates.first?["outcome"] as? String == "held")
        let id = try desk.delivery(in: "held")
        let text = try String(
            contentsOfFile: "\(room.spool)/replies/\(getuid())/a.ics.\(id).txt", encoding: .utf8)
        #expect(
            text.contains("another event of the file is rejected, and its publisher's setting is partial = \"hold\""))
    }

    @Test func whatWaitsForTheOthersIsReleasedByAPerson() async throws {
        try room.drop("a.ics", saying: "one", "no day", "three")
        try await run("hold")
        let id = try desk.delivery(in: "held")
        try desk.ask(.release(.init(id, items: [3]), .accept, corrections: []))
        try await run("hold")
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try outcomes() == ["held", "rejected", "accepted"])
        try desk.ask(.release(.init(id), .accept, corrections: []), as: "rest.json")
        try await run("hold")
        #expect(try desk.answer(to: "rest.json").result != .gone)
        #expect(try outcomes() == ["accepted", "rejected", "accepted"])
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func aPublishersOwnSettingCounts() async throws {
        let settings = """
            stages = ["validator", "keeper"]
            [publishers.default]
            partial = "reject"
            [publishers.desk]
            users = [\(getuid())]
            partial = "hold"
            """
        try room.drop("a.ics", saying: "one", "no day")
        _ = try await room.runOnce(settings)
        #expect(try outcomes() == ["held", "rejected"])
    }

    @Test func oneWithoutItsOwnHasThatOfEverybody() async throws {
        let settings = """
            stages = ["validator", "keeper"]
            [publishers.desk]
            users = [\(getuid())]
            [publishers.default]
            partial = "reject"
            """
        try room.drop("a.ics", saying: "one", "no day")
        _ = try await room.runOnce(settings)
        #expect(try outcomes() == ["rejected", "rejected"])
    }
}
