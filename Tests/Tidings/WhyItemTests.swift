import Foundation
import Testing

@testable import tidings

/// `why` of one update among several: what became of it, and not of its neighbours.
@Suite struct WhyItemTests {
    static let id = WhyTests.id

    /// The report of a calendar of three events: one is accepted, one rejected, one held.
    static let report = """
        {"schema":"tidings-report/2","delivery":"\(id)","file":"season.ics",\
        "fileBytes":[115,101,97,115,111,110,46,105,99,115],"sha256":"00","submitter":1000,"outcome":"partial",\
        "stage":"validator","codes":["invalid-date","same-event-or-new"],\
        "message":"1 of 3 events count, 1 is rejected, 1 is held: item 2, 30 February is no date","attempts":1,"updates":[\
        {"item":1,"uid":"season-1","outcome":"accepted","intent":"new","diagnostics":[],\
        "stages":[{"stage":"validator","verdict":"pass"},{"stage":"archiver","verdict":"pass"}]},\
        {"item":2,"uid":"season-2","outcome":"rejected","diagnostics":[{"code":"invalid-date","severity":"error",\
        "line":14,"column":9,"message":"no date of the calendar"}],\
        "stages":[{"stage":"validator","verdict":"reject","reason":"30 February is no date"}]},\
        {"item":3,"uid":"season-3","outcome":"held","diagnostics":[{"code":"same-event-or-new","severity":"held",\
        "message":"it resembles season-7"}],"release":{"request":"{\\"schema\\":\\"tidings-request/1\\",\
        \\"action\\":\\"release\\",\\"delivery\\":\\"\(id)\\",\\"items\\":[3],\\"comment\\":\\"they rang\\"}",\
        "decidedBy":1001,"decidedAt":1},"stages":[{"stage":"validator","verdict":"pass"},\
        {"stage":"archiver","verdict":"hold","reason":"it resembles season-7"}]}],"diagnostics":[]}

        """

    private let service: PrivateService
    private var box: String { "\(service.spool)/replies/\(geteuid())" }

    init() throws {
        service = try PrivateService()
        try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: false)
    }

    /// Leaves the calendar in held/.
    private func hold() throws {
        let held = "\(service.spool)/held/\(Self.id)"
        try "x".write(toFile: "\(held)-season.ics", atomically: false, encoding: .utf8)
        try Self.report.write(toFile: "\(held).report.json", atomically: false, encoding: .utf8)
    }

    /// Leaves the answer to a request of this user.
    private func answer(_ action: String, items: String, _ message: String, mark: String) throws {
        try """
        {"schema":"tidings-decision/1","action":"\(action)","delivery":"\(Self.id)",\(items)"result":"accepted",\
        "message":"\(message)","decidedBy":1,"decidedAt":"2031-01-01T00:00:00Z"}
        """.write(toFile: "\(box)/\(action)-\(mark).json.\(Self.id).json", atomically: false, encoding: .utf8)
    }

    /// Leaves lines about accepted files of this user.
    private func accept(_ lines: String) throws {
        try lines.write(toFile: "\(box)/accepted-2031-01-01.jsonl", atomically: false, encoding: .utf8)
    }

    private func story(_ word: String) throws -> [[String: Any]] {
        try service.run("why", "--json", word).objects()
    }

    // MARK: Reports

    @Test(arguments: [id, "season.ics"]) func theWholeStoryTellsThemApart(_ word: String) throws {
        try hold()
        let entries = try story(word)
        #expect(entries.map { $0["outcome"] as? String } == ["partial", "rejected", "held"])
        #expect(entries.map { $0["item"] as? Int } == [nil, 2, 3], "what is accepted has nothing to be asked about")
        #expect(entries.map { $0["uid"] as? String } == [nil, "season-2", "season-3"])
        #expect(entries.map { $0["stage"] as? String } == ["validator", "validator", "archiver"])
        #expect(entries.last?["codes"] as? [String] == ["same-event-or-new"])
        let words = try service.run("why", word).output
        #expect(words.contains("  partial (new)  season.ics\n    1 of 3 events count, "))
        #expect(words.contains("  rejected  season.ics, item 2\n    30 February is no date\n"))
        #expect(words.contains("    season.ics:14:9: error: no date of the calendar [invalid-date]\n"))
        #expect(words.contains("  held  season.ics, item 3\n"))
    }

    @Test(arguments: ["\(id)/2", "\(id.lowercased())/2", "season-2"])
    func theStoryOfOneIsAboutNoOther(_ word: String) throws {
        try hold()
        let entries = try story(word)
        #expect(entries.count == 1)
        #expect(entries.first?["item"] as? Int == 2 && entries.first?["outcome"] as? String == "rejected")
        #expect(entries.first?["message"] as? String == "30 February is no date")
        let words = try service.run("why", word).output
        #expect(!words.contains("season-3") && !words.contains("season-7") && !words.contains("item 3"))
    }

    @Test func whatIsAcceptedIsToldToWhoAsksForIt() throws {
        try hold()
        for word in ["\(Self.id)/1", "season-1"] {
            let entries = try story(word)
            #expect(entries.map { $0["outcome"] as? String } == ["accepted"])
            #expect(entries.map { $0["intent"] as? String } == ["new"])
        }
    }

    @Test func whoReleasedItBeforeIsToldWithTheComment() throws {
        try hold()
        #expect(
            try story("\(Self.id)/3").first?["message"] as? String
                == "it resembles season-7; released by user 1001; “they rang”")
    }

    @Test func anUpdateThatTheFileDoesNotHaveIsUnknown() throws {
        try hold()
        let ended = try service.run("why", "\(Self.id)/4")
        #expect(
            ended.complaints.hasPrefix(
                "tidings why: nothing is known of \(Self.id)/4; 'tidings why \(Self.id)' tells what is known of the file\n"
            ))
        #expect(ended.status == 66)
    }

    @Test func aFileOfOneEventHasNoNumbers() throws {
        try WhyTests.hold("gala.txt", in: service)
        #expect(try story("\(Self.id)/1").first?["item"] as? Int == 1)
        #expect(try !service.run("why", Self.id).output.contains("item 1"))
    }

    // MARK: Decisions

    @Test func aDecisionBelongsToTheUpdatesThatItNames() throws {
        try hold()
        try answer("release", items: "\"items\":[3],", "the third", mark: "a")
        try answer("discard", items: "\"items\":[2,3],", "two of them", mark: "b")
        try answer("retry", items: "", "all of them", mark: "c")
        func messages(_ word: String) throws -> Set<String> {
            Set(try story(word).filter { $0["outcome"] is NSNull }.compactMap { $0["message"] as? String })
        }
        #expect(try messages("\(Self.id)/2") == ["accepted: two of them", "accepted: all of them"])
        #expect(
            try messages("\(Self.id)/3") == ["accepted: the third", "accepted: two of them", "accepted: all of them"])
        #expect(try messages(Self.id).count == 3)
        let whole = try service.run("why", Self.id).output
        #expect(whole.contains("    accepted: two of them\n    delivery \(Self.id), items 2 and 3\n"))
        #expect(whole.contains("  item 3\n    accepted: the third\n"))
    }

    // MARK: Accepted

    private static let line = """
        {"time":"2031-01-01T00:00:00Z","delivery":"\(id)","file":"season.ics","outcome":"accepted",\
        "message":"2 of 9 changed: “Gala” is cancelled; “Jazz” is new","updates":[{"uid":"gala","intent":"cancelled"},\
        {"uid":"jazz","intent":"new"}]}

        """

    @Test(arguments: [id, "season.ics", "jazz", "\(id)/2"]) func whatWasAcceptedStandsInOneLine(_ word: String) throws {
        let other = Self.line.replacing(Self.id, with: "01KC0000000000000000000001").replacing("a", with: "o")
        try accept("{\"delivery\":\"\(Self.id)\",\"outc\n" + other + Self.line)
        let entries = try story(word)
        #expect(entries.count == 1)
        #expect(entries.first?["delivery"] as? String == Self.id)
        #expect(entries.first?["outcome"] as? String == "accepted")
        #expect(entries.first?["uid"] as? String == (word == "jazz" ? "jazz" : nil))
        #expect(entries.first?["intent"] as? String == (word == "jazz" ? "new" : nil))
        #expect(
            try service.run("why", word).output.contains(
                "  season.ics\n    2 of 9 changed: “Gala” is cancelled; “Jazz” is new\n"))
    }

    @Test func whatTheArchiveKnowsIsToldOnce() async throws {
        let archived = try await ArchiveTests.archived()
        let folder = "\(archived.spool)/replies/\(geteuid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try """
        {"time":"2027-01-15T08:00:00Z","delivery":"\(ArchiveTests.first)","file":"choir.jsonld","outcome":"accepted",\
        "message":"“Harbour Choir” is new","updates":[{"uid":"harbour-choir-2028","intent":"new"}]}

        """.write(toFile: "\(folder)/accepted-2027-01-15.jsonl", atomically: false, encoding: .utf8)
        let entries = try archived.run("why", "--json", "choir.jsonld").objects()
        #expect(entries.count == 1)
        #expect(entries.first?["stage"] as? String == "archiver")
        #expect((entries.first?["message"] as? String)?.contains("revision 1") == true)
    }
}
