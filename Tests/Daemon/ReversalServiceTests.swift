import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Testing

@testable import Daemon

/// What administrators take back and hold back, carried out by the whole service.
@Suite struct ReversalServiceTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private static func calendar(_ status: String, sequence: Int) -> String {
        let events = (1...6).map { number in
            """
            BEGIN:VEVENT\r\nUID:show-\(number)\r\nDTSTAMP:20300101T000000Z\r\nSEQUENCE:\(sequence)\r\n\
            DTSTART:2031031\(number)T190000Z\r\nSUMMARY:Show \(number)\r\nLOCATION:Hall\r\nSTATUS:\(status)\r\nEND:VEVENT\r\n
            """
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\(events.joined())END:VCALENDAR\r\n"
    }

    private func cancelled() throws -> Int { try desk.site().components(separatedBy: ">Cancelled<").count - 1 }

    @Test func whatIsTakenBackIsRightOnTheSiteAgain() async throws {
        try room.drop("season.ics", Self.calendar("CONFIRMED", sequence: 0))
        #expect(try await desk.run() == .ok)
        let before = try desk.site()
        try room.drop("false.ics", Self.calendar("CANCELLED", sequence: 1))
        // More than five: the brake asks.
        #expect(try await desk.run() == .attention)
        let id = try desk.delivery(in: "held")
        #expect(try desk.site() == before)
        try desk.ask(.release(.init(id), .accept, corrections: []), as: "release.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.site() != before)
        try desk.ask(.revert(.init(id, items: [2])), as: "one.json", comment: "wrong file")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "one.json").result == .outcome(.accepted))
        try desk.ask(.revert(.init(id)), as: "all.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "all.json").result == .outcome(.accepted))
        #expect(try room.names("active").isEmpty && room.names("requests").isEmpty)
        try desk.ask(.revert(.init(id)), as: "again.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "again.json").result == .gone)
        #expect(try desk.answer(to: "again.json").message.hasPrefix("nothing is left to take back"))
    }

    private func delivery(of file: String) throws -> DeliveryID {
        let entry = try #require(
            try room.entries().last {
                $0["TIDINGS_FILE"] as? String == file && $0["TIDINGS_OUTCOME"] as? String == "accepted"
            })
        return try #require((entry["TIDINGS_DELIVERY"] as? String).flatMap { DeliveryID($0) })
    }

    /// What is taken back after another thing is worked out from what that has left.
    @Test func allThatCameIsTakenBackTheLatestFirst() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("c1"))
        #expect(try await desk.run() == .ok)
        for (number, start) in ["2031-03-15", "2031-03-16", "2031-03-17"].enumerated() {
            try room.drop("m\(number).jsonld", DecisionRoom.concert("c1", start: start, sequence: number + 2))
            #expect(try await desk.run() == .ok)
        }
        for (number, file) in ["m2", "m1", "m0"].enumerated() {
            try desk.ask(.revert(.init(delivery(of: "\(file).jsonld"))), as: "\(number).json")
        }
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("14 March 2031"))
        #expect(try room.names("requests").isEmpty)
        try desk.ask(.revert(.init(delivery(of: "a.jsonld"))), as: "all.json")
        #expect(try await desk.run() == .ok)
        // It is cancelled by that, whatever was taken back before; and taken back it is once.
        try desk.ask(.revert(.init(delivery(of: "m0.jsonld"))), as: "again.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "again.json").result == .gone)
    }

    @Test func aQuestionThatItsSourceHasSinceAnsweredItselfIsReleasedNoMore() async throws {
        func prom(_ hour: Int, _ lines: String) -> String {
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:prom\r\nDTSTAMP:20260101T000000Z\r\n"
                + "DTSTART:20310311T\(hour)0000Z\r\nSUMMARY:Prom\r\nLOCATION:Hall\r\n\(lines)END:VEVENT\r\nEND:VCALENDAR\r\n"
        }
        try room.drop("a.ics", prom(19, ""))
        #expect(try await desk.run() == .ok)
        try room.drop("b.ics", prom(21, "STATUS:MAYBE\r\n"))
        #expect(try await desk.run() == .attention)
        try room.drop("c.ics", prom(20, ""))
        let asked = try desk.delivery(in: "held")
        _ = try await desk.run()
        #expect(try room.names("held").isEmpty, "nobody is asked about what it says no more")
        let reply = try #require(try room.replies(to: "b.ics").last?["updates"] as? [[String: Any]])
        #expect((reply.first?["reason"] as? String)?.contains("which its source said later") == true)
        try desk.ask(.release(.init(asked), .accept, corrections: []))
        _ = try await desk.run()
        #expect(try desk.site().contains("20:00"))
        #expect(try !desk.site().contains("21:00"))
        #expect(try desk.answer().message.contains("which its source said later"))
    }

    @Test func whatIsOlderAndSaysAnotherTimeIsAnsweredLoudly() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("c1", sequence: 5))
        #expect(try await desk.run() == .ok)
        try room.drop("old.jsonld", DecisionRoom.concert("c1", sequence: 3))
        try room.drop("other.jsonld", DecisionRoom.concert("c1", start: "2031-03-15", sequence: 4))
        _ = try await desk.run()
        #expect(try room.replies(to: "old.jsonld").isEmpty)
        let message = try #require(try room.replies(to: "other.jsonld").last?["message"] as? String)
        #expect(message.hasPrefix("NOT APPLIED: “Concert” is older than what is known"))
        #expect(try desk.site().contains("14 March 2031"))
    }

    @Test func whatIsRefusedBesideWhatIsOlderIsStillTold() async throws {
        try room.drop("a.ics", Self.calendar("CONFIRMED", sequence: 5))
        #expect(try await desk.run() == .ok)
        // The first is older and on another day, the second on no day at all, and nothing else of the file is new.
        let mixed = Self.calendar("CONFIRMED", sequence: 4).replacing("20310311T190000Z", with: "20310321T190000Z")
            .replacing("20310312T190000Z", with: "20310230T190000Z")
        try room.drop("mixed.ics", mixed)
        _ = try await desk.run()
        let reply = try #require(try room.replies(to: "mixed.ics").last)
        #expect(reply["outcome"] as? String == "partial")
        #expect((reply["message"] as? String)?.contains("1 is rejected: item 2") == true)
    }

    @Test func whatWasForgottenComesBackWhenAPersonLetsIt() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("c1"))
        #expect(try await desk.run() == .ok)
        try desk.ask(.forget(uid: "c1"), as: "forget.json")
        #expect(try await desk.run() == .ok)
        try room.drop("a.jsonld", DecisionRoom.concert("c1", sequence: 3))
        _ = try await desk.run()
        let id = try desk.delivery(in: "rejected")
        try desk.ask(.release(.init(id), .accept, corrections: []))
        _ = try await desk.run()
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("Concert"))
    }

    @Test func nothingThatIsAskedAboutOthersIsForgottenWithAnEvent() async throws {
        try room.drop("season.ics", Self.calendar("CONFIRMED", sequence: 0))
        #expect(try await desk.run() == .ok)
        try room.drop("false.ics", Self.calendar("CANCELLED", sequence: 1))
        #expect(try await desk.run() == .attention)
        let id = try desk.delivery(in: "held")
        try desk.ask(.forget(uid: "show-1"), as: "early.json")
        _ = try await desk.run()
        #expect(try desk.answer(to: "early.json").result == .refused)
        #expect(
            try desk.answer(to: "early.json").message.hasPrefix("\(id) waits for a person and speaks of other events"))
        #expect(try desk.delivery(in: "held") == id)
        try desk.ask(.discard(.init(id, items: Array(2...6))), as: "discard.json")
        _ = try await desk.run()
        try desk.ask(.forget(uid: "show-1"), as: "late.json")
        _ = try await desk.run()
        #expect(try desk.answer(to: "late.json").result == .forgotten)
    }

    /// The daemon ended after it had put what is to be done into work, and before anything was done.
    @Test func aRequestThatAKillMetIsCarriedOutOnce() async throws {
        try room.drop("season.ics", Self.calendar("CONFIRMED", sequence: 0))
        #expect(try await desk.run() == .ok)
        try room.drop("moved.ics", Self.calendar("TENTATIVE", sequence: 1))
        _ = try await desk.run("[plugins.archiver]\nblast_radius_least = 100\n")
        let last = try #require(try room.entries().last { $0["TIDINGS_OUTCOME"] as? String == "accepted" })
        let moved = try #require((last["TIDINGS_DELIVERY"] as? String).flatMap { DeliveryID($0) })
        try desk.ask(.revert(.init(moved)))
        let decision = try desk.decision(.revert(.init(moved)))
        var status = stat()
        try #require(lstat("\(room.spool)/requests/ask.json", &status) == 0)
        let id = DeliveryID(at: decision.decidedAt, random: (0, UInt64(status.st_ino)))
        try desk.note(decision, id)
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try room.names("active").isEmpty && room.names("requests").isEmpty)
    }

    @Test func whatTheArchiveHeldIsJudgedAnewWhenItIsTriedAgain() async throws {
        try room.drop("season.ics", Self.calendar("CONFIRMED", sequence: 0))
        #expect(try await desk.run() == .ok)
        try room.drop("closed.ics", Self.calendar("CANCELLED", sequence: 1))
        #expect(try await desk.run() == .attention)
        try desk.ask(.retry(.init(desk.delivery(in: "held"))), comment: "the brake was too tight")
        #expect(try await desk.run("[plugins.archiver]\nblast_radius_least = 100\n") == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try cancelled() > 0)
        #expect(try room.names("held").isEmpty)
    }

    @Test func whoIsSuspendedIsHeldUntilThatIsOver() async throws {
        try desk.ask(.suspend(.user(getuid())), as: "suspend.json", comment: "account taken over")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "suspend.json").result == .suspended)
        try room.drop("a.jsonld", DecisionRoom.concert("c1"))
        #expect(try await desk.run() == .attention)
        let report = try #require(try room.report("held"))
        #expect(report["codes"] as? [String] == ["suspended"])
        try desk.ask(.resume(.user(getuid())), as: "resume.json")
        try desk.ask(.release(.init(desk.delivery(in: "held")), .accept, corrections: []), as: "release.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "resume.json").result == .resumed)
        try room.drop("b.jsonld", DecisionRoom.concert("c2"))
        #expect(try await desk.run() == .ok)
    }

    @Test func aFlushThatFailsWhileSomebodyIsSuspendedEndsTheService() async throws {
        try desk.ask(.suspend(.user(getuid())))
        let offered = Offered()
        offered.failNext(PluginFailure(.durability, "fsync failed"))
        #expect(try await room.runOnce("stages = [\"failing\"]", offered: offered) == .inputOutput)
        #expect(try room.names("requests") == ["ask.json"])
    }
}

/// A keeper of the log whose disk fails as it is told to.
struct FailingKeeper: LedgerKeeper {
    static let manifest = PluginManifest(
        name: "failing", summary: "Cannot write.", provides: [Resolution.name], decides: true)
    private let offered: Offered

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    private func write() throws(PluginFailure) {
        if let failure = offered.nextFailure() { throw failure }
    }

    func record(_ entries: [LedgerEntry]) async throws(PluginFailure) { try write() }
    func suspend(_ suspension: Suspension) async throws(PluginFailure) { try write() }
    func reconcile(waiting deliveries: Set<DeliveryID>) async throws(PluginFailure) {}
    func reversible(_ delivery: DeliveryID, items: [Int]) async throws(PluginFailure) -> [ReversibleItem] { [] }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }
}
