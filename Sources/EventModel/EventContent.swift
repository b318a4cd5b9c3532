/// How people attend (schema.org `EventAttendanceModeEnumeration`).
public enum AttendanceMode: String, Sendable, CaseIterable {
    /// People come.
    case offline
    /// People connect.
    case online
    /// Both.
    case mixed
}

/// Who may see the event (iCalendar CLASS: PRIVATE and CONFIDENTIAL are private). Private events reach no output.
public enum Visibility: String, Sendable, CaseIterable {
    /// Everybody.
    case `public`
    /// Only those who were told: it reaches no output.
    case `private`
}

/// What is said of an event, and what an event is: the part that a statement and the state of the event share. A new field
/// is a property and a row here.
public struct EventContent: Record {
    /// The event's status.
    public var status: EventStatus = .scheduled
    /// The headline.
    public var name: LanguageText
    /// A description in the source's own words.
    public var description: LanguageText?
    /// The main language, BCP 47; empty where nobody said.
    public var language: String = ""
    /// A schema.org class: `Event`, `MusicEvent`, …
    public var type: String = "Event"
    /// Places and times.
    public var occurrences: [Occurrence] = []
    /// Organisers, performers and others.
    public var parties: [Party] = []
    /// How people attend.
    public var attendanceMode: AttendanceMode = .offline
    /// Until then nothing of it reaches an output.
    public var embargoUntil: Instant?
    /// Private events reach no output.
    public var visibility: Visibility = .public
    /// Pages about the event.
    public var links: [String] = []
    /// Keywords and categories.
    public var categories: [String] = []
    /// What the model does not understand.
    public var extensions: [Extension] = []

    /// Makes a content of which only the headline is known.
    public init(name: LanguageText) { self.name = name }

    /// A content that says nothing.
    public static var blank: EventContent { EventContent(name: .blank) }

    /// Its fields.
    public static let fields: [Field<EventContent>] = fields(at: \.self)

    /// Its fields, as those of a record that has it.
    static func fields<Root>(at path: WritableKeyPath<Root, EventContent>) -> [Field<Root>] {
        func field<Value: FieldConvertible>(
            _ key: StaticString, _ value: WritableKeyPath<EventContent, Value>, _ change: Change.Class,
            shown: FieldShowing = .never, corrected correction: FieldCorrection? = nil, isRequired: Bool = false
        ) -> Field<Root> {
            Field(
                key, path.appending(path: value), .event(change), shown: shown, corrected: correction,
                isRequired: isRequired)
        }
        return [
            field("status", \.status, .status, shown: .always, corrected: .value),
            field("name", \.name, .text, shown: .always, isRequired: true),
            field("description", \.description, .text, shown: .always),
            field("language", \.language, .meta, shown: .always, corrected: .value),
            field("type", \.type, .meta, shown: .always, corrected: .value),
            field("occurrences", \.occurrences, .time, shown: .always),
            field("parties", \.parties, .party, shown: .always),
            field("attendanceMode", \.attendanceMode, .place, shown: .always, corrected: .value),
            field("embargoUntil", \.embargoUntil, .meta, corrected: .value),
            field("visibility", \.visibility, .meta, shown: .always, corrected: .value),
            field("links", \.links, .meta, shown: .always),
            field("categories", \.categories, .meta, shown: .always),
            field("extensions", \.extensions, .meta),
        ]
    }

    /// The same without what follows from other fields.
    public var withoutDerived: EventContent {
        guard occurrences.contains(where: { $0.when.recurrenceSet != nil }) else { return self }
        var copy = self
        for index in copy.occurrences.indices { copy.occurrences[index].when.recurrenceSet = nil }
        return copy
    }
}
