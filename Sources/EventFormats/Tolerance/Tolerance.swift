import EventModel
import Reading

/// Leaves out what an event can do without and what cannot be meant: only what, when, where, status and identity may keep
/// an update from being accepted. It comes after a person's corrections, which may have mended the one or the other.
struct Tolerance {
    let source: [UInt8]
    let zones: ZoneDatabase
    private var findings: ReadingFindings
    private var update = 0
    private var positions = FieldPositions()

    init(_ decoded: Decoded, _ bytes: [UInt8], _ context: ReadingContext, zones: ZoneDatabase) {
        source = bytes
        self.zones = zones
        findings = ReadingFindings(
            in: bytes, format: decoded.format ?? .text, limit: context.limits.diagnostics, after: decoded.diagnostics)
    }

    /// All that was found, what readers found before included.
    var diagnostics: [Diagnostic] { findings.diagnostics }

    mutating func examine(_ number: Int, _ decoded: inout DecodedUpdate) {
        update = number
        positions = decoded.positions
        dropControls(&decoded.update)
        mendLanguages(&decoded.update)
        dropEnds(&decoded.update)
        dropCoordinates(&decoded.update)
        dropLinks(&decoded.update)
    }

    mutating func report(
        _ code: DiagnosticCode, _ field: FieldPath.Field, occurrence: Int? = nil, at bytes: Range<Int>? = nil,
        severity: Severity? = nil, _ message: @autoclosure () -> String
    ) {
        let path = FieldPath(field, occurrence: occurrence)
        let place = bytes ?? positions.bytes(of: path)
        findings.report(
            code, at: place, field: path, update: update, severity: severity, message())
    }

    /// What the file says in a field, without quotes; nil where that is not known, and where a person says otherwise.
    func quoted(_ field: FieldPath.Field, occurrence: Int?, of update: EventUpdate) -> String? {
        let path = FieldPath(field, occurrence: occurrence)
        let name = path.description
        let isCorrected = update.evidence.contains { $0.rule == Correction.rule && $0.fieldPath == name }
        guard !isCorrected, let range = positions.ownBytes(of: path), range.upperBound <= source.count else {
            return nil
        }
        var text = source[range]
        if text.count >= 2, text.first == 0x22, text.last == 0x22 { text = text.dropFirst().dropLast() }
        return String(decoding: text, as: UTF8.self).quotable
    }

    /// Where a text stands at or after a field, else where the field does.
    func place(of text: String, in field: FieldPath.Field) -> Range<Int>? {
        guard let start = place(FieldPath(field))?.lowerBound,
            let end = place(FieldPath(.document)).map({ max($0.upperBound, start) })
        else { return nil }
        let wanted = Array(text.utf8)
        // The document of a calendar's event is its first line alone.
        let limit = min(source.count, max(end, start + 4096))
        guard let first = wanted.first, start < limit else { return nil }
        var at = start
        while let found = source[at..<limit].firstIndex(of: first) {
            if source[found...].starts(with: wanted) { return found..<found + wanted.count }
            at = found + 1
        }
        return nil
    }

    private func place(_ path: FieldPath) -> Range<Int>? {
        positions.bytes(of: path).flatMap { $0.upperBound <= source.count ? $0 : nil }
    }
}

extension Decoded {
    /// Leaves out of every update what it can do without and cannot mean, and says so.
    mutating func leaveOutWhatCannotBeMeant(
        _ bytes: [UInt8], _ context: ReadingContext, zones: ZoneDatabase = .system
    ) {
        guard !updates.isEmpty else { return }
        var tolerance = Tolerance(self, bytes, context, zones: zones)
        for number in updates.indices { tolerance.examine(number, &updates[number]) }
        diagnostics = tolerance.diagnostics
    }
}
