import EventFormats
import EventModel
import Foundation
import Reading
import Testing
import Validator

/// Situations of real people and programs that went wrong once, from the table beside the project: what is read of the last
/// event, and what is said of it.
@Suite struct CaseTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/cases").standardizedFileURL
    private static let isThere = FileManager.default.fileExists(atPath: folder.path)

    /// 1 November 2026.
    private static let now = Instant(microseconds: 1_793_534_400_000_000)

    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        /// `severity code line` of all that the validator says.
        let findings: [String]
        /// Words of the message.
        let message: String
        /// `uid status start end sequence` of the last event.
        let event: String
        /// Other events before it.
        var others = 0
        var testDescription: String { file }
    }

    static let table = [
        Case(
            file: "icalendar/last-modified-year-0.ics", findings: ["warning value-left-out 19"],
            message: "LAST-MODIFIED '00001231T000000Z'", event: "c@ex.org scheduled 2027-06-12T19:00:00 - -", others: 1),
        Case(
            file: "icalendar/sequence-too-big.ics", findings: ["warning sequence-too-large 10"], message: "too large",
            event: "a1@example.org scheduled 2027-06-10T19:00:00 - -"),
        Case(
            file: "icalendar/url-without-scheme.ics", findings: ["warning invalid-uri 10"],
            message: "'www.example.org/concert'", event: "a1@example.org scheduled 2027-06-10T19:00:00 - -"),
        Case(
            file: "icalendar/language-en_US.ics", findings: ["warning invalid-language 10"], message: "taken as en-US",
            event: "a1@example.org scheduled 2027-06-10T19:00:00 - -"),
        Case(
            file: "icalendar/dtend-and-equal-duration.ics", findings: ["warning dtend-and-duration 11"],
            message: "'PT2H'", event: "a1@example.org scheduled 2027-06-10T19:00:00 2027-06-10T21:00:00 -"),
        Case(
            file: "icalendar/vertical-tab-in-description.ics", findings: ["warning control-character 10"],
            message: "U+000B", event: "a1@example.org scheduled 2027-06-10T19:00:00 - -"),
        Case(
            file: "icalendar/date-start-datetime-end.ics", findings: ["warning mixed-date-and-datetime 18"],
            message: "'20270101T050001Z'", event: "m@ex.org scheduled 2027-01-01 - -", others: 1),
        Case(
            file: "icalendar/datetime-start-date-end.ics", findings: ["warning mixed-date-and-datetime 18"],
            message: "'20270612'", event: "d@ex.org scheduled 2027-06-12T19:00:00 - -", others: 1),
        Case(
            file: "icalendar/ends-after-midnight-same-date.ics", findings: ["warning start-after-end 10"],
            message: "'20270610T020000'", event: "a1@example.org scheduled 2027-06-10T22:00:00 - -"),
        Case(
            file: "icalendar/status-canceled-us.ics", findings: ["warning spelling-taken 10"], message: "CANCELED",
            event: "a1@example.org cancelled 2027-06-10T19:00:00 - -"),
        Case(
            file: "jsonld/datetime-start-date-end.jsonld", findings: ["warning mixed-date-and-datetime 7"],
            message: "'2027-06-10'", event: "https://ex.org/e/1 scheduled 2027-06-10T19:00:00+02:00 - -"),
        Case(
            file: "jsonld/eventstatus-word-cancelled.jsonld", findings: ["warning spelling-taken 19"],
            message: "Cancelled",
            event: "https://ex.org/e/1 cancelled 2027-06-10T19:00:00+02:00 2027-06-10T21:00:00+02:00 -"),
        Case(
            file: "jsonld/fragment-id-a.jsonld", findings: [], message: "",
            event: "https://ex.org/jazz scheduled 2027-06-10T19:00:00+02:00 2027-06-10T21:00:00+02:00 -"),
        Case(
            file: "jsonld/fragment-id-b.jsonld", findings: [], message: "",
            event: "https://ex.org/poetry scheduled 2027-07-10T19:00:00+02:00 - -"),
        Case(
            file: "jsonld/newline-in-string.jsonld", findings: ["warning control-character 5"], message: "line break",
            event: "https://ex.org/e/1 scheduled 2027-06-10T19:00:00+02:00 2027-06-10T21:00:00+02:00 -"),
        Case(
            file: "jsonld/trailing-comma.jsonld", findings: ["error unknown-format 18"],
            message: "a comma stands before }", event: ""),
        Case(
            file: "jsonld/organizer-url-without-scheme.jsonld", findings: ["warning invalid-uri 22"],
            message: "'ex.org'",
            event: "https://ex.org/e/1 scheduled 2027-06-10T19:00:00+02:00 2027-06-10T21:00:00+02:00 -"),
    ]

    @Test(.enabled(if: isThere, "the cases are not beside the project"), arguments: table)
    func isReadAsItIsMeant(_ item: Case) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: item.file)))
        let decoded = readUpdates(bytes, context: ReadingContext(receivedAt: Self.now, sha256: "00"))
        let found = Validator.examine(decoded, bytes: bytes, settings: ValidatorSettings(), now: Self.now)
        #expect(found.map { "\($0.severity.word) \($0.code.rawValue) \($0.position?.line ?? 0)" } == item.findings)
        if let first = found.first { #expect(first.message.contains(item.message), "\(first.message)") }
        let last = decoded.updates.last?.update
        let when = last?.occurrences.first?.when
        let event = last.map {
            "\($0.uid) \($0.status.rawValue) \(when?.start?.description ?? "-") \(when?.end?.description ?? "-") "
                + ($0.sequence.map(String.init) ?? "-")
        }
        #expect(event ?? "" == item.event)
        #expect(decoded.updates.count == (item.event.isEmpty ? 0 : item.others + 1))
        for finding in found where !item.event.isEmpty { #expect(finding.update == item.others) }
    }

    /// The rows that this table answers stand in the list of all cases.
    @Test(.enabled(if: isThere, "the cases are not beside the project"))
    func eachStandsInTheList() throws {
        let list = try String(contentsOf: Self.folder.appending(path: "expected.tsv"), encoding: .utf8)
        let known = Set(list.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) })
        for item in Self.table { #expect(known.contains(item.file), "\(item.file)") }
    }
}
