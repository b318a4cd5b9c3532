import CommandLineKit
import EventModel
import Foundation
import Pipeline
import PluginKit
import Spool
import Systemd
import Synchronization
import Testing

@testable import Requests
@testable import Daemon

/// Requests of administrators about deliveries, carried out by the whole service. Each lies there before the daemon
/// starts, as it does while the daemon is stopped.
@Suite struct DecisionTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func hold() async throws -> DeliveryID {
        try room.drop("walk.txt", DecisionRoom.walk)
        #expect(try await desk.run() == .attention)
        return try desk.delivery(in: "held")
    }

    private func isClean() throws -> Bool {
        try ["incoming", "active", "requests", "held", "rejected", "deferred"].allSatisfy { try room.names($0).isEmpty }
    }

    @Test func aHeldFileIsReleasedWithACorrection() async throws {
        let id = try await hold()
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029")]), comment: "they rang")
        #expect(try await desk.run() == .ok)
        #expect(try isClean())
        #expect(try desk.site().contains("3 May 2029"))
        let answer = try desk.answer()
        #expect(
            answer.result == .outcome(.accepted) && answer.items == DecidedItems(id) && answer.decidedBy == getuid())
        let entry = try #require(
            try room.entries().first { $0["MESSAGE_ID"] as? String == MessageID.requestCarriedOut.rawValue })
        #expect(entry["TIDINGS_DECIDED_BY"] as? String == "\(getuid())")
        #expect(entry["TIDINGS_DELIVERY"] as? String == id.description)
        let message = try #require(entry["MESSAGE"] as? String)
        #expect(message.hasPrefix("user \(getuid()) asked to release \(id) (they rang): accepted: "))
    }

    @Test(arguments: [
        ("occurrences[0].when.strat", "2029-05-03", "did you mean occurrences[0].when.start?"),
        ("occurrences[0].when.start", "soon", "expected a date such as"),
        ("year", "MMXXIX", "expected a year such as 2027"),
    ])
    func aReleaseThatCannotBeMadeLeavesTheFileHeldAsItWas(path: String, value: String, words: String) async throws {
        let id = try await hold()
        let report = try #require(try room.report("held")) as NSDictionary
        try desk.ask(.release(.init(id), .accept, corrections: [Correction(path, value)]))
        _ = try await desk.run()
        let answer = try desk.answer()
        #expect(answer.result == .refused)
        #expect(answer.message.contains(words), "\(answer.message)")
        #expect(try #require(try room.report("held")) as NSDictionary == report)
        #expect(try room.names("active").isEmpty && room.names("requests").isEmpty)
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029")]))
        #expect(try await desk.run() == .ok)
        #expect(try isClean())
    }

    @Test func aReleasedFileIsAnUpdateOfTheEventThatIsSaid() async throws {
        try room.drop("walk.jsonld", DecisionRoom.concert("walk-1", name: "Spring Walk", start: "2029-05-03"))
        let id = try await hold()
        try desk.ask(
            .release(
                .init(id), .update(of: "walk-1"), corrections: [Correction("occurrences[0].when.start", "2029-05-04")]))
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("4 May 2029"))
        #expect(try !desk.site().contains("3 May 2029") || desk.site().contains("Rescheduled"))
    }

    @Test func onlyHeldFilesAreReleased() async throws {
        try room.drop("a.ics", saying: "reject")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "rejected")
        try desk.ask(.release(.init(id), .accept, corrections: []))
        _ = try await room.runOnce()
        let answer = try desk.answer()
        #expect(answer.result == .refused)
        #expect(answer.message.contains("it was rejected: mend the file and drop it again, or 'tidings retry \(id)'"))
        #expect(try room.names("rejected").count == 2)
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held"), ("retry", "deferred")])
    func aRetriedFilePassesAllStagesAgain(word: String, folder: String) async throws {
        try room.drop("a.ics", saying: word)
        _ = try await room.runOnce()
        let id = try desk.delivery(in: folder)
        try desk.ask(.retry(.init(id)))
        let offered = Offered()
        _ = try await room.runOnce(offered: offered)
        #expect(offered.names == ["a.ics"])
        #expect(try desk.answer().result == .outcome(#require(Outcome(rawValue: folder))))
        #expect(try room.report(folder)?["attempts"] as? Int == 1)
        #expect(try room.names("requests").isEmpty && room.names("active").isEmpty)
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held"), ("retry", "deferred")])
    func aDiscardedFileIsGoneWithItsReport(word: String, folder: String) async throws {
        try room.drop("a.ics", saying: word)
        _ = try await room.runOnce()
        let id = try desk.delivery(in: folder)
        try desk.ask(.discard(.init(id)))
        #expect(try await room.runOnce() == .ok)
        #expect(try isClean())
        #expect(try desk.answer().result == .discarded)
        #expect(try room.messages(.requestCarriedOut).count == 1)
    }

    @Test func aRequestThatCannotBeCarriedOutForAWhileHoldsUpNoFile() async throws {
        try room.drop("a.ics", saying: "hold")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try room.drop("first.ics", saying: "pass")
        let offered = Offered()
        let isBlocked = Mutex(false)
        offered.whenAsked { [room, desk] count in
            guard count == 1, room.block("held") else { return }
            isBlocked.withLock { $0 = true }
            try? desk.ask(.discard(.init(id)))
            for number in 0..<3 { try? room.drop("good-\(number).ics", saying: "pass") }
        }
        _ = try await room.runOnce(spool: "pause = \"50ms\"", offered: offered)
        room.unblock("held")
        guard isBlocked.withLock({ $0 }) else {
            print("skipped: this filesystem knows no immutable folders")
            return
        }
        #expect(Set(offered.names) == ["first.ics", "good-0.ics", "good-1.ics", "good-2.ics"])
        #expect(try room.names("requests") == ["ask.json"])
        _ = try await room.runOnce()
        #expect(try desk.answer().result == .discarded)
    }

    @Test func onAFullDiskFilesAreThrownAwayAndOtherRequestsWait() async throws {
        try room.drop("a.ics", saying: "hold")
        try room.drop("b.ics", saying: "reject")
        _ = try await room.runOnce()
        let held = try desk.delivery(in: "held")
        try desk.ask(.retry(.init(try desk.delivery(in: "rejected"))), as: "retry.json")
        try desk.ask(.discard(.init(held)), as: "discard.json")
        _ = try await room.runOnce(spool: "min_free_bytes = \"1024GiB\"")
        #expect(try room.messages(.intakePaused).count == 1)
        #expect(try room.names("held") == [])
        #expect(try desk.answer(to: "discard.json").result == .discarded)
        #expect(try room.names("requests") == ["retry.json"])
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "retry.json").result == .outcome(.rejected))
    }

    @Test func requestsAreCarriedOutInTheirOrder() async throws {
        try room.drop("a.ics", saying: "hold")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try desk.ask(.retry(.init(id)), as: "first.json")
        try desk.ask(.discard(.init(id)), as: "second.json")
        try desk.ask(.discard(.init(id)), as: "third.json")
        _ = try await room.runOnce()
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "first.json").result == .outcome(.held))
        let results = try [desk.answer(to: "second.json").result, desk.answer(to: "third.json").result]
        #expect(results == [.discarded, .gone])
        #expect(try isClean())
    }

    @Test func aDeliveryThatWaitsNowhereIsAnswered() async throws {
        try desk.ask(.retry(.init(DeliveryID(high: 5, low: 5))))
        #expect(try await room.runOnce() == .ok)
        let answer = try desk.answer()
        #expect(answer.result == .gone)
        #expect(answer.message.contains("waits in held/, rejected/ or deferred/"))
        #expect(try room.names("requests").isEmpty)
    }

    // MARK: What is no request

    @Test(arguments: [
        "not json", "{}", "{\"schema\":\"tidings-request/1\",\"action\":\"forget\",\"uid\":\"x\",\"decidedBy\":0}",
    ])
    func whatIsNoRequestIsRefusedAndRemoved(text: String) async throws {
        try desk.put(Array(text.utf8), as: "ask.json")
        #expect(try await room.runOnce() == .ok)
        #expect(try desk.answer().result == .refused)
        #expect(try room.messages(.requestRefused).count == 1)
        #expect(try room.names("requests").isEmpty)
    }

    @Test func aHugeRequestIsRefusedUnread() async throws {
        try desk.put(
            [UInt8](repeating: 0x20, count: 64 * 1024) + DecisionRequest(.withdraw(uid: "x")).json, as: "ask.json")
        #expect(try await room.runOnce() == .ok)
        #expect(try desk.answer().message.contains("it has more than 65536 bytes"))
        #expect(try room.names("requests").isEmpty)
    }

    @Test func aPipeOrALinkIsLeftWhereItIsAndToldOnce() async throws {
        try desk.ask(.discard(.init(DeliveryID(high: 5, low: 5))))
        #expect(mkfifo("\(room.spool)/requests/pipe", 0o600) == 0)
        #expect(symlink("/etc/passwd", "\(room.spool)/requests/link") == 0)
        #expect(try await room.runOnce() == .ok)
        #expect(try room.names("requests") == ["link", "pipe"])
        #expect(try desk.answer().result == .gone)
        #expect(try room.messages(.fileLeftAlone).count == 2)
    }

    @Test(arguments: [
        DecisionRequest(.withdraw(uid: "c1")),
        DecisionRequest(.release(.init(DeliveryID(high: 5, low: 5)), .new, corrections: [])),
    ])
    func theStagesAreToldWhoAsked(_ asked: DecisionRequest) throws {
        let spool = try SpoolDirectory.open(room.spool, create: true)
        try desk.put(asked.json, as: "ask.json")
        let request = try #require(try spool.requests(limit: 1).requests.first)
        let standing = Decisions.Standing(request: request, asked: asked)
        #expect((standing.order?.decidedBy ?? standing.decision?.decidedBy) == getuid())
        #expect((standing.order?.decidedAt ?? standing.decision?.decidedAt) == request.receivedAt)
    }

    @Test(.enabled(if: geteuid() == 0, "needs another user"))
    func theOneWhoDecidedIsTheOwnerOfTheFile() async throws {
        let id = try await hold()
        try desk.ask(.release(.init(id), .new, corrections: [Correction("year", "2029")]))
        #expect(chown("\(room.spool)/requests/ask.json", 4003, 4003) == 0)
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(user: 4003).decidedBy == 4003)
        let message = try #require(try room.messages(.requestCarriedOut).first)
        #expect(message.hasPrefix("user 4003 asked to release \(id): accepted"))
    }
}
