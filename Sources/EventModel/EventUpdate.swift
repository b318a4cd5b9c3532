/// What the source says an update does (iTIP METHOD, eventStatus).
public enum UpdateKind: String, Sendable, CaseIterable {
    /// Says that there is an event.
    case announce
    /// Says something new of it.
    case update
    /// Says that it does not take place.
    case cancel
}

/// Whether the uid was stated by the source or made from publisher, headline and year.
public enum UIDOrigin: String, Sendable, CaseIterable {
    /// The source states it.
    case stated
    /// Made once from what the source says.
    case derived
}

/// How much of its event a statement states.
public enum Extent: String, Sendable, CaseIterable {
    /// All of it: what is left out is not so any more.
    case whole
    /// What changes: what is not named stays.
    case partial
}

/// What one source says of one event: the canonical value behind all formats. It is never the event itself (``Event``).
@dynamicMemberLookup
public struct EventUpdate: Record {
    /// The version of the canonical JSON, `tidings/1`.
    public static let schema: StaticString = "tidings/1"

    /// What the source says the update does.
    public var kind: UpdateKind = .announce
    /// Identifies the event.
    public var uid: String
    /// Stated by the source, or derived.
    public var uidOrigin: UIDOrigin = .stated
    /// The revision as stated, 0 or more; never invented.
    public var sequence: Int?
    /// When the source issued this revision.
    public var issuedAt: Instant?
    /// What it replaces.
    public var references: [Reference] = []
    /// How much of the event it states.
    public var extent: Extent = .whole
    /// What it states of the event.
    public var content: EventContent
    /// Why the fields have their values.
    public var evidence: [Evidence] = []
    /// How it came.
    public var receipt: Receipt

    /// Makes an update of which only identity, headline and receipt are known.
    public init(uid: String, name: LanguageText, receipt: Receipt) {
        self.uid = uid
        content = EventContent(name: name)
        self.receipt = receipt
    }

    /// An update that says nothing.
    public static var blank: EventUpdate { EventUpdate(uid: "", name: .blank, receipt: .blank) }

    /// A field of what it states.
    @inlinable public subscript<Value>(dynamicMember path: WritableKeyPath<EventContent, Value>) -> Value {
        get { content[keyPath: path] }
        // In place: a list of thousands is not copied for each element that is changed.
        _modify { yield &content[keyPath: path] }
    }

    /// A value that follows from what it states.
    @inlinable public subscript<Value>(dynamicMember path: KeyPath<EventContent, Value>) -> Value {
        content[keyPath: path]
    }

    /// Its fields.
    public static let fields: [Field<EventUpdate>] = {
        var fields: [Field<EventUpdate>] = [
            Field("schema", constant: schema),
            Field("kind", \.kind, .statement, corrected: .value),
            Field("uid", \.uid, .statement, corrected: .identifier, isRequired: true),
            Field("uidOrigin", \.uidOrigin, .statement),
            Field("sequence", \.sequence, .aside, corrected: .value),
            Field("issuedAt", \.issuedAt, .aside, corrected: .value),
            Field("receivedAt", \.receipt.receivedAt, .aside, isRequired: true),
            Field("references", \.references, .statement),
            Field("extent", \.extent, as: { .word(WordSlot($0, unless: .whole)) }, .aside),
        ]
        fields += EventContent.fields(at: \.content)
        // Before the extensions: archives hold hashes of this order.
        fields.insert(Field("source", \.receipt.source, .aside, isRequired: true), at: fields.count - 1)
        fields.append(Field("evidence", \.evidence, .aside))
        return fields
    }()

    private static let asides = fields.filter { $0.subject == .aside }

    /// The same without receipt, evidence, stated order and what is derived: what two statements are compared by, and what
    /// the content hash is made of. An export that stamps each of its events anew every hour says what it said.
    public var essence: EventUpdate {
        var copy = self
        for field in EventUpdate.asides { field.clear(&copy) }
        copy.content = content.withoutDerived
        return copy
    }
}
