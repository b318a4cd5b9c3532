/// What the source says an update does (iTIP METHOD, eventStatus).
public enum UpdateKind: String, Sendable, CaseIterable {
    /// Says that there is an event.
    case announce
    /// Says something new of it.
    case update
    /// Says that it does not take place.
    case cancel
}

/// Whether the uid was stated by the source or made from publisher, headline and year.
public enum UIDOrigin: String, Sendable, CaseIterable {
    /// The source states it.
    case stated
    /// Made once from what the source says.
    case derived
}

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

/// What one dropped file says of one event: the canonical value behind all three formats.
public struct EventUpdate: Record {
    /// The version of the canonical JSON, `tidings/1`.
    public static let schema: StaticString = "tidings/1"

    /// What the source says the update does.
    public var kind: UpdateKind = .announce
    /// Identifies the event.
    public var uid: String
    /// Stated by the source, or derived.
    public var uidOrigin: UIDOrigin = .stated
    /// The revision as stated, 0 or more; never invented.
    public var sequence: Int?
    /// When the source issued this revision.
    public var issuedAt: Instant?
    /// When it was dropped.
    public var receivedAt: Instant
    /// What it replaces.
    public var references: [Reference] = []
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
    /// The dropped bytes.
    public var source: Source
    /// What the model does not understand.
    public var extensions: [Extension] = []
    /// Why the fields have their values.
    public var evidence: [Evidence] = []

    /// Makes an update of which only identity, headline and source are known.
    public init(uid: String, name: LanguageText, receivedAt: Instant, source: Source) {
        self.uid = uid
        self.name = name
        self.receivedAt = receivedAt
        self.source = source
    }

    /// An update that says nothing.
    public static var blank: EventUpdate {
        EventUpdate(uid: "", name: .blank, receivedAt: Instant(microseconds: 0), source: .blank)
    }

    /// Its fields.
    public static let fields: [Field<EventUpdate>] = [
        Field("schema", constant: schema),
        Field("kind", \.kind, .statement, shown: .always, corrected: .value),
        Field("uid", \.uid, .statement, shown: .always, corrected: .identifier, isRequired: true),
        Field("uidOrigin", \.uidOrigin, .statement, shown: .always),
        Field("sequence", \.sequence, .aside, shown: .always, corrected: .value),
        Field("issuedAt", \.issuedAt, .aside, shown: .always, corrected: .value),
        Field("receivedAt", \.receivedAt, .aside, shown: .always, isRequired: true),
        Field("references", \.references, .statement),
        Field("status", \.status, .event(.status), shown: .always, corrected: .value),
        Field("name", \.name, .event(.text), shown: .always, isRequired: true),
        Field("description", \.description, .event(.text), shown: .always),
        Field("language", \.language, .event(.meta), shown: .always, corrected: .value),
        Field("type", \.type, .event(.meta), shown: .always, corrected: .value),
        Field("occurrences", \.occurrences, .event(.time), shown: .always),
        Field("parties", \.parties, .event(.party), shown: .always),
        Field("attendanceMode", \.attendanceMode, .event(.place), shown: .always, corrected: .value),
        Field("embargoUntil", \.embargoUntil, .event(.meta), corrected: .value),
        Field("visibility", \.visibility, .event(.meta), shown: .always, corrected: .value),
        Field("links", \.links, .event(.meta), shown: .always),
        Field("categories", \.categories, .event(.meta), shown: .always),
        Field("source", \.source, .aside, isRequired: true),
        Field("extensions", \.extensions, .event(.meta)),
        Field("evidence", \.evidence, .aside),
    ]

    private static let asides = fields.filter { $0.subject == .aside }

    /// The same content without receipt, evidence, stated order and what is derived: what two updates are compared by.
    /// An export that stamps each of its events anew every hour says what it said.
    public var content: EventUpdate {
        var copy = self
        for field in EventUpdate.asides { field.clear(&copy) }
        for index in copy.occurrences.indices where copy.occurrences[index].when.recurrenceSet != nil {
            copy.occurrences[index].when.recurrenceSet = nil
        }
        return copy
    }
}
