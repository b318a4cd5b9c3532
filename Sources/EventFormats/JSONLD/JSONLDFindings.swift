import EventModel

/// What reading a document finds, and what its parts need to know of the whole.
final class JSONLDFindings {
    let context: ReadingContext
    let byteCount: Int
    /// Objects by their `@id`, where a document holds several that can speak of each other.
    var byID: [String: JSONNode] = [:]
    /// Which update is being read, counted from 0.
    var update: Int?
    private var lines: LineIndex
    private var diagnostics: [Diagnostic] = []
    private var leftOut = 0

    init(_ bytes: [UInt8], context: ReadingContext) {
        lines = LineIndex(bytes)
        byteCount = bytes.count
        self.context = context
    }

    func add(
        _ code: DiagnosticCode, _ field: FieldPath = FieldPath(.document), at range: Range<Int>,
        severity: Severity? = nil, _ message: String
    ) {
        guard diagnostics.count < context.limits.diagnostics else {
            leftOut += 1
            return
        }
        diagnostics.append(
            Diagnostic(
                code, severity: severity ?? code.defaultSeverity(in: .jsonld), field: field.description,
                position: lines.position(of: range), update: update, message: message))
    }

    /// All that was found. What was left out is an error: the file is not fit to be believed.
    func all() -> [Diagnostic] {
        guard leftOut > 0 else { return diagnostics }
        let message = "\(leftOut) more findings are not shown; correct these first and check the file again"
        return diagnostics + [Diagnostic(.tooLarge, severity: .error, message: message)]
    }

    /// The object that is meant: where it says nothing but an `@id` of the same document, that one.
    func resolve(_ node: JSONNode) -> JSONNode {
        guard !byID.isEmpty, let id = node["@id"]?.text ?? node.text, let target = byID[id] else { return node }
        for (key, _) in node.members where !key.isText("@id") && !key.isText("@type") { return node }
        return target
    }
}

extension JSONLDFindings {
    /// A text, in the forms that JSON-LD has for it; nil where it is none. A number is taken as it is written.
    func text(_ node: JSONNode) -> String? {
        switch node.kind {
        case .string: node.text
        case .integer, .double: node.source
        case .object: node["@value"].flatMap { text($0) } ?? node["@id"]?.text
        default: nil
        }
    }

    /// A text with its language, or the one of several whose language is preferred, else the first.
    func languageText(_ node: JSONNode, preferring language: String, otherwise: String) -> LanguageText? {
        var first: LanguageText?
        for element in node.elementsOrSelf {
            guard let value = element.kind == .object ? element["@value"] : element, let text = text(value) else {
                continue
            }
            let stated = element["@language"]?.text
            let read = LanguageText(text, language: stated ?? otherwise)
            if !language.isEmpty, stated == language { return read }
            first = first ?? read
        }
        return first
    }

    /// The name of something given as a text or as an object with a name.
    func name(_ node: JSONNode) -> String? {
        if node.kind == .object, let name = node["name"] { return text(name) }
        return text(node)
    }

    /// A time; what is none is a finding. An empty text is as good as absent.
    func time(_ node: JSONNode?, _ field: FieldPath) -> JSONTime? {
        guard let node, let value = node.kind == .object ? node["@value"] : node else { return nil }
        guard value.kind == .string else {
            add(.invalidDate, field, at: node.bytes, "\(field) is no text; write it as \"2026-11-28T19:30:00+01:00\"")
            return nil
        }
        let read: Result<JSONTime, JSONTime.Fault>? =
            value.withText { text in
                guard !text.isEmpty else { return nil }
                do throws(JSONTime.Fault) {
                    return .success(try JSONTime(text))
                } catch {
                    return .failure(error)
                }
            } ?? nil
        switch read {
        case nil: return nil
        case .success(let time): return time
        case .failure(.date):
            add(
                .invalidDate, field, at: value.bytes,
                "\(field) is \(excerpt(value)), which is no date of the calendar; write it as 2026-11-28 or "
                    + "2026-11-28T19:30:00+01:00")
        case .failure(.time):
            add(
                .invalidTime, field, at: value.bytes,
                "\(field) is \(excerpt(value)), which no clock shows; write the time as T19:30:00+01:00, hours 00 to 23"
            )
        }
        return nil
    }

    /// A point in time; what is none is a finding. `isAssumed` tells that no offset was stated and UTC is taken.
    func instant(_ node: JSONNode?, _ field: FieldPath) -> (instant: Instant, isAssumed: Bool)? {
        guard let node, let time = time(node, field) else { return nil }
        let read: Instant? =
            (node.kind == .object ? node["@value"] : node)?.withText { text in
                do {
                    return try Instant(json: text, assumingUTC: true)
                } catch {
                    // ignoring: a month or a year alone, reported below.
                    return nil
                }
            } ?? nil
        guard let read else {
            add(.invalidDate, field, at: node.bytes, "\(field) names no day; write it as 2026-11-23T20:49:20Z")
            return nil
        }
        return (read, time.moment.offset == nil)
    }

    /// One of a fixed set of words; what is none of them is a finding.
    func choice<T: RawRepresentable & CaseIterable>(_ node: JSONNode?, _ type: T.Type, _ field: FieldPath) -> T?
    where T.RawValue == String {
        guard let node else { return nil }
        if let word = node.text, let choice = T(rawValue: word) { return choice }
        let words = T.allCases.map(\.rawValue).joined(separator: ", ")
        add(.unknownStatus, field, at: node.bytes, "\(excerpt(node)) is not among what \(field) can be: \(words)")
        return nil
    }

    /// The value as it stands in the file, cut to what a message can carry.
    func excerpt(_ node: JSONNode) -> String {
        let source = node.source
        return source.utf8.count <= 60 ? source : "\(source.prefix(40))…\""
    }
}
