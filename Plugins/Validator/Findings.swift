import EventFormats
import EventModel
import PluginKit

/// One update under examination, and what counts for it.
struct Subject {
    let update: EventUpdate
    let format: Format?
    let settings: ValidatorSettings
    let now: Instant
    let zones: ZoneDatabase

    /// Whether it takes something away, for which the uid is enough.
    var isCancellation: Bool { update.kind == .cancel || update.status == .cancelled }

    /// The status that counts for an occurrence.
    func status(of occurrence: Occurrence) -> EventStatus { occurrence.status ?? update.status }
}

/// Looks at one aspect of an update.
typealias Rule = @Sendable (Subject, inout Findings) -> Void

/// The rules, in the order of MODEL's list.
enum Rules {
    static let all: [Rule] = IdentityRules.all + TextRules.all + TimeRules.all + ZoneRules.all + PlaceRules.all
}

/// What was found about the updates of a file, one after the other, with severities as the settings have them.
struct Findings {
    private let format: Format?
    private let severities: [SeveritySetting]
    private var lines: LineIndex
    private var diagnostics: [Diagnostic] = []
    private var update = 0
    private var positions = FieldPositions()
    // What the reader has said of the update at hand: a rule does not say it again.
    private var reported: [Diagnostic] = []
    // Findings past this many about one update are not kept, but for the first for which it is rejected, and held: an update
    // whose fault was dropped would be accepted.
    private let limit: Int
    private var grave: Set<Severity> = []

    init(format: Format?, bytes: [UInt8], settings: ValidatorSettings) {
        self.format = format
        severities = settings.severities
        limit = settings.maxDiagnostics
        lines = LineIndex(bytes)
    }

    /// Turns to an update.
    mutating func begin(_ item: DeliveryItem) {
        update = item.number - 1
        positions = item.positions
        reported = item.findings
        diagnostics = []
        grave = []
        for finding in reported { add(finding) }
    }

    /// Adds a finding at a field, unless the reader has said the same of the same update. It has the severity of the
    /// settings, else the one given, else the code's own.
    mutating func add(
        _ code: DiagnosticCode, _ field: FieldPath.Field, occurrence: Int? = nil, severity: Severity? = nil,
        _ message: String
    ) {
        let field = FieldPath(field, occurrence: occurrence)
        let severity = setting(for: code) ?? severity ?? code.defaultSeverity(in: format)
        guard severity != .ignored else { return }
        let path = field.description
        let isSaid = reported.contains {
            $0.code == code && ($0.field == path || field.occurrence == nil)
        }
        guard !isSaid, code != .missingStart || !isUnreadable(path) else { return }
        keep(
            Diagnostic(
                code, severity: severity, field: path,
                position: positions.bytes(of: field).map { lines.position(of: $0) }, update: update, message: message))
    }

    /// Whether the reader could not read what stands in a field, so that its absence is no finding of its own.
    private func isUnreadable(_ path: String) -> Bool {
        reported.contains { $0.field == path && ($0.code == .invalidDate || $0.code == .invalidTime) }
    }

    private mutating func add(_ diagnostic: Diagnostic) {
        var diagnostic = diagnostic
        diagnostic.severity = setting(for: diagnostic.code) ?? diagnostic.severity
        if diagnostic.severity != .ignored { keep(diagnostic) }
    }

    private mutating func keep(_ diagnostic: Diagnostic) {
        let isFirst = diagnostic.severity >= .held && grave.insert(diagnostic.severity).inserted
        if diagnostics.count < limit || isFirst { diagnostics.append(diagnostic) }
    }

    private func setting(for code: DiagnosticCode) -> Severity? {
        guard !severities.isEmpty else { return nil }
        return severities.last {
            $0.code.code == code && ($0.format == .any || $0.format.rawValue == format?.rawValue)
        }?
        .severity.severity
    }

    /// What was found of the update at hand, in the order of the file.
    var inOrder: [Diagnostic] { Findings.inOrder(diagnostics) }

    static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard diagnostics.count > 1 else { return diagnostics }
        return diagnostics.enumerated().sorted { a, b in
            let (first, second) = (a.element.position?.bytes.lowerBound ?? 0, b.element.position?.bytes.lowerBound ?? 0)
            return (first, a.offset) < (second, b.offset)
        }.map(\.element)
    }
}

extension String {
    /// Fit to stand in a message: one line, without control characters, cut where it is long.
    var inMessage: String {
        var text = ""
        for scalar in unicodeScalars.prefix(60) {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return unicodeScalars.count > 60 ? text + "…" : text
    }
}
