/// Names a field of an ``EventUpdate`` without building text until somebody reads it.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    /// The fields that diagnostics speak of.
    public enum Field: String, Sendable, CaseIterable {
        /// Fields of the event; `document` is the whole of it.
        case document = "", uid, sequence, issuedAt, references, status, kind, name = "name.text"
        /// Fields of the event.
        case description = "description.text", language, type, occurrences, parties, attendanceMode, embargoUntil
        /// Fields of the event.
        case visibility, links, categories
        /// When an occurrence takes place.
        case when, start = "when.start", end = "when.end", timeZone = "when.timeZone"
        /// How an occurrence repeats.
        case recurrenceRule = "when.recurrenceRule", recurrenceDates = "when.recurrenceDates"
        /// Exceptions, former starts and the place of an occurrence.
        case exceptionDates = "when.exceptionDates", previousStarts, place, placeName = "place.name"
        /// The address of an occurrence.
        case streetAddress = "place.streetAddress", locality = "place.locality", region = "place.region"
        /// Where on the map, or online, an occurrence is.
        case country = "place.country", latitude = "place.latitude", longitude = "place.longitude", onlineURL
        /// Which days of a range an occurrence has.
        case dayAssignment

        /// Whether an occurrence has the field, and not the event.
        public var isOfOccurrence: Bool { Field.ofOccurrence.contains(self) }

        private static let ofOccurrence: Set<Field> = {
            let paths = Set(Occurrence.fields.map(\.name) + Occurrence.pathFields.map(\.path))
            let ofEvent = Set(EventUpdate.fields.map(\.name))
            return Set(allCases.filter { paths.contains($0.rawValue) && !ofEvent.contains($0.rawValue) })
        }()
    }

    /// The field.
    public let field: Field
    /// The occurrence it belongs to, counted from 0; nil for a field of the event.
    public let occurrence: Int?

    /// Names a field of the event, or of one of its occurrences.
    public init(_ field: Field, occurrence: Int? = nil) {
        self.field = field
        self.occurrence = occurrence
    }

    /// `occurrences[0].when.start`.
    public var description: String {
        guard let occurrence else { return field.rawValue }
        return "occurrences[\(occurrence)].\(field.rawValue)"
    }
}

/// Where in the dropped bytes the fields of an update stand.
public struct FieldPositions: Sendable {
    // Those of the event under nil: an event may have a thousand occurrences, and each a few fields.
    private var entries: [Int?: [(field: FieldPath.Field, bytes: Range<Int>)]] = [:]

    /// No positions.
    public init() {}

    /// Notes where a field stands. The first note of a field counts.
    public mutating func note(_ path: FieldPath, at bytes: Range<Int>) {
        entries[path.occurrence, default: []].append((path.field, bytes))
    }

    /// The bytes of a field; where they are not known, those of its occurrence or of the whole update.
    public func bytes(of path: FieldPath) -> Range<Int>? {
        ownBytes(of: path) ?? ownBytes(of: FieldPath(.when, occurrence: path.occurrence))
            ?? ownBytes(of: FieldPath(.document))
    }

    /// The bytes of a field itself; nil where they are not known.
    public func ownBytes(of path: FieldPath) -> Range<Int>? {
        entries[path.occurrence]?.first { $0.field == path.field }?.bytes
    }
}
