/// How exactly a time is known.
public enum Precision: String, Sendable, CaseIterable {
    /// The year is known.
    case year
    /// The month is known.
    case month
    /// The day is known.
    case day
    /// The time of day is known.
    case minute
}

/// Which days of a range an occurrence has: all of them (`each`), one not said (`any`), or the source does not say.
public enum DayAssignment: String, Sendable, CaseIterable {
    /// It takes place on all days.
    case each
    /// It takes place on one of them.
    case any
    /// The source does not say.
    case unspecified
}

/// The status of an event or of one occurrence (schema.org `EventStatusType`, RFC 5545 STATUS).
public enum EventStatus: String, Sendable, CaseIterable {
    /// It takes place as stated.
    case scheduled
    /// It may take place.
    case tentative
    /// It takes place at a time that is not known.
    case postponed
    /// It takes place at another time.
    case rescheduled
    /// It takes place online.
    case movedOnline
    /// It does not take place.
    case cancelled
}

/// When an occurrence takes place.
public struct When: Record {
    /// The start; nil where it is not known (postponed, cancelled).
    public var start: Moment?
    /// The end; a date is inclusive.
    public var end: Moment?
    /// An IANA time zone name, as stated or inferred; `Etc/UTC` for times stated in UTC.
    public var timeZone: String?
    /// How exactly `start` is known. A month or a year is kept as its first day.
    public var precision: Precision
    /// An RFC 5545 RECUR value, without the name of the property.
    public var recurrenceRule: String?
    /// Further starts (RDATE).
    public var recurrenceDates: [Moment] = []
    /// Starts that the rule would give and that do not take place (EXDATE).
    public var exceptionDates: [Moment] = []
    /// The starts that follow from the start, the rule and the dates; nil where they were not worked out. It is derived
    /// and no content: two times that differ in it alone say the same.
    public var recurrenceSet: RecurrenceSet?

    /// Whether it has more dates than its start.
    public var isRepeated: Bool { recurrenceRule != nil || !recurrenceDates.isEmpty }

    /// Makes a time; the precision follows from the start unless it is given.
    public init(start: Moment? = nil, end: Moment? = nil, timeZone: String? = nil, precision: Precision? = nil) {
        self.start = start
        self.end = end
        self.timeZone = timeZone
        self.precision = precision ?? (start?.time == nil ? .day : .minute)
    }

    /// No time.
    public static var blank: When { When() }

    /// Its fields.
    public static let fields: [Field<When>] = [
        Field("start", \.start, .event(.time), shown: .always, corrected: .value),
        Field("end", \.end, .event(.time), shown: .always, corrected: .lastDay),
        Field("startOffset", \.start, as: FieldAccess.offset, .aside, shown: .always),
        Field("endOffset", \.end, as: FieldAccess.offset, .aside, shown: .always),
        Field("timeZone", \.timeZone, .event(.time), shown: .stated, corrected: .value),
        Field("precision", \.precision, .event(.time), shown: .always, corrected: .value),
        Field("recurrenceRule", \.recurrenceRule, .event(.time), shown: .always, corrected: .recurrenceRule),
        Field("recurrenceDates", \.recurrenceDates, .event(.time), shown: .always),
        Field("exceptionDates", \.exceptionDates, .event(.time), shown: .always),
        Field("recurrenceSet", \.recurrenceSet, .aside, shown: .always),
    ]
}

/// One place and time of an event.
public struct Occurrence: Record {
    /// Identifies the occurrence within its event: as stated (RECURRENCE-ID, a subEvent's identifier), else derived.
    public var id: String
    /// Its own status, where it differs from the event's.
    public var status: EventStatus?
    /// When.
    public var when: When
    /// Former starts, oldest first (schema.org `previousStartDate`).
    public var previousStarts: [Moment] = []
    /// Where.
    public var place: Place?
    /// Where to attend online.
    public var onlineURL: String?
    /// Which days of the range it has.
    public var dayAssignment: DayAssignment = .each

    /// Makes an occurrence.
    public init(id: String, when: When, place: Place? = nil) {
        self.id = id
        self.when = when
        self.place = place
    }

    /// An occurrence of which nothing is known.
    public static var blank: Occurrence { Occurrence(id: "", when: .blank) }

    /// Its fields.
    public static let fields: [Field<Occurrence>] = [
        Field("id", \.id, .event(.meta), shown: .always),
        Field("status", \.status, .event(.status), shown: .always, corrected: .value),
        Field("when", \.when, .event(.time), shown: .always),
        Field("previousStarts", \.previousStarts, .event(.time), shown: .always),
        Field("place", \.place, .event(.place), shown: .always),
        Field("onlineURL", \.onlineURL, .event(.place), shown: .always, corrected: .value),
        Field("dayAssignment", \.dayAssignment, .event(.time), shown: .always, corrected: .value),
    ]
}
