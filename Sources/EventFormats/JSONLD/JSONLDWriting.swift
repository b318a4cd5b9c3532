import EventModel
import Reading

/// One update on its way into JSON-LD.
struct JSONLDWriting {
    private let update: EventUpdate
    private var extensions: JSONLDUnplaced
    private let findings: JSONLDFindings
    private let rawContext: String?
    private var usesOwnTerms = false

    init(_ update: EventUpdate) {
        self.update = update
        extensions = JSONLDUnplaced(update.extensions)
        findings = JSONLDFindings(
            [], context: ReadingContext(receivedAt: update.receipt.receivedAt, sha256: update.receipt.source.sha256))
        rawContext = extensions.take("@context", scope: "") { JSONLDContext.leftover(of: $0) != nil }
    }

    /// The context of the body; nil where schema.org's is enough.
    var context: String? {
        guard usesOwnTerms || rawContext != nil else { return nil }
        var parts = rawContext ?? "\"https://schema.org\""
        if parts.hasPrefix("[") { parts = String(parts.dropFirst().dropLast()) }
        return usesOwnTerms ? "[\(parts),{\"tidings\":\"urn:tidings:\"}]" : rawContext
    }

    /// The object without its context. Call it before ``context``.
    mutating func body() -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            writeIdentity(into: &json)
            writeTexts(into: &json)
            writeStatus(into: &json)
            writeOccurrences(into: &json)
            writeParties(into: &json)
            writeLists(into: &json)
            writeOwnTerms(into: &json)
            json.members(
                extensions.takeAll(prefix: "", scope: "") { key, _ in
                    !EventTerm.table.contains(key) && !key.hasPrefix("parties[") && !key.hasPrefix("@")
                })
            if !extensions.rest.isEmpty {
                json.key("tidings:extensions")
                json.write(extensions: extensions.rest)
            }
        }
        let bytes = json.bytes
        usesOwnTerms = bytes.contains(text: "\"tidings:")
        return bytes
    }

    private mutating func writeIdentity(into json: inout JSONWriter) {
        let update = self.update
        json.key("@type")
        if let raw = extensions.take(
            "@type", scope: "",
            where: { node in
                let names = node.elementsOrSelf.compactMap { SchemaName.short($0) }
                return node.kind == .array && names.first(where: EventClass.contains) == update.type
            })
        {
            json.raw(raw)
        } else {
            json.string(EventClass.contains(update.type) ? update.type : "Event")
        }
        json.member(raw: "@id", extensions.take("@id", scope: "") { $0.text != update.uid })
        json.member("identifier", update.uid)
        json.member("sequence", update.sequence)
        if let issuedAt = update.issuedAt {
            json.key("dateModified")
            json.instant(issuedAt)
            json.member(raw: "datePublished", extensions.take("datePublished", scope: ""))
        }
    }

    private mutating func writeTexts(into json: inout JSONWriter) {
        json.key("name")
        write(update.name, "name", into: &json)
        if let description = update.description {
            json.key("description")
            write(description, "description", into: &json)
        }
        let language = update.language
        if let raw = extensions.take(
            "inLanguage", scope: "",
            where: { node in
                let first = node.firstOrSelf
                return node.kind != .string
                    && first?.text ?? first?["alternateName"]?.text ?? first?["name"]?.text ?? "" == language
            })
        {
            json.member(raw: "inLanguage", raw)
        } else if !language.isEmpty || rawContext != nil {
            json.member("inLanguage", language)
        }
    }

    private mutating func write(_ text: LanguageText, _ name: String, into json: inout JSONWriter) {
        let language = update.language
        if rawContext == nil,
            let raw = extensions.take(
                name, scope: "",
                where: { node in
                    node.kind == .array && findings.languageText(node, preferring: language, otherwise: "") == text
                })
        {
            json.raw(raw)
        } else if text.language.isEmpty, rawContext == nil {
            json.string(text.text)
        } else {
            json.object { json in
                json.member("@value", text.text)
                json.member("@language", text.language)
            }
        }
    }

    private mutating func writeStatus(into json: inout JSONWriter) {
        let status = update.status
        json.key("eventStatus")
        if let raw = extensions.take(
            "eventStatus", scope: "",
            where: { node in
                node.kind == .array && EventStatus.read(node, findings, FieldPath(.status)) == status
            })
        {
            json.raw(raw)
        } else {
            json.string("\(status.schemaName)")
        }
        json.member("eventAttendanceMode", "\(update.attendanceMode.schemaName)")
    }

    private mutating func writeOccurrences(into json: inout JSONWriter) {
        var hasPreviousStarts = false
        if update.occurrences.count == 1, let only = update.occurrences.first, only.isPlain {
            JSONLDOccurrenceWriting(only, isPart: false).write(into: &json, &extensions)
            hasPreviousStarts = !only.previousStarts.isEmpty
            if only.when.start != nil, only.place != nil || only.onlineURL != nil {
                json.member(raw: "subEvent", extensions.take("subEvent", scope: ""))
            }
        } else if !update.occurrences.isEmpty {
            json.key("subEvent")
            let name = update.name.text
            json.array { json in
                for occurrence in update.occurrences {
                    json.object { json in
                        JSONLDOccurrenceWriting(occurrence, isPart: true, eventName: name).write(
                            into: &json, &extensions)
                    }
                }
            }
            if update.occurrences.count > 1,
                let raw = extensions.take("previousStartDate", scope: "", where: { $0.kind != .object })
            {
                json.member(raw: "previousStartDate", raw)
                hasPreviousStarts = true
            }
        }
        if update.kind != UpdateKind(status: update.status, hasPreviousStarts: hasPreviousStarts) {
            json.member("tidings:kind", update.kind.rawValue)
        }
    }

    private mutating func writeParties(into json: inout JSONWriter) {
        var order: [Int] = []
        var roles = update.parties.map(\.role)
        for role in PartyRole.allCases { roles.append(role) }
        var written: Set<PartyRole> = []
        for role in roles where written.insert(role).inserted {
            let indexes = update.parties.indices.filter { update.parties[$0].role == role }
            var unread: [String] = []
            while let raw = extensions.take(role.term.rawValue, scope: "", where: JSONLDParty.isUnreadable) {
                unread.append(raw)
            }
            guard !indexes.isEmpty || !unread.isEmpty else { continue }
            order += indexes
            json.key(dynamic: role.term.rawValue)
            let single = indexes.count + unread.count == 1
            if single, let raw = unread.first { json.raw(raw) }
            if single, let index = indexes.first { write(partyAt: index, into: &json) }
            if single { continue }
            json.array { json in
                for index in indexes { write(partyAt: index, into: &json) }
                for raw in unread { json.raw(raw) }
            }
        }
        if order != Array(update.parties.indices) { json.list("tidings:partyOrder", order) { $0.integer($1) } }
    }

    private mutating func write(partyAt index: Int, into json: inout JSONWriter) {
        let party = update.parties[index]
        let prefix = "parties[\(index)]."
        json.object { json in
            json.key("@type")
            if let raw = extensions.take(
                prefix + "@type", scope: "",
                where: {
                    !JSONLDParty.isPlain($0) && JSONLDParty.kind(of: $0) == party.kind
                })
            {
                json.raw(raw)
            } else {
                json.string("\(party.kind.schemaName)")
            }
            json.member("name", party.name)
            if !party.alternateNames.isEmpty { json.list("alternateName", party.alternateNames) { $0.string($1) } }
            if !party.acronyms.isEmpty { json.list("tidings:acronyms", party.acronyms) { $0.string($1) } }
            json.member("url", party.url)
            json.member("email", party.email)
            json.members(
                extensions.takeAll(prefix: prefix, scope: "") { key, _ in
                    !PartyTerm.table.contains(key)
                })
        }
    }

    private func writeLists(into json: inout JSONWriter) {
        json.member("url", update.links.first)
        if update.links.count > 1 { json.list("sameAs", Array(update.links.dropFirst())) { $0.string($1) } }
        if !update.categories.isEmpty { json.list("keywords", update.categories) { $0.string($1) } }
    }

    private func writeOwnTerms(into json: inout JSONWriter) {
        if update.uidOrigin != .stated { json.member("tidings:uidOrigin", update.uidOrigin.rawValue) }
        if update.visibility != .public { json.member("tidings:visibility", update.visibility.rawValue) }
        if let embargoUntil = update.embargoUntil {
            json.key("tidings:embargoUntil")
            json.instant(embargoUntil)
        }
        if !update.references.isEmpty { json.list("tidings:references", update.references) { $0.write($1) } }
    }
}

extension UpdateKind {
    /// What an update is where it does not say so itself.
    init(status: EventStatus, hasPreviousStarts: Bool) {
        switch status {
        case .cancelled: self = .cancel
        case .postponed, .rescheduled, .movedOnline: self = .update
        case .scheduled, .tentative: self = hasPreviousStarts ? .update : .announce
        }
    }
}

extension PartyKind {
    /// The class that JSON-LD has for the kind.
    var schemaName: StaticString {
        switch self {
        case .organization: "Organization"
        case .person: "Person"
        case .community: "tidings:Community"
        }
    }
}

extension [UInt8] {
    /// Whether a text stands somewhere in the bytes.
    fileprivate func contains(text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            guard count >= text.count, let first = text.first else { return false }
            for start in 0...count - text.count where self[start] == first {
                if self[start..<start + text.count].elementsEqual(text) { return true }
            }
            return false
        }
    }
}
