import Requests
import EventModel
import Foundation
import Systemd
import Testing

@testable import Daemon
@testable import Spool

/// A reply is owed until it is written, whatever stands in its way.
@Suite struct OwedReplyTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }
    private var box: String { "\(room.spool)/replies/\(getuid())" }

    /// Something else stands where this user's folder should.
    private func stopReplies() async throws {
        _ = try await room.runOnce()
        try? FileManager.default.removeItem(atPath: box)
        try "x".write(toFile: box, atomically: false, encoding: .utf8)
    }

    private func letReplies() throws { try FileManager.default.removeItem(atPath: box) }

    private func outcomes() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: box).filter { $0.hasSuffix(".json") }.compactMap {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(box)/\($0)"))
            let reply = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            return (reply?["outcome"] ?? reply?["result"]) as? String
        }
    }

    @Test(arguments: [("pass", "accepted"), ("reject", "rejected"), ("hold", "held"), ("retry", "deferred")])
    func aSenderIsAnsweredInTheEnd(word: String, outcome: String) async throws {
        try await stopReplies()
        try room.drop("a.ics", saying: word)
        #expect(chmod("\(room.incoming)/a.ics", 0o1644) == 0)
        _ = try await room.runOnce(spool: "pause = \"20ms\"")
        #expect(try room.names("active").isEmpty, "a reply that is owed holds up no file")
        #expect(try room.messages(.replyFailed).count == 1)
        try letReplies()
        _ = try await room.runOnce(spool: "pause = \"20ms\"")
        #expect(try outcomes() == [outcome])
        let told = try room.entries().filter { $0["TIDINGS_OUTCOME"] != nil }
        #expect(told.count == 1, "the outcome is told of once")
    }

    @Test func whoAskedIsAnsweredInTheEnd() async throws {
        try room.drop("a.ics", saying: "hold")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try await stopReplies()
        try desk.ask(.discard(.init(id)))
        _ = try await room.runOnce(spool: "pause = \"20ms\"")
        #expect(try room.names("held").isEmpty)
        try letReplies()
        _ = try await room.runOnce(spool: "pause = \"20ms\"")
        #expect(try desk.answer().result == .discarded)
        #expect(try room.names("requests").isEmpty)
    }

    @Test func theLaterReplyAboutADeliveryIsTheOneThatIsWritten() async throws {
        try await stopReplies()
        try room.drop("walk.txt", DecisionRoom.walk)
        _ = try await desk.run()
        let id = try desk.delivery(in: "held")
        #expect(chmod("\(room.spool)/held/\(id)-walk.txt", 0o1644) == 0)
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029")]))
        _ = try await desk.run()
        try letReplies()
        _ = try await desk.run()
        #expect(try Set(outcomes()) == ["accepted"])
        #expect(try outcomes().count == 2, "one for the sender, one for who asked")
    }
}
