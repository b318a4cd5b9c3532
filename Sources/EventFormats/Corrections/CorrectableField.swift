import EventModel

/// A field of an event, an occurrence or a party that a person may correct: its name, what its values look like, and how
/// one is read from text and set.
struct CorrectableField<Root: Sendable>: Sendable {
    let name: String
    /// `a date such as …`: what a value has to be.
    let expectation: String
    /// Reads and sets a value; false where the text is none.
    let set: @Sendable (String, inout Root) -> Bool

    init(_ name: String, _ expectation: String, set: @escaping @Sendable (String, inout Root) -> Bool) {
        self.name = name
        self.expectation = expectation
        self.set = set
    }

    /// A field that always has a value.
    init<Value>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ kind: CorrectionKind<Value>
    ) {
        self.init(name, kind.expectation) { text, root in
            guard let value = kind.read(text) else { return false }
            root[keyPath: path] = value
            return true
        }
    }

    /// A field that an empty text takes away.
    init<Value>(
        optional name: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ kind: CorrectionKind<Value>
    ) {
        self.init(name, kind.expectation + ", or nothing") { text, root in
            if text.isEmpty {
                root[keyPath: path] = nil
                return true
            }
            guard let value = kind.read(text) else { return false }
            root[keyPath: path] = value
            return true
        }
    }
}

/// How values of a type are written in corrections.
struct CorrectionKind<Value: Sendable>: Sendable {
    let expectation: String
    let read: @Sendable (String) -> Value?
}

extension CorrectionKind where Value == String {
    static let text = CorrectionKind("a text") { $0.isEmpty ? nil : $0 }
}

extension CorrectionKind where Value == Int {
    static let count = CorrectionKind("a whole number from 0") { Int(written: $0, in: 0...Int(Int32.max)) }
}

extension CorrectionKind where Value == Double {
    static let degrees = CorrectionKind("a number of degrees") { Double(written: $0) }
}

extension CorrectionKind where Value == Instant {
    static let instant = CorrectionKind(
        "a time with its distance from UTC such as 2027-03-05T10:00:00+01:00", Instant.init(rfc3339:))
}

extension CorrectionKind where Value == JSONTime {
    static let time = CorrectionKind("a date such as 2027-03-05 or a time such as 2027-03-05T19:30:00") { text in
        var text = text
        return text.withUTF8 { bytes in
            // ignoring: which part is wrong; the expectation shows the whole
            try? JSONTime(bytes)
        }
    }
}

extension CorrectionKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static var word: CorrectionKind {
        CorrectionKind("one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}

extension CorrectionKind {
    init(_ expectation: String, _ read: @escaping @Sendable (String) -> Value?) {
        self.expectation = expectation
        self.read = read
    }
}
