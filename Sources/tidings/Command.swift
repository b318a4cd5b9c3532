import Configuration
import CommandLineKit

/// A subcommand: its options, and what it does.
protocol Command: OptionTable {
    /// The options that every command has.
    var common: CommonOptions { get set }
    /// The words that its operand can be; empty where it takes others.
    static var operandChoices: [String] { get }
    /// Does it. What is wrong with one of several operands is said by the command itself; what ends it is thrown.
    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus
}

extension Command {
    static var operandChoices: [String] { [] }
}

/// The options that every command has.
struct CommonOptions: Sendable {
    var json = false
    var configurationFile: String?

    static var options: [Option<CommonOptions>] {
        [
            Option("json", nil, \.json, "print one JSON object a line, with stable keys"),
            Option(
                "config", "c", "FILE", \.configurationFile,
                "read this configuration instead of \(ConfigurationLoader.defaultFile)"),
        ]
    }

    /// The same options as part of a command's.
    static func part<Table>(of path: any WritableKeyPath<Table, CommonOptions> & Sendable) -> [Option<Table>] {
        options.map { $0.part(of: path) }
    }
}

/// Why a command ends: what it says, and the exit status.
struct Failure: Error {
    let status: ExitStatus
    /// Sentences with the remedy; several lines are several faults, none where all has been said.
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}

/// A subcommand as the tool knows it, whatever its options.
struct CommandEntry: Sendable {
    let name: String
    let usage: CommandUsage
    let operandChoices: [String]
    let run: @Sendable ([Argument], CommonOptions, Console) -> ExitStatus
    private let makeHelp: @Sendable () -> String
    private let makeSwitches: @Sendable () -> [Switch]
    var summary: String { usage.summary }
    var help: String { makeHelp() }
    var switches: [Switch] { makeSwitches() }

    init<C: Command>(_ name: String, _ command: C.Type) {
        self.name = name
        usage = C.usage
        operandChoices = C.operandChoices
        makeSwitches = { C.switches }
        makeHelp = { C.help }
        run = { arguments, common, console in
            do throws(UsageFault) {
                var initial = C()
                initial.common = common
                switch try C.parse(arguments, initial: initial) {
                case .help:
                    console.write(C.help)
                    return console.finish(C.usage.name, .ok)
                case .options(let command, let operands):
                    return CommandEntry.run(command, operands, console)
                }
            } catch {
                console.complain(error.description)
                return console.finish(C.usage.name, .usage)
            }
        }
    }

    private static func run(_ command: some Command, _ operands: [Argument], _ console: Console) -> ExitStatus {
        let name = type(of: command).usage.name
        do throws(Failure) {
            return console.finish(name, try command.run(operands, console))
        } catch {
            for line in error.message.split(separator: "\n") { console.complain("\(name): \(line)") }
            if error.status == .usage { console.complain("Try '\(name) --help'.") }
            return console.finish(name, error.status)
        }
    }
}
