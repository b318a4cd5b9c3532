import EventModel

/// Reads schema.org events in JSON-LD: one object, an array, a `@graph`, or the items of a list.
enum JSONLDReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
        let findings = JSONLDFindings(bytes, context: context)
        let document: JSONDocument
        do {
            let limits = JSONDocument.Limits(depth: context.limits.nestingDepth, values: context.limits.nodes)
            document = try JSONDocument(bytes, limits: limits)
        } catch {
            report(error, findings)
            return Decoded(format: .jsonld, diagnostics: findings.all())
        }
        var search = JSONLDSearch()
        search.visit(document.root, JSONLDContext(), depth: 0)
        findings.byID = search.byID()
        let events = search.events(findings)
        if events.isEmpty { reportNoEvent(document.root, search, findings) }
        var updates: [DecodedUpdate] = []
        for event in events {
            guard updates.count < context.limits.updates else {
                findings.update = nil
                findings.add(
                    .tooLarge, at: event.node.bytes,
                    "the file has more than \(context.limits.updates) events; split it, or raise the limit")
                break
            }
            findings.update = updates.count
            updates.append(
                JSONLDEvent.read(event.node, type: event.type, language: event.context.language, findings))
        }
        return Decoded(format: .jsonld, updates: updates, diagnostics: findings.all())
    }

    private static func report(_ fault: JSONFault, _ findings: JSONLDFindings) {
        let limits = findings.context.limits
        let place = fault.offset..<fault.offset + 1
        switch fault.kind {
        case .invalidUTF8, .loneSurrogate: findings.add(.invalidUTF8, at: place, fault.description)
        case .truncated: findings.add(.truncated, at: place, fault.description)
        case .controlCharacter: findings.add(.controlCharacter, at: place, fault.description)
        case .tooDeep:
            findings.add(
                .tooLarge, at: place,
                "this is nested deeper than \(limits.nestingDepth) levels; flatten the document, or raise the limit")
        case .tooMany:
            findings.add(
                .tooLarge, at: place,
                "the file has more than \(limits.nodes) values; split it, or raise the limit")
        case .tooLong, .noMemory: findings.add(.tooLarge, at: place, fault.description)
        case .empty, .syntax, .invalidEscape, .invalidNumber, .trailing:
            findings.add(.unknownFormat, at: place, fault.description)
        }
    }

    private static func reportNoEvent(_ root: JSONNode, _ search: JSONLDSearch, _ findings: JSONLDFindings) {
        if let foreign = search.foreign {
            return findings.add(
                .noEvent, at: foreign.bytes,
                "the @context is not that of schema.org; write \"@context\": \"https://schema.org\"")
        }
        guard let other = search.others.first else {
            return findings.add(
                .noEvent, at: root.bytes,
                "there is no schema.org event in this JSON; give the event's object \"@type\": \"Event\"")
        }
        findings.add(
            .noEvent, at: other.bytes,
            "\(findings.excerpt(other)) is no event; give the event's object \"@type\": \"Event\" or one of its kinds, "
                + "such as \"MusicEvent\"")
    }
}

/// Finds the events of a document.
struct JSONLDSearch {
    struct Found {
        var node: JSONNode
        var type: String
        var context: JSONLDContext
    }

    private var found: [Found] = []
    private var identified: [(id: String, node: JSONNode)] = []
    private var hasSeveral = false
    /// `@type`s of objects that are no events.
    private(set) var others: [JSONNode] = []
    /// A `@context` of another vocabulary, of an object that would be an event.
    private(set) var foreign: JSONNode?

    mutating func visit(_ node: JSONNode, _ outer: JSONLDContext, depth: Int) {
        if node.kind == .array {
            hasSeveral = true
            for element in node.elements { visit(element, outer, depth: depth) }
            return
        }
        guard node.kind == .object else { return }
        let context = outer.within(node)
        if hasSeveral, let id = node["@id"]?.text { identified.append((id, node)) }
        if let type = EventClass.name(of: node) {
            if context.isSchema {
                found.append(Found(node: node, type: type, context: context))
            } else {
                foreign = foreign ?? node["@context"] ?? node
            }
            return
        }
        if let type = node["@type"] { others.append(type) }
        guard depth < 4 else { return }
        for (key, value) in node.members {
            if key.isText("@graph") || key.isText("itemListElement") || key.isText("item") || key.isText("mainEntity") {
                visit(value, context, depth: depth + 1)
            }
        }
    }

    /// Objects by `@id`, where there are several that can speak of each other.
    func byID() -> [String: JSONNode] {
        hasSeveral ? Dictionary(identified, uniquingKeysWith: { first, _ in first }) : [:]
    }

    /// The events, without those that are dates and places of others.
    func events(_ findings: JSONLDFindings) -> [Found] {
        guard hasSeveral, found.count > 1 else { return found }
        var parts: Set<Int> = []
        for event in found where event.node["subEvent"] != nil {
            parts.formUnion(JSONLDOccurrences.partsElsewhere(of: event.node, findings))
        }
        let events = found.filter { !parts.contains($0.node.index) }
        return events.isEmpty ? found : events
    }
}
