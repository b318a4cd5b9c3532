/// A type of which everybody may see a part.
protocol Showable: Hashable, Sendable {
    /// The part.
    var shown: Self { get }
}

extension Showable {
    var shown: Self { self }
}

extension Showable where Self: Record {
    var shown: Self { publicFields }
}

/// A type that fields have.
protocol FieldConvertible: Showable {
    static func access<Root>(_ slot: Slot<Root, Self>) -> FieldAccess<Root>
}

extension String: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, String>) -> FieldAccess<Root> { .text(slot) }
}

extension Int: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, Int>) -> FieldAccess<Root> { .integer(slot) }
}

extension Double: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, Double>) -> FieldAccess<Root> { .number(slot) }
}

extension Instant: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, Instant>) -> FieldAccess<Root> { .instant(slot) }
}

extension LanguageText: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, LanguageText>) -> FieldAccess<Root> { .wording(slot) }
}

extension When: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, When>) -> FieldAccess<Root> { .when(slot) }
}

extension Source: FieldConvertible {
    static func access<Root>(_ slot: Slot<Root, Source>) -> FieldAccess<Root> { .source(slot) }
}

extension FieldConvertible where Self: RawRepresentable & CaseIterable, RawValue == String {
    static func access<Root>(_ slot: Slot<Root, Self>) -> FieldAccess<Root> { .word(WordSlot(slot)) }
}

extension UpdateKind: FieldConvertible {}
extension Extent: FieldConvertible {}
extension UIDOrigin: FieldConvertible {}
extension AttendanceMode: FieldConvertible {}
extension Visibility: FieldConvertible {}
extension EventStatus: FieldConvertible {}
extension Precision: FieldConvertible {}
extension DayAssignment: FieldConvertible {}
extension PlaceKind: FieldConvertible {}
extension PartyKind: FieldConvertible {}
extension PartyRole: FieldConvertible {}
extension Basis: FieldConvertible {}

/// A type whose absence is told by an optional.
protocol OptionalField: Showable {
    static func access<Root>(optional slot: Slot<Root, Self?>) -> FieldAccess<Root>
}

extension Optional: Showable where Wrapped: OptionalField {
    var shown: Wrapped? { map(\.shown) }
}

extension Optional: FieldConvertible where Wrapped: OptionalField {
    static func access<Root>(_ slot: Slot<Root, Wrapped?>) -> FieldAccess<Root> { Wrapped.access(optional: slot) }
}

extension String: OptionalField {
    static func access<Root>(optional slot: Slot<Root, String?>) -> FieldAccess<Root> { .optionalText(slot) }
}
extension Int: OptionalField {
    static func access<Root>(optional slot: Slot<Root, Int?>) -> FieldAccess<Root> { .optionalInteger(slot) }
}
extension Double: OptionalField {
    static func access<Root>(optional slot: Slot<Root, Double?>) -> FieldAccess<Root> { .optionalNumber(slot) }
}
extension Instant: OptionalField {
    static func access<Root>(optional slot: Slot<Root, Instant?>) -> FieldAccess<Root> { .optionalInstant(slot) }
}
extension LanguageText: OptionalField {
    static func access<Root>(optional slot: Slot<Root, LanguageText?>) -> FieldAccess<Root> { .optionalWording(slot) }
}
extension EventStatus: OptionalField {
    static func access<Root>(optional slot: Slot<Root, EventStatus?>) -> FieldAccess<Root> {
        .word(WordSlot(optional: slot))
    }
}
extension Moment: OptionalField {
    static func access<Root>(optional slot: Slot<Root, Moment?>) -> FieldAccess<Root> { .clock(slot) }
}
extension Place: OptionalField {
    static func access<Root>(optional slot: Slot<Root, Place?>) -> FieldAccess<Root> { .place(slot) }
}
extension RecurrenceSet: OptionalField {
    static func access<Root>(optional slot: Slot<Root, RecurrenceSet?>) -> FieldAccess<Root> { .recurrenceSet(slot) }
}

/// A type that fields are lists of.
protocol ListField: Showable {
    static func access<Root>(list slot: Slot<Root, [Self]>) -> FieldAccess<Root>
}

extension Array: Showable where Element: ListField {
    var shown: [Element] { map(\.shown) }
}

extension Array: FieldConvertible where Element: ListField {
    static func access<Root>(_ slot: Slot<Root, [Element]>) -> FieldAccess<Root> { Element.access(list: slot) }
}

extension String: ListField {
    static func access<Root>(list slot: Slot<Root, [String]>) -> FieldAccess<Root> { .texts(slot) }
}
extension Moment: ListField {
    static func access<Root>(list slot: Slot<Root, [Moment]>) -> FieldAccess<Root> { .moments(slot) }
}
extension Reference: ListField {
    static func access<Root>(list slot: Slot<Root, [Reference]>) -> FieldAccess<Root> { .references(slot) }
}
extension Party: ListField {
    static func access<Root>(list slot: Slot<Root, [Party]>) -> FieldAccess<Root> { .parties(slot) }
}
extension Extension: ListField {
    static func access<Root>(list slot: Slot<Root, [Extension]>) -> FieldAccess<Root> { .extensions(slot) }
}
extension Occurrence: ListField {
    static func access<Root>(list slot: Slot<Root, [Occurrence]>) -> FieldAccess<Root> { .occurrences(slot) }
}
extension Evidence: ListField {
    static func access<Root>(list slot: Slot<Root, [Evidence]>) -> FieldAccess<Root> { .evidence(slot) }
}
extension Range<Int>: Showable {}
extension Range<Int>: ListField {
    static func access<Root>(list slot: Slot<Root, [Range<Int>]>) -> FieldAccess<Root> { .byteRanges(slot) }
}
