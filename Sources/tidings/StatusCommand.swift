import Archive
import CommandLineKit
import EventFormats
import EventModel
import PluginKit
import Spool

/// `tidings status`: what waits where, for people, programs and monitoring.
struct StatusCommand: Command {
    var common = CommonOptions()
    var isCheck = false
    var warningAge: Duration?
    var criticalAge: Duration?

    /// How long the oldest file of the intake may wait before it is a warning, and before it is an alarm.
    static let usualWarning = Duration.seconds(300)
    static let usualCritical = Duration.seconds(1800)

    static let usage = CommandUsage(
        "tidings status", "Shows how many files wait where, and what the archive holds.",
        notes: [
            "With --check: one line and an exit status as monitoring plugins have them: 0 all is well; 1 files are held or "
                + "deferred, or wait longer than --warning-age; 2 no daemon works on the spool, files wait longer than "
                + "--critical-age, a folder is missing, the disk is full or the configuration is wrong; 3 this user may not "
                + "see enough to tell.",
            "What this user may not see is shown as unknown, in JSON as null.",
        ])

    static var options: [Option<Self>] {
        [
            Option("check", nil, \.isCheck, "answer as a monitoring plugin does"),
            Option(
                "warning-age", nil, "DURATION", \.warningAge,
                "with --check: how long the oldest file may wait to be worked on; \(usualWarning.words) unless given"),
            Option(
                "critical-age", nil, "DURATION", \.criticalAge,
                "with --check: how long before it is an alarm; \(usualCritical.words) unless given"),
        ] + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        guard isCheck else {
            if let option = warningAge.map({ _ in "--warning-age" }) ?? criticalAge.map({ _ in "--critical-age" }) {
                throw Failure(.usage, "option \(option) is for --check; add --check or leave it out")
            }
            let service = try Service(common)
            let status = ServiceStatus(service, now: .now)
            show(status, service, console)
            if status.isSpoolMissing { throw service.spoolIsMissing }
            return .ok
        }
        let (warning, critical) = try thresholds()
        let health: Health
        do throws(Failure) {
            health = Health(ServiceStatus(try Service(common), now: .now), warning: warning, critical: critical)
        } catch {
            health = Health(error)
        }
        console.line(common.json ? health.json : health.line)
        return health.status
    }

    private func thresholds() throws(Failure) -> (Duration, Duration) {
        let critical = criticalAge ?? max(StatusCommand.usualCritical, warningAge ?? .zero)
        let warning = warningAge ?? min(StatusCommand.usualWarning, critical)
        guard warning <= critical else {
            throw Failure(
                .usage,
                "--warning-age \(warning.words) is longer than --critical-age \(critical.words); exchange them")
        }
        return (warning, critical)
    }

    private func show(_ status: ServiceStatus, _ service: Service, _ console: Console) {
        if common.json {
            console.json { json in
                for (name, count) in status.numbers {
                    json.key(dynamic: name)
                    if let count { json.integer(count) } else { json.null() }
                }
                json.key("running")
                if let isRunning = status.isRunning { json.bool(isRunning) } else { json.null() }
                json.key("suspended")
                if let suspensions = status.suspensions {
                    json.array { list in for one in suspensions { list.string(one.origin.description) } }
                } else {
                    json.null()
                }
                json.key("linked")
                if let links = status.links {
                    json.array { list in for link in links { list.string("\(link.alias) \(link.uid)") } }
                } else {
                    json.null()
                }
            }
            return
        }
        var table = Table(
            [("", .left), ("", .right), ("", .left)], wrapping: 2)
        let running = status.isRunning.map { $0 ? Table.Cell("runs", .green) : Table.Cell("stopped", .red) }
        table.add(["tidingsd", running ?? Table.Cell("unknown", .faint), Table.Cell(service.spool.printable, .faint)])
        if let shortage = status.shortage { table.add(["", Table.Cell("paused", .red), Table.Cell(shortage, .red)]) }
        for (name, count) in status.numbers {
            let note = status.notes[name] ?? StatusCommand.remark(name, status)
            let wantsAttention = name == "held" || name == "deferred"
            let style: Style? = count == nil ? .faint : wantsAttention && count != 0 ? .yellow : nil
            table.add([
                Table.Cell(name), Table.Cell(count.map(String.init) ?? "unknown", style),
                Table.Cell(note.printable, .faint),
            ])
        }
        for suspension in status.suspensions ?? [] {
            let comment = suspension.comment.isEmpty ? "" : ": \(suspension.comment)"
            table.add([
                Table.Cell("suspended", .yellow), "",
                Table.Cell(
                    "\(suspension.origin), since \(suspension.decidedAt) by user \(suspension.decidedBy)\(comment)"
                        .printable, .yellow),
            ])
        }
        for link in status.links ?? [] {
            let comment = link.comment.isEmpty ? "" : ": \(link.comment)"
            table.add([
                Table.Cell("linked"), "",
                Table.Cell(
                    "\(link.alias) stands for \(link.uid), since \(link.decidedAt) by user \(link.decidedBy)\(comment)"
                        .printable),
            ])
        }
        table.write(to: console)
    }

    /// What there is to know beside a number.
    private static func remark(_ name: String, _ status: ServiceStatus) -> String {
        guard let census = status.folders.first(where: { $0.folder.rawValue == name })?.census, census.files > 0,
            let oldest = census.oldest
        else { return "" }
        let age = Duration.seconds(max(.zero, status.now.since(oldest)).components.seconds)
        return "oldest \(age.roughly)" + (name == "held" ? "; a person has to decide" : "")
    }
}

extension Duration {
    /// In the largest unit of which there are at least two: `3 h`, `90 s`.
    var roughly: String {
        let seconds = components.seconds
        let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min")]
        for (length, name) in units where seconds >= 2 * length { return "\(seconds / length) \(name)" }
        return "\(seconds) s"
    }
}
