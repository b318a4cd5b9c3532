/// The state of an event, as the accepted statements of all its sources left it.
@dynamicMemberLookup
public struct Event: Record {
    /// Identifies the event.
    public var uid: String
    /// Stated by a source, or derived.
    public var uidOrigin: UIDOrigin = .stated
    /// The sequence that the last word on it stated.
    public var sequence: Int?
    /// When the last word on it was issued.
    public var issuedAt: Instant?
    /// What the event is.
    public var content: EventContent
    /// Why the fields have their values.
    public var evidence: [Evidence] = []
    /// How the last word on it came.
    public var receipt: Receipt

    /// Makes an event of which only identity, headline and the receipt of its announcement are known.
    public init(uid: String, name: LanguageText, receipt: Receipt) {
        self.uid = uid
        content = EventContent(name: name)
        self.receipt = receipt
    }

    /// The event as a statement that states all of it leaves it.
    public init(_ update: EventUpdate) {
        uid = update.uid
        uidOrigin = update.uidOrigin
        sequence = update.sequence
        issuedAt = update.issuedAt
        content = update.content
        evidence = update.evidence
        receipt = update.receipt
    }

    /// An event of which nothing is known.
    public static var blank: Event { Event(uid: "", name: .blank, receipt: .blank) }

    /// A field of what it is.
    @inlinable public subscript<Value>(dynamicMember path: WritableKeyPath<EventContent, Value>) -> Value {
        get { content[keyPath: path] }
        // In place: a list of thousands is not copied for each element that is changed.
        _modify { yield &content[keyPath: path] }
    }

    /// A value that follows from what it is.
    @inlinable public subscript<Value>(dynamicMember path: KeyPath<EventContent, Value>) -> Value {
        content[keyPath: path]
    }

    /// Its fields.
    public static let fields: [Field<Event>] =
        [
            Field("schema", constant: EventUpdate.schema),
            Field("uid", \.uid, .statement, shown: .always, isRequired: true),
            Field("uidOrigin", \.uidOrigin, .statement, shown: .always),
            Field("sequence", \.sequence, .aside, shown: .always),
            Field("issuedAt", \.issuedAt, .aside, shown: .always),
            Field("receivedAt", \.receipt.receivedAt, .aside, shown: .always, isRequired: true),
        ] + EventContent.fields(at: \.content) + [
            Field("source", \.receipt.source, .aside, isRequired: true),
            Field("evidence", \.evidence, .aside),
        ]

    /// What we say of it ourselves, in an output or an export.
    public var statement: EventUpdate {
        var update = EventUpdate(uid: uid, name: .blank, receipt: receipt)
        update.uidOrigin = uidOrigin
        update.sequence = sequence
        update.issuedAt = issuedAt
        update.content = content
        update.evidence = evidence
        return update
    }

    /// Takes over what a statement says of itself.
    mutating func note(_ update: EventUpdate) {
        sequence = update.sequence
        issuedAt = update.issuedAt
        receipt = update.receipt
    }
}
