import EventModel

/// What a reader has to say about a file, with lines and columns, and no more than a person can read.
struct ReadingFindings {
    /// Findings past this many are left out, unless they are graver than all before.
    private let limit: Int
    private var lines: LineIndex
    private let format: Format
    private(set) var diagnostics: [Diagnostic] = []

    /// `earlier` is what was found of the file before.
    init(in bytes: [UInt8], format: Format, limit: Int, after earlier: [Diagnostic] = []) {
        self.limit = limit
        diagnostics = earlier
        lines = LineIndex(bytes)
        self.format = format
    }

    /// Whether something was found for which the file is not accepted.
    var hasRefusal: Bool { diagnostics.contains { $0.severity >= .held } }

    /// Notes a finding at a place of the file (nil where it is about something absent).
    mutating func report(
        _ code: DiagnosticCode, at source: Range<Int>? = nil, field: FieldPath = FieldPath(.document),
        update: Int? = nil, severity: Severity? = nil, _ message: @autoclosure () -> String
    ) {
        let severity = severity ?? code.defaultSeverity(in: format)
        guard diagnostics.count < limit || diagnostics.allSatisfy({ $0.severity < severity })
        else { return }
        diagnostics.append(
            Diagnostic(
                code, severity: severity, field: field.description,
                position: source.map { lines.position(of: $0) }, update: update, message: message()))
    }
}

extension String {
    /// Fit to stand in a message: one line, without control characters, cut where it is long.
    var quotable: String {
        var text = ""
        for scalar in unicodeScalars.prefix(60) {
            text.unicodeScalars.append(
                scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
        }
        return unicodeScalars.count > 60 ? text + "…" : text
    }
}
