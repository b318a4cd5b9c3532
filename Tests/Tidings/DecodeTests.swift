import Foundation
import Testing

@testable import tidings

/// `decode` and `check`, without a daemon.
@Suite struct DecodeTests {
    @Test(arguments: ["1-concert.ics", "2-reading.jsonld", "4-reading-corrected.jsonld", "5-concert-cancelled.ics"])
    func theExamplesAreReadWithoutADaemon(_ name: String) throws {
        let ended = try TidingsProgram.run("decode", "\(Samples.examples)/\(name)")
        let update = try #require(try ended.objects().first)
        #expect(update["schema"] as? String == "tidings/1")
        #expect(["quartet-2027@kesselhaus.example", "reading-night-2027"].contains(update["uid"] as? String))
        #expect(ended.complaints == "")
        #expect(ended.status == 0)
    }

    @Test func anAnnouncementInPlainTextIsRead() throws {
        let ended = try TidingsProgram.run("decode", "\(Samples.examples)/3-march.txt")
        let update = try #require(try ended.objects().first)
        let occurrences = try #require(update["occurrences"] as? [[String: Any]])
        let places = occurrences.map { ($0["place"] as? [String: Any])?["name"] as? String }
        #expect(places == ["Lyon", "Ghent", "Leipzig", "Toronto"])
        #expect(ended.status == 0)
    }

    @Test func anUpdateIsReadFromStandardInput() throws {
        let ended = try TidingsProgram.run("decode", "-", input: Samples.concert)
        let update = try #require(try ended.objects().first)
        #expect((update["name"] as? [String: Any])?["text"] as? String == "Harbour Choir")
        #expect(ended.status == 0)
    }

    @Test func whatHasErrorsIsShownAsFarAsItCanBeRead() throws {
        let ended = try TidingsProgram.run("decode", "-", input: Samples.impossible)
        #expect(ended.status == 65)
        #expect(ended.complaints.contains("standard input:2:13: error: "))
        #expect(ended.complaints.contains("[invalid-date]"))
        #expect(try ended.objects().first?["uid"] as? String == "x")
    }

    @Test func anEmptyFileIsNoUpdate() throws {
        let ended = try TidingsProgram.run("decode", "-")
        #expect(ended.status == 65)
        #expect(ended.complaints.contains("the file is empty; drop an iCalendar, a JSON-LD or a text file"))
    }

    @Test func aCalendarComesBackAsACalendar() throws {
        let ended = try TidingsProgram.run("decode", "--as", "ics", "\(Samples.examples)/2-reading.jsonld")
        #expect(ended.output.hasPrefix("BEGIN:VCALENDAR\r\n"))
        #expect(ended.output.contains("UID:reading-night-2027\r\n"))
        #expect(ended.status == 0)
    }

    @Test func anUpdateComesBackAsLinkedData() throws {
        let pretty = try TidingsProgram.run("decode", "--as", "jsonld", "\(Samples.examples)/1-concert.ics")
        #expect(pretty.output.hasPrefix("{\n  \"@context\""))
        let line = try TidingsProgram.run("decode", "--json", "--as=jsonld", "\(Samples.examples)/1-concert.ics")
        #expect(try line.objects().first?["name"] as? String == "Late Quartets by Candlelight")
        #expect(line.status == 0)
    }

    @Test func findingsAreShownAsACompilerDoes() throws {
        let service = try PrivateService()
        let good = try service.file("good.jsonld")
        let bad = try service.file("bad.jsonld", Samples.impossible)
        let ended = try service.run("check", good, bad, "/nonexistent")
        let found = ended.output.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(found.allSatisfy { $0.hasPrefix("\(bad):2:13: error: ") && $0.hasSuffix("[invalid-date]") })
        #expect(found.count == 1)
        #expect(!ended.output.contains("good.jsonld:") || !ended.output.contains("good.jsonld: error"))
        #expect(ended.complaints.contains("tidings check: /nonexistent: No such file or directory"))
        #expect(ended.status == 66)
        #expect(try service.run("check", bad).status == 65)
        #expect(try service.run("check", good).status == 0)
    }

    @Test func findingsHaveStableKeys() throws {
        let ended = try TidingsProgram.run("check", "--json", "-", input: Samples.impossible)
        let finding = try #require(try ended.objects().first { $0["code"] as? String == "invalid-date" })
        #expect(finding["severity"] as? String == "error")
        #expect(finding["field"] as? String == "occurrences[0].when.start")
        #expect(finding["line"] as? Int == 2)
        #expect(finding["column"] as? Int == 13)
        #expect((finding["message"] as? String)?.contains("2027-02-30") == true)
        #expect(ended.status == 65)
    }

    @Test func theRulesOfTheValidatorCount() throws {
        let backwards = Samples.concert.replacing(
            "\"name\"", with: "\"endDate\":\"2028-06-02T19:00:00+02:00\",\"name\"")
        let service = try PrivateService()
        let file = try service.file("backwards.jsonld", backwards)
        let lenient = try service.run("check", file)
        #expect(lenient.output.contains(": warning: "))
        #expect(lenient.output.contains("[start-after-end]"))
        #expect(lenient.status == 0)

        let strict = try PrivateService(
            settings: "[[plugins.validator.severity]]\ncode = \"start-after-end\"\nseverity = \"error\"")
        let ended = try strict.run("check", file)
        #expect(ended.output.contains(": error: "))
        #expect(ended.output.contains("[start-after-end]"))
        #expect(ended.status == 65)

        let faulty = try PrivateService(settings: "[plugins.validator]\nidentifer_size = \"1KiB\"")
        let refused = try faulty.run("check", file)
        #expect(refused.complaints.contains("did you mean identifier_size?"))
        #expect(refused.status == 78)
    }

    @Test func theExamplesAreCleanButForTheBadOne() throws {
        for name in ["1-concert.ics", "2-reading.jsonld", "4-reading-corrected.jsonld", "5-concert-cancelled.ics"] {
            #expect(try TidingsProgram.run("check", "\(Samples.examples)/\(name)").status == 0)
        }
        let bad = try TidingsProgram.run("check", "\(Samples.examples)/6-bad.jsonld")
        #expect(bad.output.contains("6-bad.jsonld:6:16: error: "))
        #expect(bad.status == 65)
    }

    @Test func aFileBeyondTheLimitIsNotRead() throws {
        let service = try PrivateService(settings: "max_file_bytes = \"64B\"")
        let ended = try service.run("check", try service.file("large.jsonld"))
        #expect(ended.output.contains("the file is larger than 64B, which spool.max_file_bytes allows"))
        #expect(ended.output.contains("[too-large]"))
        #expect(ended.status == 65)
    }
}
