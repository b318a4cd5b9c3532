import CommandLineKit
import EventFormats
import PluginKit

/// The words before the subcommand.
struct ToolOptions: OptionTable {
    var common = CommonOptions()
    var isVersion = false

    static let usage = CommandUsage(
        "tidings", operands: "COMMAND …", count: 0...Int.max,
        "Tells tidingsd of event updates, and what became of them.",
        notes: [
            "'tidings COMMAND --help' tells more about a command, 'man tidings' about all of them. Exit statuses follow "
                + "sysexits.h."
        ])

    static var options: [Option<Self>] {
        CommonOptions.part(of: \.common) + [Option("version", nil, \.isVersion, "show the version")]
    }
}

/// The tool as a whole: finds the subcommand and runs it.
enum CommandLineTool {
    static let commands: [CommandEntry] = [
        CommandEntry("submit", SubmitCommand.self),
        CommandEntry("check", CheckCommand.self),
        CommandEntry("decode", DecodeCommand.self),
        CommandEntry("status", StatusCommand.self),
        CommandEntry("queue", QueueCommand.self),
        CommandEntry("why", WhyCommand.self),
        CommandEntry("list", ListCommand.self),
        CommandEntry("show", ShowCommand.self),
        CommandEntry("retry", RetryCommand.self),
        CommandEntry("release", ReleaseCommand.self),
        CommandEntry("discard", DiscardCommand.self),
        CommandEntry("withdraw", WithdrawCommand.self),
        CommandEntry("readmit", ReadmitCommand.self),
        CommandEntry("forget", ForgetCommand.self),
        CommandEntry("revert", RevertCommand.self),
        CommandEntry("link", LinkCommand.self),
        CommandEntry("unlink", UnlinkCommand.self),
        CommandEntry("suspend", SuspendCommand.self),
        CommandEntry("resume", ResumeCommand.self),
        CommandEntry("plugins", PluginsCommand.self),
        CommandEntry("plugin", PluginCommand.self),
        CommandEntry("reference", ReferenceCommand.self),
        CommandEntry("completion", CompletionCommand.self),
    ]

    static func run(_ arguments: [Argument], _ console: Console) -> ExitStatus {
        do throws(UsageFault) {
            switch try ToolOptions.parse(arguments, stopAtOperand: true) {
            case .help:
                console.write(help)
                return console.finish("tidings", .ok)
            case .options(let options, _) where options.isVersion:
                console.line("tidings \(programVersion)")
                return console.finish("tidings", .ok)
            case .options(let options, let operands):
                return try start(operands, options.common, console)
            }
        } catch {
            console.complain(error.description)
            return console.finish("tidings", .usage)
        }
    }

    private static func start(
        _ operands: [Argument], _ common: CommonOptions, _ console: Console
    ) throws(UsageFault) -> ExitStatus {
        guard let name = operands.first?.text else {
            throw UsageFault("tidings", "name a command: \(names)")
        }
        let rest = Array(operands.dropFirst())
        if name == "help" {
            guard let topic = rest.first?.text else { return run(["--help"], console) }
            if rest.count > 1 {
                throw UsageFault(
                    "tidings", "\"\(rest[1].text.printable)\" is one operand too many; help takes the name of a command"
                )
            }
            console.write(try entry(topic).help)
            return console.finish("tidings", .ok)
        }
        return try entry(name).run(rest, common, console)
    }

    private static func entry(_ name: String) throws(UsageFault) -> CommandEntry {
        if let found = commands.first(where: { $0.name == name }) { return found }
        let hint = nearest(to: name, among: commands.map(\.name)).map { "did you mean \"\($0)\"?" }
        throw UsageFault(
            "tidings", "unknown command \"\(name.printable)\"; \(hint ?? "the commands are \(names)")")
    }

    private static var names: String { commands.map(\.name).joined(separator: ", ") }

    static var help: String {
        let lines = commands.map { entry in
            let gap = String(repeating: " ", count: max(1, 12 - entry.name.count))
            return "  \(entry.name)\(gap)\(CompletedCommand.brief(entry.summary))\n"
        }.joined()
        return ToolOptions.help.replacing("options:\n", with: "commands:\n\(lines)\noptions:\n")
    }
}
