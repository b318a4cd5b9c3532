/// What a diagnostic does to a delivery: nothing but a report, a person's decision, or a rejection.
public enum Severity: Int, Sendable, Comparable, CaseIterable {
    /// Not reported at all; only settings can say so.
    case ignored
    /// Reported (W).
    case warning
    /// A person decides (H).
    case held
    /// Rejected (E).
    case error

    /// Lighter ones come first.
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    /// `ignored`, `warning`, `held`, `error`: the word in settings and JSON.
    public var word: String {
        switch self {
        case .ignored: "ignored"
        case .warning: "warning"
        case .held: "held"
        case .error: "error"
        }
    }

    /// Reads the word of a setting.
    public init?(word: some StringProtocol) {
        guard let match = Severity.allCases.first(where: { $0.word == word }) else { return nil }
        self = match
    }
}

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
    /// The end lies before the start.
    case startAfterEnd = "start-after-end"
    /// A date that no calendar has.
    case invalidDate = "invalid-date"
    /// A time of day that no clock shows.
    case invalidTime = "invalid-time"
    /// Of start and end one is a day and the other a time.
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
    /// Nothing identifies the event.
    case missingUID = "missing-uid"
    /// The identifier was made from publisher, headline and year.
    case uidDerived = "uid-derived"
    /// The identifier is empty or cannot be one.
    case invalidIdentifier = "invalid-identifier"
    /// The sequence is below zero.
    case negativeSequence = "negative-sequence"
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
    /// Both an end and a duration.
    case dtendAndDuration = "dtend-and-duration"
    /// A recurrence rule that is none.
    case invalidRRule = "invalid-rrule"
    /// A recurrence rule with more occurrences than the limit allows.
    case rruleUnboundedOrTooDense = "rrule-unbounded-or-too-dense"
    /// Two occurrences at one place and time.
    case duplicateOccurrence = "duplicate-occurrence"
    /// A status that no vocabulary has.
    case unknownStatus = "unknown-status"
    /// A language tag that is none.
    case invalidLanguage = "invalid-language"
    /// Markup in a plain text.
    case markupInText = "markup-in-text"
    /// An address that is none.
    case invalidURI = "invalid-uri"
    /// Coordinates that are on no map.
    case geoOutOfRange = "geo-out-of-range"
    /// A name that several places have.
    case placeAmbiguous = "place-ambiguous"
    /// Several places and days, without saying which place has which.
    case dayAssignmentUnstated = "day-assignment-unstated"
    /// A part of the event outside its time.
    case subeventOutsideParent = "subevent-outside-parent"
    /// Content that was current before and is not now.
    case seenBefore = "seen-before"
    /// It claims to be issued after it was received.
    case stampInFuture = "stamp-in-future"
    /// An update of the event of another publisher.
    case foreignEvent = "foreign-event"
    /// What would bring a forgotten event back.
    case forgottenEvent = "forgotten-event"
    /// It resembles a known event and does not say whether it is that one.
    case sameEventOrNew = "same-event-or-new"
    /// What the update says it does is not what it changes.
    case ambiguousIntent = "ambiguous-intent"
    /// One file changes more events than is usual.
    case blastRadius = "blast-radius"
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
    /// A control character in a text.
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
        case .noEvent, .missingStart, .startAfterEnd, .invalidDate, .invalidTime, .mixedDateAndDatetime,
            .offsetDisagreesWithZone, .unknownTimezone, .weekdayDateMismatch, .missingUID, .invalidIdentifier,
            .negativeSequence, .selfReference, .dtendAndDuration, .invalidRRule, .rruleUnboundedOrTooDense,
            .unknownStatus, .invalidLanguage, .invalidURI, .geoOutOfRange, .invalidUTF8, .controlCharacter,
            .tooLarge, .unknownFormat, .truncated:
            .error
        case .revisionConflict, .seenBefore, .foreignEvent, .forgottenEvent, .sameEventOrNew, .ambiguousIntent,
            .blastRadius, .languageNotRead, .yearFromReceipt, .stoppedTheDaemon:
            .held
        default: .warning
        }
    }
}

/// A place in the dropped bytes.
public struct SourcePosition: Hashable, Sendable {
    /// Counted from 1.
    public var line: Int
    /// Characters (Unicode scalars) from the start of the line, counted from 1.
    public var column: Int
    /// Bytes from the start of the file, counted from 0.
    public var bytes: Range<Int>

    /// Makes a position.
    public init(line: Int, column: Int, bytes: Range<Int>) {
        self.line = line
        self.column = column
        self.bytes = bytes
    }

    /// Finds line and column of a byte range. LF, CR LF and a lone CR end a line; a range past the end is cut.
    public init(of range: Range<Int>, in bytes: [UInt8]) {
        let start = min(max(range.lowerBound, 0), bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<start {
            let byte = bytes[index]
            if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
                line += 1
                lineStart = index + 1
            }
        }
        let column = bytes[lineStart..<start].count { $0 & 0xC0 != 0x80 } + 1
        self.init(line: line, column: column, bytes: start..<min(max(range.upperBound, start), bytes.count))
    }
}

/// One thing said about an update: a stable code, the field, where it stands, and a sentence with the remedy.
public struct Diagnostic: Hashable, Sendable {
    /// The stable name.
    public var code: DiagnosticCode
    /// What it does to the delivery.
    public var severity: Severity
    /// The field, as in the canonical JSON; empty for the whole document.
    public var field: String
    /// Where it stands; nil where it is about something absent.
    public var position: SourcePosition?
    /// A sentence for a person, with the remedy.
    public var message: String
    /// Which update of the file it speaks of, counted from 0; nil for the file.
    public var update: Int?

    /// Makes a diagnostic.
    public init(
        _ code: DiagnosticCode, severity: Severity, field: String = "", position: SourcePosition? = nil,
        update: Int? = nil, message: String
    ) {
        self.code = code
        self.severity = severity
        self.field = field
        self.position = position
        self.update = update
        self.message = message
    }
}

extension Sequence where Element == Diagnostic {
    /// One sentence: the first problem of that severity with its place, and how many more there are.
    public func reason(for severity: Severity) -> String {
        let problems = filter { $0.severity == severity }
        guard let first = problems.first else { return "" }
        var reason = first.message
        if let position = first.position { reason = "line \(position.line), column \(position.column): \(reason)" }
        switch problems.count {
        case 1: return reason
        case 2: return "\(reason) (and 1 more problem)"
        default: return "\(reason) (and \(problems.count - 1) more problems)"
        }
    }
}
