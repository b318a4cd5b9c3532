import Archiver
import Daemon
import EventFormats

/// `tidings withdraw`: takes an event out of every output.
struct WithdrawCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var isSure = false
    var isUndone = false

    static let usage = CommandUsage(
        "tidings withdraw", operands: "UID", count: 1...1,
        "Takes an event out of every output.",
        notes: [
            "Its past places and its entries go too. The event stays known: 'tidings list' and 'tidings show' say that it is withdrawn, and later updates of it are "
                + "archived. None of them brings it back; --undo does: it appears again with its next update, which may be "
                + "the latest one dropped once more.",
            "What was sent, copied or backed up before cannot be called back. 'tidings forget' erases an event.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        [
            Option("yes", "y", \.isSure, "do not ask for confirmation"),
            Option("undo", nil, \.isUndone, "let a withdrawn event reach outputs again"),
        ] + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let uid = operands[0].text
        let asking = try Asking("tidings withdraw", asking, common, console)
        try asking.checkMayAsk()
        let known = KnownEvent(asking.service)
        try known.check(uid)
        if isUndone {
            if let event = known.event(uid), event.withdrawal == nil {
                throw Failure(.data, "\(uid.printable) is not withdrawn")
            }
            return try asking.ask([.readmit(uid: uid)])
        }
        let words = try Confirmation.ask(
            "tidings withdraw: \(uid.printable) leaves every output; what was sent, copied or backed up cannot be called "
                + "back", isSure: isSure, console)
        return try asking.ask([.withdraw(uid: uid)], saying: words)
    }
}
