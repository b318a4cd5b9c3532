public import EventModel

extension CanonicalJSON {
    /// Reads what ``bytes(of:)`` has written. Keys may come in any order, lists may be absent; a key that
    /// `tidings/1` does not have is an error, so that nothing is lost in silence.
    public static func read(_ bytes: [UInt8]) throws(CanonicalJSONError) -> EventUpdate {
        let document: JSONDocument
        do {
            document = try JSONDocument(bytes, limits: .own)
        } catch {
            throw CanonicalJSONError(field: "", offset: error.offset, message: error.description)
        }
        return try CanonicalField(document.root).record(EventUpdate.self)
    }
}

/// A value of the canonical JSON on its way into the model.
struct CanonicalField {
    let node: JSONNode

    init(_ node: JSONNode) { self.node = node }

    func fault(_ message: String) -> CanonicalJSONError {
        CanonicalJSONError(field: node.path, offset: node.bytes.lowerBound, message: message)
    }

    func text() throws(CanonicalJSONError) -> String {
        guard let text = node.text else { throw fault("expected a text in quotes") }
        return text
    }

    func integer() throws(CanonicalJSONError) -> Int {
        guard let number = node.integer else { throw fault("expected a whole number") }
        return number
    }

    func number() throws(CanonicalJSONError) -> Double {
        guard let number = node.number else { throw fault("expected a number") }
        return number
    }

    func instant() throws(CanonicalJSONError) -> Instant {
        let read = node.withText { text -> Instant? in
            do {
                return try Instant(json: text)
            } catch {
                // ignoring: which part is wrong; the fault below shows the whole.
                return nil
            }
        }
        guard let instant = read ?? nil else { throw fault("expected a time such as 2026-11-23T20:49:20Z") }
        return instant
    }

    func moment() throws(CanonicalJSONError) -> Moment {
        let read = node.withText { text -> JSONTime? in
            do {
                return try JSONTime(text)
            } catch {
                // ignoring: which part is wrong; the fault below shows the whole.
                return nil
            }
        }
        guard let time = read ?? nil, time.precision == .day || time.precision == .minute else {
            throw fault("expected a date such as 2026-11-28 or a time such as 2026-11-28T10:00:00")
        }
        return time.moment
    }

    func offset() throws(CanonicalJSONError) -> UTCOffset {
        let read = node.withText { text -> UTCOffset? in
            var scan = DigitScanner(text)
            var isUTC = false
            guard let offset = scan.offset(isUTC: &isUTC), scan.isAtEnd else { return nil }
            return offset.value
        }
        guard let offset = read ?? nil else { throw fault("expected an offset such as +01:00") }
        return offset
    }

    func list<T>(_ read: (CanonicalField) throws(CanonicalJSONError) -> T) throws(CanonicalJSONError) -> [T] {
        guard node.kind == .array else { throw fault("expected a list") }
        var values: [T] = []
        for element in node.elements { values.append(try read(CanonicalField(element))) }
        return values
    }

    /// Hands each member to `read`, which refuses the keys it does not know by returning false.
    func members(
        _ read: (JSONNode, CanonicalField) throws(CanonicalJSONError) -> Bool
    ) throws(CanonicalJSONError) {
        guard node.kind == .object else { throw fault("expected an object") }
        for (key, value) in node.members {
            let field = CanonicalField(value)
            if try !read(key, field) { throw field.fault("tidings/1 has no such key") }
        }
    }
}
