import Configuration
import CommandLineKit
import EventFormats
import EventModel
import PluginKit

/// `tidings check`: lints updates as a compiler does, or has the configuration checked.
struct CheckCommand: Command {
    var common = CommonOptions()
    var isEffective = false

    static let usage = CommandUsage(
        "tidings check", operands: "[FILE…]", count: 0...Int.max,
        "Checks event updates without dropping them, or the configuration.",
        notes: [
            "With FILEs: prints what is wrong with them as a compiler does, file:line:column: severity: message [code], and "
                + "the line it is about. '-' is standard input. What depends on the archive, such as a stale revision, shows only after "
                + "'tidings submit'.",
            "Without FILE: runs 'tidingsd --check', which reads the configuration as the daemon does at its start; with "
                + "--effective it prints what is in force, and where each value comes from.",
            "Exits with 65 if the daemon would reject something, 75 if it would hold something, 66 if a file cannot be read, 78 if the configuration is wrong.",
        ])

    static var options: [Option<Self>] {
        [Option("effective", nil, \.isEffective, "print the configuration that is in force")]
            + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        if isEffective {
            guard operands.isEmpty else {
                throw Failure(
                    .usage, "--effective is about the configuration; leave the files out, or name it by --config")
            }
            throw DaemonBinary.exec("--effective", common, console)
        }
        guard !operands.isEmpty else { throw DaemonBinary.exec("--check", common, console) }
        let service = try Service(common)
        let rules = try LintRules(service.configuration)
        var counts: [Severity: Int] = [:]
        var status = ExitStatus.ok
        for (index, operand) in operands.enumerated() {
            console.progress(index, of: operands.count, operand.shown)
            let file: InputFile
            do {
                file = try InputFile(operand, limit: service.configuration.spool.maxFileBytes)
            } catch {
                console.complain("tidings check: \(error.message)")
                status = status.worse(error.status)
                continue
            }
            let decoded = file.read(limits: service.configuration.spool.readingLimits)
            for (number, finding) in rules.findings(decoded, bytes: file.bytes).enumerated() {
                counts[finding.severity, default: 0] += 1
                switch finding.severity {
                case .error: status = status.worse(.data)
                case .held: status = status.worse(.temporary)
                case .warning, .ignored: break
                }
                show(finding, of: file, withLine: number < CheckCommand.mostExcerpts, console)
            }
            if console.width != nil { console.flush() }
        }
        if console.isErrorATerminal, !common.json { console.complain(summary(operands.count, counts)) }
        return status
    }

    /// Findings of a file that are shown with the line that they are about; nobody looks through more.
    private static let mostExcerpts = 500

    private func show(_ finding: Diagnostic, of file: InputFile, withLine: Bool, _ console: Console) {
        guard !common.json else { return console.json { finding.write(into: &$0, file: file.shown) } }
        let style: Style =
            switch finding.severity {
            case .error: .red
            case .held, .warning, .ignored: .yellow
            }
        let word = finding.severity.word
        let line = finding.line(file: file.shown).printable
        console.line(
            line.replacing(": \(word): ", with: ": \(console.styled(word, style)): ", maxReplacements: 1))
        if withLine { excerpt(finding, of: file, console) }
    }

    private func excerpt(_ finding: Diagnostic, of file: InputFile, _ console: Console) {
        guard let position = finding.position, let excerpt = Excerpt(of: file.bytes, at: position) else { return }
        for line in excerpt.lines(width: console.width) { console.line(console.styled(line, .faint)) }
    }

    private func summary(_ files: Int, _ counts: [Severity: Int]) -> String {
        let found = [Severity.error, .held, .warning].compactMap { severity in
            counts[severity].map { count in
                switch severity {
                case .error: counted(count, "error")
                case .held: "\(count) to be decided by a person"
                default: counted(count, "warning")
                }
            }
        }
        return "\(counted(files, "file")): \(found.isEmpty ? "nothing found" : found.joined(separator: ", "))"
    }
}

extension Diagnostic {
    /// Writes the members of the finding's object; what has no place has null for line and column.
    func write(into json: inout JSONWriter, file: String) {
        json.key("file")
        json.string(file)
        json.key("code")
        json.string(code.rawValue)
        json.key("severity")
        json.string(severity.word)
        json.key("field")
        json.string(field)
        json.key("line")
        if let line = position?.line { json.integer(line) } else { json.null() }
        json.key("column")
        if let column = position?.column { json.integer(column) } else { json.null() }
        json.optional("item", update.map { $0 + 1 })
        json.key("message")
        json.string(message)
    }
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
