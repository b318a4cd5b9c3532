import EventModel

/// Finds a place in the written document for each extension, so that reading gives it back from there. What has no
/// such place goes into `tidings:extensions`.
struct JSONLDUnplaced {
    /// Nil where it has found its place.
    private var items: [Extension?]
    /// Where the items of each scope stand, those of each name in it, and those of each head: there may be thousands
    /// of each.
    private var scopes: [String: [Int]] = [:]
    /// The last first, so that the first is removed at no cost.
    private var names: [Name: [Int]] = [:]
    private var heads: [Name: [Int]] = [:]
    let isEmpty: Bool
    /// How many items were looked at, which is what the work is measured by.
    private(set) var visits = 0

    private struct Name: Hashable {
        var scope: String
        var name: String
    }

    init(_ extensions: [Extension]) {
        items = extensions
        isEmpty = extensions.isEmpty
        // What belongs to one of many parties is taken by its head.
        for (index, item) in extensions.enumerated().reversed()
        where item.vocabulary == "schema.org" && !item.name.utf8.contains(UInt8(ascii: "[")) {
            names[Name(scope: item.scope, name: item.name), default: []].append(index)
        }
        for (index, item) in extensions.enumerated() where item.vocabulary == "schema.org" {
            scopes[item.scope, default: []].append(index)
            heads[Name(scope: item.scope, name: JSONLDUnplaced.head(item.name)), default: []].append(index)
        }
    }

    /// What has found no place.
    var rest: [Extension] { items.compactMap { $0 } }

    /// A name up to its first point: `location.` of `location.address.x`.
    private static func head(_ name: String) -> String {
        name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[...$0]) } ?? ""
    }

    /// Takes the first extension of that scope and name whose content is JSON just as reading would give it, and that
    /// `suits`.
    mutating func take(
        _ name: String, scope: String, where suits: (JSONNode) -> Bool = { _ in true }
    ) -> String? {
        let key = Name(scope: scope, name: name)
        guard let position = lastPosition(of: key, where: suits), let index = names[key]?.remove(at: position) else {
            return nil
        }
        defer { items[index] = nil }
        return items[index]?.content
    }

    private mutating func lastPosition(of key: Name, where suits: (JSONNode) -> Bool) -> Int? {
        names[key]?.lastIndex { index in
            visits += 1
            guard let item = items[index] else { return false }
            return JSONLDUnplaced.node(item.content).map(suits) == true
        }
    }

    /// Takes the extensions of that scope whose names begin with `prefix`, as keys and contents; of equal keys the first.
    /// The prefix is empty or ends with a point.
    mutating func takeAll(
        prefix: String, scope: String, where suits: (_ key: String, JSONNode) -> Bool
    ) -> [(key: String, content: String)] {
        let indexes =
            prefix.isEmpty ? scopes[scope] : heads[Name(scope: scope, name: JSONLDUnplaced.head(prefix))]
        var taken: [(key: String, content: String)] = []
        var keys: Set<String> = []
        for index in indexes ?? [] {
            visits += 1
            guard let item = items[index], item.name.hasPrefix(prefix) else { continue }
            let key = String(Substring(item.name.utf8.dropFirst(prefix.utf8.count)))
            guard !keys.contains(key), let node = JSONLDUnplaced.node(item.content), suits(key, node) else { continue }
            keys.insert(key)
            taken.append((key, item.content))
            items[index] = nil
        }
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
