import CommandLineKit
import PluginKit

/// The shells that can complete command lines.
enum Shell: String, SettingChoice {
    case bash, zsh, fish

    /// The script for the command line of this program, made from the tables of its commands and options.
    var script: String {
        switch self {
        case .bash: BashCompletion.script(CompletedCommand.all)
        case .zsh: ZshCompletion.script(CompletedCommand.all)
        case .fish: FishCompletion.script(CompletedCommand.all)
        }
    }
}

/// `tidings completion`: what a shell needs to complete command lines.
struct CompletionCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings completion", operands: "SHELL", count: 1...1,
        "Prints the script by which a shell completes command lines.",
        notes: [
            "SHELL is bash, zsh or fish. The scripts are installed with the package. In a shell of your own: source <(tidings completion bash)."
        ])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }
    static var operandChoices: [String] { Shell.allCases.map(\.rawValue) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        guard let shell = Shell(rawValue: operands[0].text) else {
            let known = CompletionCommand.operandChoices.joined(separator: ", ")
            throw Failure(.usage, "no completion is known for the shell \(operands[0].shown); name one of \(known)")
        }
        console.write(shell.script)
        return .ok
    }
}

/// A subcommand as completions see it.
struct CompletedCommand {
    /// What can stand at a place of a command line.
    enum Values: Equatable {
        case anything, files, folders, commands
        case words([String])
    }

    let name: String
    let summary: String
    let switches: [Switch]
    let operands: Values

    /// All subcommands, in the order of the help, and `help`.
    static var all: [CompletedCommand] {
        CommandLineTool.commands.map { entry in
            CompletedCommand(
                name: entry.name, summary: brief(entry.summary), switches: entry.switches,
                operands: entry.operandChoices.isEmpty ? values(entry.usage.operands) : .words(entry.operandChoices))
        } + [CompletedCommand(name: "help", summary: "Shows what a command does", switches: [], operands: .commands)]
    }

    /// What follows an option as its argument; nil where it takes none.
    static func argument(_ option: Switch) -> Values? {
        guard let placeholder = option.placeholder else { return nil }
        return option.choices.isEmpty ? values(placeholder) : .words(option.choices)
    }

    private static func values(_ placeholder: String) -> Values {
        if placeholder.contains("FILE") { return .files }
        if placeholder.contains("DIR") { return .folders }
        return placeholder == "DURATION" ? .words(["5s", "30s", "5min", "30min", "1h"]) : .anything
    }

    /// The first part of a sentence, as shells show it beside a word.
    static func brief(_ text: String) -> String {
        let part = text.prefix { $0 != ";" }
        return String(part.last == "." ? part.dropLast() : part)
    }
}
