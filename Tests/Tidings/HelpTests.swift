@testable import Daemon
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
            The daemon need not run: the files wait for it.

            Exits with 0 when all files are dropped. With --wait: 0 accepted, unchanged or
            stale, 65 rejected, 75 held, deferred or no answer in time; of several files the
            worst counts.

            """
        for words in [["submit", "--help"], ["submit", "-h"], ["help", "submit"], ["submit", "--wiat", "--help"]] {
            let ended = try TidingsProgram(words).end()
            #expect(ended.output == expected)
            #expect(ended.status == 0)
            #expect(ended.complaints == "")
        }
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

    @Test func theManualOfTheDaemonKnowsItsOptions() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let manual = try String(contentsOf: root.appendingPathComponent("Deploy/man/tidingsd.8"), encoding: .utf8)
        for option in DaemonOptions.options { #expect(manual.contains("Fl -\(option.name)"), "--\(option.name)") }
    }

    /// Every command and option stands in the manual page and in the completions of all shells.
    @Test func manualAndCompletionsKnowEverything() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Deploy")
        let manual = try String(contentsOf: root.appendingPathComponent("man/tidings.1"), encoding: .utf8)
        let shells = try ["tidings.bash", "_tidings", "tidings.fish"].map { name in
            (name, try String(contentsOf: root.appendingPathComponent("completions/\(name)"), encoding: .utf8))
        }
        for command in CommandLineTool.commands {
            #expect(manual.contains(".Cm \(command.name)"))
            for (shell, text) in shells { #expect(text.contains(command.name), "\(shell)") }
            let options = command.help.matches(of: #/--([a-z-]+)/#).map { String($0.output.1) }
            for option in Set(options) {
                #expect(manual.contains("Fl -\(option)"), "\(command.name) --\(option)")
                for (shell, text) in shells {
                    let form = shell == "tidings.fish" ? "-l \(option)" : "--\(option)"
                    #expect(text.contains(form), "\(shell): \(command.name) --\(option)")
                }
            }
        }
    }
}
