import CommandLineKit
import EventModel
import Foundation
import Pipeline
import PluginKit
import Testing

@testable import Requests
@testable import Daemon

/// A daemon that was killed between two steps of a decision about one event of a file: the states that it leaves, and
/// what the next one makes of them.
@Suite struct ItemKillTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    /// How far the daemon came.
    enum Step: String, CaseIterable, Sendable {
        case noted
        case takenUp
        case requestRemoved
    }

    private func hold(_ names: String...) async throws -> DeliveryID {
        try room.drop("a.ics", Programme.calendar(names, uid: "a"))
        #expect(try await room.runOnce() == .attention)
        return try desk.delivery(in: "held")
    }

    private func leave(_ id: DeliveryID, _ action: DecisionRequest.Action, at step: Step) throws {
        try desk.ask(action)
        try desk.note(try desk.decision(action), id)
        if step != .noted { try desk.move("\(id)-a.ics", "held", "active") }
        if step == .requestRemoved { try FileManager.default.removeItem(atPath: "\(room.spool)/requests/ask.json") }
    }

    private func isAnswered(_ step: Step, _ result: DecisionReply.Result) throws {
        if step != .requestRemoved { #expect(try desk.answer().result == result) }
        #expect(try room.names("requests").isEmpty && room.names("active").isEmpty && room.names("rejected").isEmpty)
    }

    @Test(arguments: Step.allCases) func anItemWasAboutToBeReleased(_ step: Step) async throws {
        let id = try await hold("hold", "pass", "hold", "reject")
        try leave(id, .release(.init(id, items: [3]), .accept, corrections: []), at: step)
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[3]])
        try isAnswered(step, .outcome(.accepted))
        #expect(try room.outcomes(try room.report("held")) == ["held", "accepted", "accepted", "rejected"])
    }

    @Test(arguments: Step.allCases) func anItemWasAboutToBeCorrected(_ step: Step) async throws {
        let id = try await hold("hold", "hold")
        let corrections = [Correction("name.text", "to reject")]
        let report = try #require(try room.report("held")) as NSDictionary
        try leave(id, .release(.init(id, items: [1]), .accept, corrections: corrections), at: step)
        _ = try await room.runOnce()
        try isAnswered(step, .refused)
        #expect(try room.names("held").count == 2)
        #expect(try #require(try room.report("held")) as NSDictionary == report, "it is held as before")
    }

    @Test(arguments: Step.allCases) func anItemWasAboutToBeDiscarded(_ step: Step) async throws {
        let id = try await hold("hold", "pass", "hold")
        try leave(id, .discard(.init(id, items: [1])), at: step)
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.names.isEmpty)
        try isAnswered(step, .discarded)
        #expect(try room.outcomes(try room.report("held")) == ["discarded", "accepted", "held"])
    }

    @Test(arguments: Step.allCases) func theLastItemWasAboutToBeDiscarded(_ step: Step) async throws {
        let id = try await hold("hold", "pass")
        try leave(id, .discard(.init(id, items: [1])), at: step)
        _ = try await room.runOnce()
        try isAnswered(step, .discarded)
        #expect(try room.names("held").isEmpty)
    }

    @Test(arguments: Step.allCases) func anItemWasAboutToBeTriedAgain(_ step: Step) async throws {
        let id = try await hold("hold", "pass", "reject")
        try leave(id, .retry(.init(id, items: [3])), at: step)
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.items(of: "a.ics") == [[3]])
        try isAnswered(step, .outcome(.rejected))
        #expect(try room.outcomes(try room.report("held")) == ["held", "accepted", "rejected"])
    }

    @Test func itWasReleasedAndNobodyHadBeenTold() async throws {
        let id = try await hold("hold", "pass", "hold")
        let action = DecisionRequest.Action.release(.init(id, items: [1]), .accept, corrections: [])
        try desk.ask(action)
        _ = try await room.runOnce()
        // The file has moved, and whom it concerns is to be told next.
        let replies = "\(room.spool)/replies/\(getuid())"
        for name in try room.names("replies/\(getuid())") {
            try FileManager.default.removeItem(atPath: "\(replies)/\(name)")
        }
        try "held/\(id)-a.ics\0".write(
            toFile: "\(room.spool)/active/.unanswered", atomically: false, encoding: .utf8)
        try desk.ask(action)
        try setTimeOfRelease(try desk.decision(action).decidedAt, id)
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.names.isEmpty, "what counts is not judged again")
        #expect(try room.replies(to: "a.ics").count == 1)
        #expect(try room.outcomes(try room.report("held")) == ["accepted", "accepted", "held"])
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try room.names("requests").isEmpty && room.names("active").isEmpty)
    }

    /// The request lies there still: what was noted of it is of that time.
    private func setTimeOfRelease(_ time: Instant, _ id: DeliveryID) throws {
        let path = "\(room.spool)/held/\(id).report.json"
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        let release = try #require(updates.first?["release"] as? [String: Any])
        let before = try #require(release["decidedAt"] as? Int)
        try String(contentsOfFile: path, encoding: .utf8).replacing("\(before)", with: "\(time.microseconds)")
            .write(toFile: path, atomically: false, encoding: .utf8)
    }
}
