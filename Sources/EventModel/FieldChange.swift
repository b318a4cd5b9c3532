/// The value of a field in a change. Empty texts and lists count as no value.
extension FieldAccess {
    /// The value; nil where there is none, or where a change tells of other fields instead.
    func change(in record: UnsafePointer<Root>) -> FieldValue? {
        switch self {
        case .text(let slot), .textUnlessEmpty(let slot): FieldAccess.text(slot.value(in: record))
        case .optionalText(let slot): slot.value(in: record).map(FieldValue.text)
        case .texts(let slot): FieldAccess.list(slot.value(in: record), FieldValue.texts)
        case .word(let slot): slot.word(record).map(FieldValue.text)
        case .integer(let slot): .integer(slot.value(in: record))
        case .optionalInteger(let slot): slot.value(in: record).map(FieldValue.integer)
        case .number(let slot): .number(slot.value(in: record))
        case .optionalNumber(let slot): slot.value(in: record).map(FieldValue.number)
        case .instant(let slot): .instant(slot.value(in: record))
        case .optionalInstant(let slot): slot.value(in: record).map(FieldValue.instant)
        case .clock(let slot): slot.value(in: record).map(FieldValue.moment)
        case .moments(let slot): FieldAccess.list(slot.value(in: record), FieldValue.moments)
        case .wording(let slot): .wording(slot.value(in: record))
        case .optionalWording(let slot): slot.value(in: record).map(FieldValue.wording)
        case .place(let slot): slot.value(in: record).map(FieldValue.place)
        case .references(let slot): FieldAccess.list(slot.value(in: record), FieldValue.references)
        case .parties(let slot): FieldAccess.list(slot.value(in: record), FieldValue.parties)
        case .extensions(let slot): FieldAccess.list(slot.value(in: record), FieldValue.extensions)
        case .constant, .offset, .recurrenceSet, .byteRanges, .when, .source, .occurrences, .evidence: nil
        }
    }

    /// Sets the value; one that does not fit is left out.
    func assign(_ value: FieldValue, to record: inout Root) {
        switch (self, value) {
        case (.text(let slot), .text(let text)): slot.set(text, in: &record)
        case (.optionalText(let slot), .text(let text)): slot.set(text, in: &record)
        case (.texts(let slot), .texts(let texts)): slot.set(texts, in: &record)
        case (.word(let slot), .text(let word)): _ = slot.set(word, &record)
        case (.integer(let slot), .integer(let number)): slot.set(number, in: &record)
        case (.optionalInteger(let slot), .integer(let number)): slot.set(number, in: &record)
        case (.number(let slot), .number(let number)): slot.set(number, in: &record)
        case (.optionalNumber(let slot), .number(let number)): slot.set(number, in: &record)
        case (.instant(let slot), .instant(let instant)): slot.set(instant, in: &record)
        case (.optionalInstant(let slot), .instant(let instant)): slot.set(instant, in: &record)
        case (.clock(let slot), .moment(let moment)): slot.set(moment, in: &record)
        case (.moments(let slot), .moments(let moments)): slot.set(moments, in: &record)
        case (.wording(let slot), .wording(let wording)): slot.set(wording, in: &record)
        case (.optionalWording(let slot), .wording(let wording)): slot.set(wording, in: &record)
        case (.place(let slot), .place(let place)): slot.set(place, in: &record)
        case (.references(let slot), .references(let references)): slot.set(references, in: &record)
        case (.parties(let slot), .parties(let parties)): slot.set(parties, in: &record)
        case (.extensions(let slot), .extensions(let extensions)): slot.set(extensions, in: &record)
        default: break
        }
    }

    private static func text(_ text: String) -> FieldValue? { text.isEmpty ? nil : .text(text) }

    private static func list<T>(_ values: [T], _ value: ([T]) -> FieldValue) -> FieldValue? {
        values.isEmpty ? nil : value(values)
    }
}
