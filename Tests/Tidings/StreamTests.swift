import Foundation
import TestKit
import Testing

@testable import tidings

/// Standard output that is full, closed, or read by somebody who has enough.
@Suite struct StreamTests {
    /// Runs a line of the shell in which `tidings` is the program with the configuration of a service.
    static func shell(_ line: String, _ service: PrivateService, _ words: [String] = []) throws -> Ended {
        let program = try TidingsProgram.built()
        let function = "tidings() { '\(program)' --config '\(service.configuration)' \"$@\"; }\n"
        return try TidingsProgram(
            ["-c", function + line, "sh"] + words, environment: ["PATH": "/usr/bin:/bin"],
            directory: service.folder.path, program: "/bin/bash"
        ).end()
    }

    static func busy() async throws -> PrivateService {
        let service = try await ArchiveTests.archived()
        _ = try service.file("choir.jsonld")
        _ = try service.file("bad.jsonld", Samples.impossible)
        return service
    }

    static let lines = [
        "status", "status --check", "status --json", "queue", "queue --json", "list", "list --json",
        "show harbour-choir-2028", "show --json harbour-choir-2028", "why choir.jsonld", "why --json choir.jsonld",
        "decode choir.jsonld", "decode --as ics choir.jsonld", "plugins", "plugins --json", "completion bash",
        "submit choir.jsonld", "submit --json choir.jsonld", "help", "help why",
    ]

    @Test(arguments: lines) func whatCannotBeWrittenIsSaid(_ line: String) async throws {
        let service = try await Self.busy()
        let name = line.hasPrefix("help") ? "tidings" : "tidings \(line.split(separator: " ")[0])"
        let full = try Self.shell("tidings \(line) >/dev/full", service)
        #expect(
            full.complaints
                == "\(name): standard output cannot be written: No space left on device; free space there, or write "
                + "elsewhere\n")
        #expect(full.status == (line == "status --check" ? 2 : 74))
        let closed = try Self.shell("tidings \(line) >&-", service)
        #expect(closed.complaints == "\(name): standard output cannot be written: Bad file descriptor\n")
        #expect(closed.status == (line == "status --check" ? 2 : 74))
    }

    /// What the daemon's program answers goes straight from it.
    @Test(arguments: ["check", "check --effective", "reference"]) func norIsItHiddenByTheDaemon(_ line: String)
        async throws
    {
        let ended = try Self.shell("tidings \(line) >/dev/full", try PrivateService())
        #expect(ended.complaints == "tidingsd: standard output cannot be written: No space left on device\n")
        #expect(ended.status == 74)
    }

    @Test func aFaultOfTheInputIsNotHiddenByOneOfTheOutput() async throws {
        let ended = try Self.shell("tidings check bad.jsonld >/dev/full", try await Self.busy())
        #expect(
            ended.complaints.hasSuffix(
                "standard output cannot be written: No space left on device; free space there, "
                    + "or write elsewhere\n"))
        #expect(ended.status == 65)
    }

    @Test func nothingIsWrittenWhereAStreamWasClosed() async throws {
        let service = try await Self.busy()
        let archive = try Data(contentsOf: URL(fileURLWithPath: "\(service.state)/archiver/archive.sqlite"))
        for closed in [">&- 2>&-", "<&- >&- 2>&-", "2>&-"] {
            _ = try Self.shell(
                "tidings list \(closed); tidings show gala \(closed); tidings why nothing \(closed)", service)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(service.state)/archiver/archive.sqlite")) == archive)
        let dropped = try Self.shell("tidings submit choir.jsonld <&- >&- 2>&-", service)
        #expect(dropped.status == 74)
        let text = try String(contentsOfFile: "\(service.spool)/incoming/choir.jsonld", encoding: .utf8)
        #expect(text == Samples.concert)
    }

    @Test(arguments: [["list"], ["decode", "choir.jsonld"], ["check", "--json", "bad.jsonld"]])
    func aReaderThatHasGoneEndsItQuietly(_ words: [String]) async throws {
        let service = try await Self.busy()
        let ended = try TidingsProgram(
            words + ["--config", service.configuration], directory: service.folder.path, output: Self.unread()
        ).end()
        #expect(ended.complaints == "")
    }

    @Test func aReaderThatHasGoneDoesNotKeepFilesFromBeingDropped() async throws {
        let service = try await Self.busy()
        let words = ["submit", "--config", service.configuration, "gone", "choir.jsonld", "choir.jsonld"]
        let ended = try TidingsProgram(words, directory: service.folder.path, output: Self.unread()).end()
        #expect(ended.complaints == "tidings submit: gone: No such file or directory; look for a misspelt name\n")
        #expect(ended.status == 66)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(service.spool)/incoming").count == 2)
    }

    /// The end of a pipe that nobody reads.
    static func unread() throws -> FileHandle {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        return pipe.fileHandleForWriting
    }

    /// A parent that ignores SIGPIPE, as systemd's services do, makes writing fail instead.
    @Test func aReaderThatHasEnoughIsNoFailureWhereItsSignalIsIgnored() async throws {
        let ended = try Self.shell("trap '' PIPE; tidings list | true; echo ${PIPESTATUS[0]}", try await Self.busy())
        #expect(ended.complaints == "")
        #expect(ended.output == "0\n")
    }
}
