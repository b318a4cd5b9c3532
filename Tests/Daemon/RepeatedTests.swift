import CommandLineKit
import EventModel
import Foundation
import PluginKit
import Requests
import Testing

@testable import Daemon

/// What an export says again and again, and what is held or refused of it before the stage that decides sees it.
@Suite struct RepeatedTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    /// An event of an export: its uid, and lines beside the usual ones.
    private static func export(_ hour: Int, _ events: (String, String)...) -> String {
        let bodies = events.map { uid, lines in
            "BEGIN:VEVENT\r\nUID:\(uid)\r\nDTSTAMP:20300101T\(hour)0000Z\r\nSUMMARY:Show \(uid)\r\nLOCATION:Hall\r\n"
                + (lines.contains("DTSTART") ? "" : "DTSTART:20310311T190000Z\r\n") + "\(lines)END:VEVENT\r\n"
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(bodies.joined())END:VCALENDAR\r\n"
    }

    private static let maybe = "STATUS:MAYBE\r\n"
    private static let wrong = "DTSTART:20310231T190000Z\r\n"

    private func drop(
        _ hour: Int, _ events: (String, String)..., settings: String = ""
    ) async throws -> CommandLineKit.ExitStatus {
        let bodies = events.map { uid, lines in Self.export(hour, (uid, lines)) }
        let merged = bodies.joined().replacingOccurrences(
            of: "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", with: "")
        try room.drop("export-\(hour).ics", merged)
        return try await desk.run(settings)
    }

    @Test func whatTheValidatorAsksIsAskedOnceAndNotAfterARelease() async throws {
        #expect(try await drop(10, ("a", ""), ("b", Self.maybe)) == .attention)
        let id = try desk.delivery(in: "held")
        for hour in 11...13 { #expect(try await drop(hour, ("a", ""), ("b", Self.maybe)) == .ok) }
        #expect(try room.names("held").count == 2)
        let told = try room.entries().last { $0["TIDINGS_FILE"] as? String == "export-13.ics" }
        #expect((told?["MESSAGE"] as? String)?.contains("1 of them waits for a person already") == true)
        try desk.ask(.release(.init(id, items: [2]), .accept, corrections: []))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("Show b"))
        for hour in 14...15 { #expect(try await drop(hour, ("a", ""), ("b", Self.maybe)) == .ok) }
        #expect(try room.names("held").isEmpty)
        #expect(try await drop(16, ("a", ""), ("b", "STATUS:UNSURE\r\n")) == .attention, "that is another question")
    }

    @Test func whatAPersonThrewAwayIsNotAskedAgainThoughNothingWasKnownOfIt() async throws {
        #expect(try await drop(10, ("b", Self.maybe)) == .attention)
        try desk.ask(.discard(.init(try desk.delivery(in: "held"))))
        _ = try await desk.run()
        #expect(try await drop(11, ("b", Self.maybe)) == .ok)
        #expect(try room.names("held").isEmpty)
        #expect(try !desk.site().contains("Show b"))
        #expect(try await drop(12, ("b", "")) == .ok, "what it says next counts")
        #expect(try desk.site().contains("Show b"))
        #expect(try await drop(13, ("b", Self.maybe)) == .attention, "and then that is news")
    }

    @Test func whatWasRefusedIsRefusedWithACount() async throws {
        for hour in 10...12 { #expect(try await drop(hour, ("a", ""), ("b", Self.wrong)) == .attention) }
        let messages = try room.entries().filter { $0["TIDINGS_OUTCOME"] as? String == "partial" }
            .compactMap { $0["MESSAGE"] as? String }
        #expect(messages.map { $0.contains("; it was refused 3 times since 20") } == [false, false, true])
        #expect(messages[1].contains("; it was refused 2 times since 20"))
        #expect(try await drop(13, ("a", ""), ("b", "")) == .ok)
        _ = try await drop(14, ("a", ""), ("b", Self.wrong))
        #expect(
            try room.entries().last { $0["TIDINGS_OUTCOME"] as? String == "partial" }
                .flatMap { $0["MESSAGE"] as? String }?.contains("it was refused") == false)
    }

    @Test func theGoodOnesOfAFileThatCountsAsAWholeAreAskedOnceToo() async throws {
        let settings = "[publishers.venue]\nusers = [\(getuid())]\npartial = \"hold\""
        #expect(try await drop(10, ("a", ""), ("b", Self.maybe), settings: settings) == .attention)
        let report = try #require(try room.report("held"))
        #expect(Set(report["codes"] as? [String] ?? []) == ["unknown-status", "held-together"])
        for hour in 11...12 {
            #expect(try await drop(hour, ("a", ""), ("b", Self.maybe), settings: settings) == .ok)
        }
        #expect(try room.names("held").count == 2)
        #expect(try !desk.site().contains("Show a"))
        try desk.ask(.release(.init(try desk.delivery(in: "held"), items: [2]), .accept, corrections: []))
        _ = try await desk.run(settings)
        #expect(try await drop(13, ("a", ""), ("b", Self.maybe), settings: settings) == .ok)
        #expect(try desk.site().contains("Show a") && desk.site().contains("Show b"))
        #expect(try room.names("held").isEmpty)
    }

    @Test func whoWasToldThatItWaitsIsToldWhatCameOfIt() async throws {
        #expect(try await drop(10, ("a", "")) == .ok)
        #expect(try await drop(11, ("a", "DTSTART:20310312T190000Z\r\n" + Self.maybe)) == .attention)
        let updates = try #require(try room.report("held")?["updates"] as? [[String: Any]])
        #expect(
            updates.first?["ifReleased"] as? String
                == "“Show a” is rescheduled: start was 2031-03-11T19:00:00, is 2031-03-12T19:00:00")
        #expect(try room.replies(to: "export-11.ics").last?["outcome"] as? String == "held")
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []))
        #expect(try await desk.run() == .ok)
        #expect(try room.replies(to: "export-11.ics").map { $0["outcome"] as? String } == ["accepted"])
    }

    @Test func theMendedStatementCountsThoughTheGarbledOneWasThrownAway() async throws {
        let moved = "DTSTART:20310312T190000Z\r\n"
        #expect(try await drop(10, ("a", "")) == .ok)
        #expect(try await drop(11, ("a", moved + Self.maybe)) == .attention)
        try desk.ask(.discard(.init(try desk.delivery(in: "held"))))
        _ = try await desk.run()
        #expect(try room.replies(to: "export-11.ics").map { $0["outcome"] as? String } == ["discarded"])
        #expect(try await drop(12, ("a", moved + Self.maybe)) == .ok, "it is not asked again")
        #expect(try desk.site().contains("11 March 2031"))
        #expect(try await drop(13, ("a", moved + "STATUS:CONFIRMED\r\n")) == .ok)
        #expect(try desk.site().contains("12 March 2031"))
    }

    @Test func aReleaseOverAStatusThatNobodyCanReadBringsNothingBack() async throws {
        #expect(try await drop(10, ("a", "")) == .ok)
        #expect(try await drop(11, ("a", "STATUS:CANCELLED\r\n")) == .ok)
        #expect(try await drop(12, ("a", Self.maybe + "DESCRIPTION:With supper.\r\n")) == .attention)
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains(">Cancelled<"))
    }

    @Test func whatIsRefusedTogetherClosesNoQuestion() async throws {
        let settings = "[publishers.venue]\nusers = [\(getuid())]\npartial = \"reject\""
        #expect(try await drop(10, ("a", ""), settings: settings) == .ok)
        #expect(
            try await drop(11, ("a", "DTSTART:20310312T190000Z\r\n" + Self.maybe), settings: settings) == .attention)
        let moved = "DTSTART:20310313T190000Z\r\n"
        #expect(try await drop(12, ("a", moved), ("b", Self.wrong), settings: settings) == .attention)
        #expect(try room.names("held").count == 2)
        // One of them alone counts no more than before.
        let refused = try desk.delivery(in: "rejected")
        try desk.ask(.retry(.init(refused, items: [1])))
        _ = try await desk.run(settings)
        #expect(try desk.site().contains("11 March 2031"))
        let message = try room.entries().last { $0["TIDINGS_FILE"] as? String == "export-12.ics" }?["MESSAGE"]
        #expect((message as? String)?.contains("item 2, ") == true, "\(String(describing: message))")
    }

    @Test func whatSaysNothingNewWaitsForNothing() async throws {
        let settings = "[publishers.venue]\nusers = [\(getuid())]\npartial = \"hold\""
        #expect(try await drop(10, ("a", ""), ("c", ""), settings: settings) == .ok)
        #expect(
            try await drop(11, ("a", ""), ("b", Self.wrong), ("c", "DESCRIPTION:New.\r\n"), settings: settings)
                == .attention)
        #expect(try room.outcomes(try room.report("held")) == ["unchanged", "rejected", "held"])
    }

    @Test func anotherFaultBesideOneThatWasAnsweredIsAnotherQuestion() async throws {
        let series = "RRULE:FREQ=DAILY;COUNT=3\r\n" + Self.maybe
        #expect(try await drop(10, ("a", series + "EXDATE:2031-03-12\r\n")) == .attention)
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []))
        _ = try await desk.run()
        #expect(try await drop(11, ("a", series + "EXDATE:2031-03-12\r\n")) == .ok)
        #expect(try await drop(12, ("a", series + "EXDATE:2031-03-13\r\n")) == .attention)
    }

    @Test func whatATextSaysOfAnotherNightReplacesNoQuestion() async throws {
        func night(_ day: Int) -> String {
            "Jazz Night\n\nThe Jazz Night will be held on \(day) May at the Old Hall in Zurich, Switzerland.\n"
        }
        try room.drop("one.txt", night(3))
        #expect(try await desk.run() == .attention)
        try room.drop("two.txt", night(17))
        #expect(try await desk.run() == .attention)
        #expect(
            try room.names("held").filter { $0.hasSuffix(".txt") }.count == 2, "which of them is meant nobody knows")
        try room.drop("copy.txt", night(3))
        #expect(try await desk.run() == .ok, "a copy asks nothing")
    }

    @Test func whatAPersonCorrectedIsNotAskedAgain() async throws {
        #expect(try await drop(10, ("b", Self.maybe)) == .attention)
        let correction = Correction("name.text", "Evening show")
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: [correction]))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("Evening show"))
        #expect(try await drop(11, ("b", Self.maybe)) == .ok)
        #expect(try await drop(12, ("b", Self.maybe + "DESCRIPTION:With supper.\r\n")) == .attention)
        #expect(try desk.site().contains("Evening show"))
    }

    @Test func whatAPersonCalledNewIsNotAskedAgain() async throws {
        let settings = "[publishers.venue]\nusers = [\(getuid())]\nmay = [\"announce\"]"
        #expect(try await drop(10, ("a", "")) == .ok)
        let other = "DTSTART:20310511T190000Z\r\n"
        #expect(try await drop(11, ("a", other), settings: settings) == .attention)
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .new, corrections: []))
        #expect(try await desk.run(settings) == .ok)
        #expect(try await drop(12, ("a", other), settings: settings) == .ok)
        #expect(try room.names("held").isEmpty)
    }
}
