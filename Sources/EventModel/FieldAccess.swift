/// Where in a record a value lies: a key path, looked up once. Records are long and are read by pointers to them, which
/// copy nothing.
public struct Slot<Root, Value>: Sendable {
    @usableFromInline let offset: Int

    init(_ path: WritableKeyPath<Root, Value>) {
        guard let offset = MemoryLayout<Root>.offset(of: path) else {
            preconditionFailure("a field is stored in its record, and not worked out")
        }
        self.offset = offset
    }

    /// The value, in place.
    @inlinable public func pointer(in record: UnsafePointer<Root>) -> UnsafePointer<Value> {
        (UnsafeRawPointer(record) + offset).assumingMemoryBound(to: Value.self)
    }

    /// The value.
    @inlinable public func value(in record: UnsafePointer<Root>) -> Value { pointer(in: record).pointee }

    /// The value.
    @inlinable public func value(in record: Root) -> Value { withUnsafePointer(to: record) { value(in: $0) } }

    /// Gives the record another value.
    @inlinable public func set(_ value: Value, in record: inout Root) {
        withUnsafeMutablePointer(to: &record) { record in
            (UnsafeMutableRawPointer(record) + offset).assumingMemoryBound(to: Value.self).pointee = value
        }
    }
}

/// A value that is one of a fixed set of words.
public final class WordSlot<Root>: Sendable {
    /// All the words.
    public let words: [String]
    /// Whether there may be none.
    public let isOptional: Bool
    /// The word, if there is one.
    public let word: @Sendable (UnsafePointer<Root>) -> String?
    /// Sets the word or takes it away; false where that cannot be.
    public let set: @Sendable (String?, inout Root) -> Bool

    init<Word: RawRepresentable<String> & CaseIterable & Sendable>(_ slot: Slot<Root, Word>) {
        words = Word.allCases.map(\.rawValue)
        isOptional = false
        word = { slot.value(in: $0).rawValue }
        set = { text, root in
            guard let word = text.flatMap(Word.init(rawValue:)) else { return false }
            slot.set(word, in: &root)
            return true
        }
    }

    /// A word that is left out where it is what goes without saying.
    init<Word: RawRepresentable<String> & CaseIterable & Equatable & Sendable>(
        _ slot: Slot<Root, Word>, unless usual: Word
    ) {
        words = Word.allCases.map(\.rawValue)
        isOptional = true
        word = { record in
            let word = slot.value(in: record)
            return word == usual ? nil : word.rawValue
        }
        set = { text, root in
            guard let word = text.map(Word.init(rawValue:)) ?? usual else { return false }
            slot.set(word, in: &root)
            return true
        }
    }

    init<Word: RawRepresentable<String> & CaseIterable & Sendable>(optional slot: Slot<Root, Word?>) {
        words = Word.allCases.map(\.rawValue)
        isOptional = true
        word = { slot.value(in: $0)?.rawValue }
        set = { text, root in
            let word = text.flatMap(Word.init(rawValue:))
            guard word != nil || text == nil else { return false }
            slot.set(word, in: &root)
            return true
        }
    }
}

/// The value of a field, by its type. Who writes or reads records switches over these, and needs no list of fields.
public enum FieldAccess<Root>: Sendable {
    /// Always that text.
    case constant(StaticString)
    /// A text.
    case text(Slot<Root, String>)
    /// A text, left out where it is empty.
    case textUnlessEmpty(Slot<Root, String>)
    /// A text, if any.
    case optionalText(Slot<Root, String?>)
    /// Several texts.
    case texts(Slot<Root, [String]>)
    /// One of a fixed set of words.
    case word(WordSlot<Root>)
    /// A whole number.
    case integer(Slot<Root, Int>)
    /// A whole number, if any.
    case optionalInteger(Slot<Root, Int?>)
    /// A number.
    case number(Slot<Root, Double>)
    /// A number, if any.
    case optionalNumber(Slot<Root, Double?>)
    /// A point in time.
    case instant(Slot<Root, Instant>)
    /// A point in time, if any.
    case optionalInstant(Slot<Root, Instant?>)
    /// A day or what a clock shows, if any, without the offset.
    case clock(Slot<Root, Moment?>)
    /// The offset of what a clock shows.
    case offset(Slot<Root, Moment?>)
    /// Several days or times.
    case moments(Slot<Root, [Moment]>)
    /// The starts of a series, if they are known.
    case recurrenceSet(Slot<Root, RecurrenceSet?>)
    /// Ranges of bytes.
    case byteRanges(Slot<Root, [Range<Int>]>)
    /// A text and its language.
    case wording(Slot<Root, LanguageText>)
    /// A text and its language, if any.
    case optionalWording(Slot<Root, LanguageText?>)
    /// When an occurrence takes place.
    case when(Slot<Root, When>)
    /// A place, if any.
    case place(Slot<Root, Place?>)
    /// The dropped bytes.
    case source(Slot<Root, Source>)
    /// Revisions that are replaced.
    case references(Slot<Root, [Reference]>)
    /// Places and times.
    case occurrences(Slot<Root, [Occurrence]>)
    /// Those who take part.
    case parties(Slot<Root, [Party]>)
    /// What the model does not understand, by vocabulary.
    case extensions(Slot<Root, [Extension]>)
    /// Why fields have their values.
    case evidence(Slot<Root, [Evidence]>)
}
