import EventModel
import Reading

/// Reads schema.org events in JSON-LD: one object, an array, a `@graph`, or the items of a list.
enum JSONLDReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
        let findings = JSONLDFindings(bytes, context: context)
        let repair: JSONRepair
        do {
            let limits = JSONDocument.Limits(depth: context.limits.nestingDepth, values: context.limits.nodes)
            repair = try JSONRepair(bytes, limits: limits)
        } catch {
            report(error, bytes, findings)
            return Decoded(format: .jsonld, diagnostics: findings.all)
        }
        let root = repair.document.root
        var search = JSONLDSearch()
        search.visit(root, JSONLDContext(), depth: 0)
        findings.byID = search.byID()
        let events = search.events(findings)
        if events.isEmpty { reportNoEvent(root, search, findings) }
        var updates: [DecodedUpdate] = []
        var names = NameSupply()
        var indexOfUID: [String: Int] = [:]
        // What stands in the file more than once, by the index of the update.
        var versions: [Int: [DecodedUpdate]] = [:]
        var nodes: [(update: Int, bytes: Range<Int>)] = []
        for event in events {
            guard nodes.count < context.limits.updates else {
                findings.update = nil
                findings.add(
                    .tooLarge, at: event.node.bytes,
                    "the file has more than \(context.limits.updates) events; split it, or raise the limit")
                break
            }
            findings.update = updates.count
            var read = JSONLDEvent.read(event.node, type: event.type, language: event.context.language, findings)
            if let index = indexOfUID[read.update.uid] {
                versions[index, default: [updates[index]]].append(read)
                findings.sayOfEarlier(index)
                nodes.append((index, event.node.bytes))
                continue
            }
            if !read.update.uid.isEmpty { indexOfUID[read.update.uid] = updates.count }
            nameApart(&read, &names, findings)
            nodes.append((updates.count, event.node.bytes))
            updates.append(read)
        }
        findings.update = nil
        for (index, all) in versions.sorted(by: { $0.key < $1.key }) {
            updates[index] = findings.settle(all, update: index)
        }
        repair.report(in: nodes, to: findings)
        return Decoded(format: .jsonld, updates: updates, diagnostics: findings.all)
    }

    /// Makes a uid for an event that states none, and numbers it where another event of the file has the same.
    private static func nameApart(_ read: inout DecodedUpdate, _ names: inout NameSupply, _ findings: JSONLDFindings) {
        guard read.update.uid.isEmpty else {
            if !names.contains(read.update.uid) { _ = names.take(read.update.uid) }
            return
        }
        let place = read.positions.bytes(of: FieldPath(.document)) ?? 0..<0
        let remedy = "add \"identifier\" with a text that stays the same"
        let canBeNamed = read.update.canBeNamed
        read.update.deriveUID()
        read.update.uid = names.take(read.update.uid)
        guard canBeNamed else {
            return findings.add(
                .invalidIdentifier, FieldPath(.uid), at: place,
                "the event has no identifier, no name and no startDate, so that nothing says which one it is; \(remedy)"
            )
        }
        findings.add(
            .uidDerived, FieldPath(.uid), at: place,
            "the event has no identifier, no whole @id and no whole url; '\(read.update.uid.quotable)' is used. Better "
                + remedy)
    }

    private static func report(_ fault: JSONFault, _ bytes: [UInt8], _ findings: JSONLDFindings) {
        let limits = findings.context.limits
        let place = fault.offset..<fault.offset + 1
        switch fault.kind {
        case .invalidUTF8, .loneSurrogate: findings.add(.invalidUTF8, at: place, fault.description)
        case .truncated: findings.add(.truncated, at: place, fault.description)
        case .tooDeep:
            findings.add(
                .tooLarge, at: place,
                "this is nested deeper than \(limits.nestingDepth) levels; flatten the document, or raise the limit")
        case .tooMany:
            findings.add(
                .tooLarge, at: place,
                "the file has more than \(limits.nodes) values; split it, or raise the limit")
        case .tooLong, .noMemory: findings.add(.tooLarge, at: place, fault.description)
        case .syntax:
            if let comma = JSONRepair.needlessComma(before: fault.offset, in: bytes) {
                let bracket = Character(Unicode.Scalar(bytes[fault.offset]))
                return findings.add(
                    .unknownFormat, at: comma..<comma + 1,
                    "this is not JSON: a comma stands before \(bracket), with nothing after it; remove the comma")
            }
            findings.add(.unknownFormat, at: place, fault.description)
        case .empty, .controlCharacter, .invalidEscape, .invalidNumber, .trailing:
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
