import CommandLineKit
import Archive
import EventFormats
import EventModel

/// `tidings show`: what one event is now, and how it came to that.
struct ShowCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings show", operands: "UID", count: 1...1, "Shows an event as it is now, and its revisions.",
        notes: [
            "Values that the source does not state are marked: inferred, or defaulted. Exits with 66 if the archive does "
                + "not know the event."
        ])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let uid = operands[0].text
        let archive = try Archive(try Service(common))
        guard let event = try archive.event(uid) else {
            let hint = try archive.nearest(to: uid).map { "did you mean \($0.printable)?" }
            throw Failure(
                .noInput,
                "no event is called \(operands[0].shown); \(hint ?? "'tidings list' shows all of them")")
        }
        if common.json {
            console.write(bytes: ShowCommand.json(event))
        } else {
            EventAccount(event).write(to: console)
        }
        return .ok
    }

    /// The canonical JSON of the state with one more member, `revisions`.
    private static func json(_ event: EventRecord) -> [UInt8] {
        var state = JSONWriter(capacity: 4096)
        CanonicalJSON.write(event.state, into: &state)
        var revisions = JSONWriter(capacity: 1024)
        revisions.array { list in
            for revision in event.history where revision.state != nil { list.object { write(revision, into: &$0) } }
        }
        var links = JSONWriter()
        links.array { list in for link in event.links { list.string(link.alias) } }
        return state.bytes.dropLast()
            + Array(",\"withdrawn\":\(event.withdrawal != nil),\"linked\":\(links.text),\"revisions\":".utf8)
            + revisions.bytes + Array("}\n".utf8)
    }

    private static func write(_ revision: HistoryEntry, into json: inout JSONWriter) {
        json.key("revision")
        json.integer(revision.revision)
        json.key("time")
        json.string(revision.settledAt.description)
        json.key("delivery")
        json.string(revision.delivery.description)
        json.key("intent")
        json.string(revision.intent.rawValue)
        json.optional("sequence", revision.stamp.sequence)
        json.key("changes")
        json.array { list in for change in revision.changes { change.write(into: &list) } }
    }
}
