import Requests
import CommandLineKit
import Archive
import EventFormats

/// `tidings readmit`: lets an event that was withdrawn reach outputs again.
struct ReadmitCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings readmit", operands: "UID", count: 1...1,
        "Lets a withdrawn event reach outputs again.",
        notes: [
            "It appears again with its next update, which may be the latest one dropped once more.", AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let uid = operands[0].text
        let asking = try Asking("tidings readmit", asking, common, console)
        try asking.checkMayAsk()
        let known = KnownEvent(asking.service)
        try known.check(uid)
        if let event = known.event(uid), event.withdrawal == nil {
            throw Failure(.data, "\(uid.printable) is not withdrawn")
        }
        return try asking.ask([.readmit(uid: uid)])
    }
}
