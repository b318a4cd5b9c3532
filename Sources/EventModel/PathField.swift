/// A field of a record, or of one within it, by its path: `when.start`.
struct PathField<Root: Record>: Sendable {
    let path: String
    let subject: FieldSubject
    let shown: FieldShowing
    let difference: FieldDifference<Root>
    let assign: @Sendable (FieldValue?, inout Root) -> Void
    /// Takes the value away.
    let clear: @Sendable (inout Root) -> Void

    private init(_ field: Field<Root>) {
        (path, subject, shown) = (field.name, field.subject, field.shown)
        (difference, assign, clear) = (field.difference, field.assign, field.clear)
    }

    /// A field of a record that is always there.
    private init<Inner>(_ field: Field<Inner>, of outer: Field<Root>, _ slot: Slot<Root, Inner>) {
        (path, subject, shown) = ("\(outer.name).\(field.name)", field.subject, field.shown)
        difference = { field.difference(slot.pointer(in: $0), slot.pointer(in: $1)) }
        assign = { value, root in
            var inner = slot.value(in: root)
            field.assign(value, &inner)
            slot.set(inner, in: &root)
        }
        clear = { root in
            var inner = slot.value(in: root)
            field.clear(&inner)
            slot.set(inner, in: &root)
        }
    }

    /// A field of a record that may be missing. That it comes or goes is told of the whole.
    private init<Inner>(_ field: Field<Inner>, of outer: Field<Root>, _ slot: Slot<Root, Inner?>) {
        (path, subject, shown) = ("\(outer.name).\(field.name)", field.subject, field.shown)
        difference = { before, after in
            guard let before = slot.value(in: before), let after = slot.value(in: after) else { return nil }
            return withUnsafePointer(to: before) { before in
                withUnsafePointer(to: after) { field.difference(before, $0) }
            }
        }
        assign = { value, root in
            guard var inner = slot.value(in: root) else { return }
            field.assign(value, &inner)
            slot.set(inner, in: &root)
        }
        clear = { root in
            guard var inner = slot.value(in: root) else { return }
            field.clear(&inner)
            slot.set(inner, in: &root)
        }
    }

    /// A record that may be missing, as a whole.
    private init<Inner>(whole field: Field<Root>, _ slot: Slot<Root, Inner?>) {
        (path, subject, shown) = (field.name, field.subject, field.shown)
        difference = { before, after in
            let isWhole = (slot.value(in: before) == nil) != (slot.value(in: after) == nil)
            return isWhole ? field.difference(before, after) : nil
        }
        (assign, clear) = (field.assign, field.clear)
    }

    /// The fields of the record, each followed by those within it.
    static var all: [PathField] {
        Root.fields.flatMap { field -> [PathField] in
            switch field.access {
            case .when(let slot): When.fields.map { PathField($0, of: field, slot) }
            case .place(let slot):
                [PathField(whole: field, slot)] + Place.fields.map { PathField($0, of: field, slot) }
            default: [PathField(field)]
            }
        }
    }

    /// The fields that make a difference, in the order that people read: what subscribers plan by, then the rest.
    static var ofContent: [PathField] {
        let order: [Change.Class] = [.status, .time, .place, .text, .party, .meta]
        return order.flatMap { change in all.filter { $0.subject == .event(change) } }
    }
}

extension EventContent {
    static let contentFields = PathField<EventContent>.ofContent
}

extension Occurrence {
    static let pathFields = PathField<Occurrence>.all
    static let contentFields = PathField<Occurrence>.ofContent
}
