import Configuration
import CommandLineKit
import EventFormats
import EventModel
import Glibc
import PluginKit
import Spool
import Systemd

/// `tidings why`: the whole story of one update or event, from everything this user may read.
struct WhyCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings why", operands: "ID[/N]|UID|FILE", count: 1...1,
        "Tells what became of a delivery, an event or a dropped file.",
        notes: [
            "ID is a delivery's id and ID/3 the third update in it, UID an event's identifier, FILE a file that was dropped: "
                + "one that can be read is known by its content, whatever name it had. The story comes from the archive, "
                + "the reports in the spool, the answers to this user, and the journal, as far as this user may read them.",
            "Exits with 66 if nothing is known of it.",
        ])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        if operands[0].bytes.isEmpty {
            throw Failure(
                .usage, "the operand is empty; name a delivery's id, an event's uid, or a file that was dropped")
        }
        let service = try Service(common)
        let subject = StorySubject(operands[0], limit: service.configuration.spool.maxFileBytes.bytes)
        var story = Story()
        gatherJournal(subject, service, &story)
        story.gather("the archive") { () throws(Failure) in try Archive(service).story(subject) }
        let view = SpoolView(path: service.spool)
        story.gather("\(Folder.active.rawValue)/") { () throws(SpoolError) in try SpoolStory.inWork(subject, view) }
        for folder in Folder.setAside {
            story.gather("\(folder.rawValue)/") { () throws(SpoolError) in
                try SpoolStory.reports(subject, in: folder, view)
            }
        }
        story.gather("replies/") { () throws(FolderFault) in
            try ReplyStory.entries(subject, spool: service.spool, user: geteuid())
        }
        if let waiting = SpoolStory.waiting(subject, spool: service.spool) { story.add([waiting]) }
        return tell(story, subject, service, console)
    }

    private func gatherJournal(_ subject: StorySubject, _ service: Service, _ story: inout Story) {
        var status = stat()
        guard stat("\(service.spool)/\(Folder.incoming.rawValue)", &status) == 0 else { return }
        story.gather("the journal") { () throws(SystemdError) in
            try JournalStory.entries(subject, owner: status.st_uid)
        }
    }

    private func tell(
        _ story: Story, _ subject: StorySubject, _ service: Service, _ console: Console
    ) -> ExitStatus {
        let entries = story.entries(about: subject).sorted { $0.time < $1.time }
        guard !entries.isEmpty else {
            console.complain("tidings why: nothing is known of \(subject.shown); \(remedy(subject, service))")
            for note in story.notes {
                console.complain("tidings why: not asked: \(note.source): \(note.reason)".printable)
            }
            return .noInput
        }
        for (index, entry) in entries.enumerated() {
            if common.json {
                console.json { entry.write(into: &$0) }
            } else {
                if index > 0 { console.line() }
                entry.write(to: console, isOfSeveral: story.isOfSeveral(entry))
            }
        }
        if console.isErrorATerminal, !common.json, !story.notes.isEmpty {
            let sources = story.notes.map(\.source).joined(separator: ", ")
            console.complain("tidings why: there may be more: this user cannot ask \(sources)")
        }
        return .ok
    }

    /// What to ask for instead.
    private func remedy(_ subject: StorySubject, _ service: Service) -> String {
        if subject.item != nil, let delivery = subject.delivery {
            return "'tidings why \(delivery)' tells what is known of the file"
        }
        // ignoring: an archive that cannot be read is among the notes
        let hint = try? Archive(service).nearest(to: subject.text)
        let meant = (hint ?? nil).map { "did you mean \($0.printable)?" }
        return meant ?? "name a delivery's id, an event's uid, or a file that was dropped"
    }
}
