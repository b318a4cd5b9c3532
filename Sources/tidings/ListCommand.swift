import Daemon
import EventFormats
import EventModel

/// `tidings list`: all events that the archive knows.
struct ListCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings list", "Lists all known events, past ones too, in the order of their starts.",
        notes: ["Times are shown as on the clock of the place. An event without a date stands first."])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    /// The widest name and the widest list of places in the table, in columns.
    static let widestName = 48
    static let widestPlaces = 32

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let events = try Archive(try Service(common)).events().sorted { ListCommand.key($0) < ListCommand.key($1) }
        guard !common.json else {
            for event in events { console.json { ListCommand.write(event, into: &$0) } }
            return .ok
        }
        guard !events.isEmpty else {
            console.complain("tidings list: no events yet; 'tidings submit FILE' drops an update")
            return .ok
        }
        var table = Table([("START", .left), ("STATUS", .left), ("NAME", .left), ("PLACES", .left), ("UID", .left)])
        for event in events {
            table.add([
                Table.Cell(event.firstStart?.words ?? "-"),
                Table.Cell(event.status.words, event.status.style),
                Table.Cell(event.name.text.printable.cut(toWidth: ListCommand.widestName)),
                Table.Cell(
                    event.placeNames.joined(separator: ", ").printable.cut(toWidth: ListCommand.widestPlaces)),
                Table.Cell(event.uid.printable),
            ])
        }
        table.write(to: console)
        return .ok
    }

    private static func key(_ event: EventUpdate) -> (String, String) { (event.firstStart?.words ?? "", event.uid) }

    private static func write(_ event: EventUpdate, into json: inout JSONWriter) {
        json.key("uid")
        json.string(event.uid)
        json.key("name")
        json.string(event.name.text)
        json.key("status")
        json.string(event.status.rawValue)
        json.optional("sequence", event.sequence)
        json.optional("start", event.firstStart?.description)
        json.optional("end", event.lastEnd?.description)
        json.key("places")
        json.array { list in for place in event.placeNames { list.string(place) } }
    }
}
