import EventModel
import Foundation
import PluginKit
import Synchronization
import Testing

@testable import Daemon

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

    private func move(_ name: String, _ from: String, _ to: String) throws {
        try FileManager.default.moveItem(atPath: "\(room.spool)/\(from)/\(name)", toPath: "\(room.spool)/\(to)/\(name)")
    }

    /// Notes a release in the report of a held file, as the daemon does before the file moves.
    private func note(_ release: Release?, _ id: DeliveryID) throws {
        let path = "\(room.spool)/held/\(id).report.json"
        let report = try Data(contentsOf: URL(fileURLWithPath: path))
        try Data(Release.note(release, in: Array(report))).write(to: URL(fileURLWithPath: path))
    }

    @Test func aKillInTheMiddleFindsTheRequestAndWhatWasDecided() async throws {
        try room.drop("a.txt", "hold")
        _ = try await room.runOnce()
        try desk.ask(.release(try desk.delivery(in: "held"), .accept, corrections: []))
        let offered = Offered()
        let found = Mutex<[String]>([])
        offered.whenAsked { [room] _ in
            // The file is in work now.
            let noted = (try? room.report("held"))??["release"] as? [String: Any]
            let names = (try? room.names("requests") + room.names("active").map { "\($0.suffix(5))" }) ?? []
            found.withLock { $0 = names + ["\(noted?["decidedBy"] ?? "nobody")"] }
        }
        _ = try await room.runOnce(offered: offered)
        #expect(found.withLock { $0 } == ["ask.json", "a.txt", "\(getuid())"])
        #expect(try room.names("requests").isEmpty)
    }

    private let corrections = [Correction("year", "2029")]

    private func release() throws -> Release {
        var status = stat()
        #expect(lstat("\(room.spool)/requests/ask.json", &status) == 0)
        let time = Int64(status.st_ctim.tv_sec) * 1_000_000 + Int64(status.st_ctim.tv_nsec) / 1000
        return Release(
            .accept, corrections: corrections, decidedBy: getuid(), decidedAt: Instant(microseconds: time))
    }

    @Test func afterTheDecisionWasNoted() async throws {
        let (id, _) = try await hold()
        try desk.ask(.release(id, .accept, corrections: corrections))
        try note(try release(), id)
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("3 May 2029"))
    }

    @Test func afterTheFileWasTakenUp() async throws {
        let (id, name) = try await hold()
        try desk.ask(.release(id, .accept, corrections: corrections))
        try note(try release(), id)
        try move(name, "held", "active")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted) || desk.answer().result == .gone)
        #expect(try desk.site().contains("3 May 2029"))
        #expect(try room.names("requests").isEmpty && room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func afterTheRequestWasRemovedAndBeforeTheFileLeft() async throws {
        let (id, name) = try await hold()
        try desk.ask(.release(id, .accept, corrections: corrections))
        try note(try release(), id)
        try FileManager.default.removeItem(atPath: "\(room.spool)/requests/ask.json")
        try move(name, "held", "active")
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("3 May 2029"))
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func afterTheFileLeftAndBeforeTheAnswer() async throws {
        let (id, _) = try await hold()
        try desk.ask(.release(id, .accept, corrections: corrections))
        #expect(try await desk.run() == .ok)
        try FileManager.default.removeItem(atPath: "\(room.spool)/replies/\(getuid())")
        try desk.ask(.release(id, .accept, corrections: corrections))
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .gone)
        #expect(try room.names("requests").isEmpty)
    }

    @Test func afterARefusedDecisionWasNotedAndTheFileTakenUp() async throws {
        let (id, name) = try await hold()
        let wrong = Release(
            .accept, corrections: [Correction("nothing", "x")], decidedBy: getuid(), decidedAt: .init(microseconds: 1))
        try note(wrong, id)
        try move(name, "held", "active")
        #expect(try await desk.run() == .attention)
        #expect(try room.names("held").count == 2)
        #expect(try (room.report("held")?["message"] as? String)?.contains("nothing: there is no such field") == true)
    }

    @Test func afterARetryWasNotedAnEarlierReleaseDoesNotCount() async throws {
        let (id, name) = try await hold()
        try note(
            Release(.accept, corrections: corrections, decidedBy: 1, decidedAt: .init(microseconds: 1)), id)
        try note(nil, id)
        try move(name, "held", "active")
        #expect(try await desk.run() == .attention)
        #expect(try room.names("held").count == 2)
    }

    @Test func afterTheFileWasDiscarded() async throws {
        let (id, name) = try await hold()
        try desk.ask(.discard(id))
        try FileManager.default.removeItem(atPath: "\(room.spool)/held/\(name)")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .gone)
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
