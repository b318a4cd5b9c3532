import EventModel
import Reading

/// What reading a document finds, and what its parts need to know of the whole.
final class JSONLDFindings {
    let context: ReadingContext
    let byteCount: Int
    /// Objects by their `@id`, where a document holds several that can speak of each other.
    var byID: [String: JSONNode] = [:]
    /// Which update is being read, counted from 0.
    var update: Int?
    private var findings: ReadingFindings
    /// Bytes of the objects that others name by their `@id`, each as often as it is named.
    private var namedBytes = 0

    /// Such bytes for each value that a file may have.
    private static let namedBytesPerValue = 80

    init(_ bytes: [UInt8], context: ReadingContext) {
        findings = ReadingFindings(in: bytes, format: .jsonld, limit: context.limits.diagnostics)
        byteCount = bytes.count
        self.context = context
    }

    /// All that was found.
    var all: [Diagnostic] { findings.diagnostics }

    func add(
        _ code: DiagnosticCode, _ field: FieldPath = FieldPath(.document), at range: Range<Int>,
        severity: Severity? = nil, _ message: @autoclosure () -> String
    ) {
        findings.report(code, at: range, field: field, update: update, severity: severity, message())
    }

    /// Says of an earlier update what was found of the one that is being read.
    func sayOfEarlier(_ index: Int) {
        if let update { findings.attribute(last: update, to: index) }
    }

    /// What counts of what several objects of the file say of one event.
    func settle(_ versions: [DecodedUpdate], update: Int) -> DecodedUpdate {
        let versions = versions.filter { !$0.update.isMention } + versions.filter(\.update.isMention)
        let repeated = RepeatedEvent(
            versions, isNewer: { $0.update.isNewer(than: $1.update) },
            saysTheSame: { $0.update.agrees(with: $1.update) })
        let counting = versions[repeated.counting]
        repeated.report(
            versions.map { $0.positions.bytes(of: FieldPath(.document)) ?? 0..<0 },
            of: "the identity '\(counting.update.uid.quotable)'", update: update,
            remedy: "give each an \"identifier\" of its own, or the right one a higher \"sequence\"", to: &findings)
        return counting
    }

    /// The object that is meant: where it says nothing but an `@id` of the same document, that one. Thousands of events may
    /// name one long object, and each has it whole.
    func resolve(_ node: JSONNode) -> JSONNode {
        guard !byID.isEmpty, let id = node["@id"]?.text ?? node.text, let target = byID[id] else { return node }
        for (key, _) in node.members where !key.isText("@id") && !key.isText("@type") { return node }
        namedBytes += target.bytes.count
        guard namedBytes <= JSONLDFindings.namedBytesPerValue * context.limits.nodes else {
            add(
                .tooLarge, at: node.bytes,
                "the objects that events name by their @id come to too much, taken together; split the file, or write "
                    + "shorter objects")
            return node
        }
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
            refuse(.invalidDate, field, at: node, "is no text", "write it as \"2026-11-28T19:30:00+01:00\"")
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
            refuse(
                .invalidDate, field, at: value, "is no date of the calendar",
                "write it as 2026-11-28 or 2026-11-28T19:30:00+01:00")
        case .failure(.time):
            refuse(
                .invalidTime, field, at: value, "is no time that a clock shows",
                "write the time as T19:30:00+01:00, hours 00 to 23")
        }
        return nil
    }

    /// Reports a time that cannot be read. Only a start rejects, and an embargo, which nobody shall break by a slip of the
    /// pen; what says on which dates a series takes place, or does not, is for a person; anything else is left out.
    private func refuse(
        _ code: DiagnosticCode, _ field: FieldPath, at node: JSONNode, _ what: String, _ remedy: String
    ) {
        let name = field.field.jsonldTerm
        let said = "\(name) \(excerpt(node)) \(what)"
        switch field.field {
        case .start, .embargoUntil: add(code, field, at: node.bytes, "\(said); \(remedy)")
        case .recurrenceDates, .exceptionDates, .recurrenceRule:
            add(
                .unreadableException, field, at: node.bytes,
                "\(said), so that it is not clear on which dates the event takes place; \(remedy)")
        default: add(.valueLeftOut, field, at: node.bytes, "\(said) and is left out; \(remedy)")
        }
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
            refuse(.invalidDate, field, at: node, "names no day", "write it as 2026-11-23T20:49:20Z")
            return nil
        }
        return (read, time.moment.offset == nil)
    }

    /// One of a fixed set of words; what is none of them is a finding, of another code where it decides something.
    func choice<T: RawRepresentable & CaseIterable>(
        _ node: JSONNode?, _ type: T.Type, _ field: FieldPath, code: DiagnosticCode = .valueLeftOut
    ) -> T? where T.RawValue == String {
        guard let node else { return nil }
        if let word = node.text, let choice = T(rawValue: word) { return choice }
        let words = T.allCases.map(\.rawValue).joined(separator: ", ")
        add(
            code, field, at: node.bytes,
            "\(excerpt(node)) is no \(field.field.rawValue) and is not used; write one of \(words)")
        return nil
    }

    /// The value as it stands in the file, cut to what a message can carry.
    func excerpt(_ node: JSONNode) -> String {
        let source = node.source
        return source.utf8.count <= 60 ? source : "\(source.prefix(40))…\""
    }
}

extension FieldPath.Field {
    /// What JSON-LD calls a field that holds a time.
    fileprivate var jsonldTerm: String {
        switch self {
        case .start: "startDate"
        case .end: "endDate"
        case .previousStarts: "previousStartDate"
        case .issuedAt: "dateModified"
        case .recurrenceDates: EventTerm.recurrenceDates.rawValue
        case .exceptionDates: EventTerm.exceptionDates.rawValue
        case .recurrenceRule: "exceptDate"
        case .embargoUntil: EventTerm.embargoUntil.rawValue
        case .references: EventTerm.references.rawValue
        default: rawValue
        }
    }
}

extension EventUpdate {
    /// Whether it says the same as another one, or does no more than name it.
    fileprivate func agrees(with other: EventUpdate) -> Bool {
        if isMention, content.name.text.isEmpty || content.name.text == other.content.name.text { return true }
        return essence == other.essence
    }

    /// Whether it does no more than name an event.
    fileprivate var isMention: Bool {
        content.occurrences.isEmpty && content.description == nil && content.parties.isEmpty
            && content.status == .scheduled
    }
}
