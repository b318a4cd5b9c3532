import Requests
import CommandLineKit
import Archive
import EventFormats

/// `tidings withdraw`: takes an event out of every output.
struct WithdrawCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var isSure = false

    static let usage = CommandUsage(
        "tidings withdraw", operands: "UID", count: 1...1,
        "Takes an event out of every output.",
        notes: [
            "Its past places and its entries go too. The event stays known: 'tidings list' and 'tidings show' say that it is "
                + "withdrawn, and later updates of it are archived. None of them brings it back; 'tidings readmit' does.",
            "What was sent, copied or backed up before cannot be called back. 'tidings forget' erases an event. It asks first; "
                + "without a terminal it does nothing unless --yes is given.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        [
            Option("yes", "y", \.isSure, "do not ask for confirmation")
        ] + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let uid = operands[0].text
        let asking = try Asking("tidings withdraw", asking, common, console)
        try asking.checkMayAsk()
        try KnownEvent(asking.service).check(uid)
        let words = try Confirmation.ask(
            "tidings withdraw: \(uid.printable) leaves every output; what was sent, copied or backed up cannot be called "
                + "back", isSure: isSure, console)
        return try asking.ask([.withdraw(uid: uid)], saying: words)
    }
}
