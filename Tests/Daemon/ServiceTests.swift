import EventFormats
import Foundation
import PluginKit
import Spool
import Systemd
import TestKit
import Testing

@testable import Daemon

@Suite struct ServiceTests {
    private let directory = TemporaryDirectory()
    private var incoming: String { directory.path + "/spool/incoming" }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/spool/\(folder)")
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    private func drop(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
        try text.write(toFile: "\(directory.path)/\(name)", atomically: false, encoding: .utf8)
        try FileManager.default.moveItem(atPath: "\(directory.path)/\(name)", toPath: "\(incoming)/\(name)")
    }

    private func runOnce(_ settings: String = "", offered: Offered = Offered()) async throws -> Daemon.ExitStatus {
        try await run(settings, isOnce: true, offered: offered, signals: AsyncStream { _ in })
    }

    private func run(
        _ settings: String = "", isOnce: Bool, offered: Offered, signals: AsyncStream<ServiceSignal>
    ) async throws -> Daemon.ExitStatus {
        let file = directory.path + "/tidingsd.toml"
        let text = """
            [service]
            state_directory = "\(directory.path)/state"
            [spool]
            directory = "\(directory.path)/spool"
            [pipeline]
            stages = ["keeper"]
            \(settings)
            """
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        let loader = ConfigurationLoader(file: file, registry: try Registry([Registration(Keeper.self)]))
        let configuration = try loader.load()
        let null = open("/dev/null", O_WRONLY)
        let house = try House.open(
            configuration, stateDirectory: directory.path + "/state", createsSpool: true, clock: SystemClock(),
            journal: Journal(.console, descriptor: null))
        return try await Keeper.$offered.withValue(offered) {
            try await Service(loader: loader, house: house, isOnce: isOnce).run(configuration, signals)
        }
    }

    @Test func anAcceptedFileLeavesTheSpoolWhenAStageKeepsItsBytes() async throws {
        try drop("a.txt", "pass")
        try drop("b.txt", "absorb")
        #expect(try await runOnce() == .ok)
        for folder in ["incoming", "active", "rejected", "held", "deferred", "accepted"] {
            #expect(try names(folder) == [])
        }
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held"), ("retry", "deferred")])
    func aFileThatNeedsSomebodyLiesInItsFolderWithAReport(word: String, folder: String) async throws {
        try drop("a.txt", word)
        #expect(try await runOnce() == .attention)
        let found = try names(folder)
        #expect(found.count == 2)
        let file = try #require(found.first { $0.hasSuffix("-a.txt") })
        let report = try #require(found.first { $0.hasSuffix(".report.json") })
        #expect(report == file.dropLast(6) + ".report.json")
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/spool/\(folder)/\(report)"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["outcome"] as? String == folder)
        #expect(json["file"] as? String == "a.txt")
        #expect(json["stage"] as? String == "keeper")
        #expect((json["message"] as? String)?.isEmpty == false)
        #expect((json["nextTry"] != nil) == (folder == "deferred"))
        #expect(try names("active") == [])
    }

    @Test func theSenderOfARefusedFileGetsAReply() async throws {
        try drop("a.txt", "reject")
        _ = try await runOnce()
        let replies = try names("replies/\(getuid())")
        #expect(replies.count == 2)
        #expect(replies.allSatisfy { $0.hasPrefix("a.txt.") })
        let text = try String(
            contentsOfFile: "\(directory.path)/spool/replies/\(getuid())/\(replies[1])", encoding: .utf8)
        #expect(text.hasPrefix("a.txt: rejected\nline 1, column 1: refused as it asked\n"))
    }

    @Test(arguments: [("reject", "rejected"), ("hold", "held")])
    func aSenderHearsOfAFileThatMovedJustBeforeTheDaemonWasKilled(word: String, folder: String) async throws {
        try drop("a.txt", word)
        _ = try await runOnce()
        let spool = directory.path + "/spool"
        let file = try #require(try names(folder).first { $0.hasSuffix("-a.txt") })
        try FileManager.default.removeItem(atPath: "\(spool)/replies/\(getuid())")
        try "\(folder)/\(file)\0".write(toFile: "\(spool)/active/.unanswered", atomically: false, encoding: .utf8)
        let offered = Offered()
        #expect(try await runOnce(offered: offered) == .attention)
        #expect(offered.names == ["a.txt"])
        #expect(try names("replies/\(getuid())").count == 2)
        #expect(try names(folder).count == 2)
        #expect(!FileManager.default.fileExists(atPath: "\(spool)/active/.unanswered"))
    }

    @Test func whatAnEarlierRunLeftInWorkIsTakenUpAgain() async throws {
        let active = directory.path + "/spool/active"
        try FileManager.default.createDirectory(atPath: active, withIntermediateDirectories: true)
        try "pass".write(
            toFile: active + "/01KB0000000000000000000000-late.txt", atomically: false, encoding: .utf8)
        let offered = Offered()
        #expect(try await runOnce(offered: offered) == .ok)
        #expect(offered.names == ["late.txt"])
        #expect(try names("active") == [])
    }

    @Test func aBatchIsNoLargerThanTheSettingAndNothingIsLeftOut() async throws {
        for number in 0..<100 { try drop("f\(number).txt", "pass") }
        let offered = Offered()
        #expect(try await runOnce("batch = 7", offered: offered) == .ok)
        #expect(Set(offered.names).count == 100)
        #expect(offered.names.count == 100)
    }

    @Test func aStageThatIsIllForAWhileLosesNothing() async throws {
        try drop("a.txt", "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.temporary, "the disk is full"))
        #expect(try await runOnce(offered: offered) == .ok)
        #expect(offered.names == ["a.txt"])
    }

    @Test func theOneThatAStageCannotWorkOnIsSetAside() async throws {
        try drop("a.txt", "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.permanent, "it hurts"))
        #expect(try await runOnce(offered: offered) == .attention)
        #expect(try names("held").count == 2)
    }

    @Test func aReloadWhileAStageIsIllLosesNothing() async throws {
        try drop("a.txt", "pass")
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
        #expect(try await run(isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(offered.names == ["a.txt"])
        #expect(try names("active") == [])
    }

    @Test func aFailedFlushEndsTheServiceAndLeavesTheFileInWork() async throws {
        try drop("a.txt", "pass")
        let offered = Offered()
        offered.failNext(PluginFailure(.durability, "fsync failed"))
        #expect(try await runOnce(offered: offered) == .inputOutput)
        #expect(try names("active").count == 1)
        #expect(try await runOnce() == .ok)
        #expect(try names("active") == [])
    }
}
