import CommandLineKit
import Daemon
import Foundation
import Testing

@testable import tidings

/// The help, and what has to agree with it.
@Suite struct HelpTests {
    @Test func theHelpOfACommand() throws {
        let expected = """
            usage: tidings submit [OPTION…] FILE…

            Drops event updates into the spool; what it has accepted survives a power cut.

            options:
              -w, --wait                wait for the answers and print them
              -t, --timeout=DURATION    how long to wait, such as 500ms, 30s or 5min; 30s
                                        unless given
                  --json                print one JSON object a line, with stable keys
              -c, --config=FILE         read this configuration instead of
                                        /etc/tidingsd/tidingsd.toml
              -h, --help                show this help

            FILE is iCalendar, JSON-LD or a plain-text announcement; '-' is standard input.
            The daemon need not run: the files wait for it. A name that is taken already
            gets a mark.

            Ended by a signal, it says which files are dropped and which are not.

            Exits with 0 when all files are dropped. With --wait: 0 accepted, unchanged or
            stale, 65 rejected in whole or in part, 75 held in whole or in part, older and
            not applied, deferred or no answer in time; of several files the worst counts.

            """
        for words in [["submit", "--help"], ["submit", "-h"], ["help", "submit"], ["submit", "--wiat", "--help"]] {
            let ended = try TidingsProgram(words).end()
            #expect(ended.output == expected)
            #expect(ended.status == 0)
            #expect(ended.complaints == "")
        }
    }

    /// The help of each command stands in a file of its own, so that a change of it is seen as one.
    @Test(arguments: ["tidings"] + CommandLineTool.commands.map(\.name)) func theHelpIsAsItWas(_ name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Help/\(name).txt")
        let words = name == "tidings" ? ["help"] : ["help", name]
        // ignoring: a file that is missing differs
        let known = try? String(contentsOf: file, encoding: .utf8)
        #expect(try TidingsProgram(words).end().output == known, "run Deploy/generate")
    }

    @Test func theHelpOfTheToolNamesEveryCommand() throws {
        for words in [["--help"], ["help"], ["-h"]] {
            let ended = try TidingsProgram(words).end()
            #expect(ended.status == 0)
            #expect(ended.output.hasPrefix("usage: tidings [OPTION…] COMMAND …\n"))
            for command in CommandLineTool.commands { #expect(ended.output.contains("\n  \(command.name) ")) }
        }
    }

    @Test func noLineOfTheHelpIsWiderThanATerminal() {
        for text in [CommandLineTool.help] + CommandLineTool.commands.map(\.help) {
            for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        }
    }

    @Test func theVersion() throws {
        let ended = try TidingsProgram.run("--version")
        #expect(ended.output == "tidings \(programVersion)\n")
        #expect(ended.status == 0)
    }
}
