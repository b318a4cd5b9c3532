import CommandLineKit
import EventFormats
import EventModel
import Glibc
import PluginKit
import Spool

/// `tidings queue`: how long files have been waiting, folder by folder.
struct QueueCommand: Command {
    var common = CommonOptions()
    var isList = false
    var held = HeldOptions()

    static let usage = CommandUsage(
        "tidings queue", "Shows how long files have been in the spool, by folder and age; or lists what waits.",
        notes: [
            "With --list: each update that waits for another try, for a person, or to be looked at, with the delivery and "
                + "number that 'tidings release', 'discard' and 'retry' take, and why it waits. --user, --publisher, --since and "
                + "--code narrow it.",
            "The columns are ages: under 5 minutes, from there to under 10, and so on. Numbers on the right of incoming and active show "
                + "files that nobody takes. Age is counted from the drop, in incoming from the last change of the file.",
        ])

    static var options: [Option<Self>] {
        [Option("list", "l", \.isList, "list what waits, an update a line")] + HeldOptions.part(of: \.held)
            + CommonOptions.part(of: \.common)
    }

    /// The upper ends of the classes of age, in minutes; one more class has none.
    static let minutes = [5, 10, 20, 40, 80, 160, 320, 640, 1280]

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        guard isList || held.from.isEmpty && held.code.isEmpty else {
            throw Failure(
                .usage, "--user, --publisher, --since and --code are for --list; add --list or leave them out")
        }
        try held.checkCode()
        let service = try Service(common)
        guard access(service.spool, F_OK) == 0 || errno != ENOENT else { throw service.spoolIsMissing }
        let view = SpoolView(path: service.spool)
        if isList {
            let selection = Waiting(
                origin: try held.from.origin(service), since: try held.from.time(), code: held.code)
            var list = WaitingList(view, selection, common, console)
            return list.write()
        }
        let now = Instant.now
        let titles = QueueCommand.minutes.map { "<\($0)m" } + ["older"]
        var table = Table([("FOLDER", .left), ("FILES", .right)] + titles.map { ($0, .right) })
        for folder in Folder.waiting {
            do throws(SpoolError) {
                let ages = QueueCommand.minutes.map { Duration.seconds($0 * 60) }
                let census = try view.census(folder, ages: ages, now: now)
                if common.json { console.json { QueueCommand.write(folder, census, now, into: &$0) } }
                table.add([Table.Cell(folder.rawValue)] + QueueCommand.cells(folder, census))
            } catch {
                console.complain("tidings queue: \(folder.rawValue): unknown: \(error.note)")
                if common.json { console.json { QueueCommand.write(folder, nil, now, into: &$0) } }
                table.add(
                    [Table.Cell(folder.rawValue)] + (["?"] + titles.map { _ in "?" }).map { Table.Cell($0, .faint) })
            }
        }
        if !common.json { table.write(to: console) }
        return .ok
    }

    private static func cells(_ folder: Folder, _ census: Census) -> [Table.Cell] {
        let isIntake = folder == .incoming || folder == .active
        return [Table.Cell(census.isComplete ? String(census.files) : ">\(census.files)")]
            + census.byAge.enumerated().map { index, count in
                count == 0 ? Table.Cell("·", .faint) : Table.Cell(String(count), isIntake && index > 1 ? .yellow : nil)
            }
    }

    private static func write(_ folder: Folder, _ census: Census?, _ now: Instant, into json: inout JSONWriter) {
        json.key("folder")
        json.string(folder.rawValue)
        json.key("files")
        if let census { json.integer(census.files) } else { json.null() }
        json.optional("oldest", census?.oldest?.description)
        json.key("ages")
        guard let census else { return json.null() }
        json.array { list in
            for (index, count) in census.byAge.enumerated() {
                list.object { json in
                    json.key("underMinutes")
                    if index < minutes.count { json.integer(minutes[index]) } else { json.null() }
                    json.key("files")
                    json.integer(count)
                }
            }
        }
    }
}
