public import EventModel

/// The canonical JSON of an update or an event, `tidings/1`: one object, keys in a fixed order, absent optionals left out, lists
/// always there. Extensions are grouped by their vocabulary; within one they keep their order.
public enum CanonicalJSON {
    /// Writes an update. What two updates are compared by is that of `EventUpdate.essence`.
    public static func write(_ update: EventUpdate, into json: inout JSONWriter) { json.write(update) }

    /// Writes an event.
    public static func write(_ event: Event, into json: inout JSONWriter) { json.write(event) }

    /// The canonical JSON of an update as bytes.
    public static func bytes(of update: EventUpdate) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.write(update)
        return json.bytes
    }
}

extension JSONWriter {
    /// Writes a record as an object of its fields.
    mutating func write<Root: CanonicalRecord>(_ record: Root) {
        withUnsafePointer(to: record) { write(recordAt: $0) }
    }

    private mutating func write<Root: CanonicalRecord>(recordAt record: UnsafePointer<Root>) {
        object { json in
            for member in Root.canonical.members { json.write(member.key, member.access, of: record) }
        }
    }

    private mutating func write<Root>(
        _ key: StaticString, _ access: FieldAccess<Root>, of record: UnsafePointer<Root>
    ) {
        switch access {
        case .constant(let text): member(key, "\(text)")
        case .text(let slot): member(key, slot.value(in: record))
        case .textUnlessEmpty(let slot):
            let text = slot.value(in: record)
            if !text.isEmpty { member(key, text) }
        case .optionalText(let slot): member(key, slot.value(in: record))
        case .texts(let slot): list(key, slot.value(in: record)) { $0.string($1) }
        case .word(let slot): member(key, slot.word(record))
        case .integer(let slot): member(key, slot.value(in: record))
        case .optionalInteger(let slot): member(key, slot.value(in: record))
        case .number(let slot): member(key, slot.value(in: record))
        case .optionalNumber(let slot): member(key, slot.value(in: record))
        case .instant(let slot): member(key, slot.value(in: record)) { $0.instant($1) }
        case .optionalInstant(let slot): member(key, slot.value(in: record)) { $0.instant($1) }
        case .clock(let slot): member(key, slot.value(in: record)) { $0.moment($1, withOffset: false) }
        case .offset(let slot): member(key, slot.value(in: record)?.offset) { $0.offset($1) }
        case .moments(let slot): list(key, slot.value(in: record)) { $0.moment($1) }
        case .recurrenceSet(let slot): member(key, slot.value(in: record)?.description)
        case .byteRanges(let slot): list(key, slot.value(in: record)) { $0.write($1) }
        case .wording(let slot): member(key, recordAt: slot.pointer(in: record))
        case .optionalWording(let slot): member(key, slot.value(in: record)) { $0.write($1) }
        case .when(let slot): member(key, recordAt: slot.pointer(in: record))
        case .place(let slot): member(key, slot.value(in: record)) { $0.write($1) }
        case .source(let slot): member(key, recordAt: slot.pointer(in: record))
        case .references(let slot): list(key, slot.value(in: record)) { $0.write($1) }
        case .occurrences(let slot): list(key, slot.value(in: record)) { $0.write($1) }
        case .parties(let slot): list(key, slot.value(in: record)) { $0.write($1) }
        case .extensions(let slot): member(key, slot.value(in: record)) { $0.write(extensions: $1) }
        case .evidence(let slot): list(key, slot.value(in: record)) { $0.write($1) }
        }
    }

    private mutating func member<Inner: CanonicalRecord>(_ name: StaticString, recordAt record: UnsafePointer<Inner>) {
        key(name)
        write(recordAt: record)
    }

    private mutating func member<T>(_ name: StaticString, _ value: T?, _ write: (inout JSONWriter, T) -> Void) {
        guard let value else { return }
        key(name)
        write(&self, value)
    }

    private mutating func write(_ range: Range<Int>) {
        array { json in
            json.integer(range.lowerBound)
            json.integer(range.upperBound)
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
}
