/// The stable name of something that can be said about an update. The names are external.
public struct DiagnosticCode: RawRepresentable, Hashable, Sendable {
    /// `missing-name`; that of another plugin begins with the plugin's name: `ledger.unknown-account`.
    public let rawValue: String
    private let severity: Severity
    private let severities: [Format: Severity]

    private init(_ name: String, _ severity: Severity, in severities: [Format: Severity] = [:]) {
        (rawValue, self.severity, self.severities) = (name, severity, severities)
    }

    /// A code of a plugin's own.
    ///
    /// - Parameters:
    ///   - name: Lower-case letters, digits and hyphens: `unknown-account`.
    ///   - plugin: The plugin's name.
    ///   - severity: What it does to an update.
    public init(_ name: String, of plugin: String, _ severity: Severity) {
        self.init("\(plugin).\(name)", severity)
    }

    /// Reads a name. One of a plugin is known by its dot, and what it does by what is found with it.
    public init?(rawValue: String) {
        if let known = DiagnosticCode.byName[rawValue] {
            self = known
        } else if rawValue.contains(".") {
            self.init(rawValue, .warning)
        } else {
            return nil
        }
    }

    /// The severity before settings change it. For a missing name and a missing location it depends on the format.
    public func defaultSeverity(in format: Format?) -> Severity { format.flatMap { severities[$0] } ?? severity }

    /// Codes are the same whose names are.
    public static func == (a: DiagnosticCode, b: DiagnosticCode) -> Bool { a.rawValue == b.rawValue }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue, $0) })
}

extension DiagnosticCode {
    /// The file holds no event.
    public static let noEvent = DiagnosticCode("no-event", .error)
    /// There is no headline.
    public static let missingName = DiagnosticCode("missing-name", .error, in: [.icalendar: .warning])
    /// There is no start, and the event is neither cancelled nor postponed.
    public static let missingStart = DiagnosticCode("missing-start", .error)
    /// There is no place and no address online.
    public static let missingLocation = DiagnosticCode("missing-location", .warning, in: [.jsonld: .error])
    /// The end lies before the start; it is left out.
    public static let startAfterEnd = DiagnosticCode("start-after-end", .warning)
    /// A date that no calendar has.
    public static let invalidDate = DiagnosticCode("invalid-date", .error)
    /// A time of day that no clock shows.
    public static let invalidTime = DiagnosticCode("invalid-time", .error)
    /// Of start and end one is a day and the other a time; the end is left out.
    public static let mixedDateAndDatetime = DiagnosticCode("mixed-date-and-datetime", .warning)
    /// The stated offset is not that of the stated time zone then.
    public static let offsetDisagreesWithZone = DiagnosticCode("offset-disagrees-with-zone", .error)
    /// A time zone that the system does not know.
    public static let unknownTimezone = DiagnosticCode("unknown-timezone", .error)
    /// A time of day without a time zone.
    public static let missingTimezone = DiagnosticCode("missing-timezone", .warning)
    /// A time of day that clocks skip there.
    public static let nonexistentLocalTime = DiagnosticCode("nonexistent-local-time", .warning)
    /// A time of day that comes twice there.
    public static let ambiguousLocalTime = DiagnosticCode("ambiguous-local-time", .warning)
    /// Midnight, where probably the time is not known.
    public static let midnightAsUnknownTime = DiagnosticCode("midnight-as-unknown-time", .warning)
    /// The stated weekday is not that of the date.
    public static let weekdayDateMismatch = DiagnosticCode("weekday-date-mismatch", .error)
    /// The year is not stated and was inferred.
    public static let yearInferred = DiagnosticCode("year-inferred", .warning)
    /// The event is over.
    public static let eventInPast = DiagnosticCode("event-in-past", .warning)
    /// The event is longer than events are.
    public static let implausibleDuration = DiagnosticCode("implausible-duration", .warning)
    /// The identifier was made from publisher, headline and start.
    public static let uidDerived = DiagnosticCode("uid-derived", .warning)
    /// The identifier is empty or cannot be one.
    public static let invalidIdentifier = DiagnosticCode("invalid-identifier", .error)
    /// The sequence is below zero; it is not used.
    public static let negativeSequence = DiagnosticCode("negative-sequence", .warning)
    /// The sequence is larger than calendars allow; it is not used.
    public static let sequenceTooLarge = DiagnosticCode("sequence-too-large", .warning)
    /// The content is another one under the same sequence, issued later.
    public static let sequenceNotIncremented = DiagnosticCode("sequence-not-incremented", .warning)
    /// The update is proved older than what is known.
    public static let staleRevision = DiagnosticCode("stale-revision", .warning)
    /// Two contents under the same sequence and issue date.
    public static let revisionConflict = DiagnosticCode("revision-conflict", .held)
    /// A cancellation of an event that is not known.
    public static let cancelUnknownTarget = DiagnosticCode("cancel-unknown-target", .warning)
    /// The first that is heard of an event is that it changed.
    public static let firstHeardChanged = DiagnosticCode("first-heard-changed", .warning)
    /// The update says that it replaces itself.
    public static let selfReference = DiagnosticCode("self-reference", .error)
    /// The update replaces one that was issued after it.
    public static let postdatedReference = DiagnosticCode("postdated-reference", .warning)
    /// An update that does not say of what.
    public static let updateWithoutReference = DiagnosticCode("update-without-reference", .warning)
    /// Rescheduled, without the former start.
    public static let rescheduledWithoutPreviousStart = DiagnosticCode("rescheduled-without-previous-start", .warning)
    /// A former start, without the status rescheduled.
    public static let previousStartWithoutStatus = DiagnosticCode("previous-start-without-status", .warning)
    /// A schedule beside a start of its own.
    public static let scheduleWithStartDate = DiagnosticCode("schedule-with-start-date", .warning)
    /// Both an end and a duration; the end counts.
    public static let dtendAndDuration = DiagnosticCode("dtend-and-duration", .warning)
    /// A recurrence rule that is none.
    public static let invalidRRule = DiagnosticCode("invalid-rrule", .error)
    /// A recurrence rule with more occurrences than the limit allows.
    public static let rruleUnboundedOrTooDense = DiagnosticCode("rrule-unbounded-or-too-dense", .error)
    /// Two occurrences at one place and time.
    public static let duplicateOccurrence = DiagnosticCode("duplicate-occurrence", .warning)
    /// A status that cannot be read.
    public static let unknownStatus = DiagnosticCode("unknown-status", .held)
    /// A language tag that is none; it is mended or left out.
    public static let invalidLanguage = DiagnosticCode("invalid-language", .warning)
    /// Markup in a plain text.
    public static let markupInText = DiagnosticCode("markup-in-text", .warning)
    /// An address that is none; it is left out.
    public static let invalidURI = DiagnosticCode("invalid-uri", .warning)
    /// Coordinates that are on no map; they are left out.
    public static let geoOutOfRange = DiagnosticCode("geo-out-of-range", .warning)
    /// A name that several places have.
    public static let placeAmbiguous = DiagnosticCode("place-ambiguous", .warning)
    /// Several places and days, without saying which place has which.
    public static let dayAssignmentUnstated = DiagnosticCode("day-assignment-unstated", .warning)
    /// A part of the event outside its time.
    public static let subeventOutsideParent = DiagnosticCode("subevent-outside-parent", .warning)
    /// A status or a cancellation in other words than the format has; it is taken.
    public static let spellingTaken = DiagnosticCode("spelling-taken", .warning)
    /// Anything else that cannot be read and that the event can do without.
    public static let valueLeftOut = DiagnosticCode("value-left-out", .warning)
    /// Further, excepted or replaced dates of an event that cannot be read.
    public static let unreadableException = DiagnosticCode("unreadable-exception", .held)
    /// Content that was current before and is not now.
    public static let seenBefore = DiagnosticCode("seen-before", .held)
    /// Issued later than it was received.
    public static let stampInFuture = DiagnosticCode("stamp-in-future", .warning)
    /// An update of the event of another publisher.
    public static let foreignEvent = DiagnosticCode("foreign-event", .held)
    /// What would bring a forgotten event back.
    public static let forgottenEvent = DiagnosticCode("forgotten-event", .error)
    /// It resembles a known event and does not say whether it is that one.
    public static let sameEventOrNew = DiagnosticCode("same-event-or-new", .held)
    /// A date of the text that nothing was made of.
    public static let unaccountedDate = DiagnosticCode("unaccounted-date", .held)
    /// An hour that may be in the morning or in the evening.
    public static let unclearHalfOfDay = DiagnosticCode("unclear-half-of-day", .held)
    /// Events that were in a publisher's whole list before and are not now.
    public static let missingFromList = DiagnosticCode("missing-from-list", .held)
    /// What the update says it does is not what it changes.
    public static let ambiguousIntent = DiagnosticCode("ambiguous-intent", .held)
    /// One file changes more events than is usual.
    public static let blastRadius = DiagnosticCode("blast-radius", .held)
    /// A person has suspended whom it comes from.
    public static let suspended = DiagnosticCode("suspended", .held)
    /// It waits with another event of its file, as its publisher's setting says.
    public static let heldTogether = DiagnosticCode("held-together", .held)
    /// It is refused with another event of its file, as its publisher's setting says.
    public static let rejectedTogether = DiagnosticCode("rejected-together", .error)
    /// A text in a language that is not read.
    public static let languageNotRead = DiagnosticCode("language-not-read", .held)
    /// The year was inferred from the time of receipt alone.
    public static let yearFromReceipt = DiagnosticCode("year-from-receipt", .held)
    /// The event is private and reaches no output.
    public static let isPrivate = DiagnosticCode("private", .warning)
    /// The event reaches no output yet.
    public static let embargoed = DiagnosticCode("embargoed", .warning)
    /// Bytes that are not UTF-8.
    public static let invalidUTF8 = DiagnosticCode("invalid-utf8", .error)
    /// A control character in a text; it is dropped.
    public static let controlCharacter = DiagnosticCode("control-character", .warning)
    /// More than a limit allows.
    public static let tooLarge = DiagnosticCode("too-large", .error)
    /// Neither iCalendar, JSON-LD nor text.
    public static let unknownFormat = DiagnosticCode("unknown-format", .error)
    /// The file ends too early.
    public static let truncated = DiagnosticCode("truncated", .error)
    /// A content line that is none.
    public static let malformedLine = DiagnosticCode("malformed-line", .warning)
    /// The file was alone in work when the daemon ended uncleanly, again and again.
    public static let stoppedTheDaemon = DiagnosticCode("stopped-the-daemon", .held)

    /// All that the readers, the rules and the shipped plugins say.
    public static let all: [DiagnosticCode] = [
        noEvent, missingName, missingStart, missingLocation, startAfterEnd, invalidDate, invalidTime,
        mixedDateAndDatetime, offsetDisagreesWithZone, unknownTimezone, missingTimezone, nonexistentLocalTime,
        ambiguousLocalTime, midnightAsUnknownTime, weekdayDateMismatch, yearInferred, eventInPast,
        implausibleDuration, uidDerived, invalidIdentifier, negativeSequence, sequenceTooLarge,
        sequenceNotIncremented, staleRevision, revisionConflict, cancelUnknownTarget, firstHeardChanged,
        selfReference, postdatedReference, updateWithoutReference, rescheduledWithoutPreviousStart,
        previousStartWithoutStatus, scheduleWithStartDate, dtendAndDuration, invalidRRule, rruleUnboundedOrTooDense,
        duplicateOccurrence, unknownStatus, invalidLanguage, markupInText, invalidURI, geoOutOfRange, placeAmbiguous,
        dayAssignmentUnstated, subeventOutsideParent, spellingTaken, valueLeftOut, unreadableException, seenBefore,
        stampInFuture, foreignEvent, forgottenEvent, sameEventOrNew, unaccountedDate, unclearHalfOfDay,
        missingFromList, ambiguousIntent, blastRadius, suspended, heldTogether, rejectedTogether, languageNotRead,
        yearFromReceipt, isPrivate,
        embargoed, invalidUTF8, controlCharacter, tooLarge, unknownFormat, truncated, malformedLine, stoppedTheDaemon,
    ]
}
