import Archiver
import EventFormats
import EventModel
import Foundation
import PluginKit
import Reading
import TestKit
import Testing

@testable import tidings
import Primitives

/// `list`, `show` and `why` on an archive that the archiver has written.
@Suite struct ArchiveTests {
    /// A clock that stands still.
    struct StillClock: ServiceClock {
        var now = Instant(microseconds: 1_800_000_000_000_000)
        var uptime: Duration { .zero }
        func wait(_ duration: Duration) async throws(CancellationError) {}
    }

    static let first = DeliveryID(high: 1_700_000_000_000 << 16, low: 1)
    static let second = DeliveryID(high: 1_700_000_000_000 << 16, low: 2)
    static let later = Samples.concert.replacing("T20:00", with: "T20:30").replacing(
        "\"name\"", with: "\"dateModified\":\"2028-01-02T03:04:05Z\",\"name\"")

    /// An archive of some deliveries: unless others are named an event, and its new time.
    static func archived(
        _ drops: [(DeliveryID, String, String)] = [
            (first, Samples.concert, "choir.jsonld"), (second, later, "choir-later.jsonld"),
        ]
    ) async throws -> PrivateService {
        let service = try PrivateService()
        let folder = "\(service.state)/archiver"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let context = PluginContext(
            manifest: Archiver.manifest, journal: PluginJournal { _, _, _, _, _ in }, clock: StillClock(),
            stateDirectory: folder)
        let archiver = try await Archiver(settings: ArchiverSettings(), context: context)
        for (id, text, name) in drops {
            let bytes = Array(text.utf8)
            let sha256 = SHA256.hex(of: bytes)
            let decoded = readUpdates(bytes, context: ReadingContext(receivedAt: id.instant, sha256: sha256))
            let delivery = Delivery(
                id: id, file: Array(name.utf8), bytes: bytes, sha256: sha256, submitter: 1000, receivedAt: id.instant,
                decoded: decoded)
            #expect(
                try await archiver.process(DeliveryBatch([delivery])).answers.joined().allSatisfy {
                    $0.verdict == .pass
                })
        }
        try await archiver.drain()
        return service
    }

    @Test func allEventsAreListed() async throws {
        let service = try await Self.archived()
        let event = try #require(try service.run("list", "--json").objects().first)
        #expect(event["uid"] as? String == "harbour-choir-2028")
        #expect(event["name"] as? String == "Harbour Choir")
        #expect(event["status"] as? String == "scheduled" || event["status"] as? String == "rescheduled")
        #expect((event["start"] as? String)?.hasPrefix("2028-06-02T20:30:00") == true)
        #expect(event["places"] as? [String] == ["Old Crane"] || event["places"] as? [String] == ["Oostmeer"])
        #expect(event.keys.contains("sequence") && event.keys.contains("end"))
        let table = try service.run("list").output.split(separator: "\n")
        #expect(table.first?.hasPrefix("START             STATUS") == true)
        #expect(table.last?.hasPrefix("2028-06-02 20:30  ") == true)
        #expect(table.last?.hasSuffix("harbour-choir-2028") == true)
    }

    @Test func anEmptyArchiveSaysWhatToDo() throws {
        let service = try PrivateService()
        let ended = try service.run("list")
        #expect(ended.complaints == "tidings list: no events yet; 'tidings submit FILE' drops an update\n")
        #expect(ended.status == 0)
        #expect(try service.run("list", "--json").output == "")
    }

    @Test func anEventIsShownWithItsRevisions() async throws {
        let service = try await Self.archived()
        let event = try #require(try service.run("show", "harbour-choir-2028", "--json").objects().first)
        #expect((event["name"] as? [String: Any])?["text"] as? String == "Harbour Choir")
        let revisions = try #require(event["revisions"] as? [[String: Any]])
        #expect(revisions.map { $0["revision"] as? Int } == [1, 2])
        #expect(revisions.first?["intent"] as? String == "new")
        #expect(revisions.map { $0["delivery"] as? String } == [Self.first.description, Self.second.description])
        #expect((revisions.last?["changes"] as? [[String: Any]])?.isEmpty == false)
        let account = try service.run("show", "harbour-choir-2028").output
        #expect(account.hasPrefix("Harbour Choir\n"))
        #expect(account.contains("2028-06-02 20:30"))
        #expect(account.contains("revision 2  "))
        #expect(account.contains("start was "))
    }

    @Test func whatIsInferredIsNotShownAsStated() async throws {
        let text = try String(contentsOfFile: "\(Samples.examples)/3-march.txt", encoding: .utf8)
        let service = try await Self.archived([(Self.first, text, "3-march.txt")])
        let uid = try #require(try service.run("list", "--json").objects().first?["uid"] as? String)
        let account = try service.run("show", uid).output
        #expect(account.contains("uid         \(uid) (derived)\n"))
        #expect(account.contains("2027-05-15 to 2027-05-16  Lyon, FR (time zone inferred, country inferred)\n"))
        #expect(account.contains("the source does not say which of these days\n"))
    }

    @Test func anUnknownEventIsNotThere() async throws {
        let service = try await Self.archived()
        let ended = try service.run("show", "gala")
        #expect(ended.complaints == "tidings show: no event is called gala; 'tidings list' shows all of them\n")
        #expect(ended.status == 66)
        for word in ["harbour", "harbor-choir-2028", "harbour-choir-2027"] {
            let hint = try service.run("show", word).complaints
            #expect(hint == "tidings show: no event is called \(word); did you mean harbour-choir-2028?\n")
        }
    }

    @Test func theStoryOfAnEventADeliveryAndAFile() async throws {
        let service = try await Self.archived()
        let whole = try service.run("why", "harbour-choir-2028", "--json").objects()
        #expect(whole.map { $0["delivery"] as? String } == [Self.first.description, Self.second.description])
        #expect(whole.map { $0["outcome"] as? String } == ["accepted", "accepted"])
        #expect(whole.first?["intent"] as? String == "new")
        #expect(whole.first?["stage"] as? String == "archiver")
        #expect(whole.first?["time"] as? String == "2027-01-15T08:00:00Z")

        let one = try service.run("why", Self.second.description.lowercased(), "--json").objects()
        #expect(one.map { $0["file"] as? String } == ["choir-later.jsonld"])
        #expect(try service.run("why", "choir.jsonld", "--json").objects().count == 1)
        // Known by its content, whatever its name.
        let copy = try service.file("copy.txt", Self.later)
        #expect(
            try service.run("why", copy, "--json").objects().map { $0["delivery"] as? String } == [
                Self.second.description
            ])

        let story = try service.run("why", "harbour-choir-2028").output
        #expect(story.contains("2027-01-15T08:00:00Z  accepted (new)  choir.jsonld\n"))
        #expect(story.contains("“Harbour Choir” is new: revision 1"))
        #expect(story.contains("stage archiver, delivery \(Self.first)"))
    }

    @Test func whatNobodyKnowsHasNoStory() async throws {
        let ended = try await Self.archived().run("why", "nothing-of-that-name")
        #expect(ended.complaints.hasPrefix("tidings why: nothing is known of nothing-of-that-name; name a delivery's"))
        #expect(ended.status == 66)
    }

    @Test func aFileThatWaitsIsToldOf() throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        _ = try service.run("submit", file)
        let story = try service.run("why", file)
        #expect(story.output.contains("waits in incoming/ to be taken"))
        #expect(story.status == 0)
    }

    @Test func aReportInTheSpoolTellsWhereAndWhy() throws {
        let service = try PrivateService()
        let id = "01KCZZZZZZ0000000000000000"
        let report = """
            {"schema":"tidings-report/1","delivery":"\(id)","file":"walk.txt","fileBytes":[119,97,108,107,46,116,120,116],
            "sha256":"00","outcome":"rejected","stage":"validator","message":"30 February is no date","attempts":1,
            "updates":[{"uid":"walk"}],"diagnostics":[{"code":"invalid-date","severity":"error","line":3,"column":4,
            "message":"no date of the calendar"}],"stages":[]}
            """
        try "x".write(toFile: "\(service.spool)/rejected/\(id)-walk.txt", atomically: false, encoding: .utf8)
        try report.write(toFile: "\(service.spool)/rejected/\(id).report.json", atomically: false, encoding: .utf8)
        for word in [id, "walk", "walk.txt"] {
            let entry = try #require(try service.run("why", word, "--json").objects().first, "\(word)")
            #expect(entry["outcome"] as? String == "rejected")
            #expect(entry["stage"] as? String == "validator")
            #expect(entry["codes"] as? [String] == ["invalid-date"])
            #expect(entry["message"] as? String == "30 February is no date")
            #expect(entry["intent"] is NSNull)
        }
        let story = try service.run("why", id).output
        #expect(story.contains("walk.txt:3:4: error: no date of the calendar [invalid-date]"))
    }
}
