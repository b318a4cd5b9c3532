import Requests
import CommandLineKit

/// `tidings retry`: lets deliveries that were set aside pass all stages again.
struct RetryCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings retry", operands: "ID[/N]…", count: 1...,
        "Lets what was set aside pass all stages again.",
        notes: [
            "ID/3 is the third update of a file, ID all that does not count of it. For files whose trouble lay in a setting, a plugin or the disk. A file that is wrong is mended and dropped "
                + "again; one that waits for a decision is released.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings retry", asking, common, console)
        return try asking.ask(SetAside(asking.service).items(operands).map { .retry($0) })
    }
}
