/// A field that can change: its name within an event, an occurrence or a place, and what kind of change it makes.
struct Field<Root: Sendable>: Sendable {
    let name: String
    let `class`: Change.Class
    let difference: @Sendable (Root, Root) -> (from: FieldValue?, to: FieldValue?)?
    let assign: @Sendable (FieldValue?, inout Root) -> Void

    init<Value: FieldConvertible>(
        _ name: String, _ class: Change.Class, _ path: any WritableKeyPath<Root, Value> & Sendable
    ) {
        self.name = name
        self.class = `class`
        difference = { before, after in
            let (from, to) = (before[keyPath: path], after[keyPath: path])
            return from == to ? nil : (from.fieldValue, to.fieldValue)
        }
        assign = { value, root in
            if let value = Value(fieldValue: value) { root[keyPath: path] = value }
        }
    }
}

/// Every field of the model but `sequence`, the receipt and the evidence, which are no content.
enum FieldTable {
    static let leading: [Field<EventUpdate>] = [Field("status", .status, \.status)]

    static let event: [Field<EventUpdate>] = [
        Field("attendanceMode", .place, \.attendanceMode),
        Field("name", .text, \.name),
        Field("description", .text, \.description),
        Field("parties", .party, \.parties),
        Field("type", .meta, \.type),
        Field("language", .meta, \.language),
        Field("links", .meta, \.links),
        Field("categories", .meta, \.categories),
        Field("embargoUntil", .meta, \.embargoUntil),
        Field("visibility", .meta, \.visibility),
        Field("extensions", .meta, \.extensions),
    ]

    /// What an update says of itself rather than of the event.
    static let statement: [Field<EventUpdate>] = [
        Field("kind", .meta, \.kind),
        Field("uid", .meta, \.uid),
        Field("uidOrigin", .meta, \.uidOrigin),
        Field("issuedAt", .meta, \.issuedAt),
        Field("references", .meta, \.references),
    ]

    static let occurrence: [Field<Occurrence>] = [
        Field("status", .status, \.status),
        Field("when.start", .time, \.when.start),
        Field("when.end", .time, \.when.end),
        Field("when.timeZone", .time, \.when.timeZone),
        Field("when.precision", .time, \.when.precision),
        Field("when.recurrenceRule", .time, \.when.recurrenceRule),
        Field("when.recurrenceDates", .time, \.when.recurrenceDates),
        Field("when.exceptionDates", .time, \.when.exceptionDates),
        Field("dayAssignment", .time, \.dayAssignment),
        Field("previousStarts", .time, \.previousStarts),
        Field("onlineURL", .place, \.onlineURL),
        Field("id", .meta, \.id),
    ]

    /// Coordinates and numbers that programs look places up by refine a place; its words are where people go.
    static let place: [Field<Place>] = [
        Field("place.name", .place, \.name),
        Field("place.kind", .meta, \.kind),
        Field("place.streetAddress", .place, \.streetAddress),
        Field("place.locality", .place, \.locality),
        Field("place.region", .place, \.region),
        Field("place.postalCode", .place, \.postalCode),
        Field("place.country", .place, \.country),
        Field("place.latitude", .place, \.latitude),
        Field("place.longitude", .place, \.longitude),
        Field("place.geonameID", .meta, \.geonameID),
        Field("place.timeZone", .meta, \.timeZone),
    ]
}
