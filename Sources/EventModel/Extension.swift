/// What the model does not understand, kept in the source's own words so that it can be written back.
public struct Extension: Record {
    /// `schema.org` or `icalendar`.
    public var vocabulary: String
    /// Where it stood: empty for the event itself, else an occurrence's id.
    public var scope: String
    /// A JSON property name, or empty for content lines.
    public var name: String
    /// Raw JSON, or content lines as they were, unfolded and joined by CR LF.
    public var content: String

    /// Makes an extension.
    public init(vocabulary: String, scope: String = "", name: String = "", content: String) {
        self.vocabulary = vocabulary
        self.scope = scope
        self.name = name
        self.content = content
    }

    /// An extension that says nothing.
    public static var blank: Extension { Extension(vocabulary: "", content: "") }

    /// Its fields but the vocabulary, which the canonical JSON groups extensions by.
    public static let fields: [Field<Extension>] = [
        Field("scope", \.scope, as: FieldAccess.textUnlessEmpty, .event(.meta)),
        Field("name", \.name, as: FieldAccess.textUnlessEmpty, .event(.meta)),
        Field("content", \.content, .event(.meta)),
    ]
}
