import EventModel

/// A party as read, with what is left over.
struct JSONLDParty {
    var party: Party
    var leftovers: [JSONLDLeftover] = []

    /// Reads a party: a text, or an object with a name; nil where there is no name.
    init?(_ node: JSONNode, role: PartyRole, index: Int, _ findings: JSONLDFindings) {
        party = Party(name: "", kind: .organization, role: role)
        if let text = node.text {
            guard !text.isEmpty else { return nil }
            party.name = text
            return
        }
        let object = JSONLDObject(node, PartyTerm.table)
        guard let name = object[.name].flatMap({ findings.languageText($0, preferring: "", otherwise: "") }) else {
            return nil
        }
        party.name = name.text
        if let kind = JSONLDParty.kind(of: object[.type]) { party.kind = kind }
        func leave(_ key: String, _ value: JSONNode) {
            leftovers.append(JSONLDLeftover(path: "parties[\(index)].\(key)", content: value.compact))
        }
        for (term, value) in object.terms {
            switch term {
            case .type: if !JSONLDParty.isPlain(value) { leave("@type", value) }
            case .name: if value.kind != .string { leave("name", value) }
            case .alternateName: party.alternateNames = value.elementsOrSelf.compactMap { findings.text($0) }
            case .acronyms: party.acronyms = value.elementsOrSelf.compactMap { findings.text($0) }
            case .url:
                if value.kind != .array, let text = findings.text(value) {
                    party.url = text
                } else {
                    leave("url", value)
                }
            case .email:
                if value.kind != .array, let text = findings.text(value) {
                    party.email = text.hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
                } else {
                    leave("email", value)
                }
            }
        }
        for (key, value) in object.others { leave(key.text ?? "", value) }
    }

    /// What kind of party the class names say. All but persons and communities are organisations.
    static func kind(of type: JSONNode?) -> PartyKind? {
        guard let type else { return nil }
        for element in type.elementsOrSelf {
            switch SchemaName.short(element) {
            case "Person", "Patient": return .person
            case "tidings:Community": return .community
            default: continue
            }
        }
        return .organization
    }

    /// Whether nothing can be read here, so that the raw JSON stands in the list of its role.
    static func isUnreadable(_ node: JSONNode) -> Bool {
        if node.kind == .string || node.kind == .array { return false }
        return node["name"] == nil || node.kind != .object
    }

    /// Whether the model says all of a class by the party's kind.
    static func isPlain(_ type: JSONNode) -> Bool {
        switch SchemaName.short(type) {
        case "Person", "Organization", "tidings:Community": type.kind == .string
        default: false
        }
    }
}

extension PartyRole {
    /// The role that a term gives; nil where it gives none.
    init?(_ term: EventTerm) {
        switch term {
        case .organizer: self = .organizer
        case .performer, .performers: self = .performer
        case .sponsor: self = .sponsor
        case .publisher: self = .publisher
        case .affiliated: self = .affiliated
        default: return nil
        }
    }

    /// The term that JSON-LD has for the role.
    var term: EventTerm {
        switch self {
        case .organizer: .organizer
        case .performer: .performer
        case .sponsor: .sponsor
        case .publisher: .publisher
        case .affiliated: .affiliated
        }
    }
}
