/// What a party is.
public enum PartyKind: String, Sendable, CaseIterable {
    /// A body with a name of its own.
    case organization = "organisation"
    /// A natural person.
    case person
    /// People who have something in common.
    case community
}

/// What a party has to do with the event.
public enum PartyRole: String, Sendable, CaseIterable {
    /// Holds the event.
    case organizer
    /// Is named as close to it.
    case affiliated
    /// Performs or speaks.
    case performer
    /// Pays for it.
    case sponsor
    /// Announces it.
    case publisher
}

/// A person or organisation of the event. People who attend are never recorded.
public struct Party: Record {
    /// The name as the source has it.
    public var name: String
    /// Short forms in capitals, such as `NCRI`.
    public var acronyms: [String] = []
    /// Other names.
    public var alternateNames: [String] = []
    /// Organisation, person or community.
    public var kind: PartyKind
    /// The role.
    public var role: PartyRole
    /// The party's own page.
    public var url: String?
    /// An address for the public.
    public var email: String?

    /// Makes a party of which name, kind and role are known.
    public init(name: String, kind: PartyKind, role: PartyRole) {
        self.name = name
        self.kind = kind
        self.role = role
    }

    /// A party of which nothing is known.
    public static var blank: Party { Party(name: "", kind: .organization, role: .organizer) }

    /// Its fields.
    public static let fields: [Field<Party>] = [
        Field("name", \.name, .event(.party), shown: .always, corrected: .value),
        Field("acronyms", \.acronyms, .event(.party), shown: .always),
        Field("alternateNames", \.alternateNames, .event(.party), shown: .always),
        Field("kind", \.kind, .event(.party), shown: .always, corrected: .value),
        Field("role", \.role, .event(.party), shown: .always, corrected: .value),
        Field("url", \.url, .event(.party), shown: .always, corrected: .value),
        Field("email", \.email, .event(.party), corrected: .value),
    ]
}
