import CommandLineKit
import EventModel
import Foundation
import Pipeline
import PluginKit
import Synchronization
import Systemd
import Testing

@testable import Requests
@testable import Daemon
@testable import Spool

/// A daemon that was killed between two steps of a decision: the states that it leaves, and what the next one makes of
/// them.
@Suite struct DecisionKillTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func hold() async throws -> (DeliveryID, String) {
        try room.drop("walk.txt", DecisionRoom.walk)
        #expect(try await desk.run() == .attention)
        let id = try desk.delivery(in: "held")
        return (id, "\(id)-walk.txt")
    }

    @Test func aKillInTheMiddleFindsTheRequestAndWhatWasDecided() async throws {
        try room.drop("a.ics", saying: "hold")
        _ = try await room.runOnce()
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []))
        let offered = Offered()
        let found = Mutex<[String]>([])
        offered.whenAsked { [room] _ in
            // The file is in work now.
            let noted = (try? room.report("active"))??["decision"] as? [String: Any]
            let files = (try? room.names("active").filter { !$0.hasSuffix(".report.json") }) ?? []
            let names = ((try? room.names("requests")) ?? []) + files.map { "\($0.suffix(5))" }
            found.withLock { $0 = names + ["\(noted?["decidedBy"] ?? "nobody")"] }
        }
        _ = try await room.runOnce(offered: offered)
        #expect(found.withLock { $0 } == ["ask.json", "a.ics", "\(getuid())"])
        #expect(try room.names("requests").isEmpty)
    }

    private let corrections = [Correction("year", "2029")]

    /// What was decided about a delivery, by the request that asks for it.
    private func release(_ id: DeliveryID) throws -> ItemDecision {
        try desk.decision(.release(.init(id), .accept, corrections: corrections))
    }

    @Test func afterTheDecisionWasNoted() async throws {
        let (id, _) = try await hold()
        try desk.ask(.release(.init(id), .accept, corrections: corrections))
        try desk.note(try release(id), id)
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("3 May 2029"))
    }

    @Test func afterTheFileWasTakenUp() async throws {
        let (id, name) = try await hold()
        try desk.ask(.release(.init(id), .accept, corrections: corrections))
        try desk.note(try release(id), id)
        try desk.move(name, "held", "active")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("3 May 2029"))
        #expect(try room.names("requests").isEmpty && room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func afterTheRequestWasRemovedAndBeforeTheFileLeft() async throws {
        let (id, name) = try await hold()
        try desk.ask(.release(.init(id), .accept, corrections: corrections))
        try desk.note(try release(id), id)
        try FileManager.default.removeItem(atPath: "\(room.spool)/requests/ask.json")
        try desk.move(name, "held", "active")
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("3 May 2029"))
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func afterTheAnswerAndBeforeTheRequestWasRemoved() async throws {
        try room.drop("a.ics", saying: "hold")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try desk.ask(.retry(.init(id)))
        try answer("retry", id, .outcome(.held))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.names.isEmpty, "what was asked for once is done once")
        #expect(try room.names("requests").isEmpty)
        #expect(try desk.answer().message == "it was told")
    }

    /// Answers the request that waits, as the daemon does before it removes it.
    private func answer(_ action: String, _ id: DeliveryID, _ result: DecisionReply.Result) throws {
        let spool = try SpoolDirectory.open(room.spool)
        let request = try #require(try spool.requests(limit: 1).requests.first)
        let reply = DecisionReply(
            action: action, items: DecidedItems(id), uid: nil, result: result, message: "it was told",
            decidedBy: request.user,
            decidedAt: request.receivedAt)
        try spool.writeReply(
            OwedReply(user: request.user, name: request.name, delivery: request.mark, json: reply.json, text: []))
    }

    @Test func afterARefusedDecisionWasNotedAndTheFileTakenUp() async throws {
        let (id, name) = try await hold()
        let wrong = DecisionRequest(.release(.init(id), .accept, corrections: [Correction("nothing", "x")]))
        try desk.note(
            try #require(ItemDecision(wrong, decidedBy: getuid(), decidedAt: Instant(microseconds: 1))), id)
        try desk.move(name, "held", "active")
        let report = try #require(try room.report("held")) as NSDictionary
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("nothing", "x")]))
        #expect(try await desk.run() == .attention)
        #expect(try desk.answer().message.contains("nothing: there is no such field"))
        #expect(try desk.answer().result == .refused)
        #expect(try room.names("held").count == 2)
        #expect(try #require(try room.report("held")) as NSDictionary == report, "it is held as before")
    }

    @Test func afterARetryWasNotedAnEarlierReleaseDoesNotCount() async throws {
        let (id, name) = try await hold()
        let decisions: [DecisionRequest.Action] = [
            .release(.init(id), .accept, corrections: corrections), .retry(.init(id)),
        ]
        for action in decisions {
            let decision = ItemDecision(
                DecisionRequest(action), decidedBy: 1, decidedAt: Instant(microseconds: 1))
            try desk.note(try #require(decision), id)
        }
        try desk.move(name, "held", "active")
        #expect(try await desk.run() == .attention)
        #expect(try room.names("held").count == 2)
    }

    /// What is left of a held file while it is thrown away: each step leaves one of these.
    @Test(arguments: ["marked", "removed", "answered"])
    func whileTheFileWasDiscarded(_ step: String) async throws {
        let (id, name) = try await hold()
        try desk.ask(.discard(.init(id)))
        let held = "\(room.spool)/held"
        try FileManager.default.moveItem(atPath: "\(held)/\(id).report.json", toPath: "\(held)/.\(id).discarded")
        if step != "marked" { try FileManager.default.removeItem(atPath: "\(held)/\(name)") }
        if step == "answered" { try answer("discard", id, .discarded) }
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .discarded)
        #expect(try room.messages(.requestRefused).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: held).isEmpty, "no report and no mark is left")
        #expect(try room.names("requests").isEmpty)
    }

    @Test func beforeAFileInWorkWasDiscarded() async throws {
        let (id, name) = try await hold()
        try desk.ask(.discard(.init(id)))
        try desk.move(name, "held", "active")
        try Data().write(to: URL(fileURLWithPath: "\(room.spool)/active/.\(id).discarded"))
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .discarded)
        for folder in ["active", "held"] {
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(room.spool)/\(folder)")
            #expect(left.filter { $0 != ".lock" }.isEmpty, "\(folder)")
        }
    }

    @Test func anEventIsForgottenTwiceAsWellAsOnce() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("zebra-1", name: "Zebra Quintet"))
        #expect(try await desk.run() == .ok)
        for name in ["first.json", "second.json"] {
            try desk.ask(.forget(uid: "zebra-1"), as: name)
            #expect(try await desk.run() == .ok)
            #expect(try desk.answer(to: name).result == .forgotten)
        }
    }
}
