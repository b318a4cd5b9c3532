import CommandLineKit
import EventModel
import Foundation
import PluginKit
import Systemd
import TestKit
import Testing

@testable import Requests
@testable import Daemon

/// What people read of decisions that are taken back, or that cannot be carried out.
@Suite struct TakenBackTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func drop(_ name: String, _ text: String) async throws -> DeliveryID {
        try room.drop(name, text)
        #expect(try await desk.run() == .ok)
        let last = try #require(try room.entries().last { $0["TIDINGS_OUTCOME"] as? String == "accepted" })
        return try #require((last["TIDINGS_DELIVERY"] as? String).flatMap { DeliveryID($0) })
    }

    private func revert(_ id: DeliveryID, items: [Int] = [], as name: String = "revert.json") async throws
        -> DecisionReply
    {
        try desk.ask(.revert(.init(id, items: items)), as: name)
        #expect(try await desk.run() == .ok)
        return try desk.answer(to: name)
    }

    @Test func aMoveThatIsTakenBackIsToldSo() async throws {
        _ = try await drop("a.jsonld", DecisionRoom.concert("c1", start: "2031-06-10"))
        let moved = try await drop("b.jsonld", DecisionRoom.concert("c1", start: "2031-06-12", sequence: 2))
        let message = try #require(try room.messages(.deliveryAccepted).last)
        #expect(!message.contains("previousStarts") && !message.contains(":  was") && !message.contains("; was"))
        #expect(try await revert(moved).message == "taken back: “Concert” is again on 10 June 2031, 20:00")
        #expect(
            try room.messages(.deliveryAccepted).last
                == "revert-\(moved).json: accepted: taken back: “Concert” is again on 10 June 2031, 20:00")
        let feed = try String(contentsOfFile: "\(room.directory.path)/state/site/feed.atom", encoding: .utf8)
        #expect(feed.contains("Taken back: Concert, again 10 June 2031, 20:00"))
        #expect(!feed.contains("Back on"))
    }

    @Test func whatCannotBeTakenBackSaysWhy() async throws {
        let id = try await drop("a.jsonld", DecisionRoom.concert("c1"))
        #expect(try await revert(id, items: [99], as: "item.json").message == "\(id) has 1 update; there is no item 99")
        let unknown = DeliveryID(high: 1, low: 1)
        #expect(try await revert(unknown, as: "unknown.json").message == "no delivery \(unknown) is known")
        try desk.ask(.release(.init(unknown), .accept, corrections: []), as: "release.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "release.json").message == "no delivery \(unknown) is known")
        #expect(try desk.answer(to: "release.json").result == .gone)
        // It is that person's slip, and no trouble of the service.
        #expect(MessageID.requestRefused.priority == .notice)
    }

    @Test func whoIsNotSuspendedCannotBeResumed() async throws {
        try desk.ask(.resume(.user(4321)), as: "none.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "none.json").result == .gone)
        #expect(try desk.answer(to: "none.json").message == "user 4321 was not suspended; nothing has changed")
        for (name, action) in [
            ("suspend.json", DecisionRequest.Action.suspend(.user(4321))), ("resume.json", .resume(.user(4321))),
        ] {
            try desk.ask(action, as: name)
            #expect(try await desk.run() == .ok)
        }
        #expect(try desk.answer(to: "resume.json").result == .resumed)
    }
}
