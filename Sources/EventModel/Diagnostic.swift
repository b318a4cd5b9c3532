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
    case noEvent = "no-event"
    case missingName = "missing-name"
    case missingStart = "missing-start"
    case missingLocation = "missing-location"
    case startAfterEnd = "start-after-end"
    case invalidDate = "invalid-date"
    case invalidTime = "invalid-time"
    case mixedDateAndDatetime = "mixed-date-and-datetime"
    case offsetDisagreesWithZone = "offset-disagrees-with-zone"
    case unknownTimezone = "unknown-timezone"
    case missingTimezone = "missing-timezone"
    case nonexistentLocalTime = "nonexistent-local-time"
    case ambiguousLocalTime = "ambiguous-local-time"
    case midnightAsUnknownTime = "midnight-as-unknown-time"
    case weekdayDateMismatch = "weekday-date-mismatch"
    case yearInferred = "year-inferred"
    case eventInPast = "event-in-past"
    case implausibleDuration = "implausible-duration"
    case missingUID = "missing-uid"
    case uidDerived = "uid-derived"
    case invalidIdentifier = "invalid-identifier"
    case negativeSequence = "negative-sequence"
    case sequenceNotIncremented = "sequence-not-incremented"
    case staleRevision = "stale-revision"
    case revisionConflict = "revision-conflict"
    case cancelUnknownTarget = "cancel-unknown-target"
    case firstHeardChanged = "first-heard-changed"
    case selfReference = "self-reference"
    case postdatedReference = "postdated-reference"
    case updateWithoutReference = "update-without-reference"
    case rescheduledWithoutPreviousStart = "rescheduled-without-previous-start"
    case previousStartWithoutStatus = "previous-start-without-status"
    case scheduleWithStartDate = "schedule-with-start-date"
    case dtendAndDuration = "dtend-and-duration"
    case invalidRRule = "invalid-rrule"
    case rruleUnboundedOrTooDense = "rrule-unbounded-or-too-dense"
    case duplicateOccurrence = "duplicate-occurrence"
    case unknownStatus = "unknown-status"
    case invalidLanguage = "invalid-language"
    case markupInText = "markup-in-text"
    case invalidURI = "invalid-uri"
    case geoOutOfRange = "geo-out-of-range"
    case placeAmbiguous = "place-ambiguous"
    case dayAssignmentUnstated = "day-assignment-unstated"
    case subeventOutsideParent = "subevent-outside-parent"
    case seenBefore = "seen-before"
    case foreignEvent = "foreign-event"
    case sameEventOrNew = "same-event-or-new"
    case ambiguousIntent = "ambiguous-intent"
    case blastRadius = "blast-radius"
    case languageNotRead = "language-not-read"
    case yearFromReceipt = "year-from-receipt"
    case isPrivate = "private"
    case embargoed = "embargoed"
    case invalidUTF8 = "invalid-utf8"
    case controlCharacter = "control-character"
    case tooLarge = "too-large"
    case unknownFormat = "unknown-format"
    case truncated = "truncated"
    case malformedLine = "malformed-line"
    case stoppedTheDaemon = "stopped-the-daemon"

    /// The severity before settings change it. It depends on the format where MODEL.md says so.
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
        case .revisionConflict, .seenBefore, .foreignEvent, .sameEventOrNew, .ambiguousIntent, .blastRadius,
            .languageNotRead, .yearFromReceipt, .stoppedTheDaemon:
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
