import Daemon

/// `tidings discard`: removes deliveries that were set aside.
struct DiscardCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings discard", operands: "ID…", count: 1...,
        "Removes deliveries that were set aside, with their reports.",
        notes: [
            "That they were held stays in the archive and in the journal; their bytes are gone.", AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings discard", asking, common, console)
        return try asking.ask(SetAside(asking.service).deliveries(operands).map { .discard($0) })
    }
}
