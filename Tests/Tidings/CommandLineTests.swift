import Foundation
import TestKit
import Testing

@testable import tidings

/// What a person sees who writes a command line wrong: the thing and the remedy.
@Suite struct CommandLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let status: Int32
        let says: String
        var testDescription: String { "tidings \(line)" }

        init(_ line: String, _ status: Int32, _ says: String) {
            self.line = line
            self.status = status
            self.says = says
        }
    }

    static let faults = [
        Case("", 64, "tidings: name a command: submit, check, decode, status, queue, why, list, show\n"),
        Case("lst", 64, "tidings: unknown command \"lst\"; did you mean \"list\"?\nTry 'tidings --help'.\n"),
        Case("serach", 64, "tidings: unknown command \"serach\"\n"),
        Case("retry", 64, "tidings: unknown command \"retry\"\n"),
        Case("help sbmit", 64, "unknown command \"sbmit\"; did you mean \"submit\"?"),
        Case("--jsn status", 64, "tidings: unknown option --jsn; did you mean --json?\nTry 'tidings --help'.\n"),
        Case("-x", 64, "tidings: unknown option -x\n"),
        Case("submit", 64, "tidings submit: FILE… is missing; name at least one\nTry 'tidings submit --help'.\n"),
        Case("submit --wiat x", 64, "tidings submit: unknown option --wiat; did you mean --wait?\n"),
        Case("submit --timeout 3 -w x", 64, "option --timeout is \"3\"; expected a duration such as \"500ms\""),
        Case("submit --timeout 3s x", 64, "option --timeout is for --wait; add --wait or leave it out"),
        Case("submit -t", 64, "option -t, --timeout needs a DURATION after it"),
        Case("status --c", 64, "option --c is ambiguous; write --check or --critical-age or --config"),
        Case("status --check=3", 64, "option --check takes no value; leave out what follows the ="),
        Case("status now", 64, "\"now\" is one operand too many; the command takes no operands"),
        Case("decode a b", 64, "\"b\" is one operand too many; the command takes 1"),
        Case("decode --as xml x", 64, "option --as is \"xml\"; expected one of \"json\", \"jsonld\", \"ics\""),
        Case("show", 64, "tidings show: UID is missing; name one\n"),
        Case("why", 64, "tidings why: ID|UID|FILE is missing; name one\n"),
        Case("decode /nonexistent/a.ics", 66, "decode: /nonexistent/a.ics: No such file or directory; look for a"),
        Case("decode /", 66, "tidings decode: /: Is a directory; name the files in it\n"),
        Case("list --config /nonexistent.toml", 78, "tidings list: /nonexistent.toml:1:1: cannot be read"),
        Case("check", 69, "tidingsd cannot be started to check the configuration: No such file"),
    ]

    @Test(arguments: faults) func aFaultNamesTheThingAndTheRemedy(_ fault: Case) throws {
        // `check` must not find the daemon that was built beside it.
        let ended =
            fault.line == "check"
            ? try Self.alone(["check"]) : try TidingsProgram(fault.line.split(separator: " ").map(String.init)).end()
        #expect(ended.complaints.contains(fault.says), "\(ended.complaints)")
        #expect(ended.status == fault.status)
        #expect(ended.output == "")
    }

    /// Runs a copy of the program from a folder of its own.
    private static func alone(_ arguments: [String]) throws -> Ended {
        let service = try PrivateService()
        let copy = service.folder.path + "/tidings"
        try FileManager.default.copyItem(atPath: try TidingsProgram.built(), toPath: copy)
        return try TidingsProgram(arguments, program: copy).end()
    }

    @Test func aControlCharacterInAWordDoesNotReachTheTerminal() throws {
        let ended = try TidingsProgram(["show\u{1B}[2J", "x"]).end()
        #expect(!ended.complaints.contains("\u{1B}"))
        #expect(ended.complaints.contains("\\u{1b}"))
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
