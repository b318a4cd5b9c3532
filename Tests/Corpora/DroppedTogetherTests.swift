import Archive
import EventModel
import Foundation
import PluginKit
import Testing

/// All calendars and schema.org examples that others wrote, dropped together into the service: each has one answer, the
/// one that it has by itself, save where it speaks of an event of which another of them has spoken before.
@Suite(.enabled(if: ICalendarCorpusCase.folder != nil, "the corpora do not lie beside the project"))
struct DroppedTogetherTests {
    private typealias Answer = PrivateService.Answer

    /// Files that are accepted by themselves and come after others with the same uid, in the order of their names. Where
    /// nothing states an order, the later word of a source counts, so several more such files are accepted.
    private static let afterOthers: [String: Answer] = [
        // The same event, exported once more: only DTSTAMP or its alarms differ, which are not the event's.
        "alarm_etar_notification.ics": Answer(outcome: "unchanged"),
        "alarm_google_future.ics": Answer(outcome: "unchanged"),
        "rfc_9074_example_2.ics": Answer(outcome: "unchanged"),
        "rfc_9074_example_3.ics": Answer(outcome: "unchanged"),
        "rfc_9074_example_4.ics": Answer(outcome: "unchanged"),
        // The other one differs only where both are broken.
        "issue_168_input.ics": Answer(outcome: "unchanged"),
        // The same in every byte.
        "issue_355_url_escaping_2.ics": Answer(outcome: "unchanged"),
        // No uid in either: the one made from name and year is the same, and so is all else.
        "issue_104_mark_events_broken.ics": Answer(outcome: "unchanged"),
        // LAST-MODIFIED is earlier than in "…_and_closed", and what the program remembers of the alarm differs.
        "alarm_thunderbird_2_notification_5_min_postponed_and_popped_up.ics": Answer(outcome: "stale"),
        "alarm_thunderbird_2_notification_popped_up.ics": Answer(outcome: "stale"),
        // LAST-MODIFIED is earlier than in "alarm_thunderbird_closed".
        "alarm_thunderbird_future.ics": Answer(outcome: "stale"),
        "alarm_thunderbird_snoozed_until_1457.ics": Answer(outcome: "stale"),
        // The uid of other programs' events, at another time.
        "timezoned.ics": Answer(outcome: "held", codes: ["ambiguous-intent"]),
        // The concert of example-02, told with its performers; nothing but their making says that the two are one.
        "example-05.json": Answer(outcome: "held", codes: ["same-event-or-new"]),
    ]

    /// Files of which some events count: the places of those that do not, from 1.
    private static let badOnes: [String: [Int]] = [
        // The third has neither a start nor anything to tell it by.
        "created_calendar_with_unicode_fields.ics": [3],
        // The first has a name; the others have neither that nor a uid, and the second has no start.
        "issue_722_missing_timezones.ics": [2, 3],
    ]

    private static func expected() -> [String: [Answer]] {
        var expected: [String: [Answer]] = [:]
        for item in ICalendarCorpusCase.all {
            // Nobody looks at the events of a calendar that is cut.
            let isCut = item.refused.contains("truncated") && item.updates > 0
            let codes = isCut ? ["truncated"] : item.refused.union(item.judged)
            let name = item.name + ".ics"
            let severities = codes.compactMap { DiagnosticCode(rawValue: $0)?.defaultSeverity(in: .icalendar) }
            let whole = severities.allSatisfy { $0 == .held } ? "held" : "rejected"
            let refusal = badOnes[name] == nil ? whole : "partial"
            let alone = Answer(outcome: codes.isEmpty ? "accepted" : refusal, codes: codes)
            expected[name] = [codes.isEmpty ? afterOthers[name] ?? alone : alone]
        }
        for item in SchemaOrgTests.table {
            let errors = item.findings.map { $0.split(separator: " ") }.filter { $0[1] == "error" }
            let codes = Set(errors.map { String($0[0]) })
            let alone = Answer(outcome: codes.isEmpty ? "accepted" : "rejected", codes: codes)
            expected[item.file] = [codes.isEmpty ? afterOthers[item.file] ?? alone : alone]
        }
        return expected
    }

    @Test func eachHasOneAnswerAndNothingIsLeftInWork() async throws {
        let files = try [try #require(ICalendarCorpusCase.folder), SchemaOrgTests.folder].flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { ["ics", "json"].contains($0.pathExtension) }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        }
        let service = PrivateService()
        try service.drop(files)
        let answers = try await service.workOff()
        let expected = Self.expected()
        #expect(Set(answers.keys) == Set(expected.keys))
        for (name, given) in answers.sorted(by: { $0.key < $1.key }) { #expect(given == expected[name], "\(name)") }
        for folder in ["incoming", "active", "deferred", "accepted"] { #expect(try service.names(folder) == []) }
        for folder in ["rejected", "held"] { try checkFiles(of: folder, service, answers, files) }
        for (name, places) in Self.badOnes {
            let outcomes = try service.outcomes(of: name)
            let bad = outcomes.indices.filter { outcomes[$0] == "rejected" || outcomes[$0] == "held" }
            #expect(bad.map { $0 + 1 } == places, "\(name)")
        }
        try checkArchive(service, files)
    }

    /// Rejected and held files lie in their folders, each once and with its bytes.
    private func checkFiles(
        of folder: String, _ service: PrivateService, _ answers: [String: [PrivateService.Answer]], _ files: [URL]
    ) throws {
        let names = answers.filter { $0.value.contains { $0.outcome == folder } }.keys.sorted()
        let stored = try service.names(folder)
        #expect(stored.map { String($0.drop { $0 != "-" }.dropFirst()) }.sorted() == names)
        for name in stored {
            let file = try #require(files.first { name.hasSuffix("-" + $0.lastPathComponent) })
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(service.spool)/\(folder)/\(name)"))
            #expect(bytes == (try Data(contentsOf: file)), "\(name)")
        }
    }

    /// Each file stands in the archive once, with what became of its updates, and with its bytes where something of it
    /// counts.
    private func checkArchive(_ service: PrivateService, _ files: [URL]) throws {
        let archive = try ArchiveReader(path: ArchiveReader.path(stateDirectory: service.state))
        for file in files {
            let name = file.lastPathComponent
            let outcomes = Set(try service.outcomes(of: name))
            let records = try archive.deliveries(fileName: Array(name.utf8))
            #expect(records.count == 1, "\(name)")
            guard let record = records.first else { continue }
            let told = Set(record.story.map(\.outcome.rawValue))
            #expect(told == (outcomes.isEmpty ? ["rejected"] : outcomes), "\(name)")
            guard !outcomes.isDisjoint(with: ["accepted", "unchanged", "stale"]) else { continue }
            #expect(try archive.bytes(of: record.id) == [UInt8](try Data(contentsOf: file)), "\(name)")
        }
        #expect(try archive.damage().isEmpty)
    }
}
