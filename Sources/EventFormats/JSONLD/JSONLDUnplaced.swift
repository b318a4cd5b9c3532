import EventModel

/// Finds a place in the written document for each extension, so that reading gives it back from there. What has no
/// such place goes into `tidings:extensions`.
struct JSONLDUnplaced {
    private var pending: [Extension]
    private(set) var isEmpty: Bool

    init(_ extensions: [Extension]) {
        pending = extensions
        isEmpty = extensions.isEmpty
    }

    /// What has found no place.
    var rest: [Extension] { pending }

    /// Takes the first extension of that scope and name whose content is JSON just as reading would give it, and that
    /// `suits`.
    mutating func take(
        _ name: String, scope: String, where suits: (JSONNode) -> Bool = { _ in true }
    ) -> String? {
        guard !isEmpty else { return nil }
        for index in pending.indices {
            let item = pending[index]
            guard item.vocabulary == "schema.org", item.name == name, item.scope == scope else { continue }
            guard JSONLDUnplaced.node(item.content).map(suits) == true else { continue }
            pending.remove(at: index)
            return item.content
        }
        return nil
    }

    /// Takes the extensions of that scope whose names begin with `prefix`, as keys and contents; of equal keys the first.
    mutating func takeAll(
        prefix: String, scope: String, where suits: (_ key: String, JSONNode) -> Bool
    ) -> [(key: String, content: String)] {
        guard !isEmpty else { return [] }
        var taken: [(key: String, content: String)] = []
        var kept: [Extension] = []
        for item in pending {
            let key = String(item.name.dropFirst(prefix.count))
            if item.vocabulary == "schema.org", item.scope == scope, item.name.hasPrefix(prefix),
                !taken.contains(where: { $0.key == key }), let node = JSONLDUnplaced.node(item.content),
                suits(key, node)
            {
                taken.append((key, item.content))
            } else {
                kept.append(item)
            }
        }
        pending = kept
        return taken
    }

    private static func node(_ content: String) -> JSONNode? {
        let root: JSONNode
        do {
            root = try JSONDocument(Array(content.utf8), limits: .own).root
        } catch {
            // ignoring: what is no JSON is written as a text among `tidings:extensions`.
            return nil
        }
        return root.isNull || root.compact != content ? nil : root
    }
}

extension JSONKeys {
    /// Whether a key would be read as a known word.
    func contains(_ key: String) -> Bool {
        var key = key
        return key.withUTF8 { word($0) ?? word(SchemaName.short($0)) } != nil
    }
}

extension JSONWriter {
    /// Writes members of raw JSON.
    mutating func members(_ members: [(key: String, content: String)]) {
        for (name, content) in members {
            key(dynamic: name)
            raw(content)
        }
    }

    /// Writes a member of raw JSON, if there is one.
    mutating func member(raw name: StaticString, _ content: String?) {
        guard let content else { return }
        key(name)
        raw(content)
    }

    /// Writes an array, or the element alone where there is only one.
    mutating func oneOrMore<T>(_ values: [T], _ write: (inout JSONWriter, T) -> Void) {
        if values.count == 1, let only = values.first { return write(&self, only) }
        array { json in
            for value in values { write(&json, value) }
        }
    }
}
