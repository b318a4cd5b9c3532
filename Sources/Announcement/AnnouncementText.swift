import EventModel
import Reading

/// An announcement being read: its words, its sentences, its language, and what the readers of its parts say about it.
struct AnnouncementText: Sendable {
    let source: TextSource
    let language: TextLanguage
    let segments: [TextSegment]
    let context: ReadingContext
    let headers: AnnouncementHeaders

    var tokens: [TextToken] { source.tokens }

    /// The source's own words.
    func text(_ range: Range<Int>) -> String {
        guard let first = range.first else { return "" }
        return source.text(Int(tokens[first].start)..<Int(tokens[range.upperBound - 1].end))
    }

    /// The bytes of some words.
    func bytes(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first else { return 0..<0 }
        return Int(tokens[first].start)..<Int(tokens[range.upperBound - 1].end)
    }

    /// The words folded and joined by one space, symbols left out: what the gazetteer is asked for.
    func key(_ range: Range<Int>) -> String {
        var key = ""
        for index in range where tokens[index].kind == .word || tokens[index].kind == .number {
            if !key.isEmpty { key += " " }
            if tokens[index].kind == .number {
                key += String(decoding: source.bytes[tokens[index].bytes], as: UTF8.self)
            } else {
                key += tokens[index].fold.utf8.contains(0x27) ? TextFolding.key(tokens[index].fold) : tokens[index].fold
            }
        }
        return key
    }

    /// The segment a word stands in: the last one that starts at or before it.
    func segment(of token: Int) -> Int {
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].start <= token { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    func position(_ bytes: Range<Int>) -> SourcePosition { SourcePosition(of: bytes, in: source.bytes) }
}

/// What reading found, with the evidence for it.
struct AnnouncementFindings: Sendable {
    var evidence: [Evidence] = []
    var diagnostics: [Diagnostic] = []

    mutating func note(
        _ path: String, _ basis: Basis, _ rule: String, at bytes: [Range<Int>] = [], confidence: Double = 1
    ) {
        evidence.append(
            Evidence(fieldPath: path, basis: basis, rule: rule, byteRanges: bytes, confidence: confidence))
    }

    mutating func report(
        _ code: DiagnosticCode, field: String = "", at position: SourcePosition? = nil, _ message: String
    ) {
        diagnostics.append(
            Diagnostic(
                code, severity: code.defaultSeverity(in: .text), field: field, position: position, update: 0,
                message: message))
    }
}
