import EventModel
import Reading

/// One event object on its way into an ``EventUpdate``.
struct JSONLDEvent {
    private let object: JSONLDObject<EventTerm>
    private let findings: JSONLDFindings
    private let defaultLanguage: String
    private var update: EventUpdate
    private var positions = FieldPositions()
    private var extensions: [Extension] = []

    /// Reads an event of the given class. `language` is the one that the document's context states, or empty.
    static func read(
        _ node: JSONNode, type: String, language: String, _ findings: JSONLDFindings
    ) -> DecodedUpdate {
        var event = JSONLDEvent(node, type: type, language: language, findings)
        event.readIdentity()
        event.readTexts()
        event.readStatus()
        event.readOccurrences()
        event.readParties()
        event.readLists()
        event.readOwnTerms()
        event.keepTheRest()
        return DecodedUpdate(event.update, positions: event.positions)
    }

    private init(_ node: JSONNode, type: String, language: String, _ findings: JSONLDFindings) {
        object = JSONLDObject(node, EventTerm.table)
        self.findings = findings
        defaultLanguage = language
        update = EventUpdate(
            uid: "", name: LanguageText(""),
            receipt: Receipt(
                receivedAt: findings.context.receivedAt,
                source: Source(
                    mediaType: Format.jsonld.mediaType, sha256: findings.context.sha256, byteCount: findings.byteCount))
        )
        update.type = type
        positions.note(FieldPath(.document), at: node.bytes)
    }

    private mutating func note(_ field: FieldPath.Field, _ node: JSONNode) {
        positions.note(FieldPath(field), at: node.bytes)
    }

    private mutating func keep(_ name: String, _ node: JSONNode) {
        extensions.append(Extension(vocabulary: "schema.org", name: name, content: node.compact))
    }

    private mutating func readIdentity() {
        if let node = object[.type] {
            note(.type, node)
            if node.kind != .string { keep("@type", node) }
        }
        if let node = object[.identifier], let uid = identifier(node) {
            update.uid = uid
            note(.uid, node)
            if node.kind != .string { keep("identifier", node) }
            if let id = object[.id], id.text != uid { keep("@id", id) }
        } else if let node = object[.id], let text = node.text, WebAddress.hasScheme(text), !text.hasPrefix("_:") {
            update.uid = text
            note(.uid, node)
        } else {
            // What is relative to its document names nothing outside of it.
            if let node = object[.id] { keep("@id", node) }
            if let node = object[.url]?.firstOrSelf, let text = findings.text(node), WebAddress.hasScheme(text) {
                update.uid = text
                note(.uid, node)
            }
        }
        readRevision()
    }

    private func identifier(_ node: JSONNode) -> String? {
        for element in node.elementsOrSelf {
            if let text = element["value"].flatMap({ findings.text($0) }) ?? findings.text(element), !text.isEmpty {
                return text
            }
        }
        return nil
    }

    private mutating func readRevision() {
        if let node = object[.sequence] {
            note(.sequence, node)
            readSequence(node)
        }
        guard let node = object[.dateModified] ?? object[.datePublished] else { return }
        note(.issuedAt, node)
        if let (instant, isAssumed) = findings.instant(node, FieldPath(.issuedAt)) {
            update.issuedAt = instant
            if isAssumed {
                update.evidence.append(
                    Evidence(
                        fieldPath: "issuedAt", basis: .inferred, rule: "jsonld.utc-assumed", byteRanges: [node.bytes],
                        confidence: 0.5))
            }
        }
        if object[.dateModified] != nil, let published = object[.datePublished] { keep("datePublished", published) }
    }

    private mutating func readSequence(_ node: JSONNode) {
        let value = node.text ?? node.source
        let field = FieldPath(.sequence)
        switch SequenceNumber(value) {
        case .stated(let number): update.sequence = number
        case .negative:
            findings.add(.negativeSequence, field, at: node.bytes, SequenceNumber.negativeMessage("sequence", value))
        case .tooLarge:
            findings.add(.sequenceTooLarge, field, at: node.bytes, SequenceNumber.tooLargeMessage("sequence", value))
        case nil:
            findings.add(.valueLeftOut, field, at: node.bytes, SequenceNumber.unreadableMessage("sequence", value))
        }
    }

    private mutating func readTexts() {
        if let node = object[.inLanguage] {
            note(.language, node)
            let first = node.firstOrSelf
            update.language = first?.text ?? first?["alternateName"]?.text ?? first?["name"]?.text ?? ""
            if node.kind != .string { keep("inLanguage", node) }
        } else {
            update.language = defaultLanguage
        }
        if let node = object[.name] {
            note(.name, node)
            update.name = text(node, "name") ?? update.name
        }
        if let node = object[.description] {
            note(.description, node)
            update.description = text(node, "description")
        }
    }

    private mutating func text(_ node: JSONNode, _ name: String) -> LanguageText? {
        let read = findings.languageText(node, preferring: update.language, otherwise: defaultLanguage)
        if node.kind == .array || read == nil { keep(name, node) }
        return read
    }

    private mutating func readStatus() {
        if let node = object[.eventStatus] {
            note(.status, node)
            update.status = EventStatus.read(node, findings, FieldPath(.status)) ?? .scheduled
            if node.kind == .array { keep("eventStatus", node) }
        }
        guard let title = StatusSpelling.titleOfCancelled(update.name.text), let node = object[.name] else { return }
        let stated = update.name.text
        update.name.text = title
        guard update.status == .scheduled || update.status == .tentative else { return }
        update.status = .cancelled
        update.evidence.append(
            Evidence(
                fieldPath: "status", basis: .inferred, rule: "status.title", byteRanges: [node.bytes], confidence: 0.8))
        findings.add(
            .spellingTaken, FieldPath(.status), at: node.bytes,
            "the name '\(stated.quotable)' says that the event is cancelled, and so it is taken; write \"eventStatus\": "
                + "\"https://schema.org/EventCancelled\" too")
    }

    private mutating func readOccurrences() {
        let read = JSONLDOccurrences(object, name: update.name.text, findings, positions: &positions)
        update.occurrences = read.occurrences
        for item in read.leftovers {
            extensions.append(Extension(vocabulary: "schema.org", name: item.path, content: item.content))
        }
        extensions += read.extensions
        update.kind = UpdateKind(status: update.status, hasPreviousStarts: object[.previousStartDate] != nil)
        if read.hasOnlinePlace {
            update.attendanceMode = read.hasPhysicalPlace ? .mixed : .online
        } else if update.status == .movedOnline {
            update.attendanceMode = .online
        }
        guard let node = object[.eventAttendanceMode] else { return }
        note(.attendanceMode, node)
        if let mode = SchemaName.short(node).flatMap({ AttendanceMode(schema: $0) }) {
            update.attendanceMode = mode
        } else {
            keep("eventAttendanceMode", node)
            findings.add(
                .valueLeftOut, FieldPath(.attendanceMode), at: node.bytes,
                "\(findings.excerpt(node)) is no attendance mode and is not used; write OfflineEventAttendanceMode, "
                    + "OnlineEventAttendanceMode or MixedEventAttendanceMode, with https://schema.org/ before it")
        }
    }

    private mutating func readParties() {
        var isNoted = false
        var order = object[.partyOrder]?.elements.compactMap(\.integer) ?? []
        if order.sorted() != Array(order.indices) { order = [] }
        guard object.contains(where: { PartyRole($0) != nil }) else { return }
        let terms = object.terms
        for (position, entry) in terms.enumerated() {
            guard let role = PartyRole(entry.term),
                !terms[(position + 1)...].contains(where: { $0.term == entry.term })
            else { continue }
            if !isNoted { note(.parties, entry.value) }
            isNoted = true
            for element in entry.value.elementsOrSelf {
                let node = findings.resolve(element)
                let index = update.parties.count < order.count ? order[update.parties.count] : update.parties.count
                guard let read = JSONLDParty(node, role: role, index: index, findings) else {
                    keep(entry.term.rawValue, element)
                    continue
                }
                update.parties.append(read.party)
                extensions += read.leftovers.map {
                    Extension(vocabulary: "schema.org", name: $0.path, content: $0.content)
                }
            }
        }
        guard order.count == update.parties.count else { return }
        var ordered = update.parties
        for (from, to) in order.enumerated() { ordered[to] = update.parties[from] }
        update.parties = ordered
    }

    private mutating func readLists() {
        for node in [object[.url], object[.sameAs]].compactMap({ $0 }) {
            note(.links, node)
            update.links += node.elementsOrSelf.compactMap { findings.text($0) }
        }
        guard let node = object[.keywords] else { return }
        note(.categories, node)
        if let text = node.text {
            let limit = findings.context.limits.nodes
            let parts = text.utf8.split(separator: 0x2C, maxSplits: limit)
            guard parts.count <= limit else {
                return findings.add(
                    .tooLarge, FieldPath(.categories), at: node.bytes,
                    "there are more than \(limit) keywords; remove some, or raise the limit")
            }
            update.categories = parts.map { JSONLDEvent.trimmed(Substring($0)) }.filter { !$0.isEmpty }
        } else {
            update.categories = node.elementsOrSelf.compactMap { findings.name($0) }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return String(text)
    }

    private mutating func readOwnTerms() {
        if let kind = findings.choice(
            object[.kind], UpdateKind.self, FieldPath(.kind), code: .ambiguousIntent)
        {
            update.kind = kind
        }
        if let origin = findings.choice(object[.uidOrigin], UIDOrigin.self, FieldPath(.uid)) {
            update.uidOrigin = origin
        }
        if let node = object[.visibility] {
            note(.visibility, node)
            // What cannot be read is not shown, whatever severities the settings have.
            update.visibility = findings.choice(node, Visibility.self, FieldPath(.visibility)) ?? .private
        }
        if let node = object[.embargoUntil] {
            note(.embargoUntil, node)
            update.embargoUntil = findings.instant(node, FieldPath(.embargoUntil))?.instant
        }
        guard let references = object[.references] else { return }
        note(.references, references)
        for node in references.elementsOrSelf {
            guard let uid = node.text ?? node["uid"]?.text else { continue }
            update.references.append(
                Reference(
                    uid: uid, sequence: node["sequence"]?.integer,
                    issuedAt: findings.instant(node["issuedAt"], FieldPath(.references))?.instant))
        }
    }

    private mutating func keepTheRest() {
        for (key, value) in object.others { keep(key.text ?? "", value) }
        if let context = object[.context], let rest = JSONLDContext.leftover(of: context) {
            extensions.append(Extension(vocabulary: "schema.org", name: "@context", content: rest))
        }
        var others: [Extension] = []
        if let node = object[.extensions] {
            do {
                for item in try CanonicalField(node).extensions() {
                    if item.vocabulary == "schema.org" { extensions.append(item) } else { others.append(item) }
                }
            } catch {
                keep(EventTerm.extensions.rawValue, node)
            }
        }
        extensions.sort { ($0.scope, $0.name, $0.content) < ($1.scope, $1.name, $1.content) }
        update.extensions = extensions + others
    }
}
