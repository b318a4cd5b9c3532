import EventFormats
import EventModel
import Foundation
import Reading
import Testing
import Validator

/// schema.org's own examples: what is accepted, and what is said of each.
@Suite struct SchemaOrgTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/corpora/schemaorg").standardizedFileURL
    private static let isThere = FileManager.default.fileExists(atPath: folder.path)
    /// 1 November 2026.
    private static let now = Instant(microseconds: 1_793_534_400_000_000)

    struct Expected: Sendable {
        var file: String
        /// Code, severity, line and column, in the order of the file.
        var findings: [String]
        /// `name @ place, start` of each update.
        var updates: [String]
    }

    // None of them has an identifier, most have no url: a uid is made for them. Their dates are long past, and none states
    // an offset.
    static let table: [Expected] = [
        // Its url is relative, and so neither identifies it nor leads anywhere; the venue has no name but a city.
        Expected(
            file: "example-01.json",
            findings: [
                "uid-derived warning 1:1", "event-in-past warning 20:16", "missing-timezone warning 20:16",
                "invalid-uri warning 21:11",
            ],
            updates: ["Miami Heat at Philadelphia 76ers - Game 3 (Home Game 1) @ Philadelphia, 2016-04-21T20:00:00"]),
        Expected(
            file: "example-02.json",
            findings: ["uid-derived warning 1:1", "event-in-past warning 22:16", "missing-timezone warning 22:16"],
            updates: ["Typhoon with Radiation City @ The Hi-Dive, 2013-09-14T21:30:00"]),
        // A cancellation: that it lies in the past does not matter.
        Expected(
            file: "example-03.json",
            findings: [
                "uid-derived warning 1:1", "update-without-reference warning 1:1", "missing-timezone warning 23:16",
            ],
            updates: ["CANCELLED - Typhoon with Radiation City @ The Hi-Dive, 2013-09-14T21:30:00"]),
        Expected(
            file: "example-04.json",
            findings: ["uid-derived warning 1:1", "event-in-past warning 23:16", "missing-timezone warning 23:16"],
            updates: ["SOLD OUT! Typhoon with Radiation City @ The Hi-Dive, 2013-09-14T21:30:00"]),
        Expected(
            file: "example-05.json",
            findings: ["uid-derived warning 1:1", "event-in-past warning 5:16", "missing-timezone warning 5:16"],
            updates: ["Typhoon with Radiation City @ The Hi-Dive, 2013-09-14T21:30:00"]),
        Expected(
            file: "example-06.json",
            findings: ["uid-derived warning 1:1", "event-in-past warning 33:16", "missing-timezone warning 33:16"],
            updates: ["Shostakovich Leningrad @ Chicago Symphony Center, 2014-05-23T20:00:00"]),
        Expected(
            file: "example-07.json",
            findings: ["uid-derived warning 1:1", "event-in-past warning 15:16", "missing-timezone warning 15:16"],
            updates: ["Julius Caesar at Shakespeare's Globe @ Shakespeare's Globe, 2014-10-01T19:30:00"]),
        // A series of which only one game is named, and nothing of it but that.
        Expected(
            file: "example-08.json",
            findings: ["uid-derived warning 1:1", "missing-start error 5:15", "missing-location error 5:15"],
            updates: ["2013 World Series @ -, -"]),
        Expected(
            file: "example-09.json",
            findings: [
                "uid-derived warning 2:3", "event-in-past warning 6:18", "missing-timezone warning 6:18",
                "uid-derived warning 17:3", "event-in-past warning 21:18", "missing-timezone warning 21:18",
            ],
            updates: [
                "B.B. King @ Lupo's Heartbreak Hotel, 2014-04-12T19:30:00",
                "B.B. King @ Lynn Auditorium, 2014-04-13T20:00:00",
            ]),
        // The only one with a whole url. Rescheduled, and it says from when.
        Expected(
            file: "example-10.json",
            findings: ["event-in-past warning 8:18", "missing-timezone warning 8:18"],
            updates: ["B.B. King with Jonathon \"Boogie\" Long @ Lupo's Heartbreak Hotel, 2014-04-12T19:30:00"]),
    ]

    @Test(.enabled(if: isThere, "the corpora are not beside the project"), arguments: table)
    private func isJudgedAsAPersonWould(expected: Expected) throws {
        let bytes = [UInt8](try Data(contentsOf: SchemaOrgTests.folder.appending(path: expected.file)))
        let context = ReadingContext(receivedAt: SchemaOrgTests.now, sha256: "00")
        let decoded = readUpdates(bytes, context: context)
        let findings = Validator.examine(decoded, bytes: bytes, settings: ValidatorSettings(), now: SchemaOrgTests.now)
        #expect(
            findings.map { item in
                let place = item.position.map { "\($0.line):\($0.column)" } ?? "-"
                return "\(item.code.rawValue) \(item.severity.word) \(place)"
            } == expected.findings)
        #expect(
            decoded.updates.map { item in
                let occurrence = item.update.occurrences.first
                let start = occurrence?.when.start?.description ?? "-"
                return "\(item.update.name.text) @ \(occurrence?.place?.name ?? "-"), \(start)"
            } == expected.updates)
    }

    @Test(.enabled(if: isThere, "the corpora are not beside the project"))
    func everyFileIsInTheTable() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: SchemaOrgTests.folder.path)
        #expect(files.filter { $0.hasSuffix(".json") }.sorted() == SchemaOrgTests.table.map(\.file))
    }

    @Test(.enabled(if: isThere, "the corpora are not beside the project"), arguments: table.map(\.file))
    func isWrittenAndReadAgainWithoutLoss(file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: SchemaOrgTests.folder.appending(path: file)))
        let context = ReadingContext(receivedAt: SchemaOrgTests.now, sha256: "00")
        let first = readUpdates(bytes, context: context).updates.map(\.update)
        let again = readUpdates(JSONLDWriter.write(first, isPretty: true), context: context).updates.map(\.update)
        #expect(first.map(\.content) == again.map(\.content))
    }
}
