import Foundation
import TestKit
import Testing

@testable import tidings

/// What a person sees who writes a command line wrong: the thing and the remedy.
@Suite struct CommandLineTests {
    @Test(arguments: CommandLineFault.ofTheTool + CommandLineFault.ofCommands + CommandLineFault.ofFiles)
    func aFaultNamesTheThingAndTheRemedy(_ fault: CommandLineFault) throws {
        let place = try FaultyPlace()
        let ended = try TidingsProgram(fault.words, directory: place.service.folder.path).end()
        #expect(ended.complaints == fault.says.replacing("{dir}", with: place.service.folder.path))
        #expect(ended.status == fault.status)
        #expect(ended.output == "")
    }

    @Test func withoutADaemonBesideItTheRemedyIsNamed() throws {
        for command in ["check", "plugins"] {
            let ended = try Self.alone([command])
            #expect(
                ended.complaints
                    == "tidings \(command): tidingsd cannot be started to answer this: No such file or directory; "
                    + "install it beside this program or on the PATH\n")
            #expect(ended.status == 69)
        }
    }

    @Test func aConfigurationThatCannotBeReadIsNamed() throws {
        let ended = try TidingsProgram.run("list", "--config", "/nonexistent.toml")
        #expect(ended.complaints.contains("tidings list: /nonexistent.toml:1:1: cannot be read"))
        #expect(ended.status == 78)
    }

    @Test func statusFailsWhereThereIsNoSpool() throws {
        let place = try FaultyPlace()
        let ended = try TidingsProgram(["status", "-c", "nowhere.toml"], directory: place.service.folder.path).end()
        let spool = "\(place.service.folder.path)/nowhere"
        #expect(
            ended.complaints == "tidings status: there is no spool at \(spool): is tidingsd installed, and is [spool] "
                + "directory right?\n")
        #expect(ended.output.contains("incoming  unknown  \(spool)/incoming is missing\n"))
        #expect(ended.status == 69)
    }

    /// What the table of faults speaks of.
    struct FaultyPlace {
        let service: PrivateService

        init() throws {
            service = try PrivateService()
            let folder = service.folder.path
            try FileManager.default.createDirectory(atPath: "\(folder)/folder", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: "loop")
            _ = try service.file("empty.ics", "")
            _ = try service.file("faulty.toml", "[spool]\nwindw = 3\n")
            _ = try service.file("nowhere.toml", "[spool]\ndirectory = \"\(folder)/nowhere\"\n")
        }
    }

    /// Runs a copy of the program from a folder of its own.
    private static func alone(_ arguments: [String]) throws -> Ended {
        let service = try PrivateService()
        let copy = service.folder.path + "/tidings"
        try TidingsProgram.copy(try TidingsProgram.built(), to: copy)
        return try TidingsProgram(arguments, program: copy).end()
    }

    @Test func aControlCharacterInAWordDoesNotReachTheTerminal() throws {
        let ended = try TidingsProgram(["show\u{1B}[2J", "x"]).end()
        #expect(!ended.complaints.contains("\u{1B}"))
        #expect(ended.complaints.contains("\\x1b"))
    }

    @Test func aFullDiskIsNoSuccess() throws {
        let ended = try TidingsProgram(["--help"], outputPath: "/dev/full").end()
        #expect(ended.status == 74)
        #expect(ended.complaints.contains("standard output cannot be written: No space left on device"))
    }

    @Test(arguments: [["--json", "status"], ["status", "--json"], ["status", "--jso"]])
    func optionsStandBeforeAndAfterTheCommand(_ words: [String]) throws {
        let service = try PrivateService()
        let ended = try service.start(words).end()
        #expect(try ended.objects().first?["incoming"] as? Int == 0)
    }
}
