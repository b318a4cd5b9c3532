import Foundation
import Spool
import TestKit
import Testing

@testable import tidings

/// `why` for those who may read little, and for what is not settled yet.
@Suite struct WhyTests {
    static let id = "01KCZZZZZZ0000000000000000"

    static func report(_ name: String, outcome: String) -> String {
        let bytes = name.utf8.map(String.init).joined(separator: ",")
        return """
            {"schema":"tidings-report/2","delivery":"\(id)","file":"\(name)","fileBytes":[\(bytes)],"sha256":"00",\
            "submitter":1000,"outcome":"\(outcome)","stage":"validator","codes":["year-from-receipt"],\
            "message":"the year is not stated","attempts":1,"updates":[{"item":1,"uid":"gala-2031",\
            "outcome":"\(outcome)","intent":"new","diagnostics":[],"stages":[]}],"diagnostics":[]}

            """
    }

    /// Leaves a file in held/, with its report.
    static func hold(_ name: String, in service: PrivateService) throws {
        try "x".write(toFile: "\(service.spool)/held/\(id)-\(name)", atomically: false, encoding: .utf8)
        try report(name, outcome: "held").write(
            toFile: "\(service.spool)/held/\(id).report.json", atomically: false, encoding: .utf8)
    }

    /// Runs the program as nobody, who is in no group of the service.
    static func asNobody(_ service: PrivateService, _ words: [String]) throws -> Ended {
        let program = "\(service.folder.path)/tidings"
        if !FileManager.default.fileExists(atPath: program) {
            try TidingsProgram.copy(try TidingsProgram.built(), to: program)
        }
        for path in [service.folder.path, service.spool, service.configuration] { chmod(path, 0o755) }
        for folder in ["incoming", "active", "held", "deferred", "rejected", "requests"] {
            chmod("\(service.spool)/\(folder)", 0o700)
        }
        chmod("\(service.spool)/replies", 0o711)
        chmod(service.state, 0o700)
        return try TidingsProgram(
            ["--reuid=65534", "--regid=65534", "--clear-groups", program] + words
                + ["--config", service.configuration], program: "/usr/bin/setpriv"
        ).end()
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"), arguments: [id, "gala.txt", "gala-2031"])
    func whoMayReadNothingElseIsToldFromTheReplies(_ word: String) throws {
        let service = try PrivateService()
        let box = "\(service.spool)/replies/65534"
        try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: false)
        try Self.report("gala.txt", outcome: "held").write(
            toFile: "\(box)/gala.txt.\(Self.id).json", atomically: false, encoding: .utf8)
        chown(box, 65534, 65534)
        let ended = try Self.asNobody(service, ["why", word])
        #expect(ended.status == 0)
        #expect(ended.complaints == "")
        #expect(ended.output.contains("  held (new)  gala.txt\n    the year is not stated\n"))
        let object = try #require(try Self.asNobody(service, ["why", "--json", word]).objects().first)
        #expect(object["uid"] as? String == "gala-2031")
        #expect(object["outcome"] as? String == "held")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func whereNothingIsKnownItIsSaidWhoWasNotAsked() throws {
        let service = try PrivateService()
        let ended = try Self.asNobody(service, ["why", "gala.txt"])
        #expect(ended.complaints.hasPrefix("tidings why: nothing is known of gala.txt; name a delivery's id"))
        for folder in ["rejected", "held", "deferred"] {
            let note = "tidings why: not asked: \(folder)/: this user may not look into \(service.spool)/\(folder)\n"
            #expect(ended.complaints.contains(note))
        }
        #expect(ended.status == 66)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func theArchiveOfAStoppedDaemonCanBeReadByWhoMayNotWriteIt() async throws {
        let service = try await ArchiveTests.archived()
        let folder = "\(service.state)/archiver"
        let whole = try Self.asNobody(service, ["why", "harbour-choir-2028"])
        #expect(whole.status == 66)
        chmod(service.state, 0o755)
        chmod(folder, 0o750)
        chown(folder, 0, 65534)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            chmod("\(folder)/\(name)", 0o640)
            chown("\(folder)/\(name)", 0, 65534)
        }
        let ended = try TidingsProgram(
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", "\(service.folder.path)/tidings", "why",
                "harbour-choir-2028", "--config", service.configuration,
            ], program: "/usr/bin/setpriv"
        ).end()
        #expect(ended.output.contains("accepted (new)  choir.jsonld\n"), "\(ended.complaints)")
        #expect(ended.status == 0)
    }

    @Test func aFileInWorkIsToldOf() throws {
        let service = try PrivateService()
        let long = String(repeating: "g", count: 240) + ".ics"
        let cut = String(long.prefix(StoredFile.longestName))
        for name in ["gala.ics", cut] {
            try "x".write(toFile: "\(service.spool)/active/\(Self.id)-\(name)", atomically: false, encoding: .utf8)
        }
        for word in ["gala.ics", Self.id, long] {
            let entry = try #require(try service.run("why", "--json", word).objects().first, "\(word)")
            #expect(entry["delivery"] as? String == Self.id)
            #expect(entry["outcome"] is NSNull)
            #expect(entry["message"] as? String == "is in work; it stays in active/ until every stage has answered")
        }
    }

    @Test func aTerminalIsToldOfSourcesThatCouldNotBeAsked() throws {
        let service = try PrivateService()
        try FileManager.default.removeItem(atPath: "\(service.spool)/held")
        _ = try service.run("submit", try service.file("gala.ics"))
        let words = ["why", "gala.ics", "--config", service.configuration]
        let (screen, status) = try TerminalProgram(words, columns: 120, environment: ["TERM": "dumb"]).end()
        #expect(screen.contains("tidings why: there may be more: this user cannot ask "))
        #expect(screen.contains("held/"))
        #expect(status == 0)
        #expect(try service.run("why", "gala.ics").complaints == "")
    }

    @Test func aReportWhoseFileHasLeftTellsNothing() throws {
        let service = try PrivateService()
        try Self.report("gala.txt", outcome: "held").write(
            toFile: "\(service.spool)/held/\(Self.id).report.json", atomically: false, encoding: .utf8)
        #expect(try service.run("why", Self.id).status == 66)
        try "x".write(toFile: "\(service.spool)/held/\(Self.id)-gala.txt", atomically: false, encoding: .utf8)
        let entry = try #require(try service.run("why", "--json", Self.id).objects().first)
        #expect(entry["outcome"] as? String == "held")
    }

    @Test func whoAskedIsToldTheAnswerInTheStory() throws {
        let service = try PrivateService()
        let box = "\(service.spool)/replies/\(geteuid())"
        try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: false)
        try """
        {"schema":"tidings-decision/1","action":"discard","delivery":"\(Self.id)","result":"discarded",\
        "message":"it was removed from held/","decidedBy":1,"decidedAt":"2031-01-01T00:00:00Z"}
        """.write(toFile: "\(box)/discard-x.json.\(Self.id).json", atomically: false, encoding: .utf8)
        let entry = try #require(try service.run("why", "--json", Self.id).objects().last)
        #expect(entry["message"] as? String == "discarded: it was removed from held/")
    }
}
