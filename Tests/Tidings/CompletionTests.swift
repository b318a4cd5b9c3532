import Foundation
import TestKit
import Testing

@testable import tidings

/// The scripts that let shells complete command lines: made from the tables of options, and asked in the shells.
@Suite struct CompletionTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Deploy/completions").path
    static let files: [(Shell, String)] = [(.bash, "tidings.bash"), (.zsh, "_tidings"), (.fish, "tidings.fish")]

    @Test(arguments: files) func theInstalledScriptIsTheOneThatIsPrinted(_ shell: Shell, _ name: String) throws {
        let installed = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
        #expect(installed == shell.script, "run Deploy/generate")
        #expect(try TidingsProgram.run("completion", shell.rawValue).output == shell.script)
    }

    struct Line: Sendable, CustomTestStringConvertible {
        let words: String
        let offers: Set<String>
        var testDescription: String { words }
    }

    /// The last word is the one that is being written.
    static let lines = [
        Line(words: "tidings st", offers: ["status"]),
        Line(words: "tidings --json lis", offers: ["list"]),
        Line(words: "tidings submit --w", offers: ["--wait"]),
        Line(words: "tidings submit --timeout 30m", offers: ["30min"]),
        Line(words: "tidings decode --as json", offers: ["json", "jsonld"]),
        Line(words: "tidings status --warning-age 5", offers: ["5s", "5min"]),
        Line(words: "tidings check gal", offers: ["gala.ics", "galaxy.jsonld"]),
        Line(words: "tidings completion f", offers: ["fish"]),
        Line(words: "tidings help qu", offers: ["queue"]), Line(words: "tidings rea", offers: ["readmit"]),
        Line(words: "tidings queue --l", offers: ["--list"]),
    ]

    @Test(
        arguments: lines + [
            Line(words: "tidings decode --as=jsonl", offers: ["jsonld"]),
            Line(words: "tidings --config x.toml que", offers: ["queue"]),
            Line(words: "tidings queue ", offers: []),
        ]) func bashCompletes(_ line: Line) throws
    {
        // The shell splits words at = as well.
        let words = line.words.split(separator: " ", omittingEmptySubsequences: false).flatMap { word in
            word.contains("=")
                ? word.replacing("=", with: " = ").split(separator: " ").map(String.init) : [String(word)]
        }
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            compopt() { :; }
            source '\(Self.folder)/tidings.bash'
            COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
            _tidings
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        #expect(try Self.ask("bash", ["--norc", "-c", script]) == line.offers)
    }

    @Test(.enabled(if: installed("fish"), "fish is not installed"), arguments: lines)
    func fishCompletes(_ line: Line) throws {
        let script = "source '\(Self.folder)/tidings.fish'; complete -C '\(line.words)' | string replace -r '\\t.*' ''"
        #expect(try Self.ask("fish", ["--no-config", "-c", script]) == line.offers)
    }

    @Test(.enabled(if: installed("zsh"), "zsh is not installed")) func zshReadsItsScript() throws {
        #expect(try Self.ask("zsh", ["-f", "-n", "\(Self.folder)/_tidings"]) == [])
    }

    static func installed(_ shell: String) -> Bool {
        ["/usr/bin", "/bin", "/usr/local/bin"].contains { access("\($0)/\(shell)", X_OK) == 0 }
    }

    /// The lines that a shell prints, in a folder with two files.
    static func ask(_ shell: String, _ arguments: [String]) throws -> Set<String> {
        let service = try PrivateService()
        for name in ["gala.ics", "galaxy.jsonld", "other.ics"] { _ = try service.file(name) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [shell] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: service.folder.path)
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": service.folder.path]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
    }
}
