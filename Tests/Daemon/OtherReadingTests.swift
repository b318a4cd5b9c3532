import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Testing

@testable import Daemon

/// A person decides about what was read then. A later reader that reads something else is not obeyed.
@Suite struct OtherReadingTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    /// Leaves the report as another reader would have written it.
    private func rewriteReport(_ id: DeliveryID, item: Int) throws {
        let path = "\(room.spool)/held/\(id).report.json"
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        let hash = try #require(updates[item - 1]["contentHash"] as? String)
        let other = String(repeating: "0", count: 64)
        try String(contentsOfFile: path, encoding: .utf8).replacing(hash, with: other)
            .write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test(arguments: [([2], [3]), ([], [1, 3])] as [([Int], [Int])])
    func aReleaseOfWhatIsReadOtherwiseIsRefused(items: [Int], others: [Int]) async throws {
        try room.drop("a.ics", saying: "hold", "hold", "hold")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try rewriteReport(id, item: 2)
        let report = try #require(try room.report("held")) as NSDictionary
        try desk.ask(.release(.init(id, items: items), .accept, corrections: []))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(try desk.answer().result == .refused)
        #expect(try desk.answer().message.hasPrefix("item 2 is read otherwise than when it was held"))
        #expect(try desk.answer().message.contains("'tidings retry \(id)' has the file judged anew"))
        #expect(offered.names.isEmpty)
        #expect(try #require(try room.report("held")) as NSDictionary == report)
        // Those that are read as before are released as before.
        try desk.ask(.release(.init(id, items: others), .accept, corrections: []), as: "others.json")
        _ = try await room.runOnce(offered: offered)
        #expect(try desk.answer(to: "others.json").result == .outcome(.accepted))
        #expect(offered.items(of: "a.ics") == [others])
    }

    @Test func aRetryJudgesItAnew() async throws {
        try room.drop("a.ics", saying: "hold", "pass")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try rewriteReport(id, item: 1)
        try desk.ask(.retry(.init(id, items: [1])), as: "retry.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "retry.json").result == .outcome(.held))
        try desk.ask(.release(.init(id, items: [1]), .accept, corrections: []))
        #expect(try await room.runOnce() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
    }

    @Test(arguments: ["hold", "reject", "retry"])
    func whatBecameOfOtherBytesIsNoAnswer(word: String) async throws {
        try room.drop("a.ics", saying: word)
        _ = try await room.runOnce()
        let folder = ["hold": "held", "reject": "rejected", "retry": "deferred"][word] ?? ""
        let name = "\(try desk.delivery(in: folder))-a.ics"
        // Killed before the file had moved; then whoever had it open wrote to it.
        try desk.move(name, folder, "active")
        try Programme.calendar(["pass", "pass"], uid: "b").write(
            toFile: "\(room.spool)/active/\(name)", atomically: false, encoding: .utf8)
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.items(of: "a.ics") == [[1, 2]])
        #expect(try room.names("active").isEmpty && room.names(folder).isEmpty)
    }
}
