import CommandLineKit
import EventModel
import Foundation
import Pipeline
import PluginKit
import Systemd
import Testing

@testable import Requests
@testable import Daemon

/// What a person decides about one event of a file leaves the others as they are.
@Suite struct ItemDecisionTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func hold(_ names: String...) async throws -> DeliveryID {
        try room.drop("a.ics", Programme.calendar(names, uid: "a"))
        #expect(try await room.runOnce() == .attention)
        return try desk.delivery(in: "held")
    }

    private func release(_ id: DeliveryID, _ items: [Int], as name: String = "ask.json") throws {
        try desk.ask(.release(.init(id, items: items), .accept, corrections: []), as: name)
    }

    private func outcomes() throws -> [String] { try room.outcomes(try room.report("held")) }

    private func isGone() throws -> Bool {
        try ["active", "held", "rejected", "deferred", "accepted", "requests"].allSatisfy { try room.names($0).isEmpty }
    }

    // MARK: Released

    @Test func oneIsReleasedAndTheOthersWait() async throws {
        let id = try await hold("hold", "pass", "hold")
        #expect(try outcomes() == ["held", "accepted", "held"])
        try release(id, [3])
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[3]], "nobody asks again about the others")
        let answer = try desk.answer()
        #expect(answer.result == .outcome(.accepted) && answer.items == DecidedItems(id, items: [3]))
        #expect(try outcomes() == ["held", "accepted", "accepted"])
        #expect(try room.names("held").count == 2 && room.names("requests").isEmpty && room.names("active").isEmpty)
        let entry = try #require(try room.entries().first { $0["TIDINGS_DECIDED_BY"] != nil })
        let item = entry["TIDINGS_ITEM"] ?? ""
        #expect(entry["TIDINGS_DELIVERY"] as? String == id.description && "\(item)" == "3")
        #expect((entry["MESSAGE"] as? String)?.hasPrefix("user \(getuid()) asked to release \(id)/3: accepted") == true)
    }

    @Test func whoReleasedItStandsInTheReport() async throws {
        let id = try await hold("hold", "hold")
        try release(id, [2])
        _ = try await room.runOnce()
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        let release = try #require(updates.last?["release"] as? [String: Any])
        #expect(release["decidedBy"] as? Int == Int(getuid()))
        #expect(updates.first?["release"] == nil)
    }

    @Test func severalAreReleasedInOneRequest() async throws {
        let id = try await hold("hold", "pass", "hold", "hold")
        try release(id, [1, 3])
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[1, 3]])
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try outcomes() == ["accepted", "accepted", "accepted", "held"])
    }

    @Test func whatOneWasReleasedWithSaysNothingOfTheNext() async throws {
        let id = try await hold("hold", "hold", "hold", "hold", "hold")
        try release(id, [1])
        _ = try await room.runOnce()
        for (item, name) in [(2, "two.json"), (3, "three.json")] {
            let corrections = [Correction("name.text", "pass \(item)")]
            try desk.ask(.release(.init(id, items: [item]), .accept, corrections: corrections), as: name)
            _ = try await room.runOnce()
            let answer = try desk.answer(to: name)
            #expect(answer.result == .outcome(.accepted), "\(answer.message)")
        }
        try desk.ask(.discard(.init(id, items: [4])), as: "four.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "four.json").result == .discarded)
        try desk.ask(.retry(.init(id)), as: "five.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "five.json").result == .outcome(.held))
        #expect(try outcomes() == ["accepted", "accepted", "accepted", "discarded", "held"])
    }

    @Test func whoHasAllTriedAgainIsNotAnsweredForAnother() async throws {
        let id = try await hold("hold", "hold", "pass")
        try release(id, [1], as: "one.json")
        try desk.ask(.retry(.init(id)), as: "two.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "one.json").result == .outcome(.accepted))
        #expect(try desk.answer(to: "two.json").result == .outcome(.held))
        #expect(try outcomes() == ["accepted", "held", "accepted"])
    }

    @Test func allThatWaitAreReleasedTogether() async throws {
        let id = try await hold("hold", "pass", "reject", "hold")
        try release(id, [])
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[1, 4]])
        #expect(try isGone())
        #expect(try room.outcomes(room.replies(to: "a.ics").last) == ["accepted", "accepted", "rejected", "accepted"])
    }

    @Test func theLastOneLetsTheFileGo() async throws {
        let id = try await hold("hold", "hold")
        for item in [2, 1] {
            try release(id, [item], as: "\(item).json")
            _ = try await room.runOnce()
            #expect(try desk.answer(to: "\(item).json").result == .outcome(.accepted))
        }
        #expect(try isGone())
        #expect(try room.messages(.deliveryAccepted).count == 1)
    }

    @Test func whatAStageStillRefusesStaysHeldAndTheOthersGoOn() async throws {
        let id = try await hold("hold", "hold reject", "pass")
        try release(id, [])
        _ = try await room.runOnce()
        let answer = try desk.answer()
        #expect(answer.result == .outcome(.partial))
        #expect(
            answer.message.contains("refused as it asked") && answer.message.contains("item 2"), "\(answer.message)")
        #expect(try outcomes() == ["accepted", "held", "accepted"])
        #expect(try room.names("rejected").isEmpty)
    }

    @Test func whatIsSaidOfOneIsNotSaidOfTwo() async throws {
        let id = try await hold("hold", "hold")
        let report = try #require(try room.report("held")) as NSDictionary
        try desk.ask(.release(.init(id), .new, corrections: []))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(try desk.answer().result == .refused)
        #expect(try desk.answer().message.contains("release them one by one"))
        #expect(offered.names.isEmpty)
        #expect(try #require(try room.report("held")) as NSDictionary == report)
    }

    // MARK: Discarded

    @Test func oneIsDiscardedAndTheOthersWait() async throws {
        let id = try await hold("hold", "pass", "hold")
        try desk.ask(.discard(.init(id, items: [1])))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.names.isEmpty, "no stage is asked")
        #expect(try desk.answer().result == .discarded)
        #expect(try outcomes() == ["discarded", "accepted", "held"])
        try release(id, [1], as: "late.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "late.json").result == .gone, "what was thrown away does not come back")
        #expect(try outcomes() == ["discarded", "accepted", "held"])
    }

    @Test func theLastOneThatIsDiscardedLetsTheFileGo() async throws {
        let id = try await hold("hold", "hold")
        for item in 1...2 {
            try desk.ask(.discard(.init(id, items: [item])), as: "\(item).json")
            _ = try await room.runOnce()
            #expect(try desk.answer(to: "\(item).json").result == .discarded)
        }
        #expect(try isGone())
        #expect(try room.messages(.deliveryDiscarded).count == 1)
    }

    @Test func whatWasAcceptedStaysAcceptedWhenTheRestIsDiscarded() async throws {
        let id = try await hold("pass", "hold")
        try desk.ask(.discard(.init(id, items: [2])))
        _ = try await room.runOnce()
        #expect(try desk.answer().result == .discarded)
        #expect(try isGone())
        #expect(try room.outcomes(room.replies(to: "a.ics").last) == ["accepted", "discarded"])
    }

    // MARK: Not there

    @Test(arguments: [[1], [3], [9], [2, 3]], ["release", "discard"])
    func whatIsNotHeldIsGone(items: [Int], action: String) async throws {
        let id = try await hold("pass", "hold", "reject")
        let report = try #require(try room.report("held")) as NSDictionary
        let decided = DecidedItems(id, items: items)
        try desk.ask(action == "release" ? .release(decided, .accept, corrections: []) : .discard(decided))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(try desk.answer().result == .gone)
        let missing = items.first { $0 != 2 } ?? 0
        let words =
            missing > 3 ? "\(id) has 3 updates; there is no item \(missing)" : "item \(missing) of \(id) is not held"
        #expect(try desk.answer().message.hasPrefix(words))
        #expect(offered.names.isEmpty)
        #expect(try #require(try room.report("held")) as NSDictionary == report, "and nothing else is decided either")
        #expect(try room.names("active").isEmpty && room.names("requests").isEmpty)
    }

    @Test func whatIsAskedTwiceIsDoneOnce() async throws {
        let id = try await hold("hold", "hold")
        try release(id, [1], as: "first.json")
        try release(id, [1], as: "second.json")
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[1]])
        let results = try ["first.json", "second.json"].map { try desk.answer(to: $0).result }
        // Asked at the very same moment, they are one.
        #expect(results[0] == .outcome(.accepted) && [.outcome(.accepted), .gone].contains(results[1]))
    }
}
