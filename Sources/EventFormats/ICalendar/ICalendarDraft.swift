import EventModel
import Reading

/// What one VEVENT says, before those of one uid are put together.
struct ICalendarDraft {
    var uid: String?
    /// The date that this replaces (RECURRENCE-ID), or the name our own writer gave the occurrence.
    var occurrenceID: String?
    /// Whether `occurrenceID` is a RECURRENCE-ID.
    var isReplacement = false
    /// Whether it is one of several parts that our own writer made of one event.
    var isPart = false
    /// What it says of the event and needs no second look when all are put together.
    var event = EventUpdate.blank
    var name: LanguageText?
    var language: String?
    var type: String?
    var sequence: Int?
    /// DTSTAMP, and LAST-MODIFIED.
    var stamp: Instant?
    var modified: Instant?
    /// Whether our own writer noted when it was issued, or that it never was.
    var isIssueNoted = false
    var isNotIssued = false
    /// STATUS, and what our own writer noted where STATUS cannot say it.
    var status: EventStatus?
    /// The SUMMARY that says that the event is cancelled.
    var cancelledTitle: ContentLine?
    var eventStatus: EventStatus?
    var occurrenceStatus: EventStatus??
    var kind: UpdateKind?
    var occurrence = Occurrence(id: "main", when: When())
    /// Whether anything was said of time or place.
    var hasOccurrence = false
    var visibility = Visibility.public
    var attendanceMode: AttendanceMode?
    var embargoUntil: Instant?
    /// Content lines that are kept as they are.
    var lines: [String] = []
    var extensions: [Extension] = []
    var evidence: [(field: FieldPath.Field, rule: String)] = []
    /// Where fields stand, in the file.
    var positions: [(field: FieldPath.Field, source: Range<Int>)] = []
    /// The BEGIN line, in the file.
    var begin: Range<Int>

    init(begin: Range<Int>) { self.begin = begin }

    /// LAST-MODIFIED where there is no METHOD, else DTSTAMP (RFC 5545 §3.8.7.2).
    func issuedAt(hasMethod: Bool) -> Instant? {
        if isNotIssued { return nil }
        return isIssueNoted || !hasMethod ? modified ?? stamp : stamp
    }

    /// What a stated order proves of two of one uid: SEQUENCE, then when they were issued. Nil where it proves nothing.
    func isNewer(than other: ICalendarDraft, hasMethod: Bool) -> Bool? {
        if let own = sequence, let others = other.sequence, own != others { return own > others }
        if let own = issuedAt(hasMethod: hasMethod), let others = other.issuedAt(hasMethod: hasMethod), own != others {
            return own > others
        }
        return nil
    }
}

/// What all parts of the iCalendar reader share while one calendar is read.
final class ICalendarScene {
    let text: ContentText
    let zones: ICalendarZones
    /// METHOD, upper case.
    let method: String?
    private let methodLine: ContentLine?
    /// The update that is being read, counted from 0.
    var update = 0
    /// The occurrence that is being read, counted from 0.
    var occurrence = 0
    var findings: ReadingFindings

    init(
        text: ContentText, zones: ICalendarZones, method: String?, methodLine: ContentLine?, findings: ReadingFindings
    ) {
        (self.text, self.zones, self.method, self.findings) = (text, zones, method, findings)
        self.methodLine = methodLine
    }

    /// Reports a METHOD that is not known: what it means for the event is not clear.
    func reportMethod() {
        guard let methodLine, let method, !["PUBLISH", "REQUEST", "ADD", "CANCEL", ""].contains(method) else { return }
        report(
            .ambiguousIntent, at: methodLine.value, field: .kind,
            "METHOD:\(method.quotable) is not known here; send PUBLISH, REQUEST or CANCEL")
    }

    /// Notes a finding about a value.
    func report(
        _ code: DiagnosticCode, at range: Range<Int>, field: FieldPath.Field, severity: Severity? = nil,
        _ message: @autoclosure () -> String
    ) {
        findings.report(
            code, at: text.source(of: range), field: path(field), update: update, severity: severity, message())
    }

    /// The path of a field of the event, or of the occurrence that is being read.
    func path(_ field: FieldPath.Field) -> FieldPath {
        FieldPath(field, occurrence: field.isOfOccurrence ? occurrence : nil)
    }
}
