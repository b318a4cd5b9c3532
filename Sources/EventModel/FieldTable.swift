/// A field that can change: its name within an event, an occurrence or a place, and what kind of change it makes.
struct Field<Root: Sendable>: Sendable {
    let name: String
    let `class`: Change.Class
    let difference: @Sendable (Root, Root) -> (from: FieldValue?, to: FieldValue?)?
    let assign: @Sendable (FieldValue?, inout Root) -> Void

    init<Value: FieldConvertible>(
        _ name: String, _ class: Change.Class, _ get: @escaping @Sendable (Root) -> Value,
        _ set: @escaping @Sendable (inout Root, Value) -> Void
    ) {
        self.name = name
        self.class = `class`
        difference = { before, after in
            let (from, to) = (get(before), get(after))
            return from == to ? nil : (from.fieldValue, to.fieldValue)
        }
        assign = { value, root in
            if let value = Value(fieldValue: value) { set(&root, value) }
        }
    }
}

/// Every field of the model but `sequence`, the receipt and the evidence, which are no content.
enum FieldTable {
    static let leading: [Field<EventUpdate>] = [Field("status", .status, { $0.status }, { $0.status = $1 })]

    static let event: [Field<EventUpdate>] = [
        Field("attendanceMode", .place, { $0.attendanceMode }, { $0.attendanceMode = $1 }),
        Field("name", .text, { $0.name }, { $0.name = $1 }),
        Field("description", .text, { $0.description }, { $0.description = $1 }),
        Field("parties", .party, { $0.parties }, { $0.parties = $1 }),
        Field("type", .meta, { $0.type }, { $0.type = $1 }),
        Field("language", .meta, { $0.language }, { $0.language = $1 }),
        Field("links", .meta, { $0.links }, { $0.links = $1 }),
        Field("categories", .meta, { $0.categories }, { $0.categories = $1 }),
        Field("embargoUntil", .meta, { $0.embargoUntil }, { $0.embargoUntil = $1 }),
        Field("visibility", .meta, { $0.visibility }, { $0.visibility = $1 }),
        Field("extensions", .meta, { $0.extensions }, { $0.extensions = $1 }),
    ]

    /// What an update says of itself rather than of the event.
    static let statement: [Field<EventUpdate>] = [
        Field("kind", .meta, { $0.kind }, { $0.kind = $1 }),
        Field("uid", .meta, { $0.uid }, { $0.uid = $1 }),
        Field("uidOrigin", .meta, { $0.uidOrigin }, { $0.uidOrigin = $1 }),
        Field("references", .meta, { $0.references }, { $0.references = $1 }),
    ]

    static let occurrence: [Field<Occurrence>] = [
        Field("status", .status, { $0.status }, { $0.status = $1 }),
        Field("when.start", .time, { $0.when.start }, { $0.when.start = $1 }),
        Field("when.end", .time, { $0.when.end }, { $0.when.end = $1 }),
        Field("when.timeZone", .time, { $0.when.timeZone }, { $0.when.timeZone = $1 }),
        Field("when.precision", .time, { $0.when.precision }, { $0.when.precision = $1 }),
        Field("when.recurrenceRule", .time, { $0.when.recurrenceRule }, { $0.when.recurrenceRule = $1 }),
        Field("when.recurrenceDates", .time, { $0.when.recurrenceDates }, { $0.when.recurrenceDates = $1 }),
        Field("when.exceptionDates", .time, { $0.when.exceptionDates }, { $0.when.exceptionDates = $1 }),
        Field("dayAssignment", .time, { $0.dayAssignment }, { $0.dayAssignment = $1 }),
        Field("previousStarts", .time, { $0.previousStarts }, { $0.previousStarts = $1 }),
        Field("onlineURL", .place, { $0.onlineURL }, { $0.onlineURL = $1 }),
        Field("id", .meta, { $0.id }, { $0.id = $1 }),
    ]

    /// Coordinates and numbers that programs look places up by refine a place; its words are where people go.
    static let place: [Field<Place>] = [
        Field("place.name", .place, { $0.name }, { $0.name = $1 }),
        Field("place.kind", .meta, { $0.kind }, { $0.kind = $1 }),
        Field("place.streetAddress", .place, { $0.streetAddress }, { $0.streetAddress = $1 }),
        Field("place.locality", .place, { $0.locality }, { $0.locality = $1 }),
        Field("place.region", .place, { $0.region }, { $0.region = $1 }),
        Field("place.postalCode", .place, { $0.postalCode }, { $0.postalCode = $1 }),
        Field("place.country", .place, { $0.country }, { $0.country = $1 }),
        Field("place.latitude", .place, { $0.latitude }, { $0.latitude = $1 }),
        Field("place.longitude", .place, { $0.longitude }, { $0.longitude = $1 }),
        Field("place.geonameID", .meta, { $0.geonameID }, { $0.geonameID = $1 }),
        Field("place.timeZone", .meta, { $0.timeZone }, { $0.timeZone = $1 }),
    ]
}
