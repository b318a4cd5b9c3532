import Requests
import CommandLineKit
import EventFormats

/// `tidings forget`: erases an event.
struct ForgetCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var isSure = false

    static let usage = CommandUsage(
        "tidings forget", operands: "UID", count: 1...1,
        "Erases an event, here and in every output.",
        notes: [
            "Its bytes, revisions and entries are erased. Digests stay, so that the same bytes, what they said or the uid do not bring it back unnoticed: such a file is "
                + "held. Files that spoke of other events too lose their bytes; what they said of the others stays. Files "
                + "that were set aside and answers that speak of the event are removed.",
            "It cannot be undone. What was sent, copied or backed up before cannot be called back, and the journal keeps "
                + "its entries for its time. It asks first; without a terminal it does nothing unless --yes is given.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        [Option("yes", "y", \.isSure, "do not ask for confirmation")] + AskingOptions.part(of: \.asking)
            + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let uid = operands[0].text
        let asking = try Asking("tidings forget", asking, common, console)
        try asking.checkMayAsk()
        let unknown =
            KnownEvent(asking.service).isUnknown(uid)
            ? "tidings forget: no event is called \"\(uid.printable)\"; files set aside that speak of it are removed all "
                + "the same\n" : ""
        let words = try Confirmation.ask(
            unknown
                + "tidings forget: \(uid.printable) is erased for good; what was sent, copied or backed up cannot be "
                + "called back", isSure: isSure, console)
        return try asking.ask([.forget(uid: uid)], saying: words)
    }
}
