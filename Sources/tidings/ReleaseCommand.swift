import Requests
import CommandLineKit
import EventFormats
import EventModel
import PluginKit

/// `tidings release`: decides about updates that are held.
struct ReleaseCommand: Command {
    var common = CommonOptions()
    var asking = AskingOptions()
    var held = HeldOptions()
    var ruling: RulingWord?
    var updateOf = ""
    var set: [String] = []

    /// The words after `--as`.
    enum RulingWord: String, SettingChoice { case new }

    static let usage = CommandUsage(
        "tidings release", operands: "[ID[/N]…]", count: 0...,
        "Decides about updates that are held: as they are, or as you say.",
        notes: [
            "ID/3 is the third update of a file, ID all of its updates that are held. Without --as and --update-of each is "
                + "the newest word on the event that it names. PATH is a field as 'tidings decode' shows it, such as "
                + "occurrences[0].when.start, name.text or status; of a text also year, the year of its dates. What you set "
                + "is recorded as stated by you. --as, --update-of and --set are about one update.",
            "What was held because an event was forgotten brings that event back.", HeldOptions.note,
            AskingOptions.note,
        ])

    static var options: [Option<Self>] {
        [
            Option("as", nil, "WHAT", \.ruling, "new: it announces an event of its own, whatever it resembles"),
            Option("update-of", nil, "UID", \.updateOf, "it is an update of that event"),
            Option("set", "s", "PATH=VALUE", gatheredIn: \.set, "correct a field first; may be given several times"),
        ] + HeldOptions.part(of: \.held) + AskingOptions.part(of: \.asking) + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        if ruling != nil, !updateOf.isEmpty {
            throw Failure(.usage, "--as new and --update-of exclude each other; leave one out")
        }
        let ruling: Ruling = self.ruling == .new ? .new : updateOf.isEmpty ? .accept : .update(of: updateOf)
        let corrections = try set.map { text throws(Failure) in try ReleaseCommand.correction(text) }
        for (index, correction) in corrections.enumerated()
        where corrections[..<index].contains(where: { $0.path == correction.path }) {
            throw Failure(.usage, "--set \(correction.path.printable) is given twice; leave one out")
        }
        if corrections.count > DecisionRequest.maxCorrections {
            throw Failure(
                .usage, "more than \(DecisionRequest.maxCorrections) fields are set; correct the file and drop it again"
            )
        }
        let asking = try Asking("tidings release", asking, common, console)
        let items = try held.items(operands, asking.service)
        let isOfOne = ruling != .accept || !corrections.isEmpty
        if isOfOne, items.count > 1 || items[0].items.count > 1 {
            throw Failure(.usage, "--as, --update-of and --set are about one update; release the others by themselves")
        }
        if case .update(let uid) = ruling { try KnownEvent(asking.service).check(uid) }
        return try asking.ask(items.map { .release($0, ruling, corrections: corrections) })
    }

    private static func correction(_ text: String) throws(Failure) -> Correction {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw Failure(.usage, "option --set is \"\(text.printable)\"; expected PATH=VALUE such as year=2027")
        }
        let value = text[text.index(after: equals)...]
        if text.utf8.count > DecisionRequest.longestText {
            throw Failure(.usage, "option --set has more than \(DecisionRequest.longestText) bytes; correct the file")
        }
        return Correction(String(text[..<equals]), String(value))
    }
}
