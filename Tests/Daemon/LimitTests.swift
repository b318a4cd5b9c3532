import CommandLineKit
import EventFormats
import EventModel
import Foundation
import PluginKit
import Reading
import Spool
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// Every limit of `[spool]` is a setting: what is at the limit goes through, and one more does not.
@Suite struct LimitTests {
    private func settings(_ toml: String) throws -> SpoolSettings {
        let directory = TemporaryDirectory()
        let file = directory.path + "/tidingsd.toml"
        try "[spool]\n\(toml)\n[pipeline]\nstages = [\"keeper\"]\n".write(
            toFile: file, atomically: false, encoding: .utf8)
        return try ConfigurationLoader(file: file, registry: try Registry([Registration(Keeper.self)])).load().spool
    }

    /// A limit of what a reader spends, and a file that spends that much.
    struct ReadingLimit: CustomTestStringConvertible, Sendable {
        let setting: String
        let limit: Int
        let file: @Sendable (Int) -> String
        var testDescription: String { setting }
    }

    static let readingLimits = [
        ReadingLimit(setting: "max_nesting", limit: 20) { depth in
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        },
        ReadingLimit(setting: "max_nesting", limit: 5) { depth in
            let begins = (1..<depth).map { "BEGIN:X-\($0)\n" }.joined()
            return "BEGIN:VCALENDAR\n\(begins)" + (1..<depth).reversed().map { "END:X-\($0)\n" }.joined()
                + "END:VCALENDAR\n"
        },
        ReadingLimit(setting: "max_nodes", limit: 50) { values in
            #"{"a":["# + Array(repeating: "1", count: values - 2).joined(separator: ",") + "]}"
        },
        ReadingLimit(setting: "max_nodes", limit: 50) { lines in
            "BEGIN:VCALENDAR\n" + String(repeating: "X-A:1\n", count: lines - 2) + "END:VCALENDAR\n"
        },
        ReadingLimit(setting: "max_words", limit: 30) { words in
            Array(repeating: "word", count: words).joined(separator: " ")
        },
        ReadingLimit(setting: "max_updates", limit: 7) { events in
            "BEGIN:VCALENDAR\n" + (1...events).map { "BEGIN:VEVENT\nUID:\($0)\nEND:VEVENT\n" }.joined()
                + "END:VCALENDAR\n"
        },
        ReadingLimit(setting: "max_updates", limit: 7) { events in
            "[" + (1...events).map { #"{"@type":"Event","identifier":"\#($0)"}"# }.joined(separator: ",") + "]"
        },
        ReadingLimit(setting: "max_occurrences", limit: 5) { occurrences in
            let dates = (1...occurrences).map { "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:2026010\($0)\nEND:VEVENT\n" }
            return "BEGIN:VCALENDAR\n\(dates.joined())END:VCALENDAR\n"
        },
    ]

    @Test(arguments: readingLimits) func aReaderSpendsWhatTheSettingAllowsAndNoMore(_ row: ReadingLimit) throws {
        let limits = try settings("\(row.setting) = \(row.limit)").readingLimits
        let context = ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "", limits: limits)
        for count in [row.limit, row.limit + 1] {
            let found = readUpdates(Array(row.file(count).utf8), context: context).diagnostics
            let refusal = found.first { $0.code == .tooLarge }
            #expect((refusal != nil) == (count > row.limit), "\(count): \(found.map(\.message))")
            if let refusal {
                #expect(refusal.message.contains("\(row.limit)"), "the limit is named: \(refusal.message)")
            }
        }
    }

    @Test(arguments: [3, 4]) func findingsAreKeptUpToTheLimit(_ limit: Int) throws {
        let limits = try settings("max_diagnostics = \(limit)").readingLimits
        let context = ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "", limits: limits)
        let calendar = "BEGIN:VEVENT\n" + String(repeating: "no colon\n", count: 50) + "END:VEVENT\n"
        let found = readUpdates(Array(calendar.utf8), context: context).diagnostics
        #expect(found.count { $0.code == .malformedLine } == limit)
        #expect(found.allSatisfy { $0.code == .malformedLine || $0.severity >= .held }, "what is grave comes on top")
        let events = (0..<20).map { #"{"@type":"Event","identifier":"\#($0)","startDate":"never"}"# }
        let document = "[" + events.joined(separator: ",") + "]"
        let more = readUpdates(Array(document.utf8), context: context).diagnostics
        // That for which an update is not accepted is never dropped.
        #expect(more.map(\.update) == (0..<20).map { $0 })
    }

    @Test(arguments: [0, 1]) func aFileIsReadUpToTheLimit(_ excess: Int) async throws {
        let room = ServiceRoom()
        let calendar = Programme.calendar(["pass"], uid: "a")
        try room.drop("a.ics", calendar)
        let status = try await room.runOnce(spool: "max_file_bytes = \(calendar.utf8.count - excess)")
        #expect(status == (excess == 0 ? .ok : .attention))
        let entry = try #require(try room.entries().first { $0["TIDINGS_OUTCOME"] != nil })
        // Of a file that is too large no byte is read.
        let isUnread = (entry["TIDINGS_SHA256"] as? String)?.hasPrefix("e3b0c44298fc1c14") == true
        #expect(isUnread == (excess > 0))
        #expect(entry["TIDINGS_CODE"] as? String == (excess == 0 ? nil : "too-large"))
    }

    @Test(arguments: [(2, 0, [2, 2, 1]), (2, 1, [3, 2]), (100, 0, [5])])
    func noMoreIsTakenAfterTheFileThatReachesTheBytes(files: Int, bytes: Int, batches: [Int]) async throws {
        let room = ServiceRoom()
        let calendars = (0..<5).map { Programme.calendar(["pass"], uid: "\($0)") }
        for (number, calendar) in calendars.enumerated() { try room.drop("\(number).ics", calendar) }
        let offered = Offered()
        // The smallest setting is larger than these files: the value itself is tested.
        var settings = SpoolSettings()
        settings.maxBytesInWork = ByteCount(files * calendars[0].utf8.count + bytes)
        #expect(
            try await room.runOnce(changing: { $0.maxBytesInWork = settings.maxBytesInWork }, offered: offered) == .ok)
        #expect(offered.batches.map(\.count) == batches)
    }

    @Test func everySettingReachesTheIntake() throws {
        let spool = try settings(
            """
            max_file_bytes = "7B"
            window = 17
            max_files_per_submitter = 18
            settle = "19s"
            settle_closed = "20ms"
            rescan = "21s"
            temporary_age = "22s"
            max_temporaries = 23
            max_notices = 24
            max_unready = 25
            """)
        let intake = spool.intake
        #expect(intake.maxFileBytes == 7 && intake.window == 17 && intake.filesOfOneSubmitter == 18)
        #expect(intake.settle == .seconds(19) && intake.restAfterClose == .milliseconds(20))
        #expect(intake.longestPause == .seconds(21) && intake.temporaryAge == .seconds(22))
        #expect(intake.temporariesAsked == 23 && intake.rememberedNotices == 24 && intake.rememberedNotReady == 25)
    }

    @Test func theDefaultsOfTheLibraryAndTheDaemonAreTheSame() {
        let (daemon, library) = (SpoolSettings().intake, IntakeSettings())
        #expect("\(daemon)" == "\(library)")
        #expect("\(SpoolSettings().readingLimits)" == "\(ReadingLimits())")
    }

    @Test(arguments: [3, 4]) func namesThatWereHeardOfAreKeptUpToTheLimit(_ count: Int) throws {
        let box = HintBox(limit: 3)
        for number in 0..<count {
            _ = box.add(Hints(names: [Hint(name: try #require(FileName("f\(number)")), arrival: .closed)]))
        }
        let waiting = box.takeAll()
        #expect(waiting.contains { $0.isScanNeeded } == (count > 3))
        #expect(waiting.reduce(0) { $0 + $1.names.count } == (count > 3 ? 0 : 3))
    }
}
