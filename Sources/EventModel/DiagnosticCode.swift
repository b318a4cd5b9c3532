/// The stable names of everything that can be said about an update. Their raw values are external.
public enum DiagnosticCode: String, Sendable, CaseIterable {
    /// The file holds no event.
    case noEvent = "no-event"
    /// There is no headline.
    case missingName = "missing-name"
    /// There is no start, and the event is neither cancelled nor postponed.
    case missingStart = "missing-start"
    /// There is no place and no address online.
    case missingLocation = "missing-location"
    /// The end lies before the start; it is left out.
    case startAfterEnd = "start-after-end"
    /// A date that no calendar has.
    case invalidDate = "invalid-date"
    /// A time of day that no clock shows.
    case invalidTime = "invalid-time"
    /// Of start and end one is a day and the other a time; the end is left out.
    case mixedDateAndDatetime = "mixed-date-and-datetime"
    /// The stated offset is not that of the stated time zone then.
    case offsetDisagreesWithZone = "offset-disagrees-with-zone"
    /// A time zone that the system does not know.
    case unknownTimezone = "unknown-timezone"
    /// A time of day without a time zone.
    case missingTimezone = "missing-timezone"
    /// A time of day that clocks skip there.
    case nonexistentLocalTime = "nonexistent-local-time"
    /// A time of day that comes twice there.
    case ambiguousLocalTime = "ambiguous-local-time"
    /// Midnight, where probably the time is not known.
    case midnightAsUnknownTime = "midnight-as-unknown-time"
    /// The stated weekday is not that of the date.
    case weekdayDateMismatch = "weekday-date-mismatch"
    /// The year is not stated and was inferred.
    case yearInferred = "year-inferred"
    /// The event is over.
    case eventInPast = "event-in-past"
    /// The event is longer than events are.
    case implausibleDuration = "implausible-duration"
    /// The identifier was made from publisher, headline and start.
    case uidDerived = "uid-derived"
    /// The identifier is empty or cannot be one.
    case invalidIdentifier = "invalid-identifier"
    /// The sequence is below zero; it is not used.
    case negativeSequence = "negative-sequence"
    /// The sequence is larger than calendars allow; it is not used.
    case sequenceTooLarge = "sequence-too-large"
    /// The content is another one under the same sequence, issued later.
    case sequenceNotIncremented = "sequence-not-incremented"
    /// The update is proved older than what is known.
    case staleRevision = "stale-revision"
    /// Two contents under the same sequence and issue date.
    case revisionConflict = "revision-conflict"
    /// A cancellation of an event that is not known.
    case cancelUnknownTarget = "cancel-unknown-target"
    /// The first that is heard of an event is that it changed.
    case firstHeardChanged = "first-heard-changed"
    /// The update says that it replaces itself.
    case selfReference = "self-reference"
    /// The update replaces one that was issued after it.
    case postdatedReference = "postdated-reference"
    /// An update that does not say of what.
    case updateWithoutReference = "update-without-reference"
    /// Rescheduled, without the former start.
    case rescheduledWithoutPreviousStart = "rescheduled-without-previous-start"
    /// A former start, without the status rescheduled.
    case previousStartWithoutStatus = "previous-start-without-status"
    /// A schedule beside a start of its own.
    case scheduleWithStartDate = "schedule-with-start-date"
    /// Both an end and a duration; the end counts.
    case dtendAndDuration = "dtend-and-duration"
    /// A recurrence rule that is none.
    case invalidRRule = "invalid-rrule"
    /// A recurrence rule with more occurrences than the limit allows.
    case rruleUnboundedOrTooDense = "rrule-unbounded-or-too-dense"
    /// Two occurrences at one place and time.
    case duplicateOccurrence = "duplicate-occurrence"
    /// A status that cannot be read.
    case unknownStatus = "unknown-status"
    /// A language tag that is none; it is mended or left out.
    case invalidLanguage = "invalid-language"
    /// Markup in a plain text.
    case markupInText = "markup-in-text"
    /// An address that is none; it is left out.
    case invalidURI = "invalid-uri"
    /// Coordinates that are on no map; they are left out.
    case geoOutOfRange = "geo-out-of-range"
    /// A name that several places have.
    case placeAmbiguous = "place-ambiguous"
    /// Several places and days, without saying which place has which.
    case dayAssignmentUnstated = "day-assignment-unstated"
    /// A part of the event outside its time.
    case subeventOutsideParent = "subevent-outside-parent"
    /// A status or a cancellation in other words than the format has; it is taken.
    case spellingTaken = "spelling-taken"
    /// Anything else that cannot be read and that the event can do without.
    case valueLeftOut = "value-left-out"
    /// Further, excepted or replaced dates of an event that cannot be read.
    case unreadableException = "unreadable-exception"
    /// Content that was current before and is not now.
    case seenBefore = "seen-before"
    /// Issued later than it was received.
    case stampInFuture = "stamp-in-future"
    /// An update of the event of another publisher.
    case foreignEvent = "foreign-event"
    /// What would bring a forgotten event back.
    case forgottenEvent = "forgotten-event"
    /// It resembles a known event and does not say whether it is that one.
    case sameEventOrNew = "same-event-or-new"
    /// A date of the text that nothing was made of.
    case unaccountedDate = "unaccounted-date"
    /// An hour that may be in the morning or in the evening.
    case unclearHalfOfDay = "unclear-half-of-day"
    /// Events that were in a publisher's whole list before and are not now.
    case missingFromList = "missing-from-list"
    /// What the update says it does is not what it changes.
    case ambiguousIntent = "ambiguous-intent"
    /// One file changes more events than is usual.
    case blastRadius = "blast-radius"
    /// A person has suspended whom it comes from.
    case suspended
    /// A text in a language that is not read.
    case languageNotRead = "language-not-read"
    /// The year was inferred from the time of receipt alone.
    case yearFromReceipt = "year-from-receipt"
    /// The event is private and reaches no output.
    case isPrivate = "private"
    /// The event reaches no output yet.
    case embargoed = "embargoed"
    /// Bytes that are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// A control character in a text; it is dropped.
    case controlCharacter = "control-character"
    /// More than a limit allows.
    case tooLarge = "too-large"
    /// Neither iCalendar, JSON-LD nor text.
    case unknownFormat = "unknown-format"
    /// The file ends too early.
    case truncated = "truncated"
    /// A content line that is none.
    case malformedLine = "malformed-line"
    /// The file was alone in work when the daemon ended uncleanly, again and again.
    case stoppedTheDaemon = "stopped-the-daemon"

    /// The severity before settings change it. For a missing name and a missing location it depends on the format.
    public func defaultSeverity(in format: Format?) -> Severity {
        switch self {
        case .missingName: format == .icalendar ? .warning : .error
        case .missingLocation: format == .jsonld ? .error : .warning
        case .noEvent, .missingStart, .invalidDate, .invalidTime, .offsetDisagreesWithZone, .unknownTimezone,
            .weekdayDateMismatch, .invalidIdentifier, .selfReference, .invalidRRule, .rruleUnboundedOrTooDense,
            .forgottenEvent, .invalidUTF8, .tooLarge, .unknownFormat, .truncated:
            .error
        case .revisionConflict, .unknownStatus, .unreadableException, .seenBefore, .foreignEvent, .sameEventOrNew,
            .unaccountedDate, .unclearHalfOfDay, .missingFromList, .ambiguousIntent, .blastRadius, .suspended,
            .languageNotRead,
            .yearFromReceipt, .stoppedTheDaemon:
            .held
        case .startAfterEnd, .mixedDateAndDatetime, .missingTimezone, .nonexistentLocalTime, .ambiguousLocalTime,
            .midnightAsUnknownTime, .yearInferred, .eventInPast, .implausibleDuration, .uidDerived, .negativeSequence,
            .sequenceTooLarge, .sequenceNotIncremented, .staleRevision, .cancelUnknownTarget, .firstHeardChanged,
            .postdatedReference, .updateWithoutReference, .rescheduledWithoutPreviousStart,
            .previousStartWithoutStatus, .scheduleWithStartDate, .dtendAndDuration, .duplicateOccurrence,
            .invalidLanguage, .markupInText, .invalidURI, .geoOutOfRange, .placeAmbiguous, .dayAssignmentUnstated,
            .subeventOutsideParent, .spellingTaken, .valueLeftOut, .stampInFuture, .isPrivate, .embargoed,
            .controlCharacter, .malformedLine:
            .warning
        }
    }
}
