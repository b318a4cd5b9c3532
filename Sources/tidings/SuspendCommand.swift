import Configuration
import Requests
import CommandLineKit
import EventFormats
import EventModel
import Glibc
import PluginKit

/// `tidings suspend`: holds all that comes from a user or a publisher.
struct SuspendCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings suspend", operands: "USER|PUBLISHER", count: 1...1,
        "Holds all that comes from a user or a publisher.",
        notes: [
            "For an account that was taken over, or a program that runs wild: what it drops from now on is held, whatever it "
                + "says, until 'tidings resume'. What says nothing new is answered as before. 'tidings revert' takes back "
                + "what counts already, 'tidings status' shows who is suspended.",
            "USER is a name or a number, PUBLISHER one of the configuration.", AskingOptions.note,
        ])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings suspend", asking, common, console)
        try asking.checkMayAsk()
        return try asking.ask([.suspend(try asking.service.origin(operands[0].text))])
    }
}

/// `tidings resume`: lets what comes from a user or a publisher count again.
struct ResumeCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()

    static let usage = CommandUsage(
        "tidings resume", operands: "USER|PUBLISHER", count: 1...1,
        "Lets what comes from a user or a publisher count again.",
        notes: ["What was held meanwhile stays held until it is released or discarded.", AskingOptions.note])

    static var options: [Option<Self>] { AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings resume", asking, common, console)
        try asking.checkMayAsk()
        let name = operands[0].text
        // Whoever is suspended may have left the configuration or this machine since.
        // ignoring: an archive that cannot be read tells of nobody
        let known = try? Archive(asking.service).suspensions().map(\.origin)
        let left = known?.first { $0 == .publisher(name) || $0.description == name }
        let origin = if let left { left } else { try asking.service.origin(name) }
        return try asking.ask([.resume(origin)])
    }
}

extension Service {
    /// A user of this machine, by name or number.
    func user(_ name: String) throws(Failure) -> Origin {
        guard let id = UInt32(name) ?? getpwnam(name)?.pointee.pw_uid else {
            throw Failure(.data, "\(name.printable) is no user of this machine")
        }
        return .user(id)
    }

    /// Whom a person means: a publisher of the configuration, else a user of this machine.
    fileprivate func origin(_ name: String) throws(Failure) -> Origin {
        if let origin = Origin(name) { return origin }
        let isPublisher = configuration.publishers.names.contains(name)
        let user = UInt32(name) ?? getpwnam(name)?.pointee.pw_uid
        if isPublisher, user != nil, UInt32(name) == nil {
            throw Failure(
                .usage,
                "\(name.printable) is a publisher and a user; write 'publisher \(name.printable)' or 'user \(user ?? 0)'"
            )
        }
        if isPublisher { return .publisher(name) }
        if let user { return .user(user) }
        throw Failure(.data, "\(name.printable) is neither a publisher of the configuration nor a user of this machine")
    }
}
