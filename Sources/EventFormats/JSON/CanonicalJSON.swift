public import EventModel

/// The canonical JSON of an update, `tidings/1`: one object, keys in a fixed order, absent optionals left out, lists
/// always there. Extensions are grouped by their vocabulary; within one they keep their order.
public enum CanonicalJSON {
    /// Writes an update. What two updates are compared by is that of `EventUpdate.content`.
    public static func write(_ update: EventUpdate, into json: inout JSONWriter) {
        json.object { json in
            json.key("schema")
            json.string(EventUpdate.schema)
            json.key("kind")
            json.string(update.kind.rawValue)
            json.key("uid")
            json.string(update.uid)
            json.key("uidOrigin")
            json.string(update.uidOrigin.rawValue)
            json.member("sequence", update.sequence)
            if let issuedAt = update.issuedAt {
                json.key("issuedAt")
                json.instant(issuedAt)
            }
            json.key("receivedAt")
            json.instant(update.receivedAt)
            json.list("references", update.references) { $0.write($1) }
            json.key("status")
            json.string(update.status.rawValue)
            json.key("name")
            json.write(update.name)
            if let description = update.description {
                json.key("description")
                json.write(description)
            }
            json.key("language")
            json.string(update.language)
            json.key("type")
            json.string(update.type)
            json.list("occurrences", update.occurrences) { $0.write($1) }
            json.list("parties", update.parties) { $0.write($1) }
            writeRest(of: update, into: &json)
        }
    }

    /// The canonical JSON of an update as bytes.
    public static func bytes(of update: EventUpdate) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        write(update, into: &json)
        return json.bytes
    }

    private static func writeRest(of update: EventUpdate, into json: inout JSONWriter) {
        json.key("attendanceMode")
        json.string(update.attendanceMode.rawValue)
        if let embargoUntil = update.embargoUntil {
            json.key("embargoUntil")
            json.instant(embargoUntil)
        }
        json.key("visibility")
        json.string(update.visibility.rawValue)
        json.list("links", update.links) { $0.string($1) }
        json.list("categories", update.categories) { $0.string($1) }
        json.key("source")
        json.object { json in
            json.key("mediaType")
            json.string(update.source.mediaType)
            json.key("sha256")
            json.string(update.source.sha256)
            json.key("byteCount")
            json.integer(update.source.byteCount)
        }
        json.key("extensions")
        json.write(extensions: update.extensions)
        json.list("evidence", update.evidence) { $0.write($1) }
    }
}

extension JSONWriter {
    mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        key(name)
        integer(number)
    }

    mutating func member(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        key(name)
        number(value)
    }

    mutating func list<T>(_ name: StaticString, _ values: [T], _ write: (inout JSONWriter, T) -> Void) {
        key(name)
        array { json in
            for value in values { write(&json, value) }
        }
    }

    mutating func write(extensions: [Extension]) {
        object { json in
            var written: [String] = []
            for first in extensions where !written.contains(first.vocabulary) {
                written.append(first.vocabulary)
                json.key(dynamic: first.vocabulary)
                json.array { json in
                    for item in extensions where item.vocabulary == first.vocabulary { json.write(item) }
                }
            }
        }
    }

    private mutating func write(_ item: Extension) {
        object { json in
            if !item.scope.isEmpty { json.member("scope", item.scope) }
            if !item.name.isEmpty { json.member("name", item.name) }
            json.member("content", item.content)
        }
    }
}
