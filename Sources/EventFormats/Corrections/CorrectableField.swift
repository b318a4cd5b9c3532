import EventModel

/// A field that a person may correct: its path, what its values look like, and how one is read from text and set.
struct CorrectableField<Root: Sendable>: Sendable {
    let path: String
    /// `a date such as …`: what a value has to be.
    let expectation: String
    /// Reads and sets a value.
    let set: @Sendable (String, inout Root) -> CorrectionOutcome
}

/// How setting a field went.
enum CorrectionOutcome {
    case set
    /// The text is no such value.
    case unreadable
    /// What the field belongs to is not there; that field makes it.
    case missing(record: String, first: String)
}

extension Record {
    /// What a person may correct of a record, by the rows of its table.
    static var correctable: [CorrectableField<Self>] {
        fields.flatMap { field in
            switch field.access {
            case .wording(let slot): LanguageText.correctable.map { $0.within(field.name, slot) }
            case .when(let slot): When.correctable.map { $0.within(field.name, slot) }
            case .optionalWording(let slot): LanguageText.correctable(within: field.name, slot)
            case .place(let slot): Place.correctable(within: field.name, slot)
            default: CorrectableField(field).map { [$0] } ?? []
            }
        }
    }

    /// The same of a record that may be missing: its first field makes it, or takes it away.
    private static func correctable<Outer>(
        within name: String, _ slot: Slot<Outer, Self?>
    ) -> [CorrectableField<Outer>] {
        let fields = correctable
        return fields.enumerated().map { index, field in
            let isFirst = index == 0
            return CorrectableField<Outer>(
                path: "\(name).\(field.path)", expectation: field.expectation + (isFirst ? ", or nothing" : "")
            ) { text, root in
                if isFirst, text.isEmpty {
                    slot.set(nil, in: &root)
                    return .set
                }
                guard var inner = slot.value(in: root) ?? (isFirst ? blank : nil) else {
                    return .missing(record: name, first: "\(name).\(fields[0].path)")
                }
                let outcome = field.set(text, &inner)
                slot.set(inner, in: &root)
                return outcome
            }
        }
    }
}

extension CorrectableField {
    fileprivate func within<Outer>(_ name: String, _ slot: Slot<Outer, Root>) -> CorrectableField<Outer> {
        CorrectableField<Outer>(path: "\(name).\(path)", expectation: expectation) { text, root in
            var inner = slot.value(in: root)
            let outcome = set(text, &inner)
            slot.set(inner, in: &root)
            return outcome
        }
    }

    /// Nil where it is nobody's to correct.
    fileprivate init?(_ field: Field<Root>) where Root: Record {
        guard let correction = field.correction else { return nil }
        switch field.access {
        case .text(let slot): self.init(field, slot, correction == .identifier ? .identifier : .text)
        case .optionalText(let slot):
            self.init(field, optional: slot, correction == .recurrenceRule ? .recurrenceRule : .text)
        case .optionalInteger(let slot): self.init(field, optional: slot, .count)
        case .optionalNumber(let slot):
            self.init(field, optional: slot, correction == .degrees ? .degrees : .number)
        case .optionalInstant(let slot): self.init(field, optional: slot, .instant)
        case .clock(let slot): self.init(field, optional: slot, correction == .lastDay ? .lastDay : .moment)
        case .word(let slot):
            let expectation = "one of " + slot.words.joined(separator: ", ") + (slot.isOptional ? ", or nothing" : "")
            self.init(path: field.name, expectation: expectation) { text, root in
                slot.set(text.isEmpty ? nil : text, &root) ? .set : .unreadable
            }
        default: preconditionFailure("no text can be read as \(Root.self).\(field.name)")
        }
    }

    /// A field that always has a value.
    private init<Value>(_ field: Field<Root>, _ slot: Slot<Root, Value>, _ kind: CorrectionKind<Value>) {
        self.init(path: field.name, expectation: kind.expectation) { text, root in
            guard let value = kind.read(text) else { return .unreadable }
            slot.set(value, in: &root)
            return .set
        }
    }

    /// A field that an empty text takes away.
    private init<Value>(_ field: Field<Root>, optional slot: Slot<Root, Value?>, _ kind: CorrectionKind<Value>) {
        self.init(path: field.name, expectation: kind.expectation + ", or nothing") { text, root in
            let value = text.isEmpty ? nil : kind.read(text)
            guard value != nil || text.isEmpty else { return .unreadable }
            slot.set(value, in: &root)
            return .set
        }
    }
}
