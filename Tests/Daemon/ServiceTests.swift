import CommandLineKit
import Foundation
import PluginKit
import Testing

@testable import Daemon

@Suite struct ServiceTests {
    private let room = ServiceRoom()

    @Test func anAcceptedFileLeavesTheSpoolWhenAStageKeepsItsBytes() async throws {
        try room.drop("a.ics", saying: "pass")
        try room.drop("b.ics", saying: "absorb")
        #expect(try await room.runOnce() == .ok)
        for folder in ["incoming", "active", "rejected", "held", "deferred", "accepted"] {
            #expect(try room.names(folder) == [])
        }
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held"), ("retry", "deferred")])
    func aFileThatNeedsSomebodyLiesInItsFolderWithAReport(word: String, folder: String) async throws {
        try room.drop("a.ics", saying: word)
        #expect(try await room.runOnce() == .attention)
        let found = try room.names(folder)
        #expect(found.count == 2)
        let file = try #require(found.first { $0.hasSuffix("-a.ics") })
        let report = try #require(found.first { $0.hasSuffix(".report.json") })
        #expect(report == file.dropLast(6) + ".report.json")
        let json = try #require(try room.report(folder))
        #expect(json["outcome"] as? String == folder)
        #expect(json["file"] as? String == "a.ics")
        #expect(json["stage"] as? String == "keeper")
        #expect((json["message"] as? String)?.isEmpty == false)
        #expect((json["nextTry"] != nil) == (folder == "deferred"))
        #expect(try room.names("active") == [])
    }

    @Test func theSenderOfARefusedFileGetsAReply() async throws {
        try room.drop("a.ics", saying: "reject")
        _ = try await room.runOnce()
        let replies = try room.names("replies/\(getuid())")
        #expect(replies.count == 2)
        #expect(replies.allSatisfy { $0.hasPrefix("a.ics.") })
        let text = try String(
            contentsOfFile: "\(room.spool)/replies/\(getuid())/\(replies[1])", encoding: .utf8)
        #expect(text.hasPrefix("a.ics: rejected\nline 1, column 1: refused as it asked\n"))
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held")])
    func aSenderHearsOfAFileThatMovedJustBeforeTheDaemonWasKilled(word: String, folder: String) async throws {
        try room.drop("a.ics", saying: word)
        _ = try await room.runOnce()
        let spool = room.spool
        let file = try #require(try room.names(folder).first { $0.hasSuffix("-a.ics") })
        try FileManager.default.removeItem(atPath: "\(spool)/replies/\(getuid())")
        try "\(folder)/\(file)\0".write(toFile: "\(spool)/active/.unanswered", atomically: false, encoding: .utf8)
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .attention)
        #expect(offered.names.isEmpty, "what has its answer is not judged again")
        #expect(try room.names("replies/\(getuid())").count == 2)
        #expect(try room.names(folder).count == 2)
        #expect(!FileManager.default.fileExists(atPath: "\(spool)/active/.unanswered"))
    }

    @Test func whatAnEarlierRunLeftInWorkIsTakenUpAgain() async throws {
        try room.leaveInWork("01KB0000000000000000000000-late.ics", saying: "pass")
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.names == ["late.ics"])
        #expect(try room.names("active") == [])
    }

    @Test func aBatchIsNoLargerThanTheSettingAndNothingIsLeftOut() async throws {
        for number in 0..<100 { try room.drop("f\(number).ics", saying: "pass") }
        let offered = Offered()
        #expect(try await room.runOnce("batch = 7", offered: offered) == .ok)
        #expect(Set(offered.names).count == 100)
        #expect(offered.names.count == 100)
    }

    @Test func aStageThatIsIllForAWhileLosesNothing() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.temporary, "the disk is full"))
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.names == ["a.ics"])
    }

    @Test func theOneThatAStageCannotWorkOnIsSetAside() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.permanent, "it hurts"))
        #expect(try await room.runOnce(offered: offered) == .attention)
        #expect(try room.names("held").count == 2)
    }

    @Test func aReloadWhileAStageIsIllLosesNothing() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        for _ in 0..<20 { offered.failNext(PluginFailure(.temporary, "the disk is full")) }
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        offered.whenAsked { asked in
            // The stage has failed once and is paused: the reload comes, and the next shift's stage is well.
            if asked == 1 {
                offered.forgetFailures()
                send.yield(.reload)
            }
            if asked == 2 { send.yield(.stop) }
        }
        #expect(try await room.run(isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(offered.names == ["a.ics"])
        #expect(try room.names("active") == [])
    }

    @Test func aFailedFlushEndsTheServiceAndLeavesTheFileInWork() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.durability, "fsync failed"))
        #expect(try await room.runOnce(offered: offered) == .inputOutput)
        #expect(try room.names("active").count == 1)
        #expect(try await room.runOnce() == .ok)
        #expect(try room.names("active") == [])
    }
}
