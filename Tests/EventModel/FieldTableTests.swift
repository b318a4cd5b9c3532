import Testing

@testable import EventModel

@Suite("The tables of fields")
struct FieldTableTests {
    private static let day = LocalDate(year: 2027, month: 5, day: 1)
    private static let moment: Moment? = day.map { .date($0) }

    /// A record with a value in every field: texts tell which field they are of.
    static func filled<Root: Record>(_ type: Root.Type) -> Root {
        var record = Root.blank
        for field in Root.fields { fill(field, of: &record) }
        return record
    }

    private static func fill<Root: Record>(_ field: Field<Root>, of record: inout Root) {
        let text = "\(Root.self).\(field.name)"
        switch field.access {
        case .constant: break
        case .text(let slot), .textUnlessEmpty(let slot): slot.set(text, in: &record)
        case .optionalText(let slot): slot.set(text, in: &record)
        case .texts(let slot): slot.set([text], in: &record)
        case .word(let slot):
            let another = slot.words.last { $0 != withUnsafePointer(to: record, slot.word) }
            #expect(slot.set(another, &record))
        case .integer(let slot): slot.set(7, in: &record)
        case .optionalInteger(let slot): slot.set(7, in: &record)
        case .number(let slot): slot.set(7.5, in: &record)
        case .optionalNumber(let slot): slot.set(7.5, in: &record)
        case .instant(let slot): slot.set(Instant(microseconds: 7), in: &record)
        case .optionalInstant(let slot): slot.set(Instant(microseconds: 7), in: &record)
        case .clock(let slot), .offset(let slot): slot.set(moment, in: &record)
        case .moments(let slot): slot.set([moment].compactMap(\.self), in: &record)
        case .recurrenceSet(let slot): slot.set(RecurrenceSet([0], isDate: true), in: &record)
        case .byteRanges(let slot): slot.set([7..<8], in: &record)
        case .wording(let slot): slot.set(filled(LanguageText.self), in: &record)
        case .optionalWording(let slot): slot.set(filled(LanguageText.self), in: &record)
        case .when(let slot): slot.set(filled(When.self), in: &record)
        case .place(let slot): slot.set(filled(Place.self), in: &record)
        case .source(let slot): slot.set(filled(Source.self), in: &record)
        case .references(let slot): slot.set([filled(Reference.self)], in: &record)
        case .occurrences(let slot): slot.set([filled(Occurrence.self)], in: &record)
        case .parties(let slot): slot.set([filled(Party.self)], in: &record)
        case .extensions(let slot): slot.set([filled(Extension.self)], in: &record)
        case .evidence(let slot): slot.set([filled(Evidence.self)], in: &record)
        }
    }

    private func says<Root: Record>(_ record: Root, _ field: Field<Root>) -> Bool {
        withUnsafePointer(to: record) { field.isStated($0) }
    }

    /// What is seen of each field of a record, and of those within it.
    private func expectShown<Root: Record>(
        _ record: Root, _ isShown: (FieldShowing) -> Bool, _ location: SourceLocation = #_sourceLocation
    ) {
        for field in Root.fields {
            #expect(
                says(record, field) == isShown(field.shown) || field.name == "schema", "\(Root.self).\(field.name)",
                sourceLocation: location)
        }
    }

    @Test("fill every field")
    func filling() {
        func expectFilled<Root: Record>(_ type: Root.Type) {
            let record = Self.filled(type)
            for field in Root.fields { #expect(says(record, field), "\(Root.self).\(field.name)") }
        }
        expectFilled(EventUpdate.self)
        expectFilled(Event.self)
        expectFilled(EventContent.self)
    }

    @Test("show the fields that are marked and no others")
    func publicForm() throws {
        let event = Self.filled(Event.self)
        let form = event.publicForm
        func isShown(_ shown: FieldShowing) -> Bool { shown != .never }
        expectShown(form, isShown)
        expectShown(form.name, isShown)
        expectShown(try #require(form.description), isShown)
        let occurrence = try #require(form.occurrences.first)
        expectShown(occurrence, isShown)
        expectShown(occurrence.when, isShown)
        expectShown(try #require(occurrence.place), isShown)
        expectShown(try #require(form.parties.first), isShown)
        let words = "\(form)"
        for hidden in ["Party.email", "Source.", "Extension.", "Evidence."] {
            #expect("\(event)".contains("\"\(hidden)"), "\(hidden)")
            #expect(!words.contains("\"\(hidden)"), "\(hidden)")
        }
    }

    @Test("withhold what is inferred where only what is stated is shown")
    func inferred() throws {
        var event = Self.filled(Event.self)
        event.occurrences.append(event.occurrences[0])
        event.evidence = Occurrence.pathFields.map {
            Evidence(fieldPath: "occurrences[0].\($0.path)", basis: .inferred, rule: "guess")
        }
        let form = event.publicForm
        func isShown(_ shown: FieldShowing) -> Bool { shown == .always }
        expectShown(form.occurrences[0].when, isShown)
        expectShown(try #require(form.occurrences[0].place), isShown)
        #expect(form.occurrences[1] == event.publicFields.occurrences[1])
        event.evidence = [Evidence(fieldPath: "occurrences[].place.latitude", basis: .inferred, rule: "guess")]
        for occurrence in event.publicForm.occurrences {
            #expect(occurrence.place?.latitude == nil && occurrence.place?.longitude == nil)
            #expect(occurrence.place?.country == "Place.country")
        }
    }

    @Test("mark for withholding only what can be withheld")
    func marks() {
        func expectNone<Root: Record>(_ type: Root.Type) {
            #expect(!Root.fields.contains { $0.shown == .stated }, "\(Root.self)")
        }
        expectNone(Party.self)
        expectNone(LanguageText.self)
        expectNone(Reference.self)
    }

    @Test("leave addresses of mail out of the links")
    func mail() {
        var event = Event.blank
        event.links = ["https://example.org/", "MailTo:desk@example.org"]
        #expect(event.publicForm.links == ["https://example.org/"])
    }

    @Test("tell every field of the content apart, and nothing else")
    func differences() {
        let (blank, event) = (EventContent.blank, Self.filled(EventContent.self).withoutDerived)
        let paths = difference(from: blank, to: event).changes.map(\.path)
        let ofContent = EventContent.fields.map(\.name).filter { $0 != "occurrences" }
        #expect(Set(paths) == Set(ofContent + ["occurrences[Occurrence.id]"]))
        #expect(apply(difference(from: blank, to: event), to: blank) == event)
        #expect(apply(difference(from: event, to: blank), to: event) == blank)
        var nowhere = Occurrence.blank
        nowhere.place = .blank
        let somewhere = Self.filled(Occurrence.self)
        let rows = Occurrence.pathFields.filter { $0.subject != .aside && !["when", "place"].contains($0.path) }
        for field in rows {
            let change = withUnsafePointer(to: nowhere) { before in
                withUnsafePointer(to: somewhere) { field.difference(before, $0) }
            }
            var (there, back) = (nowhere, somewhere)
            field.assign(change?.to, &there)
            field.assign(change?.from, &back)
            let left = withUnsafePointer(to: there) { before in
                withUnsafePointer(to: somewhere) { field.difference(before, $0) }
            }
            #expect(change != nil && left == nil, "\(field.path)")
            #expect(back != somewhere, "\(field.path)")
        }
        #expect(Set(Occurrence.contentFields.map(\.path)) == Set(rows.map(\.path) + ["place"]))
    }

    @Test("reset in what updates are compared by what is no content")
    func essence() {
        let event = Self.filled(EventUpdate.self)
        for field in EventUpdate.fields where field.name != "schema" {
            #expect(says(event.essence, field) == (field.subject != .aside), "\(field.name)")
        }
        #expect(event.essence.occurrences[0].when.recurrenceSet == nil)
    }

    @Test("know the fields that diagnostics speak of")
    func paths() {
        let known = Set(EventUpdate.fields.map(\.name) + Occurrence.fields.map(\.name))
            .union(Occurrence.pathFields.map(\.path)).union(["", "name.text", "description.text"])
        for field in FieldPath.Field.allCases { #expect(known.contains(field.rawValue), "\(field)") }
        #expect(FieldPath.Field.start.isOfOccurrence && FieldPath.Field.place.isOfOccurrence)
        #expect(!FieldPath.Field.status.isOfOccurrence && !FieldPath.Field.uid.isOfOccurrence)
    }
}
