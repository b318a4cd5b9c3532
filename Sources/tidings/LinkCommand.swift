import Archive
import CommandLineKit
import EventFormats
import Requests

/// `tidings link`: says that two uids are one event.
struct LinkCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings link", operands: "UID ALIAS", count: 2...2,
        "Says that two uids are one event.",
        notes: [
            "What is said of ALIAS is said of the event UID from then on. An event that was known as ALIAS leaves every output, "
                + "and nobody is told: it was the same. What its sources have said of it stays known, so that only what they "
                + "say anew changes the event. 'tidings unlink' undoes it; 'tidings status' and 'tidings show' tell of it.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let (uid, alias) = (operands[0].text, operands[1].text)
        let asking = try Asking("tidings link", asking, common, console)
        try LinkCommand.check(uid, alias)
        try asking.checkMayAsk()
        // ignoring: what this user may not look into the daemon finds out
        if let links = try? Archive(asking.service).eventLinks(),
            let fault = EventLink.fault(linking: alias, to: uid, among: links)
        {
            throw Failure(.data, fault.printable)
        }
        try KnownEvent(asking.service).check(uid)
        return try asking.ask([.link(uid: uid, alias: alias)])
    }

    fileprivate static func check(_ uid: String, _ alias: String) throws(Failure) {
        if uid.isEmpty || alias.isEmpty { throw Failure(.usage, "a uid is empty; name two") }
        if uid == alias { throw Failure(.usage, "both are \(uid.printable); name two uids") }
    }
}

/// `tidings unlink`: says that two uids are two events after all.
struct UnlinkCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings unlink", operands: "UID ALIAS", count: 2...2,
        "Says that two uids are two events after all.",
        notes: [
            "What is said of ALIAS is said of an event of its own again. One that was known before it was linked is as it was "
                + "then, in every output; what was said of it meanwhile stays with the event UID.", AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let (uid, alias) = (operands[0].text, operands[1].text)
        let asking = try Asking("tidings unlink", asking, common, console)
        try LinkCommand.check(uid, alias)
        try asking.checkMayAsk()
        // ignoring: what this user may not look into the daemon finds out
        if let links = try? Archive(asking.service).eventLinks(),
            !links.contains(where: { $0.alias == alias && $0.uid == uid })
        {
            throw Failure(
                .data, "\(alias.printable) does not stand for \(uid.printable); 'tidings status' shows what does")
        }
        return try asking.ask([.unlink(uid: uid, alias: alias)])
    }
}
