import Foundation
import Spool
import TestKit
import Testing

@testable import tidings

/// `status` and `queue`.
@Suite struct StatusTests {
    @Test func theNumbersOfASpool() throws {
        let service = try PrivateService()
        _ = try service.run("submit", try service.file("a.jsonld"), try service.file("b.jsonld"))
        let held = "\(service.spool)/held/01KCZZZZZZ0000000000000000"
        try "x".write(toFile: "\(held)-c.txt", atomically: false, encoding: .utf8)
        try "{}".write(
            toFile: "\(service.spool)/held/01KCZZZZZZ0000000000000000.report.json", atomically: false, encoding: .utf8)
        let status = try #require(try service.run("status", "--json").objects().first)
        let expected = [
            "incoming": 2, "active": 0, "deferred": 0, "rejected": 0, "held": 1, "archived": 0, "events": 0,
        ]
        for (name, count) in expected { #expect(status[name] as? Int == count, "\(name)") }
        #expect(status["outbox"] as? Int == 0)
        #expect(status["running"] as? Bool == false)
        let table = try service.run("status")
        #expect(table.output.contains("incoming        2  oldest "))
        #expect(table.output.contains("a person has to decide\n"))
        #expect(table.output.contains("tidingsd  stopped  \(service.spool)\n"))
        #expect(table.status == 0)
    }

    @Test func aRunningDaemonIsSeenByItsLock() throws {
        let service = try PrivateService()
        let spool = try SpoolDirectory.open(service.spool)
        let status = try #require(try service.run("status", "--json").objects().first)
        #expect(status["running"] as? Bool == true)
        withExtendedLifetime(spool) {}
    }

    @Test func whatIsMissingIsUnknown() throws {
        let service = try PrivateService()
        try FileManager.default.removeItem(atPath: "\(service.spool)/held")
        let status = try #require(try service.run("status", "--json").objects().first)
        #expect(status["held"] is NSNull)
        let table = try service.run("status")
        #expect(table.output.contains("unknown  \(service.spool)/held is missing\n"))
    }

    @Test func monitoringGetsOneLineAndAStatus() throws {
        let service = try PrivateService()
        let stopped = try service.run("status", "--check")
        #expect(stopped.output.hasPrefix("TIDINGS CRITICAL - no daemon works on the spool | incoming=0 "))
        #expect(stopped.status == 2)

        let spool = try SpoolDirectory.open(service.spool)
        let good = try service.run("status", "--check")
        #expect(good.output.hasPrefix("TIDINGS OK - nothing waits too long | incoming=0 active=0 deferred=0 "))
        #expect(good.output.hasSuffix(" outbox=0 oldest=0s;300;1800;0\n"))
        #expect(good.output.filter { $0 == "\n" }.count == 1)
        #expect(good.status == 0)

        let id = "01KCZZZZZZ0000000000000000"
        try "x".write(toFile: "\(service.spool)/held/\(id)-c.txt", atomically: false, encoding: .utf8)
        let held = try service.run("status", "--check")
        #expect(held.output.hasPrefix("TIDINGS WARNING - 1 held | "))
        #expect(held.status == 1)

        _ = try service.run("submit", try service.file("a.jsonld"))
        let old = try service.run("status", "--check", "--critical-age", "0ms")
        #expect(old.output.contains("CRITICAL - the oldest file has been waiting for "))
        #expect(old.status == 2)
        withExtendedLifetime(spool) {}
    }

    @Test func monitoringHearsOfAFaultyConfiguration() throws {
        let service = try PrivateService(settings: "windw = 3")
        let ended = try service.run("status", "--check")
        #expect(ended.output.hasPrefix("TIDINGS CRITICAL - "))
        #expect(ended.output.contains("unknown setting spool.windw; did you mean window?"))
        #expect(ended.status == 2)
        #expect(try service.run("status").status == 78)
    }

    @Test func aPluginOfSomebodyElseIsNoFaultHere() throws {
        let service = try PrivateService(settings: "[plugins.pacer]\nspeed = 3")
        #expect(try service.run("status").status == 0)
    }

    @Test func theQueueByAge() throws {
        let service = try PrivateService()
        _ = try service.run("submit", try service.file("a.jsonld"))
        // An id of the first millisecond of 1970.
        let old = "00000000000000000000000000-c.txt"
        try "x".write(toFile: "\(service.spool)/deferred/\(old)", atomically: false, encoding: .utf8)
        let lines = try service.run("queue").output.split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(lines.first == ["FOLDER", "FILES"] + QueueCommand.minutes.map { "<\($0)m" } + ["older"])
        #expect(lines.first { $0.first == "incoming" }?.prefix(3) == ["incoming", "1", "1"])
        #expect(lines.first { $0.first == "deferred" }?.last == "1")
        let objects = try service.run("queue", "--json").objects()
        #expect(objects.map { $0["folder"] as? String } == ["incoming", "active", "deferred", "held", "rejected"])
        #expect(objects.first?["files"] as? Int == 1)
    }

    @Test func aDiskThatIsAlmostFullIsAnAlarm() throws {
        let service = try PrivateService(settings: "min_free_bytes = \"1024GiB\"")
        let spool = try SpoolDirectory.open(service.spool)
        let why = "less than 1024GiB of the disk is free (min_free_bytes), so that no file is taken; free some"
        let ended = try service.run("status", "--check")
        #expect(ended.output.hasPrefix("TIDINGS CRITICAL - \(why) | incoming=0 "))
        #expect(ended.status == 2)
        #expect(try service.run("status").output.contains("  paused  \(why)\n"))
        withExtendedLifetime(spool) {}
    }

    @Test func thresholdsFollowEachOther() throws {
        let service = try PrivateService()
        let spool = try SpoolDirectory.open(service.spool)
        let short = try service.run("status", "--check", "--critical-age", "2min").output
        #expect(short.contains("oldest=0s;120;120;0"))
        let long = try service.run("status", "--check", "--warning-age", "2h").output
        #expect(long.contains("oldest=0s;7200;7200;0"))
        withExtendedLifetime(spool) {}
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func whoMaySeeTooLittleIsToldSo() throws {
        let service = try PrivateService()
        for path in [service.folder.path, service.spool] { chmod(path, 0o755) }
        for folder in ["incoming", "active", "requests"] { chmod("\(service.spool)/\(folder)", 0o700) }
        for folder in ["held", "deferred", "rejected"] { chmod("\(service.spool)/\(folder)", 0o755) }
        chmod(service.configuration, 0o644)
        let program = "\(service.folder.path)/tidings"
        try TidingsProgram.copy(try TidingsProgram.built(), to: program)
        let check = {
            try TidingsProgram(
                [
                    "--reuid=65534", "--regid=65534", "--clear-groups", program, "status", "--check", "--config",
                    service.configuration,
                ], program: "/usr/bin/setpriv"
            ).end()
        }
        let some = try check()
        #expect(
            some.output.hasPrefix(
                "TIDINGS UNKNOWN - this user may not see whether the daemon runs; ask as root | deferred=0 held=0 "))
        #expect(some.status == 3)
        for folder in ["held", "deferred", "rejected"] { chmod("\(service.spool)/\(folder)", 0o700) }
        let none = try check()
        #expect(none.output.hasPrefix("TIDINGS UNKNOWN - this user may see nothing of the spool; ask as root"))
        #expect(none.status == 3)
    }
}
