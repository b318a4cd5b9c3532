import CommandLineKit
import Foundation
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// Stages that fail, hang or end the process: the one file pays for it, its neighbours do not.
@Suite struct StageTroubleTests {
    private let room = ServiceRoom()

    @Test func aFileThatMakesAStageHangIsHeldAndItsNeighboursGoOn() async throws {
        for number in 0..<5 { try room.drop("good-\(number).ics", saying: "pass") }
        try room.drop("bad.ics", saying: "hang")
        let offered = Offered()
        #expect(try await room.runOnce("stages = [\"sleeper\", \"keeper\"]", offered: offered) == .attention)
        #expect(try room.names("held").count == 2)
        let report = try #require(try room.report("held"))
        #expect(report["file"] as? String == "bad.ics")
        #expect((report["message"] as? String)?.contains("it did not finish within 200ms") == true)
        #expect(try room.names("active") == [])
        #expect(try room.messages(.stageOverran).count == 3, "with its neighbours, for a while, and alone")
        let aside = try room.messages(.deliverySetAside)
        #expect(aside.count == 1)
        #expect(aside.first?.hasSuffix("stage sleeper: it did not finish within 20ms") == true)
        #expect(Set(offered.names).count == 5)
    }

    @Test func aCallThatIgnoresItsCancellationIsLeftBehind() async throws {
        try room.drop("good.ics", saying: "pass")
        try room.drop("bad.ics", saying: "hang hard")
        let settings = "stages = [\"sleeper\", \"keeper\"]\ncancel_grace = \"50ms\"\nmax_abandoned_calls = 3"
        #expect(try await room.runOnce(settings) == .attention)
        #expect(try #require(try room.report("held"))["file"] as? String == "bad.ics")
        #expect(try room.names("active") == [])
        #expect(try room.messages(.stageAbandoned).last?.hasSuffix("calls left behind so far: 3") == true)
    }

    @Test func tooManyCallsLeftBehindEndTheServiceAndLoseNothing() async throws {
        try room.drop("good.ics", saying: "pass")
        try room.drop("bad.ics", saying: "hang hard")
        let settings = "stages = [\"sleeper\", \"keeper\"]\ncancel_grace = \"50ms\"\nmax_abandoned_calls = 0"
        #expect(try await room.runOnce(settings) == .software)
        #expect(try room.names("active").count == 2)
        let offered = Offered()
        #expect(try await room.runOnce("stages = [\"keeper\"]", offered: offered) == .ok)
        #expect(Set(offered.names) == ["good.ics", "bad.ics"])
    }

    @Test func afterAnEndFilesAreWorkedOnOneAtATime() async throws {
        for number in 0..<3 {
            try room.leaveInWork("01KB000000000000000000000\(number)-f\(number).ics", saying: "pass")
        }
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.batches == [["f0.ics"], ["f1.ics"], ["f2.ics"]])
        #expect(!FileManager.default.fileExists(atPath: room.spool + "/active/.alone"))
    }

    @Test(arguments: [(0, "offered"), (2, "offered"), (3, "held")])
    func aFileThatWasAloneAtThreeEndsIsHeld(ends: Int, fate: String) async throws {
        try room.leaveInWork("01KB0000000000000000000000-bad.ics", saying: "pass")
        try room.leaveInWork("01KB0000000000000000000001-good.ics", saying: "pass")
        try "01KB0000000000000000000009 7\n01KB0000000000000000000000 \(ends) ,\n".write(
            toFile: room.spool + "/active/.alone", atomically: false, encoding: .utf8)
        let offered = Offered()
        let status = try await room.runOnce(offered: offered)
        if fate == "held" {
            #expect(status == .attention)
            #expect(offered.names == ["good.ics"])
            let report = try #require(try room.report("held"))
            let found = try #require((report["diagnostics"] as? [[String: Any]])?.first)
            #expect(found["code"] as? String == "stopped-the-daemon")
            #expect((report["message"] as? String)?.contains("ended 3 times") == true)
        } else {
            #expect(status == .ok)
            #expect(offered.names == ["good.ics", "bad.ics"], "it waits until the other one is through")
        }
    }

    @Test func whatSpeaksOfTheSameEventWaitsBehindTheOneThatWaits() async throws {
        let (first, second) = (DecisionRoom.concert("gala", sequence: 1), DecisionRoom.concert("gala", sequence: 2))
        try room.leaveInWork("01KB0000000000000000000000-first.jsonld", first)
        try room.leaveInWork("01KB0000000000000000000001-second.jsonld", second)
        try room.leaveInWork("01KB0000000000000000000002-other.jsonld", DecisionRoom.concert("other"))
        try room.drop("third.jsonld", DecisionRoom.concert("gala", sequence: 3))
        let delivery = DeliverySamples.delivery(Array("first.jsonld".utf8), Array(first.utf8), number: 1)
        let mark = try #require(delivery.eventMarks.first.map { String($0, radix: 16) })
        try "01KB0000000000000000000000 1 \(mark),\n".write(
            toFile: room.spool + "/active/.alone", atomically: false, encoding: .utf8)
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.names == ["other.jsonld", "first.jsonld", "second.jsonld", "third.jsonld"])
        #expect(try room.messages(.deliverySetAside).count == 3)
    }

    @Test func aFileThatWasAloneAtAnEndWaitsUntilWhatIsDroppedIsThrough() async throws {
        try room.leaveInWork("01KB0000000000000000000000-bad.ics", saying: "pass")
        try "01KB0000000000000000000000 1 ,\n".write(
            toFile: room.spool + "/active/.alone", atomically: false, encoding: .utf8)
        try room.drop("good.ics", saying: "pass")
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .ok)
        #expect(offered.batches == [["good.ics"], ["bad.ics"]])
        #expect(
            try room.messages(.deliverySetAside).first?.contains("alone in work when the daemon ended (1 of 3 times)")
                == true)
    }

    @Test func aDeferredDeliveryIsOfferedToTheStagesThatHaveNotPassedIt() async throws {
        let offered = Offered()
        try room.drop("a.ics", saying: "retry")
        let settings =
            "stages = [\"sorter\", \"sleeper\", \"keeper\"]\nretry_first = \"10ms\"\nretry_longest = \"10ms\""
        #expect(try await room.runOnce(settings + "\nmax_attempts = 2", offered: offered) == .attention)
        #expect(offered.names == ["sorter:a.ics", "a.ics", "a.ics"], "sorter, sleeper, keeper")
        try room.makeDue()
        #expect(try await room.runOnce(settings + "\nmax_attempts = 2", offered: offered) == .attention)
        #expect(offered.names == ["sorter:a.ics", "a.ics", "a.ics", "a.ics"], "keeper alone")
        let report = try #require(try room.report("held"))
        #expect((report["message"] as? String)?.contains("it was tried 2 times") == true)
        let update = try #require((report["updates"] as? [[String: Any]])?.first)
        let stages = try #require(update["stages"] as? [[String: Any]])
        #expect(stages.map { $0["stage"] as? String } == ["sorter", "sleeper", "keeper"])
        #expect(try room.names("deferred") == [])
    }

    @Test func filesThatAreDeferredTogetherAreTriedAgainApart() async throws {
        for number in 0..<20 { try room.drop("\(number).ics", saying: "retry") }
        let begin = Date()
        #expect(try await room.runOnce("retry_first = \"1h\"") == .attention)
        // A report's time of modification is that of the next try.
        let waits = try room.names("deferred").filter { $0.hasSuffix(".report.json") }.map { name in
            let status = try FileManager.default.attributesOfItem(atPath: "\(room.spool)/deferred/\(name)")
            return try #require(status[.modificationDate] as? Date).timeIntervalSince(begin) / 60
        }
        #expect(waits.count == 20 && waits.allSatisfy { $0 >= 45 && $0 < 61 })
        #expect(try #require(waits.max()) - #require(waits.min()) > 2, "of the 15 minutes that chance decides about")
    }

    @Test func anOutcomeThatItsFolderCannotTakeHoldsUpNoOther() async throws {
        try room.drop("a.ics", saying: "reject")
        try room.drop("b.ics", saying: "hold")
        try room.drop("c.ics", saying: "pass")
        let offered = Offered()
        let isBlocked = Mutex(false)
        offered.whenAsked { [room] _ in isBlocked.withLock { $0 = room.block("rejected") } }
        #expect(try await room.runOnce(offered: offered) == .attention)
        room.unblock("rejected")
        guard isBlocked.withLock({ $0 }) else {
            print("skipped: this filesystem knows no immutable folders")
            return
        }
        #expect(try room.names("active").count == 1, "what cannot be rejected now waits")
        #expect(try room.names("held").count == 2)
        #expect(try room.messages(.spoolFaulty).first?.contains("outcomes that wait in active/: 1;") == true)
        #expect(try await room.runOnce() == .attention)
        #expect(try room.names("active") == [])
        #expect(try room.names("rejected").count == 2)
    }

    @Test func aBacklogThatAStageCannotWorkOnIsNotWaitedForForEver() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        for _ in 0..<9 { offered.failNext(PluginFailure(.temporary, "the disk is full")) }
        #expect(try await room.runOnce("retry_first = \"10ms\"", offered: offered) == .attention)
        #expect(try room.names("active").count == 1)
        #expect(try room.messages(.serviceStopping).last?.contains("stage keeper is ill") == true)
    }

    @Test func theStepsOfAStopFitIntoTheTimeThatTheUnitGives() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let unit = try String(contentsOf: root.appending(path: "Deploy/tidingsd.service"), encoding: .utf8)
        let stop = try #require(try #/(?m)^TimeoutStopSec=(\d+)s$/#.firstMatch(in: unit))
        let steps = Shutdown(ServiceSettings()).steps
        #expect(steps.map(\.step) == [.stopIntake, .finishActive, .drainStages, .leaveRest])
        #expect(Shutdown(ServiceSettings()).limit < .seconds(try #require(Int(stop.1))))
    }
}
