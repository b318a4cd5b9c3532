import Configuration
import CommandLineKit
import EventFormats
import EventModel
import Glibc
import Pipeline
import PluginKit
import Spool
import Primitives

/// `tidings submit`: drops files so that they are whole and durable, and waits for the answers if asked to.
struct SubmitCommand: Command {
    var common = CommonOptions()
    var waits = false
    var timeout: Duration?

    /// How long `--wait` waits.
    static let usualTimeout = Duration.seconds(30)

    static let usage = CommandUsage(
        "tidings submit", operands: "FILE…", count: 1...,
        "Drops event updates into the spool; what it has accepted survives a power cut.",
        notes: [
            "FILE is iCalendar, JSON-LD or a plain-text announcement; '-' is standard input. The daemon need not run: the "
                + "files wait for it. A name that is taken already gets a mark.",
            "Ended by a signal, it says which files are dropped and which are not.",
            "Exits with 0 when all files are dropped. With --wait: 0 accepted, unchanged or stale, 65 rejected in whole or in "
                + "part, 75 held in whole or in part, older and not applied, deferred or no answer in time; of several files the worst counts.",
        ])

    static var options: [Option<Self>] {
        [
            Option("wait", "w", \.waits, "wait for the answers and print them"),
            Option(
                "timeout", "t", "DURATION", \.timeout,
                "how long to wait, such as 500ms, 30s or 5min; \(usualTimeout.words) unless given"),
        ] + CommonOptions.part(of: \.common)
    }

    /// A file of the command line that is in the spool now.
    private struct Dropped {
        let operand: Argument
        let shown: String
        /// The digest of its bytes.
        let sha256: String
        let pending: Pending
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        if timeout != nil, !waits {
            throw Failure(.usage, "option --timeout is for --wait; add --wait or leave it out")
        }
        let service = try Service(common)
        let interruption = Interruption()
        let waiter = ReplyWaiter(spool: service.spool, user: geteuid(), interruption)
        var status = ExitStatus.ok
        var dropped: [Dropped] = []
        for (index, operand) in operands.enumerated() {
            guard !interruption.isPending else { return stop(operands, at: index, dropped, interruption, console) }
            console.progress(index, of: operands.count, operand.shown)
            do throws(Failure) {
                dropped.append(try drop(operand, service, waiter, interruption))
            } catch {
                if interruption.isPending { return stop(operands, at: index, dropped, interruption, console) }
                console.complain("tidings submit: \(error.message)")
                status = status.worse(error.status)
                // What is wrong with the folder is wrong for the other files too.
                if error.status == .permission || error.status == .unavailable {
                    return skip(operands.count - index - 1, status, console)
                }
            }
        }
        guard waits else {
            for file in dropped { tell(file, console) }
            return status
        }
        return status.worse(try wait(for: dropped, service, waiter, interruption, console))
    }

    private func skip(_ rest: Int, _ status: ExitStatus, _ console: Console) -> ExitStatus {
        if rest > 0 { console.complain("tidings submit: \(counted(rest, "further file")) not dropped either") }
        return status
    }

    private func drop(
        _ operand: Argument, _ service: Service, _ waiter: ReplyWaiter, _ interruption: Interruption
    ) throws(Failure) -> Dropped {
        let limit = service.configuration.spool.maxFileBytes
        let file = try InputFile(operand, limit: limit, interruption: interruption)
        if file.bytes.count > limit.bytes {
            throw Failure(.data, "\(file.shown): larger than \(limit), which spool.max_file_bytes allows; split it")
        }
        let last = operand.bytes.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        guard let name = operand == "-" ? FileName("standard-input") : FileName(last) else {
            throw Failure(.usage, "\(file.shown): this is no name of a file")
        }
        do throws(SpoolError) {
            // ignoring: the file is dropped all the same; that its answer cannot be read is said after that
            let known = waits ? (try? waiter.known(name)) ?? [] : []
            let incoming = Submission(folder: "\(service.spool)/\(Folder.incoming.rawValue)")
            let given = try incoming.submit(file.bytes, name: name, wantsReply: waits)
            return Dropped(
                operand: operand, shown: file.shown, sha256: SHA256.hex(of: file.bytes),
                pending: Pending(name: given, known: known))
        } catch {
            throw Failure(error.status, "\(file.shown): \(error)")
        }
    }

    private func tell(_ file: Dropped, _ console: Console) {
        guard common.json else {
            return console.line("\(file.shown): dropped as \(file.pending.name)")
        }
        console.json { json in
            json.key("file")
            json.string(file.shown)
            json.key("name")
            json.string(String(decoding: file.pending.name.bytes, as: UTF8.self))
            json.key("sha256")
            json.string(file.sha256)
        }
    }

    private func wait(
        for files: [Dropped], _ service: Service, _ waiter: ReplyWaiter, _ interruption: Interruption,
        _ console: Console
    ) throws(Failure) -> ExitStatus {
        var status = ExitStatus.ok
        let timeout = timeout ?? SubmitCommand.usualTimeout
        let open: [Int]
        do throws(SpoolError) {
            open = try waiter.wait(for: files.map(\.pending), timeout: timeout) { open in
                console.progress(files.count - open, of: files.count, "answered")
            } _: { index, bytes in
                guard let report = ReportDocument(bytes), report.sha256 == files[index].sha256 else { return false }
                status = status.worse(report.status)
                if common.json {
                    console.write(bytes: bytes.last == 0x0A ? bytes : bytes + [0x0A])
                } else {
                    console.write(report, file: files[index].shown)
                }
                console.flush()
                return true
            }
        } catch {
            throw Failure(error.status, "the files are dropped, but the answer cannot be read: \(error)")
        }
        let isStopped = DaemonLock.isHeld(spool: service.spool) == false
        let cause =
            (interruption.isPending ? "interrupted before the answer" : "no answer within \(timeout.words)")
            + (isStopped ? ", and no daemon works on the spool" : "")
        for file in open.map({ files[$0] }) {
            if common.json { tell(file, console) }
            console.complain(
                "tidings submit: \(file.shown): \(cause); the file is safe in \(service.spool.printable): "
                    + "'tidings why \(Argument(file.pending.name.bytes).quoted)' tells more later")
        }
        if interruption.isPending { return end(interruption, console) }
        return open.isEmpty ? status : status.worse(.temporary)
    }

    /// What is said when a signal comes before all files are dropped.
    private func stop(
        _ operands: [Argument], at index: Int, _ dropped: [Dropped], _ interruption: Interruption, _ console: Console
    ) -> ExitStatus {
        for file in dropped { tell(file, console) }
        console.complain(
            "tidings submit: interrupted; \(counted(operands.count - index, "file")) not dropped, from "
                + "\(operands[index].shown) on")
        return end(interruption, console)
    }

    private func end(_ interruption: Interruption, _ console: Console) -> ExitStatus {
        _ = console.finish("tidings submit", .temporary)
        interruption.obey()
        return .temporary
    }
}

extension Console {
    /// A report for people: the outcome, why, what was found, and what happens next.
    func write(_ report: ReportDocument, file: String) {
        let outcome = "\(report.outcome.printable):"
        paragraph(
            "\(file): \(outcome) \(report.message.printable)",
            styling: (" \(outcome)", Outcome(rawValue: report.outcome)?.style))
        for finding in report.ofFile { paragraph(finding.line(file: file), indent: 4) }
        for update in report.updates {
            let isNamed = report.updates.count > 1 && !Outcome.counts(update.outcome)
            if isNamed {
                line("    item \(update.item), \(update.uid.printable): \(update.outcome.printable)")
                if update.findings.isEmpty, !update.reason.isEmpty { paragraph(update.reason.printable, indent: 6) }
            }
            for change in update.changes where !report.message.contains(change) {
                paragraph(change.printable, indent: 4)
            }
            for finding in update.findings { paragraph(finding.line(file: file), indent: isNamed ? 6 : 4) }
        }
        if let nextTry = report.nextTry { line("    next try at \(nextTry.printable)") }
        line("    delivery \(report.delivery.printable)")
    }
}
