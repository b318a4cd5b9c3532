import Archive
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

/// What nobody decides about before its event begins.
@Suite struct ExpiryTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }
    private static let stages = "stages = [\"archiver\"]"
    private static let long = "2020-01-01T00:00:00Z"

    private func run() async throws -> CommandLineKit.ExitStatus { try await room.runOnce(Self.stages) }

    /// Shows of two halls, on those days.
    private static func shows(_ hall: String, _ days: String...) -> String {
        let events = days.enumerated().map { number, day in
            """
            BEGIN:VEVENT\r\nUID:show-\(number + 1)\r\nDTSTAMP:20200101T000000Z\r\nSEQUENCE:1\r\n\
            DTSTART:\(day)T190000Z\r\nSUMMARY:Show\r\nLOCATION:\(hall)\r\nEND:VEVENT\r\n
            """
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(events.joined())END:VCALENDAR\r\n"
    }

    private func updates(_ folder: String) throws -> [[String: Any]] {
        try #require(try room.report(folder)?["updates"] as? [[String: Any]])
    }

    /// Has a question asked about each of two shows.
    private func ask(_ first: String, _ second: String) async throws -> DeliveryID {
        try room.drop("season.ics", Self.shows("Old hall", first, second))
        #expect(try await run() == .ok)
        try room.drop("asks.ics", Self.shows("New hall", first, second))
        #expect(try await run() == .attention)
        return try desk.delivery(in: "held")
    }

    /// Lets the time pass until what waits is due.
    private func letTimePass(_ id: DeliveryID) throws {
        let path = "\(room.spool)/held/\(id).report.json"
        var text = try String(contentsOfFile: path, encoding: .utf8)
        for update in try updates("held") {
            if let time = update["expires"] as? String { text = text.replacing(time, with: Self.long) }
        }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func reader() throws -> ArchiveReader {
        try ArchiveReader(path: ArchiveReader.path(stateDirectory: "\(room.directory.path)/state"))
    }

    @Test func whatHasBegunBeforeAnybodyDecidedExpires() async throws {
        let id = try await ask("20200310", "20200311")
        // What had begun when it came has a day.
        #expect(try updates("held").allSatisfy { ($0["expires"] as? String).map { $0 > "2021" } ?? false })
        #expect(try await run() == .ok, "nothing is due")
        #expect(try room.outcomes(try room.report("held")) == ["held", "held"])
        try letTimePass(id)
        #expect(try await run() == .attention)
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        let report = try #require(try room.report("rejected"))
        #expect(report["outcome"] as? String == "expired")
        #expect(try room.outcomes(report) == ["expired", "expired"])
        #expect(
            try room.messages(.deliveryExpired) == [
                "asks.ics: expired: item 1: its event had begun before anybody decided about it; 1 more of its 2 updates "
                    + "waits no more either"
            ])
        #expect(try room.entries().contains { $0["TIDINGS_OUTCOME"] as? String == "expired" })
        #expect(try room.replies(to: "asks.ics").last?["outcome"] as? String == "expired")
        #expect(try reader().heldItems().isEmpty)
        #expect(try reader().story(ofItem: 2, of: id).map(\.outcome) == [.held, .expired])
        try desk.ask(.release(.init(id), .accept, corrections: []))
        #expect(try await run() == .ok)
        #expect(try desk.answer().result == .refused)
        #expect(try desk.answer().message.contains("its event had begun before anybody decided"))
    }

    @Test func whatIsStillToComeWaitsOnWhateverTheReportSays() async throws {
        let id = try await ask("20200310", "20310311")
        let expiries = try updates("held").compactMap { $0["expires"] as? String }
        #expect(expiries.last?.hasPrefix("2031-03-11T19:00:00") == true)
        try letTimePass(id)
        #expect(try await run() == .attention)
        #expect(try room.outcomes(try room.report("held")) == ["expired", "held"])
        #expect(
            try room.report("held")?["message"] as? String
                == "item 1: its event had begun before anybody decided about it; another one waits for a person still")
        try desk.ask(.release(.init(id, items: [1]), .accept, corrections: []), as: "first.json")
        try desk.ask(.discard(.init(id, items: [2])), as: "second.json")
        _ = try await run()
        #expect(
            try desk.answer(to: "first.json").message
                == "item 1 of \(id) has expired: its event had begun before anybody decided about it")
        // With nothing else to decide it lies where what failed is looked at.
        #expect(try room.outcomes(try room.report("rejected")) == ["expired", "discarded"])
        #expect(try room.names("held").isEmpty)
    }

    /// What comes shortly before its event begins does not wait beyond that.
    @Test func whatComesLateExpiresWithTheStartAllTheSame() async throws {
        let start = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000).adding(.seconds(7200))
        let time = start.description.filter { !"-:".contains($0) }
        let shows = { (hall: String) in Self.shows(hall, "20200310").replacing("20200310T190000Z", with: time) }
        try room.drop("season.ics", shows("Old hall"))
        #expect(try await run() == .ok)
        try room.drop("asks.ics", shows("New hall"))
        #expect(try await run() == .attention)
        #expect(try updates("held").first?["expires"] as? String == start.description)
    }

    @Test func whatHasNoEndWaitsAsLongAsItTakes() async throws {
        let series = Self.shows("Old hall", "20200310").replacing("SUMMARY", with: "RRULE:FREQ=YEARLY\r\nSUMMARY")
        try room.drop("season.ics", series)
        #expect(try await run() == .ok)
        try room.drop("asks.ics", series.replacing("Old", with: "New"))
        #expect(try await run() == .attention)
        #expect(try updates("held").first?["expires"] == nil)
    }

    /// How far the daemon came.
    enum Step: String, CaseIterable, Sendable {
        case logged
        case noted
        case takenUp
    }

    @Test(arguments: Step.allCases) func aKillWhileItExpiresChangesNothing(_ step: Step) async throws {
        let id = try await ask("20200310", "20200311")
        try letTimePass(id)
        for name in try room.names("held") {
            try FileManager.default.copyItem(
                atPath: "\(room.spool)/held/\(name)", toPath: "\(room.directory.path)/\(name)")
        }
        #expect(try await run() == .attention)
        let count = try reader().logPosition().number
        for name in try room.names("rejected") {
            try FileManager.default.removeItem(atPath: "\(room.spool)/rejected/\(name)")
            try FileManager.default.moveItem(
                atPath: "\(room.directory.path)/\(name)", toPath: "\(room.spool)/held/\(name)")
        }
        if step != .logged {
            let note = ClosedItem.note(
                [1, 2].map { ClosedItem($0, .expired, reason: HeldUpdate.reason) }, name: nil)
            try Data(note).write(to: URL(fileURLWithPath: "\(room.spool)/active/\(id).report.json"))
        }
        if step == .takenUp { try desk.move("\(id)-asks.ics", "held", "active") }
        #expect(try await run() == .attention)
        #expect(try room.outcomes(try room.report("rejected")) == ["expired", "expired"])
        #expect(try room.names("held").isEmpty && room.names("active").isEmpty)
        #expect(try reader().logPosition().number == count)
        #expect(try room.replies(to: "asks.ics").count == 1)
    }
}
