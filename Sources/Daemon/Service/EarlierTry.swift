import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// What the report of a deferred delivery remembers of its earlier tries.
struct EarlierTry {
    /// How often it was worked on.
    var attempts = 0
    /// The name as dropped, all of it.
    var fileName: FileName?
    /// The stages that passed it.
    var passed: [StageAnswer] = []
    /// What was found.
    var diagnostics: [Diagnostic] = []
    /// What a person decided about it.
    var release: Release?
    /// Where it was set aside before and its report lies still: it goes back there if what was decided cannot be done.
    var home: Folder?

    /// Reads a report. One that is missing or cannot be read remembers nothing: all stages are asked again.
    init(_ report: [UInt8]?) {
        // ignoring: a report that cannot be read costs a shorter wait and answers that the stages give again
        guard let report, let root = (try? JSONDocument(report, limits: .own))?.root else { return }
        attempts = root["attempts"]?.integer ?? 0
        let bytes = root["fileBytes"]?.elements.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) } ?? []
        fileName = FileName(bytes)
        passed =
            root["stages"]?.elements.compactMap { stage in
                guard stage["verdict"]?.text == Verdict.pass.word, let name = stage["stage"]?.text else { return nil }
                return StageAnswer(stage: name, verdict: .pass, reason: stage["reason"]?.text ?? "")
            } ?? []
        diagnostics = root["diagnostics"]?.elements.compactMap(Diagnostic.init) ?? []
        release = root["release"].flatMap { Release(report: $0) }
    }

    /// What of the report of a set-aside file counts when the file is found in work: a person has decided about it.
    init(decided report: [UInt8]?) {
        let earlier = EarlierTry(report)
        fileName = earlier.fileName
        release = earlier.release
    }
}

extension Diagnostic {
    /// Reads one back as `write(into:)` wrote it; nil for anything else.
    fileprivate init?(_ node: JSONNode) {
        guard let code = node["code"]?.text.flatMap(DiagnosticCode.init(rawValue:)),
            let severity = node["severity"]?.text.flatMap({ Severity(word: $0) })
        else { return nil }
        var position: SourcePosition?
        let range = node["bytes"]?.elements.compactMap(\.integer) ?? []
        if let line = node["line"]?.integer, let column = node["column"]?.integer, range.count == 2,
            range[0] <= range[1]
        {
            position = SourcePosition(line: line, column: column, bytes: range[0]..<range[1])
        }
        self.init(
            code, severity: severity, field: node["field"]?.text ?? "", position: position,
            update: node["update"]?.integer, message: node["message"]?.text ?? "")
    }
}
