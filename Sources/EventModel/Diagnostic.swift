/// What a diagnostic does to a delivery: nothing but a report, a person's decision, or a rejection.
public enum Severity: Int, Sendable, Comparable, CaseIterable {
    /// Not reported at all; only settings can say so.
    case ignored
    /// Reported (W).
    case warning
    /// A person decides (H).
    case held
    /// Rejected (E).
    case error

    /// Lighter ones come first.
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    /// `ignored`, `warning`, `held`, `error`: the word in settings and JSON.
    public var word: String {
        switch self {
        case .ignored: "ignored"
        case .warning: "warning"
        case .held: "held"
        case .error: "error"
        }
    }

    /// Reads the word of a setting.
    public init?(word: some StringProtocol) {
        guard let match = Severity.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }
}

/// A place in the dropped bytes.
public struct SourcePosition: Hashable, Sendable {
    /// Counted from 1.
    public var line: Int
    /// Characters (Unicode scalars) from the start of the line, counted from 1.
    public var column: Int
    /// Bytes from the start of the file, counted from 0.
    public var bytes: Range<Int>

    /// Makes a position.
    public init(line: Int, column: Int, bytes: Range<Int>) {
        self.line = line
        self.column = column
        self.bytes = bytes
    }

    /// Finds line and column of a byte range. LF, CR LF and a lone CR end a line; a range past the end is cut.
    public init(of range: Range<Int>, in bytes: [UInt8]) {
        let start = min(max(range.lowerBound, 0), bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<start {
            let byte = bytes[index]
            if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
                line += 1
                lineStart = index + 1
            }
        }
        let column = bytes[lineStart..<start].count { $0 & 0xC0 != 0x80 } + 1
        self.init(line: line, column: column, bytes: start..<min(max(range.upperBound, start), bytes.count))
    }
}

/// One thing said about an update: a stable code, the field, where it stands, and a sentence with the remedy.
public struct Diagnostic: Hashable, Sendable {
    /// The stable name.
    public var code: DiagnosticCode
    /// What it does to the delivery.
    public var severity: Severity
    /// The field, as in the canonical JSON; empty for the whole document.
    public var field: String
    /// Where it stands; nil where it is about something absent.
    public var position: SourcePosition?
    /// A sentence for a person, with the remedy.
    public var message: String
    /// Which update of the file it speaks of, counted from 0; nil for the file.
    public var update: Int?

    /// Makes a diagnostic.
    public init(
        _ code: DiagnosticCode, severity: Severity, field: String = "", position: SourcePosition? = nil,
        update: Int? = nil, message: String
    ) {
        self.code = code
        self.severity = severity
        self.field = field
        self.position = position
        self.update = update
        self.message = message
    }
}

extension Sequence where Element == Diagnostic {
    /// One sentence: the first problem of that severity with its place, and how many more there are.
    public func reason(for severity: Severity) -> String {
        let problems = filter { $0.severity == severity }
        guard let first = problems.first else { return "" }
        var reason = first.message
        if let position = first.position { reason = "line \(position.line), column \(position.column): \(reason)" }
        switch problems.count {
        case 1: return reason
        case 2: return "\(reason) (and 1 more problem)"
        default: return "\(reason) (and \(problems.count - 1) more problems)"
        }
    }
}
