import CommandLineKit
import Archive
import EventFormats
import EventModel

/// `tidings list`: all events that the archive knows.
struct ListCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings list", "Lists all known events by their starts, past ones too.",
        notes: ["Times are shown as on the clock of the place. Events without a date stand last."])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    /// What a narrow terminal cuts first: long names and lists of places to a good part of them, then to a hint.
    static let yielding = [
        (3, 16), (2, 40), (4, 24), (3, 8), (2, 24), (4, 16), (2, 12), (4, 12), (3, 6), (2, 8), (4, 8),
    ].map {
        Table.Yield(column: $0, least: $1)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let archive = try Archive(try Service(common))
        guard !common.json else {
            try archive.forEachEvent { event in console.json { ListCommand.write(event, into: &$0) } }
            return .ok
        }
        var table = Table(
            [("START", .left), ("STATUS", .left), ("NAME", .left), ("PLACES", .left), ("UID", .left)],
            yielding: ListCommand.yielding)
        try archive.forEachEvent { table.add(ListCommand.row($0)) }
        guard !table.rows.isEmpty else {
            console.complain("tidings list: no events yet; 'tidings submit FILE' drops an update")
            return .ok
        }
        table.write(to: console)
        return .ok
    }

    private static func row(_ event: EventSummary) -> [Table.Cell] {
        let name = event.name.isEmpty ? "(no name)" : event.name
        return [
            Table.Cell(event.start.map { String($0.replacing("T", with: " ").prefix(16)) } ?? "-"),
            event.isWithdrawn
                ? Table.Cell("withdrawn", .red) : Table.Cell(event.status.words, event.status.style),
            Table.Cell(name.printable),
            Table.Cell(event.places.joined(separator: ", ").printable),
            Table.Cell(event.uid.printable, event.visibility == .private ? .faint : nil),
        ]
    }

    private static func write(_ event: EventSummary, into json: inout JSONWriter) {
        json.key("uid")
        json.string(event.uid)
        json.key("name")
        json.string(event.name)
        json.key("status")
        json.string(event.status.rawValue)
        json.optional("sequence", event.sequence)
        json.optional("start", event.start)
        json.optional("end", event.end)
        json.key("places")
        json.array { list in for place in event.places { list.string(place) } }
        json.key("withdrawn")
        json.bool(event.isWithdrawn)
    }
}
