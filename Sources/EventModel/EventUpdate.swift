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

/// A text and the language it is in.
public struct LanguageText: Hashable, Sendable {
    /// The text.
    public var text: String
    /// BCP 47; empty where nobody said.
    public var language: String

    /// Makes a text.
    public init(_ text: String, language: String = "") {
        self.text = text
        self.language = language
    }
}

/// A revision that an update replaces.
public struct Reference: Hashable, Sendable {
    /// The event.
    public var uid: String
    /// Its sequence, if stated.
    public var sequence: Int?
    /// Its issue date, if stated.
    public var issuedAt: Instant?

    /// Makes a reference.
    public init(uid: String, sequence: Int? = nil, issuedAt: Instant? = nil) {
        self.uid = uid
        self.sequence = sequence
        self.issuedAt = issuedAt
    }
}

/// The dropped bytes an update was read from.
public struct Source: Hashable, Sendable {
    /// `text/calendar`, `application/ld+json` or `text/plain`.
    public var mediaType: String
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public var sha256: String
    /// Length in bytes.
    public var byteCount: Int

    /// Makes a source.
    public init(mediaType: String, sha256: String, byteCount: Int) {
        self.mediaType = mediaType
        self.sha256 = sha256
        self.byteCount = byteCount
    }
}

/// What the model does not understand, kept in the source's own words so that it can be written back.
public struct Extension: Hashable, Sendable {
    /// `schema.org` or `icalendar`.
    public var vocabulary: String
    /// Where it stood: empty for the event itself, else an occurrence's id.
    public var scope: String
    /// A JSON property name, or empty for content lines.
    public var name: String
    /// Raw JSON, or content lines as they were, unfolded and joined by CR LF.
    public var content: String

    /// Makes an extension.
    public init(vocabulary: String, scope: String = "", name: String = "", content: String) {
        self.vocabulary = vocabulary
        self.scope = scope
        self.name = name
        self.content = content
    }
}

/// What one dropped file says of one event: the canonical value behind all three formats.
public struct EventUpdate: Hashable, Sendable {
    /// The version of the canonical JSON, `tidings/1`.
    public static let schema = "tidings/1"

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

    /// The same content without receipt, evidence, stated order and what is derived: what two updates are compared by.
    /// An export that stamps each of its events anew every hour says what it said.
    public var content: EventUpdate {
        var copy = self
        copy.receivedAt = Instant(microseconds: 0)
        copy.source = Source(mediaType: "", sha256: "", byteCount: 0)
        copy.evidence = []
        copy.sequence = nil
        copy.issuedAt = nil
        for index in copy.occurrences.indices where copy.occurrences[index].when.recurrenceSet != nil {
            copy.occurrences[index].when.recurrenceSet = nil
        }
        return copy
    }
}
