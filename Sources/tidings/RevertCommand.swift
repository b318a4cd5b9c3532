import Requests
import CommandLineKit
import Configuration
import Archive
import EventFormats
import EventModel
import PluginKit

/// `tidings revert`: takes back what updates did.
struct RevertCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var isSure = false
    var from = OriginOptions()

    static let usage = CommandUsage(
        "tidings revert", operands: "[ID[/N]…]", count: 0...5000,
        "Takes back what updates did to their events.",
        notes: [
            "ID/3 is the third update of a file, ID all of its updates. Each event is as it was before, but for what has "
                + "changed since; one that the update announced is cancelled. Those who were told hear of it. The same "
                + "file dropped again is ignored; the same issued anew is asked about.",
            "It asks first; without a terminal it does nothing unless --yes is given.",
            "Give no ID but --since and either --user or --publisher for all that came from there since then.",
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        OriginOptions.part(of: \.from) + [Option("yes", "y", \.isSure, "do not ask for confirmation")]
            + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let asking = try Asking("tidings revert", asking, common, console)
        try asking.checkMayAsk()
        if !operands.isEmpty, !from.isEmpty {
            throw Failure(
                .usage, "--user, --publisher and --since are for all that came from there; leave them out, or the ids")
        }
        let named = try operands.isEmpty ? found(asking.service) : DecidedItems.read(operands)
        guard !named.isEmpty else {
            throw Failure(.data, "nothing that came from there since then has changed an event")
        }
        for one in named { try RevertCommand.check(one, asking.service) }
        let items = named.flatMap { RevertCommand.parts($0, asking.service) }
        let count = items.reduce(0) { $0 + $1.items.count }
        let what = count == 0 ? named[0].description : "\(count) update\(count == 1 ? "" : "s")"
        let words = try Confirmation.ask(
            "tidings revert: what \(what) did is taken back, events that were announced there are cancelled, and those who "
                + "were told hear of it", isSure: isSure, console)
        return try asking.ask(items.map { .revert($0) }, saying: words)
    }

    /// Refuses what the archive knows nothing of.
    private static func check(_ named: DecidedItems, _ service: Service) throws(Failure) {
        // ignoring: the daemon tells of a delivery that cannot be looked up here
        guard let account = try? Archive(service).account(of: named.delivery), account.hasArchive else { return }
        guard let known = account.known else { throw Failure(.noInput, "no delivery \(named.delivery) is known") }
        if let number = named.items.first(where: { $0 > known.count }), known.count > 0 {
            throw Failure(.data, named.missing(number, of: known.count))
        }
    }

    /// As many requests as one delivery needs. Whoever may not read the archive names updates, or asks for all at once.
    private static func parts(_ named: DecidedItems, _ service: Service) -> [DecidedItems] {
        // ignoring: the daemon tells of a delivery that cannot be looked up here
        let known = try? Archive(service).changing(in: named.delivery)
        let items = named.items.isEmpty ? known ?? [] : named.items
        guard !items.isEmpty else { return [named] }
        return stride(from: 0, to: items.count, by: DecisionRequest.maxReverted).map { start in
            DecidedItems(
                named.delivery, items: Array(items[start..<min(start + DecisionRequest.maxReverted, items.count)]))
        }
    }

    /// What came from somewhere since a time, the latest first: each is taken back from what those after it have left.
    private func found(_ service: Service) throws(Failure) -> [DecidedItems] {
        let (origin, since) = try from.selected(service)
        return try Archive(service).changing(from: origin, since: since)
    }
}
