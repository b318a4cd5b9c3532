import Daemon
import EventFormats
import EventModel
import PluginKit
import Spool

/// `tidings queue`: how long files have been waiting, folder by folder.
struct QueueCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings queue", "Shows how long files have been in the spool, by folder and age.",
        notes: [
            "The columns are ages in minutes: under 5, under 10 and so on. A column that grows to the right shows files "
                + "that nobody takes. Age is counted from the drop, in incoming from the last change of the file."
        ])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    /// The folders that files wait in.
    static let folders: [Folder] = [.incoming, .active, .deferred, .held, .rejected]

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let service = try Service(common)
        let now = Instant.now
        let ages = FolderCensus.classes.map { "<\($0)" } + ["older"]
        var table = Table([("FOLDER", .left), ("TOTAL", .right)] + ages.map { ($0, .right) })
        for folder in QueueCommand.folders {
            do throws(FolderFault) {
                let census = try FolderCensus(folder, spool: service.spool, now: now)
                if common.json {
                    console.json { QueueCommand.write(folder, census, now, into: &$0) }
                } else {
                    let numbers = [census.count] + census.byAge
                    let isOld = folder == .incoming || folder == .active
                    table.add(
                        [Table.Cell(folder.rawValue)]
                            + numbers.enumerated().map { index, number in
                                Table.Cell(
                                    number == 0 ? "·" : String(number),
                                    number == 0 ? .faint : isOld && index > 2 ? .yellow : nil)
                            })
                }
            } catch {
                console.complain("tidings queue: \(folder.rawValue): unknown: \(error.note.printable)")
                if common.json {
                    console.json { json in
                        json.key("folder")
                        json.string(folder.rawValue)
                        json.key("count")
                        json.null()
                    }
                } else {
                    table.add(
                        [Table.Cell(folder.rawValue), Table.Cell("?")] + ages.map { _ in Table.Cell("?", .faint) })
                }
            }
        }
        if !common.json { table.write(to: console) }
        return .ok
    }

    private static func write(_ folder: Folder, _ census: FolderCensus, _ now: Instant, into json: inout JSONWriter) {
        json.key("folder")
        json.string(folder.rawValue)
        json.key("count")
        json.integer(census.count)
        json.key("oldestSeconds")
        json.integer(census.age(at: now).milliseconds / 1000)
        json.key("ages")
        json.array { list in
            for (index, count) in census.byAge.enumerated() {
                list.object { json in
                    json.key("underMinutes")
                    if index < FolderCensus.classes.count {
                        json.integer(FolderCensus.classes[index])
                    } else {
                        json.null()
                    }
                    json.key("count")
                    json.integer(count)
                }
            }
        }
    }
}
