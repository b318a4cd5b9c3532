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

/// What waits for a person and is replaced by what its source says later, carried out by the whole service.
@Suite struct ReplacedTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    /// Shows of a program that counts no revisions: whoever places them otherwise under the same number asks.
    static func shows(_ halls: String..., sequence: Int = 1) -> String {
        let events = halls.enumerated().map { number, hall in
            """
            BEGIN:VEVENT\r\nUID:show-\(number + 1)\r\nDTSTAMP:20200101T000000Z\r\nSEQUENCE:\(sequence)\r\n\
            DTSTART:2031031\(number + 1)T190000Z\r\nSUMMARY:Show \(number + 1)\r\nLOCATION:\(hall)\r\nEND:VEVENT\r\n
            """
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(events.joined())END:VCALENDAR\r\n"
    }

    /// Announces shows, and has one question asked about each.
    private func ask(_ count: Int = 1) async throws -> DeliveryID {
        try room.drop("season.ics", Self.shows("Old hall", "Old hall", "Old hall"))
        #expect(try await desk.run() == .ok)
        let halls = count == 1 ? Self.shows("New hall") : Self.shows("New hall", "New hall")
        try room.drop("asks.ics", halls)
        #expect(try await desk.run() == .attention)
        let report = try #require(try room.report("held"))
        #expect(report["codes"] as? [String] == ["revision-conflict"])
        return try desk.delivery(in: "held")
    }

    private func later(_ id: DeliveryID) throws -> DeliveryID {
        let last = try #require(
            try room.entries().last { ($0["TIDINGS_FILE"] as? String)?.hasPrefix("later") == true })
        let later = try #require((last["TIDINGS_DELIVERY"] as? String).flatMap { DeliveryID($0) })
        #expect(later > id)
        return later
    }

    private func told() throws -> [String] { try room.messages(.deliveryReplaced) }

    @Test func whatItsSourceSaysLaterReplacesAQuestion() async throws {
        let id = try await ask()
        try room.drop("later.ics", Self.shows("Third hall", sequence: 2))
        #expect(try await desk.run() == .ok)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty && room.names("rejected").isEmpty)
        let reason = "replaced by \(try later(id))/1, which its source said later"
        #expect(try told() == ["asks.ics: replaced: \(reason)"])
        let replies = try room.replies(to: "asks.ics")
        #expect(replies.count == 1)
        #expect(replies.last?["outcome"] as? String == "replaced")
        #expect(replies.last?["message"] as? String == reason)
        try desk.ask(.release(.init(id, items: [1]), .accept, corrections: []))
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .gone)
        #expect(try desk.answer().message == "item 1 of \(id) was \(reason)")
        #expect(try desk.site().contains("Third hall"))
        #expect(try !desk.site().contains("New hall"))
    }

    @Test func whatIsDroppedTogetherIsReplacedInOneRun() async throws {
        try room.drop("season.ics", Self.shows("Old hall"))
        #expect(try await desk.run() == .ok)
        try room.drop("asks.ics", Self.shows("New hall"))
        try room.drop("later.ics", Self.shows("Old hall"))
        _ = try await desk.run()
        #expect(try told().count == 1)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
    }

    @Test func theOtherUpdatesOfAFileStayHeld() async throws {
        let id = try await ask(2)
        try room.drop("later.ics", Self.shows("Third hall", sequence: 2))
        _ = try await desk.run()
        let report = try #require(try room.report("held"))
        #expect(try room.outcomes(report) == ["replaced", "held"])
        let reason = "replaced by \(try later(id))/1, which its source said later"
        #expect(report["message"] as? String == "item 1: \(reason); another one waits for a person still")
        #expect((report["updates"] as? [[String: Any]])?.first?["reason"] as? String == reason)
        try desk.ask(.release(.init(id, items: [1]), .accept, corrections: []), as: "first.json")
        try desk.ask(.release(.init(id, items: [3]), .accept, corrections: []), as: "third.json")
        try desk.ask(.release(.init(id), .accept, corrections: []), as: "rest.json")
        _ = try await desk.run()
        #expect(try desk.answer(to: "first.json").message == "item 1 of \(id) was \(reason)")
        #expect(try desk.answer(to: "third.json").message == "\(id) has 2 updates; there is no item 3")
        #expect(try desk.answer(to: "rest.json").result == .outcome(.accepted))
        #expect(try room.names("held").isEmpty)
        #expect(try desk.site().contains("Third hall") && desk.site().contains("New hall"))
    }

    /// How far the daemon came after the archive had closed a question.
    enum Step: String, CaseIterable, Sendable {
        case closed
        case noted
        case takenUp
    }

    @Test(arguments: Step.allCases) func aKillMeanwhileChangesNothing(_ step: Step) async throws {
        let id = try await ask(2)
        let files = try room.names("held")
        for name in files {
            try FileManager.default.copyItem(
                atPath: "\(room.spool)/held/\(name)", toPath: "\(room.directory.path)/\(name)")
        }
        try room.drop("later.ics", Self.shows("Third hall", "Third hall", sequence: 2))
        #expect(try await desk.run() == .ok)
        #expect(try room.names("held").isEmpty)
        for name in files {
            try FileManager.default.moveItem(
                atPath: "\(room.directory.path)/\(name)", toPath: "\(room.spool)/held/\(name)")
        }
        let reason = "replaced by \(try later(id))/1, which its source said later"
        if step != .closed {
            let note = ClosedItem.note(
                [.init(1, .replaced, reason: reason), .init(2, .replaced, reason: reason)], name: nil)
            try Data(note).write(to: URL(fileURLWithPath: "\(room.spool)/active/\(id).report.json"))
        }
        if step == .takenUp { try desk.move("\(id)-asks.ics", "held", "active") }
        #expect(try await desk.run() == .ok)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        #expect(try told().count == 2)
        let replies = try room.replies(to: "asks.ics")
        #expect(replies.count == 1)
        #expect((replies.last?["message"] as? String)?.hasPrefix("item 1: \(reason)") == true)
    }
}
