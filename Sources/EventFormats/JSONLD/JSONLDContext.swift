/// What a document's `@context` says: whether its words are those of schema.org, and the language of its texts.
struct JSONLDContext {
    /// Whether the terms are those of schema.org. A document without a context is taken as if it had one.
    var isSchema = true
    /// The language of texts that state none; empty where there is none.
    var language = ""

    /// The context inside an object that may have its own.
    func within(_ node: JSONNode) -> JSONLDContext {
        guard let context = node["@context"], !context.isNull else { return self }
        var inner = JSONLDContext(isSchema: false, language: language)
        for element in context.elementsOrSelf {
            if element.withText(SchemaName.isVocabulary) == true { inner.isSchema = true }
            for (key, value) in element.members {
                if key.isText("@language") {
                    inner.language = value.text ?? ""
                } else if value.withText(SchemaName.isVocabulary) == true {
                    inner.isSchema = true
                }
            }
        }
        return inner
    }

    /// What has to be kept of a context so that terms of other vocabularies keep their meaning; nil where it is
    /// nothing but schema.org's.
    static func leftover(of context: JSONNode) -> String? {
        var rest: [String] = []
        for element in context.elementsOrSelf where !isOwn(element) {
            rest.append(element.compact)
        }
        if rest.count > 1 { return "[\(rest.joined(separator: ","))]" }
        guard let only = rest.first, let node = context.elementsOrSelf.first(where: { !isOwn($0) }) else { return nil }
        return node.withText(SchemaName.isVocabulary) == true ? nil : only
    }

    /// Whether this part of a context is the one that declares the terms of our own.
    private static func isOwn(_ node: JSONNode) -> Bool {
        let members = node.members.map { $0 }
        return members.count == 1 && members[0].key.isText("tidings") && members[0].value.isText("urn:tidings:")
    }
}
