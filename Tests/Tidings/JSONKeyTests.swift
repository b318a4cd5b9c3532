import Foundation
import TestKit
import Testing

@testable import tidings

/// The keys of `--json`: programs rely on them, so they stand here, and in the manual page.
@Suite struct JSONKeyTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let line: String
        let keys: [String]
        var testDescription: String { line }
        /// What the manual page calls it.
        let item: String

        init(_ line: String, _ keys: String, item: String? = nil) {
            self.line = line
            self.item = item ?? String(line.split(separator: " ")[0])
            self.keys = keys.split(separator: " ").map(String.init)
        }
    }

    static let forms = [
        Form("submit choir.jsonld", "file name sha256"),
        Form("submit --wait --timeout 1ms choir.jsonld", "file name sha256"),
        Form("check bad.jsonld", "file code severity field line column item message"),
        Form("check empty.ics", "file code severity field line column item message"),
        Form("check --config faulty.toml", "file code severity field line column item message"),
        Form("check --effective", "setting value source file line column overrides", item: "check Fl -effective"),
        Form("reference", "setting type default secret summary"),
        Form("status", "incoming active deferred held rejected archived events outbox running suspended linked"),
        Form(
            "status --check",
            "state reasons incoming active deferred held rejected archived events outbox oldest"),
        Form("queue", "folder files oldest ages"),
        Form(
            "queue --list", "delivery item folder file submitter since expires code reason ifReleased",
            item: "queue Fl -list"),
        Form("why choir.jsonld", "time delivery item file uid stage outcome intent codes message"),
        Form("why bad.jsonld", "time delivery item file uid stage outcome intent codes message"),
        Form("list", "uid name status sequence start end places withdrawn"),
        Form("retry \(WhyTests.id)", "action delivery items uid origin request"),
        Form("release \(WhyTests.id)/1", "action delivery items uid origin request"),
        Form("discard \(WhyTests.id)/1", "action delivery items uid origin request"),
        Form("withdraw harbour-choir-2028 --yes", "action delivery items uid origin request"),
        Form("revert \(ArchiveTests.second)/1 --yes", "action delivery items uid origin request"),
        Form("link harbour-choir-2028 choir-2", "action delivery items uid alias origin request"),
        Form("suspend 4321", "action delivery items uid origin request"),
        Form("resume 4321", "action delivery items uid origin request"),
        Form("forget harbour-choir-2028 --yes", "action delivery items uid origin request"),
        Form(
            "plugins",
            "name stage summary capabilities requires provides decides keepsBytes batchLimit deadline"),
    ]

    static func service() async throws -> PrivateService {
        let service = try await ArchiveTests.archived()
        for (name, text) in [
            ("choir.jsonld", Samples.concert), ("bad.jsonld", Samples.impossible), ("empty.ics", ""),
            ("faulty.toml", "[spool]\nwindw = 3\n"),
        ] {
            _ = try service.file(name, text)
        }
        _ = try service.run("submit", "\(service.folder.path)/bad.jsonld")
        try WhyTests.hold("gala.txt", in: service)
        return service
    }

    @Test(arguments: forms) func everyObjectHasAllItsKeysAndNoOthers(_ form: Form) async throws {
        let service = try await Self.service()
        let ended = try StreamTests.shell("tidings \(form.line) --json", service)
        let objects = try ended.objects()
        #expect(!objects.isEmpty)
        for object in objects { #expect(Set(object.keys) == Set(form.keys)) }
        // In the order of the list, and without spaces.
        let line = try #require(ended.output.split(separator: "\n").first)
        let found = form.keys.map { line.range(of: "\"\($0)\":")?.lowerBound }
        #expect(found.allSatisfy { $0 != nil })
        #expect(found.compactMap(\.self) == found.compactMap(\.self).sorted())
    }

    @Test(arguments: forms) func theManualNamesTheKeys(_ form: Form) throws {
        let section = try #require(ManualTests.section(".Sh JSON OUTPUT", of: try ManualTests.page("tidings.1")))
        let item = try #require(
            ManualTests.section(".It Cm \(form.item)", of: section), "\(form.item) is not in JSON OUTPUT")
        let words = Set(item.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        for key in form.keys { #expect(words.contains(key), "\(form.item): \(key)") }
    }

    @Test func anEventHasTheFieldsOfTheModel() async throws {
        let service = try await Self.service()
        let canonical = try #require(
            try StreamTests.shell("tidings decode --json choir.jsonld", service).objects().first)
        for key in [
            "schema", "kind", "uid", "uidOrigin", "status", "name", "language", "type", "occurrences", "parties",
            "attendanceMode", "visibility", "source", "evidence",
        ] { #expect(canonical[key] != nil, "\(key)") }
        let occurrence = try #require((canonical["occurrences"] as? [[String: Any]])?.first)
        #expect(((occurrence["when"] as? [String: Any])?["start"] as? String)?.hasPrefix("2028-06-02T20:00") == true)
        #expect((occurrence["place"] as? [String: Any])?["name"] as? String == "Old Crane")
        let shown = try #require(
            try StreamTests.shell("tidings show --json harbour-choir-2028", service).objects().first)
        #expect(Set(shown.keys).subtracting(canonical.keys).contains("revisions"))
        let revision = try #require((shown["revisions"] as? [[String: Any]])?.last)
        #expect(Set(revision.keys) == ["revision", "time", "delivery", "intent", "sequence", "changes"])
        let change = try #require((revision["changes"] as? [[String: Any]])?.first)
        #expect(Set(["path", "operation", "class", "major"]).isSubset(of: change.keys))
    }

    @Test func whatGoesWrongIsNoJSON() async throws {
        let service = try await Self.service()
        for line in ["list -x", "show gala", "why gala", "decode gone", "check gone", "submit gone"] {
            let ended = try StreamTests.shell("tidings \(line) --json", service)
            #expect(ended.output == "", "\(line)")
            #expect(ended.complaints.hasPrefix("tidings \(line.split(separator: " ")[0]): "), "\(line)")
        }
    }
}
