@testable import CommandLineKit
@testable import Daemon
import Foundation
import TestKit
import Testing

@testable import tidings

/// The manual pages say what the tables of the code say.
@Suite struct ManualTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Deploy/man").path

    static func page(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    /// What stands below a heading, up to the next one of its kind.
    static func section(_ heading: String, of page: String) -> String? {
        let kind = heading.prefix(4)
        let starts = ["\n\(heading)\n", "\n\(heading) "].compactMap { page.range(of: $0) }
        guard let start = starts.first else { return nil }
        let rest = "\n" + page[start.upperBound...]
        let ends = ["\n.Sh ", "\n\(kind)"].compactMap { rest.range(of: $0)?.lowerBound }
        return String(rest[..<(ends.min() ?? rest.endIndex)])
    }

    /// The long options and letters that a piece of the page names.
    static func options(_ text: String) -> Set<String> {
        Set(text.matches(of: #/(?:Fl|\|) (-[A-Za-z-]+|[A-Za-z]\b(?= \||$| ,))/#).map { String($0.output.1) })
    }

    /// `-wait` and `w`, as the page names options.
    static func marks(_ switches: [Switch]) -> Set<String> {
        Set(switches.flatMap { ["-\($0.name)"] + ($0.letter.map { [String($0)] } ?? []) })
    }

    @Test func everyOptionOfTheDaemonStandsThere() throws {
        let page = try Self.page("tidingsd.8")
        #expect(Self.marks(DaemonOptions.switches).subtracting(Self.options(page)) == [])
    }

    @Test func everyCommandHasASectionWithItsOptions() throws {
        let page = try Self.page("tidings.1")
        let common = Self.marks(ToolOptions.switches)
        for command in CommandLineTool.commands {
            let section = try #require(Self.section(".Ss tidings \(command.name)", of: page), "\(command.name)")
            let own = Self.marks(command.switches).subtracting(common)
            let named = Self.options(section).subtracting(common)
            #expect(named.isSuperset(of: own), "\(command.name)")
            #expect(own.isSuperset(of: named), "\(command.name)")
            #expect(Self.section(".Sh SYNOPSIS", of: page)?.contains(".Cm \(command.name)") == true)
        }
        let sections = page.matches(of: #/\n\.Ss tidings ([a-z]+)/#).map { String($0.output.1) }
        #expect(Set(sections) == Set(CommandLineTool.commands.map(\.name) + ["help"]))
        let front = try #require(Self.section(".Sh DESCRIPTION", of: page))
        #expect(common.subtracting(["-version"]).subtracting(Self.options(front)) == [])
    }

    @Test func everyExitStatusStandsThere() throws {
        let page = try Self.page("tidings.1")
        let section = try #require(Self.section(".Sh EXIT STATUS", of: page))
        let numbers = section.matches(of: #/\n\.It ([0-9 ,]+)/#).flatMap { match in
            match.output.1.split(separator: ",").compactMap { Int32($0.filter(\.isNumber)) }
        }
        // A folder with wrong rights is what the daemon ends with, which looks at them at its start.
        #expect(Set(numbers) == Set(ExitStatus.allCases.map(\.rawValue)).subtracting([ExitStatus.systemFile.rawValue]))
    }

    /// The example commands run as they stand there, against a daemon of the test's own.
    @Test(.timeLimit(.minutes(10))) func theExamplesRun() throws {
        let service = try PrivateService()
        let bin = "\(service.folder.path)/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
        let program = try TidingsProgram.built()
        let wrapper = "#!/bin/sh\nexec '\(program)' \"$@\" --config '\(service.configuration)'\n"
        let draft = "\(service.folder.path)/wrapper"
        try wrapper.write(toFile: draft, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: draft)
        try TidingsProgram.copy(draft, to: "\(bin)/tidings")
        for (name, source) in [("gala.ics", "1-concert.ics"), ("release.txt", "3-march.txt")] {
            try FileManager.default.copyItem(
                atPath: "\(Samples.examples)/\(source)", toPath: "\(service.folder.path)/\(name)")
        }
        let daemon = try TidingsProgram(
            ["--config", service.configuration], directory: service.folder.path, program: program + "d")
        defer { daemon.interrupt(SIGTERM) }
        let section = try #require(Self.section(".Sh EXAMPLES", of: try Self.page("tidings.1")))
        let examples = section.matches(of: #/\n\.Dl \$ (.*)/#).map { match in
            String(match.output.1).replacing("\\(dq", with: "\"").replacing("\\e", with: "\\")
        }
        #expect(examples.count >= 3)
        for example in examples where !example.contains("jq") || CompletionTests.installed("jq") {
            let ended = try TidingsProgram(
                ["-c", example], environment: ["PATH": "\(bin):/usr/bin:/bin"], directory: service.folder.path,
                program: "/bin/sh"
            ).end()
            #expect(ended.status == 0, "\(example): \(ended.complaints)")
        }
    }
}
