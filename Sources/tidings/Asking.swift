import Requests
import CommandLineKit
import EventFormats
import EventModel
import Glibc
import PluginKit
import Spool

/// The options of commands that ask the daemon for something.
struct AskingOptions: Sendable {
    var waits = false
    var timeout: Duration?
    var comment = ""

    static var options: [Option<AskingOptions>] {
        [
            Option("wait", "w", \.waits, "wait for what comes of it and print that"),
            Option(
                "timeout", "t", "DURATION", \.timeout,
                "how long to wait, such as 500ms, 30s or 5min; \(SubmitCommand.usualTimeout.words) unless given"),
            Option("comment", "m", "TEXT", \.comment, "why, for the record"),
        ]
    }

    static func part<Table>(of path: any WritableKeyPath<Table, AskingOptions> & Sendable) -> [Option<Table>] {
        options.map { $0.part(of: path) }
    }

    static let note =
        "The daemon need not run: the request waits for it. Members of the group tidings-admin may ask. Exits with 0 when "
        + "it is asked for. With --wait: 0 done, 65 refused or rejected, 75 done in part, held, deferred or no answer in "
        + "time."
}

/// Puts requests into `requests/` for the daemon, durably, and waits for its answers if asked to.
struct Asking {
    private let command: String
    private let options: AskingOptions
    private let isJSON: Bool
    private let console: Console
    let service: Service
    private let folder: Submission

    init(
        _ command: String, _ options: AskingOptions, _ common: CommonOptions, _ console: Console
    ) throws(Failure) {
        if options.timeout != nil, !options.waits {
            throw Failure(.usage, "option --timeout is for --wait; add --wait or leave it out")
        }
        if options.comment.utf8.count > DecisionRequest.longestText {
            throw Failure(.usage, "option --comment has more than \(DecisionRequest.longestText) bytes; shorten it")
        }
        self.command = command
        self.options = options
        self.console = console
        isJSON = common.json
        service = try Service(common)
        folder = Submission(folder: "\(service.spool)/\(Folder.requests.rawValue)", group: "tidings-admin")
    }

    /// Throws where this user may not ask: whoever may not is told so before anything is said about what comes of it.
    func checkMayAsk() throws(Failure) {
        do throws(SpoolError) {
            try folder.checkMayAdd()
        } catch {
            throw Failure(error.status, "\(error)")
        }
    }

    private struct Asked {
        let request: DecisionRequest
        let name: FileName
        /// What the story is asked for.
        var subject: String {
            guard let items = request.items else { return (request.uid ?? request.subject).printable }
            return items.items.count == 1 ? items.description : items.delivery.description
        }
        var shown: String { request.subject.printable }
    }

    /// Asks for everything, in order, and says after that what was not said yet about what comes of it.
    func ask(_ actions: [DecisionRequest.Action], saying words: String? = nil) throws(Failure) -> ExitStatus {
        let interruption = Interruption()
        var asked: [Asked] = []
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        for (index, action) in actions.enumerated() {
            let request = DecisionRequest(action, comment: options.comment)
            // Those of one moment are carried out in the order of their names.
            let digits = String(index)
            let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            guard let name = FileName("\(action.word)-\(mark)-\(number).json") else { continue }
            do throws(SpoolError) {
                asked.append(
                    Asked(request: request, name: try folder.submit(request.json, name: name, wantsReply: false)))
            } catch {
                throw Failure(error.status, "\(error)")
            }
        }
        if let words { console.complain(words) }
        guard options.waits else {
            for one in asked { tell(one) }
            return .ok
        }
        return try wait(for: asked, interruption)
    }

    private var isStopped: Bool { DaemonLock.isHeld(spool: service.spool) == false }

    private func tell(_ asked: Asked) {
        guard isJSON else {
            let later =
                isStopped
                ? "no daemon works on the spool; the request waits for it in \(service.spool.printable)/requests"
                : asked.request.origin == nil
                    ? "asked for; 'tidings why \(asked.subject)' tells what came of it"
                    : "asked for; 'tidings status' tells who is suspended"
            return console.line("\(asked.shown): \(later)")
        }
        console.json { json in
            json.key("action")
            json.string(asked.request.action.word)
            json.optional("delivery", asked.request.delivery?.description)
            json.key("items")
            json.array { list in for number in asked.request.items?.items ?? [] { list.integer(number) } }
            json.optional("uid", asked.request.uid)
            if let alias = asked.request.alias {
                json.key("alias")
                json.string(alias)
            }
            json.optional("origin", asked.request.origin?.description)
            json.key("request")
            json.string(asked.name.description)
        }
    }

    private func wait(for asked: [Asked], _ interruption: Interruption) throws(Failure) -> ExitStatus {
        var status = ExitStatus.ok
        let timeout = options.timeout ?? SubmitCommand.usualTimeout
        let open: [Int]
        do throws(SpoolError) {
            let waiter = ReplyWaiter(spool: service.spool, user: geteuid(), interruption)
            open = try waiter.wait(for: asked.map { Pending(name: $0.name) }, timeout: timeout) { open in
                console.progress(asked.count - open, of: asked.count, "answered")
            } _: { index, bytes in
                guard let reply = DecisionReply(bytes) else { return false }
                status = status.worse(reply.result.status)
                if isJSON {
                    console.write(bytes: bytes)
                } else {
                    let word = console.styled(reply.result.word, reply.result.style)
                    console.line("\(asked[index].shown): \(word): \(reply.message.printable)")
                }
                console.flush()
                return true
            }
        } catch {
            throw Failure(error.status, "it is asked for, but the answer cannot be read: \(error)")
        }
        for one in open.map({ asked[$0] }) {
            if isJSON { tell(one) }
            let cause = interruption.isPending ? "interrupted before the answer" : "no answer within \(timeout.words)"
            console.complain(
                "\(command): \(one.shown): \(cause)\(isStopped ? ", and no daemon works on the spool" : ""); the request "
                    + "waits in \(service.spool.printable)/requests")
        }
        if interruption.isPending {
            _ = console.finish(command, .temporary)
            interruption.obey()
        }
        return open.isEmpty ? status : status.worse(.temporary)
    }
}

extension DecisionReply.Result {
    /// The exit status of one who waits for the answer.
    var status: ExitStatus {
        switch self {
        case .outcome(let outcome): outcome.status
        case .discarded, .withdrawn, .readmitted, .forgotten, .linked, .unlinked, .suspended, .resumed: .ok
        case .refused, .gone: .data
        }
    }

    /// How the word looks on a terminal.
    var style: Style {
        switch self {
        case .outcome(let outcome): outcome.style
        case .discarded, .withdrawn, .readmitted, .forgotten, .linked, .unlinked, .suspended, .resumed: .green
        case .refused, .gone: .red
        }
    }
}
