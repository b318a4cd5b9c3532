/// What a field is about: whether it differs between two revisions, and what kind of change that is.
public enum FieldSubject: Hashable, Sendable {
    /// The event.
    case event(Change.Class)
    /// What an update says of itself rather than of the event.
    case statement
    /// How an update came, or what follows from other fields: no content.
    case aside
}

/// Who may see a field.
public enum FieldShowing: Sendable {
    /// It reaches no output.
    case never
    /// Everybody, where the source states it; a value that is inferred serves our own work only.
    case stated
    /// Everybody.
    case always
}

/// How a person corrects a field.
public enum FieldCorrection: Sendable {
    /// With a value of its type.
    case value
    /// With a word of no white space.
    case identifier
    /// With a number of degrees.
    case degrees
    /// With a day or a time; a month or a year stands for its last day.
    case lastDay
    /// With an RFC 5545 RECUR value.
    case recurrenceRule
}

/// What two records say differently in a field; nil where they say the same.
typealias FieldDifference<Root> =
    @Sendable (
        _ before: UnsafePointer<Root>, _ after: UnsafePointer<Root>
    ) -> (from: FieldValue?, to: FieldValue?)?

/// A row of a record's table: what a field is called, where its value lies and what may be done with it.
public struct Field<Root: Record>: Sendable {
    /// The key in the canonical JSON.
    public let key: StaticString
    /// The value, by its type.
    public let access: FieldAccess<Root>
    /// What it is about.
    public let subject: FieldSubject
    /// Who may see it.
    public let shown: FieldShowing
    /// How a person corrects it; nil where that is nobody's to do.
    public let correction: FieldCorrection?
    /// Whether no canonical JSON is without it.
    public let isRequired: Bool

    let difference: FieldDifference<Root>
    let assign: @Sendable (FieldValue?, inout Root) -> Void
    let copy: @Sendable (_ source: UnsafePointer<Root>, inout Root) -> Void
    /// Copies what everybody may see of the value.
    let show: @Sendable (_ source: UnsafePointer<Root>, inout Root) -> Void
    /// Whether the value is another than that of a record that says nothing.
    let isStated: @Sendable (UnsafePointer<Root>) -> Bool
    /// Takes the value away.
    let clear: @Sendable (inout Root) -> Void

    /// The key as text.
    public var name: String { "\(key)" }

    /// A field that nobody sees and nobody corrects, unless the row says so.
    init<Value: FieldConvertible>(
        _ key: StaticString, _ path: WritableKeyPath<Root, Value>, _ subject: FieldSubject,
        shown: FieldShowing = .never, corrected correction: FieldCorrection? = nil, isRequired: Bool = false
    ) {
        let slot = Slot(path)
        self.init(
            key, slot, Value.access(slot), subject, shown: shown, corrected: correction, isRequired: isRequired)
    }

    /// A field whose form in the canonical JSON does not follow from its type.
    init<Value: FieldConvertible>(
        _ key: StaticString, _ path: WritableKeyPath<Root, Value>, as access: (Slot<Root, Value>) -> FieldAccess<Root>,
        _ subject: FieldSubject, shown: FieldShowing = .never, corrected correction: FieldCorrection? = nil
    ) {
        let slot = Slot(path)
        self.init(key, slot, access(slot), subject, shown: shown, corrected: correction, isRequired: false)
    }

    /// A word that stands in every canonical JSON and holds no value.
    init(_ key: StaticString, constant: StaticString) {
        self.key = key
        access = .constant(constant)
        (subject, shown, correction, isRequired) = (.aside, .never, nil, true)
        difference = { _, _ in nil }
        assign = { _, _ in }
        copy = { _, _ in }
        show = { _, _ in }
        isStated = { _ in true }
        clear = { _ in }
    }

    private init<Value: FieldConvertible>(
        _ key: StaticString, _ slot: Slot<Root, Value>, _ access: FieldAccess<Root>, _ subject: FieldSubject,
        shown: FieldShowing, corrected correction: FieldCorrection?, isRequired: Bool
    ) {
        self.key = key
        self.access = access
        self.subject = subject
        self.shown = shown
        self.correction = correction
        self.isRequired = isRequired
        let unsaid = slot.value(in: Root.blank)
        difference = { before, after in
            let (from, to) = (slot.pointer(in: before), slot.pointer(in: after))
            return from.pointee == to.pointee ? nil : (access.change(in: before), access.change(in: after))
        }
        assign = { value, root in
            if let value {
                access.assign(value, to: &root)
            } else if case .text(let text) = access {
                text.set("", in: &root)
            } else {
                slot.set(unsaid, in: &root)
            }
        }
        copy = { source, root in slot.set(slot.value(in: source), in: &root) }
        show = { source, root in slot.set(slot.value(in: source).shown, in: &root) }
        isStated = { slot.value(in: $0) != unsaid }
        clear = { slot.set(unsaid, in: &$0) }
    }
}
