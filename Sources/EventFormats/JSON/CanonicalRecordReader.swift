import EventModel

extension CanonicalField {
    /// Reads a record. Keys may come in any order; fields that are not there are as in a blank one.
    func record<Root: CanonicalRecord>(_ type: Root.Type) throws(CanonicalJSONError) -> Root {
        var result = Root.blank
        try read(into: &result)
        return result
    }

    /// Returns which fields were there, a bit each.
    @discardableResult
    private func read<Root: CanonicalRecord>(into result: inout Root) throws(CanonicalJSONError) -> UInt64 {
        let table = Root.canonical
        var seen: UInt64 = 0
        var twice: UInt64 = 0
        // What belongs to a value that may stand further on.
        var late: [(offset: UTCOffset, slot: Slot<Root, Moment?>)] = []
        try members { (key, field) throws(CanonicalJSONError) in
            guard let index = table.keys.word(key) else { return false }
            let bit: UInt64 = 1 << UInt64(index)
            twice |= seen & bit
            seen |= bit
            if case .offset(let slot) = table.members[index].access {
                late.append((try field.offset(), slot))
            } else {
                try field.read(table.members[index].access, into: &result)
            }
            return true
        }
        guard table.required & seen & ~twice == table.required else {
            let names = table.requiredNames
            throw fault("\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") must each stand here once")
        }
        for (offset, slot) in late {
            guard let time = slot.value(in: result)?.time else { throw fault("an offset needs a time of day") }
            slot.set(.time(time, offset: offset), in: &result)
        }
        return seen
    }

    private func read<Root>(_ access: FieldAccess<Root>, into root: inout Root) throws(CanonicalJSONError) {
        switch access {
        case .constant(let text): guard node.isText(text) else { throw fault("expected \"\(text)\"") }
        case .text(let slot), .textUnlessEmpty(let slot): slot.set(try text(), in: &root)
        case .optionalText(let slot): slot.set(try text(), in: &root)
        case .texts(let slot): slot.set(try list { (item) throws(CanonicalJSONError) in try item.text() }, in: &root)
        case .word(let slot):
            guard let text = node.text, slot.set(text, &root) else {
                throw fault("expected one of \(slot.words.joined(separator: ", "))")
            }
        case .integer(let slot): slot.set(try integer(), in: &root)
        case .optionalInteger(let slot): slot.set(try integer(), in: &root)
        case .number(let slot): slot.set(try number(), in: &root)
        case .optionalNumber(let slot): slot.set(try number(), in: &root)
        case .instant(let slot): slot.set(try instant(), in: &root)
        case .optionalInstant(let slot): slot.set(try instant(), in: &root)
        case .clock(let slot): slot.set(try moment(), in: &root)
        case .offset: break
        case .moments(let slot):
            slot.set(try list { (item) throws(CanonicalJSONError) in try item.moment() }, in: &root)
        case .recurrenceSet(let slot): slot.set(try recurrenceSet(), in: &root)
        case .byteRanges(let slot):
            slot.set(try list { (item) throws(CanonicalJSONError) in try item.byteRange() }, in: &root)
        case .wording(let slot): slot.set(try record(LanguageText.self), in: &root)
        case .optionalWording(let slot): slot.set(try record(LanguageText.self), in: &root)
        case .when(let slot): slot.set(try when(), in: &root)
        case .place(let slot): slot.set(try record(Place.self), in: &root)
        case .source(let slot): slot.set(try record(Source.self), in: &root)
        case .references(let slot): slot.set(try records(), in: &root)
        case .occurrences(let slot): slot.set(try records(), in: &root)
        case .parties(let slot): slot.set(try records(), in: &root)
        case .extensions(let slot): slot.set(try extensions(), in: &root)
        case .evidence(let slot): slot.set(try records(), in: &root)
        }
    }

    private func records<Root: CanonicalRecord>() throws(CanonicalJSONError) -> [Root] {
        try list { (item) throws(CanonicalJSONError) in try item.record(Root.self) }
    }

    private static let precision: UInt64 = 1 << UInt64(When.fields.firstIndex { $0.name == "precision" } ?? 0)

    /// Without a word about it, a time is as exact as its start.
    private func when() throws(CanonicalJSONError) -> When {
        var result = When.blank
        let seen = try read(into: &result)
        if seen & CanonicalField.precision == 0 { result.precision = When(start: result.start).precision }
        return result
    }

    private func recurrenceSet() throws(CanonicalJSONError) -> RecurrenceSet {
        guard let set = RecurrenceSet(try text()) else {
            throw fault("the dates of a series are their first and the gaps between them")
        }
        return set
    }

    private func byteRange() throws(CanonicalJSONError) -> Range<Int> {
        let ends = try list { (item) throws(CanonicalJSONError) in try item.integer() }
        guard ends.count == 2, ends[0] <= ends[1] else { throw fault("expected [first byte, byte after the last]") }
        return ends[0]..<ends[1]
    }

    func extensions() throws(CanonicalJSONError) -> [Extension] {
        var result: [Extension] = []
        try members { (key, field) throws(CanonicalJSONError) in
            let vocabulary = key.text ?? ""
            result += try field.list { item throws(CanonicalJSONError) in
                var item = try item.record(Extension.self)
                item.vocabulary = vocabulary
                return item
            }
            return true
        }
        return result
    }
}
