import Requests
import CommandLineKit
import Archive
import EventFormats
import EventModel

/// `tidings revert`: takes back what updates did.
struct RevertCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var isSure = false
    var publisher = ""
    var user = ""
    var since = ""

    static let usage = CommandUsage(
        "tidings revert", operands: "[ID[/N]…]", count: 0...5000,
        "Takes back what updates did to their events.",
        notes: [
            "ID/3 is the third update of a file, ID all of its updates. Each event is as it was before, but for what has "
                + "changed since; one that the update announced is cancelled. Those who were told hear of it. What the same "
                + "source says again after that is no news.",
            "Without ID, --since and either --user or --publisher: all that came from there since a time.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        [
            Option("user", "u", "USER", \.user, "what a user dropped, by name or number"),
            Option("publisher", "p", "NAME", \.publisher, "what was dropped for a publisher"),
            Option("since", "s", "TIME", \.since, "from when on, such as 2026-11-28T19:30:00Z"),
            Option("yes", "y", \.isSure, "do not ask for confirmation"),
        ] + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings revert", asking, common, console)
        try asking.checkMayAsk()
        let items = operands.isEmpty ? try found(asking.service) : try DecidedItems.read(operands)
        guard !items.isEmpty else {
            throw Failure(.data, "nothing that came from there since then has changed an event")
        }
        let files = items.count == 1 ? items[0].description : "\(items.count) files"
        let words = try Confirmation.ask(
            "tidings revert: what \(files) did is taken back, and those who were told hear of it", isSure: isSure,
            console)
        return try asking.ask(items.map { .revert($0) }, saying: words)
    }

    /// What came from somewhere since a time, the latest first: each is taken back from what those after it have left.
    private func found(_ service: Service) throws(Failure) -> [DecidedItems] {
        guard user.isEmpty != publisher.isEmpty, !since.isEmpty else {
            throw Failure(.usage, "name updates by their ids, or give --since and either --user or --publisher")
        }
        guard let start = Instant(rfc3339: since) else {
            throw Failure(.usage, "--since \(since.printable) is no time; write it as 2026-11-28T19:30:00Z")
        }
        let origin = publisher.isEmpty ? try service.user(user) : .publisher(publisher)
        return try Archive(service).changing(from: origin, since: start).map { DecidedItems($0) }
    }
}
