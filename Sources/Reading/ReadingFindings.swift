package import EventModel

/// What a reader has to say about a file, with lines and columns, and no more than a person can read.
package struct ReadingFindings {
    /// Of each update the first finding of a kind and severity is kept past the limit too: settings may make an error of
    /// any of them, and an update whose error was dropped would be accepted.
    private struct Kind: Hashable {
        var update: Int?
        var code: DiagnosticCode
        var severity: Severity

        init(_ diagnostic: Diagnostic) {
            (update, code, severity) = (diagnostic.update, diagnostic.code, diagnostic.severity)
        }
    }

    private let limit: Int
    private var lines: LineIndex
    private let format: Format
    private var kinds: Set<Kind> = []
    package private(set) var diagnostics: [Diagnostic] = []
    /// Whether something was found for which an update or the file is not accepted.
    package private(set) var hasRefusal = false

    /// `earlier` is what was found of the file before.
    package init(in bytes: [UInt8], format: Format, limit: Int, after earlier: [Diagnostic] = []) {
        self.limit = limit
        lines = LineIndex(bytes)
        self.format = format
        for diagnostic in earlier { keep(diagnostic) }
    }

    /// Notes a finding at a place of the file (nil where it is about something absent).
    package mutating func report(
        _ code: DiagnosticCode, at source: @autoclosure () -> Range<Int>? = nil,
        field: FieldPath = FieldPath(.document),
        update: Int? = nil, severity: Severity? = nil, _ message: @autoclosure () -> String
    ) {
        var found = Diagnostic(
            code, severity: severity ?? code.defaultSeverity(in: format), update: update, message: "")
        guard diagnostics.count < limit || !kinds.contains(Kind(found)) else { return }
        found.field = field.description
        found.position = source().map { lines.position(of: $0) }
        found.message = message()
        keep(found)
    }

    /// The line of a place in the file.
    package mutating func line(of source: Range<Int>) -> Int { lines.position(of: source).line }

    /// Says of an earlier update what was found of the last one, which turned out to be the same.
    package mutating func attribute(last update: Int, to earlier: Int) {
        for index in diagnostics.indices.reversed() {
            guard diagnostics[index].update == update else { break }
            kinds.remove(Kind(diagnostics[index]))
            diagnostics[index].update = earlier
            if !kinds.insert(Kind(diagnostics[index])).inserted, diagnostics.count > limit {
                diagnostics.remove(at: index)
            }
        }
    }

    private mutating func keep(_ diagnostic: Diagnostic) {
        kinds.insert(Kind(diagnostic))
        hasRefusal = hasRefusal || diagnostic.severity >= .held
        diagnostics.append(diagnostic)
    }
}

extension String {
    /// Fit to stand in a message: one line, without control characters, cut where it is long.
    package var quotable: String {
        var text = ""
        for scalar in unicodeScalars.prefix(60) {
            text.unicodeScalars.append(
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
        }
        return unicodeScalars.count > 60 ? text + "…" : text
    }
}
