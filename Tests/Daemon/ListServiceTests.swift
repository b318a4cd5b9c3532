import CommandLineKit
import EventModel
import Foundation
import Pipeline
import PluginKit
import Systemd
import TestKit
import Testing

@testable import Requests
@testable import Daemon

/// Whole lists (`publishers.NAME.complete`), through the whole service.
@Suite struct ListServiceTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private static let settings =
        "[publishers.venue]\nusers = [\(getuid())]\ncomplete = [\"venue-*.ics\", \"hall.ics\"]\n"

    /// A calendar of shows on days of March 2031.
    private static func calendar(_ days: [Int], unreadable: [Int] = []) -> String {
        let events = days.map { day in
            """
            BEGIN:VEVENT\r\nUID:show-\(day)\r\nDTSTAMP:20300101T000000Z\r\nDTSTART:203103\(day < 10 ? "0" : "")\(day)T190000Z\
            \r\nSUMMARY:Show \(day)\r\nLOCATION:Hall\r\n\(unreadable.contains(day) ? "STATUS:PERHAPS\r\n" : "")END:VEVENT\r\n
            """
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(events.joined())END:VCALENDAR\r\n"
    }

    private func run(_ pipeline: String = "", _ publisher: String = "") async throws -> CommandLineKit.ExitStatus {
        try await desk.run("\(pipeline)\n\(Self.settings)\(publisher)")
    }

    private func list(_ days: [Int], as name: String = "venue-1.ics") async throws -> CommandLineKit.ExitStatus {
        try room.drop(name, Self.calendar(days))
        return try await run()
    }

    /// How many events outputs show as cancelled.
    private func cancelled() throws -> Int {
        try String(contentsOfFile: "\(room.directory.path)/state/site/events.jsonld", encoding: .utf8)
            .components(separatedBy: "EventCancelled").count - 1
    }

    @Test func whatIsMissingIsHeldAsOneItemAndAReleaseCancelsIt() async throws {
        #expect(try await list([1, 2, 3, 4, 5]) == .ok)
        #expect(try await list([1, 3, 5]) == .attention)
        let id = try desk.delivery(in: "held")
        let report = try #require(try room.report("held"))
        #expect(report["outcome"] as? String == "partial")
        #expect(report["codes"] as? [String] == ["missing-from-list"])
        let updates = try #require(report["updates"] as? [[String: Any]])
        #expect(updates.map { $0["item"] as? Int } == [1, 2, 3, 0, 0])
        #expect(updates.compactMap { $0["outcome"] as? String }.suffix(2) == ["held", "held"])
        let told = try #require(try room.messages(.deliveryPartial).last)
        #expect(
            told.contains("3 of 5 events count, 2 are held: item 0, 2 coming events that the list before this one ("))
        #expect(told.contains("\"Show 2\" (2031-03-02) and \"Show 4\" (2031-03-04)"))
        let text = try String(
            contentsOfFile: "\(room.spool)/replies/\(getuid())/venue-1.ics.\(id).txt", encoding: .utf8)
        #expect(text.contains("runs 'tidings release \(id)/0' or 'tidings discard \(id)/0'"))
        #expect(try cancelled() == 0)
        try desk.ask(.release(.init(id, items: [0]), .accept, corrections: []), comment: "season is over")
        #expect(try await run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try cancelled() == 2)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        #expect(try await list([1, 3, 5]) == .ok, "nobody is asked again")
        try desk.ask(.revert(.init(id, items: [0])), as: "revert.json")
        #expect(try await run() == .ok)
        #expect(try cancelled() == 0)
    }

    @Test func whatIsKeptIsAskedAboutNoMore() async throws {
        _ = try await list([1, 2, 3])
        #expect(try await list([1, 3]) == .attention)
        try desk.ask(.discard(.init(try desk.delivery(in: "held"), items: [0])))
        _ = try await run()
        #expect(try desk.answer().result == .discarded)
        #expect(try room.names("held").isEmpty)
        #expect(try await list([1, 3]) == .ok)
        #expect(try cancelled() == 0)
    }

    @Test func theWholeFileIsReleasedOrDiscardedWithWhatItLacks() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []), as: "release.json")
        #expect(try await run() == .ok)
        #expect(try cancelled() == 1)
        #expect(try await list([1]) == .ok, "it begins after all that the list has")
        _ = try await list([1, 4])
        try desk.ask(.discard(.init(try desk.delivery(in: "held"))), as: "discard.json")
        #expect(try await run() == .ok)
        #expect(try room.names("held").isEmpty)
        #expect(try await list([1, 4]) == .ok)
        #expect(try cancelled() == 1)
    }

    @Test func aListThatHasThemAgainClosesTheQuestion() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        #expect(try await list([1, 3], as: "venue-2.ics") == .ok)
        #expect(try desk.delivery(in: "held") == id, "the same is asked once")
        #expect(try room.names("held").count == 2)
        #expect(try await list([1, 2, 3]) == .ok)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        let reply = try #require(try room.replies(to: "venue-1.ics").last { $0["delivery"] as? String == "\(id)" })
        #expect(reply["delivery"] as? String == "\(id)")
        let last = try #require(try room.entries().last { $0["TIDINGS_DELIVERY"] as? String == "\(id)" })
        #expect((last["MESSAGE"] as? String)?.contains(": what was missing: “Show 2” is in the list again (") == true)
        #expect(try cancelled() == 0)
    }

    @Test func whatAnotherListHasIsNotMissing() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([2, 3], as: "hall.ics")
        #expect(try await list([1, 3]) == .ok)
        #expect(try room.names("held").isEmpty)
        #expect(try await list([3], as: "hall.ics") == .attention, "neither has it any more")
    }

    @Test func whatMovesToAnotherListClosesTheQuestion() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        #expect(try await list([2], as: "hall.ics") == .ok)
        #expect(try room.names("held").isEmpty)
        let last = try #require(try room.entries().last { $0["TIDINGS_DELIVERY"] as? String == "\(id)" })
        #expect((last["MESSAGE"] as? String)?.contains("“Show 2” is in the list \"hall.ics\" now (") == true)
    }

    @Test func aNewerQuestionReplacesTheOneBefore() async throws {
        _ = try await list([1, 2, 3, 4])
        _ = try await list([1, 4])
        let id = try desk.delivery(in: "held")
        #expect(try await list([1, 2, 4]) == .attention)
        #expect(try room.names("held").count == 2)
        #expect(try desk.delivery(in: "held") != id)
    }

    @Test func anotherItemOfTheFileKeepsItInHeld() async throws {
        _ = try await list([1, 2, 3, 4])
        try room.drop("venue-1.ics", Self.calendar([1, 3, 4], unreadable: [3]))
        #expect(try await run() == .attention)
        let id = try desk.delivery(in: "held")
        let updates = try room.report("held")?["updates"] as? [[String: Any]]
        #expect(updates?.filter { $0["outcome"] as? String == "held" }.map { $0["item"] as? Int } == [2, 0])
        try room.drop("venue-1.ics", Self.calendar([1, 2, 3, 4], unreadable: [3]))
        _ = try await run()
        #expect(try desk.delivery(in: "held") == id)
        #expect(try room.outcomes(try room.report("held")).last == "unchanged")
        try desk.ask(.release(.init(id, items: [0]), .accept, corrections: []), as: "late.json")
        _ = try await run()
        #expect(try desk.answer(to: "late.json").result == .gone)
        try desk.ask(.discard(.init(id, items: [2])), as: "other.json")
        _ = try await run()
        #expect(try room.names("held").isEmpty)
    }

    @Test func nothingElseCanBeSaidOfWhatIsMissing() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        let action = DecisionRequest.Action.release(.init(id, items: [0]), .new, corrections: [])
        try desk.ask(action)
        _ = try await run()
        #expect(try desk.answer().result == .refused)
        #expect(try desk.answer().message.contains("nothing else can be said of what is missing from a list"))
        #expect(try desk.delivery(in: "held") == id)
        #expect(try cancelled() == 0)
    }

    @Test func aListWithoutEventsIsOneQuestionAndAnotherFileWithoutThemIsRefused() async throws {
        _ = try await list([1, 2, 3, 4, 5, 6, 7])
        #expect(try await list([]) == .attention)
        #expect(try room.report("held")?["outcome"] as? String == "held")
        #expect((try room.report("held")?["message"] as? String)?.contains("the list is empty") == true)
        #expect(try await list([], as: "other.ics") == .attention)
        #expect(try room.report("rejected")?["codes"] as? [String] == ["no-event"])
        #expect(try await list([1, 2, 3, 4, 5, 6, 7]) == .ok)
        #expect(try room.names("held").isEmpty)
        #expect(try await list([], as: "hall.ics") == .ok)
        #expect(
            try room.messages(.deliveryUnchanged).last?.contains("the list holds no event, and none is missing") == true
        )
        #expect(try cancelled() == 0)
    }

    @Test func aFileThatIsCutSaysNothing() async throws {
        _ = try await list([1, 2, 3])
        let whole = Self.calendar([1, 2, 3])
        let end = try #require(whole.range(of: "BEGIN:VEVENT\r\nUID:show-3"))
        try room.drop("venue-1.ics", String(whole[..<end.upperBound]))
        #expect(try await run() == .attention)
        #expect(try room.names("held").isEmpty)
        #expect(try room.report("rejected")?["codes"] as? [String] == ["truncated"])
    }

    @Test func aLongListIsComparedWhenAllOfItIsRead() async throws {
        try room.drop("venue-1.ics", Self.calendar(Array(1...9)))
        #expect(try await run("slice = 2") == .ok)
        try room.drop("venue-1.ics", Self.calendar([1, 2, 3, 4, 5, 6, 8, 9]))
        #expect(try await run("slice = 2") == .attention)
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        #expect(updates.last?["uid"] as? String == "show-7" && updates.count == 9)
    }

    @Test func theValidatorsRefusalOfAnEventIsNoAbsence() async throws {
        _ = try await list([1, 2, 3])
        try room.drop("venue-1.ics", Self.calendar([1, 2, 3]).replacing("20310302T", with: "20310299T"))
        _ = try await run()
        #expect(try room.names("held").isEmpty)
    }

    /// The daemon ended when the log had the answer, and the file of the question lay in held/ still.
    @Test func aQuestionThatWasAnsweredBeforeAKillIsClosedAtTheNextStart() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let name = try #require(try room.names("held").first { $0.hasSuffix(".ics") })
        let report = try #require(try room.names("held").first { $0.hasSuffix(".report.json") })
        let kept = room.directory.path + "/kept"
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        for file in [name, report] {
            try FileManager.default.copyItem(atPath: "\(room.spool)/held/\(file)", toPath: "\(kept)/\(file)")
        }
        #expect(try await list([1, 2, 3]) == .ok)
        for file in [name, report] {
            try FileManager.default.moveItem(atPath: "\(kept)/\(file)", toPath: "\(room.spool)/held/\(file)")
        }
        #expect(try await run() == .ok)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        #expect(try cancelled() == 0)
    }

    /// The daemon ended when the log had the question, and the file lay in active/ still.
    @Test func aKillBeforeTheFileIsHeldAsksTheSame() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        let message = try room.report("held")?["message"] as? String
        try desk.move("\(id)-venue-1.ics", "held", "active")
        try FileManager.default.removeItem(atPath: "\(room.spool)/held/\(id).report.json")
        #expect(try await run() == .attention)
        #expect(try desk.delivery(in: "held") == id)
        #expect(try room.report("held")?["message"] as? String == message)
        try desk.ask(.release(.init(id, items: [0]), .accept, corrections: []))
        #expect(try await run() == .ok)
        #expect(try cancelled() == 1)
    }

    @Test func aRetryAsksAgainWhatIsStillMissing() async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        try desk.ask(.retry(.init(id)))
        #expect(try await run() == .attention)
        #expect(try desk.answer().result == .outcome(.held))
        #expect(try desk.delivery(in: "held") == id)
        #expect(try room.outcomes(try room.report("held")) == ["unchanged", "unchanged", "held"])
        _ = try await list([1, 3])
        #expect(try room.names("held").count == 2, "it is asked still, and once")
    }

    @Test func whatIsPrivateIsNotNamedInTheJournal() async throws {
        let secret = Self.calendar([2]).replacing("SUMMARY:", with: "CLASS:PRIVATE\r\nSUMMARY:")
        let events = Self.calendar([1, 3])
        let start = try #require(secret.range(of: "BEGIN:VEVENT")).lowerBound
        let end = try #require(secret.range(of: "END:VCALENDAR")).lowerBound
        try room.drop("venue-1.ics", events.replacing("END:VCALENDAR", with: "\(secret[start..<end])END:VCALENDAR"))
        _ = try await run()
        _ = try await list([1, 3])
        let entry = try #require(try room.entries().last { $0["TIDINGS_OUTCOME"] as? String == "partial" })
        #expect(!"\(entry)".contains("Show 2") && !"\(entry)".contains("venue-1"))
        #expect((entry["MESSAGE"] as? String)?.contains("partial: missing-from-list; it is private") == true)
    }

    /// The daemon ended after it had taken the file up again, with or without its request.
    @Test(arguments: [true, false]) func aKillWhileWhatIsMissingIsDecidedCancelsOnce(isNoted: Bool) async throws {
        _ = try await list([1, 2, 3])
        _ = try await list([1, 3])
        let id = try desk.delivery(in: "held")
        let action = DecisionRequest.Action.release(.init(id, items: [0]), .accept, corrections: [])
        try desk.ask(action)
        if isNoted { try desk.note(try desk.decision(action), id) }
        try desk.move("\(id)-venue-1.ics", "held", "active")
        #expect(try await run() == .ok || !isNoted)
        _ = try await run()
        #expect(try cancelled() == 1)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty && room.names("requests").isEmpty)
    }
}
