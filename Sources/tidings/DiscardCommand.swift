import Requests
import CommandLineKit

/// `tidings discard`: removes deliveries that were set aside, or throws away updates that are held.
struct DiscardCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var held = HeldOptions()

    static let usage = CommandUsage(
        "tidings discard", operands: "[ID[/N]…]", count: 0...,
        "Removes deliveries that were set aside, or updates that are held.",
        notes: [
            "ID removes the whole file, with its report; what of it was taken in before stays. ID/3 throws away its third "
                + "update, which is held, and leaves the rest.",
            "That they were held stays in the archive and in the journal; the bytes of a removed file are gone.",
            HeldOptions.note, AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        HeldOptions.part(of: \.held) + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings discard", asking, common, console)
        return try asking.ask(held.items(operands, asking.service).map { .discard($0) })
    }
}
