import Foundation
import Testing

@testable import Systemd

/// A pipe whose other end is read to its close, as `2>file` would.
struct Captured {
    let pipe = Pipe()

    var descriptor: CInt { pipe.fileHandleForWriting.fileDescriptor }

    func finish() throws -> [String] {
        try pipe.fileHandleForWriting.close()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: data, as: UTF8.self).components(separatedBy: "\n").dropLast()
    }
}

struct JournalTests {
    private static let bare = LogSurroundings(hasJournal: false, isErrorTheJournal: false, isErrorATerminal: false)

    private func lines(
        _ destination: LogDestination, level: JournalPriority = .info, _ body: (Journal) -> Void
    ) throws -> [String] {
        let captured = Captured()
        body(Journal(destination, level: level, surroundings: JournalTests.bare, descriptor: captured.descriptor))
        return try captured.finish()
    }

    @Test func theConsoleShowsTimePriorityAndMessageInOneLine() throws {
        let lines = try lines(.console) { $0.write(.deliveryRejected, "program.json: 3:14: no date") }
        let line = try #require(lines.first)
        #expect(line.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning program\.json: 3:14: no date$/))
    }

    @Test(arguments: [
        ("a\nb", "a\\nb"), ("\u{1B}[31mred", "\\x1b[31mred"), ("tab\there", "tab\\there"), ("\u{85}", "\\u{85}"),
        ("Łódź “quoted” \u{200D}", "Łódź “quoted” \u{200D}"), ("C:\\dir", "C:\\dir"), ("\u{7F}", "\\x7f"),
    ])
    func theConsoleEscapesControlCharacters(_ message: String, shown: String) throws {
        let lines = try lines(.console) { $0.write(.serviceReady, message) }
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix(" \(shown)") == true)
    }

    @Test func jsonLinesHaveTheJournalsFields() throws {
        let lines = try lines(.json) {
            $0.write(
                .deliveryAccepted, "said \"yes\"\n",
                fields: [
                    .init("TIDINGS_UID", "a"), .init("TIDINGS_FILE", [0x61, 0xFF]), .init("TIDINGS_UID", "b\u{1}"),
                ])
        }
        #expect(lines.count == 1)
        let parsed = try JSONSerialization.jsonObject(with: Data(try #require(lines.first).utf8))
        let object = try #require(parsed as? [String: Any])
        #expect(object["MESSAGE"] as? String == "said \"yes\"\n")
        #expect(object["PRIORITY"] as? String == "6")
        #expect(object["MESSAGE_ID"] as? String == MessageID.deliveryAccepted.rawValue)
        #expect(object["TIDINGS_UID"] as? [String] == ["a", "b\u{1}"])
        #expect(object["TIDINGS_FILE"] as? [Int] == [0x61, 0xFF])
        #expect(object["SYSLOG_IDENTIFIER"] as? String == "tidingsd")
        #expect((object["time"] as? String)?.hasSuffix("Z") == true)
    }

    @Test func lessImportantEntriesAreLeftOut() throws {
        let lines = try lines(.console, level: .warning) {
            $0.write(.serviceReady, "info")
            $0.write(.deliveryHeld, "warning")
            $0.level = .debug
            $0.write(.stageAnswered, "debug")
        }
        #expect(lines.map { $0.components(separatedBy: " ").last } == ["warning", "debug"])
    }

    @Test func aMessageNobodyReadsIsNotMade() throws {
        var made = 0
        func message() -> String {
            made += 1
            return "m"
        }
        let lines = try lines(.console) { $0.write(.stageAnswered, message()) }
        #expect(lines == [])
        #expect(made == 0)
    }

    @Test func entriesOfManyThreadsStayWhole() async throws {
        let captured = Captured()
        let journal = Journal(.console, surroundings: JournalTests.bare, descriptor: captured.descriptor)
        let reading = Task.detached {
            try captured.pipe.fileHandleForReading.readToEnd().map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<500 { journal.write(.serviceReady, "w\(writer) n\(number) end") }
                }
            }
        }
        try captured.pipe.fileHandleForWriting.close()
        let lines = try await reading.value.split(separator: "\n")
        #expect(lines.count == 4000)
        #expect(lines.allSatisfy { $0.hasSuffix(" end") && $0.components(separatedBy: "info").count == 2 })
        #expect(journal.lostEntries == 0)
    }

    @Test func entriesThatCannotBeWrittenAreCounted() throws {
        let journal = Journal(.console, surroundings: JournalTests.bare, descriptor: -1)
        journal.write(.serviceReady, "m")
        #expect(journal.lostEntries == 1)
    }

    @Test func aJournalThatIsNotThereBecomesTheConsole() throws {
        let lines = try lines(.journal) { $0.write(.serviceReady, "seen") }
        #expect(lines.count == 1)
    }
}
