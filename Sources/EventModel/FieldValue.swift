/// The value of a field in a change: typed, so that a change can be applied and undone, and rendered for people only
/// when somebody reads it.
public enum FieldValue: Hashable, Sendable {
    /// A text.
    case text(String)
    /// Several texts.
    case texts([String])
    /// A text and its language.
    case wording(LanguageText)
    /// A whole number.
    case integer(Int)
    /// A number.
    case number(Double)
    /// A point in time.
    case instant(Instant)
    /// A day or a time.
    case moment(Moment)
    /// Several days or times.
    case moments([Moment])
    /// Revisions that are replaced.
    case references([Reference])
    /// Those who take part.
    case parties([Party])
    /// What the model does not understand.
    case extensions([Extension])
    /// A place.
    case place(Place)
    /// A whole occurrence.
    case occurrence(Occurrence)

    /// The value for a person, on one line unless it is a text of several.
    public var words: String {
        switch self {
        case .text(let text): text
        case .texts(let texts): texts.joined(separator: ", ")
        case .wording(let wording): wording.text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .instant(let instant): instant.description
        case .moment(let moment): moment.description
        case .moments(let moments): moments.map(\.description).joined(separator: ", ")
        case .references(let references): references.map(\.uid).joined(separator: ", ")
        case .parties(let parties): parties.map(\.name).joined(separator: ", ")
        case .extensions(let extensions): extensions.map(FieldValue.words).joined(separator: "\n")
        case .place(let place): FieldValue.words(place)
        case .occurrence(let occurrence): FieldValue.words(occurrence)
        }
    }

    private static func words(_ item: Extension) -> String {
        item.name.isEmpty ? item.content : "\(item.name): \(item.content)"
    }

    private static func words(_ place: Place) -> String {
        guard let locality = place.locality, locality != place.name else { return place.name }
        return "\(place.name), \(locality)"
    }

    private static func words(_ occurrence: Occurrence) -> String {
        let start = occurrence.when.start?.description
        let place = occurrence.place.map(words) ?? occurrence.onlineURL
        let parts = [place, start].compactMap { $0 }
        return parts.isEmpty ? occurrence.id : parts.joined(separator: ", ")
    }
}

/// A type that fields of an event have. Empty texts and lists count as no value.
protocol FieldConvertible: Hashable, Sendable {
    var fieldValue: FieldValue? { get }
    init?(fieldValue: FieldValue?)
}

extension String: FieldConvertible {
    var fieldValue: FieldValue? { isEmpty ? nil : .text(self) }
    init?(fieldValue: FieldValue?) {
        switch fieldValue {
        case nil: self = ""
        case .text(let text): self = text
        default: return nil
        }
    }
}

extension Int: FieldConvertible {
    var fieldValue: FieldValue? { .integer(self) }
    init?(fieldValue: FieldValue?) {
        guard case .integer(let number) = fieldValue else { return nil }
        self = number
    }
}

extension Double: FieldConvertible {
    var fieldValue: FieldValue? { .number(self) }
    init?(fieldValue: FieldValue?) {
        guard case .number(let number) = fieldValue else { return nil }
        self = number
    }
}

extension Instant: FieldConvertible {
    var fieldValue: FieldValue? { .instant(self) }
    init?(fieldValue: FieldValue?) {
        guard case .instant(let instant) = fieldValue else { return nil }
        self = instant
    }
}

extension Moment: FieldConvertible {
    var fieldValue: FieldValue? { .moment(self) }
    init?(fieldValue: FieldValue?) {
        guard case .moment(let moment) = fieldValue else { return nil }
        self = moment
    }
}

extension LanguageText: FieldConvertible {
    var fieldValue: FieldValue? { .wording(self) }
    init?(fieldValue: FieldValue?) {
        guard case .wording(let wording) = fieldValue else { return nil }
        self = wording
    }
}

extension FieldConvertible where Self: RawRepresentable, RawValue == String {
    var fieldValue: FieldValue? { .text(rawValue) }
    init?(fieldValue: FieldValue?) {
        guard case .text(let word) = fieldValue else { return nil }
        self.init(rawValue: word)
    }
}

extension UpdateKind: FieldConvertible {}
extension UIDOrigin: FieldConvertible {}
extension AttendanceMode: FieldConvertible {}
extension Visibility: FieldConvertible {}
extension EventStatus: FieldConvertible {}
extension Precision: FieldConvertible {}
extension DayAssignment: FieldConvertible {}
extension PlaceKind: FieldConvertible {}

extension Optional: FieldConvertible where Wrapped: FieldConvertible & OptionalField {
    var fieldValue: FieldValue? { flatMap(\.presentValue) }
    init?(fieldValue: FieldValue?) {
        guard let fieldValue else {
            self = .none
            return
        }
        guard let value = Wrapped(fieldValue: fieldValue) else { return nil }
        self = value
    }
}

/// A type whose absence is told by an optional, so that an empty value is a value.
protocol OptionalField: FieldConvertible {
    var presentValue: FieldValue? { get }
}

extension OptionalField {
    var presentValue: FieldValue? { fieldValue }
}

extension String: OptionalField {
    var presentValue: FieldValue? { .text(self) }
}
extension Int: OptionalField {}
extension Double: OptionalField {}
extension Instant: OptionalField {}
extension Moment: OptionalField {}
extension LanguageText: OptionalField {}
extension EventStatus: OptionalField {}

/// A type that fields are lists of.
protocol ListField: Hashable, Sendable {
    static func list(_ elements: [Self]) -> FieldValue
    static func elements(_ value: FieldValue) -> [Self]?
}

extension Array: FieldConvertible where Element: ListField {
    var fieldValue: FieldValue? { isEmpty ? nil : Element.list(self) }
    init?(fieldValue: FieldValue?) {
        guard let fieldValue else {
            self = []
            return
        }
        guard let elements = Element.elements(fieldValue) else { return nil }
        self = elements
    }
}

extension String: ListField {
    static func list(_ elements: [String]) -> FieldValue { .texts(elements) }
    static func elements(_ value: FieldValue) -> [String]? { if case .texts(let list) = value { list } else { nil } }
}
extension Moment: ListField {
    static func list(_ elements: [Moment]) -> FieldValue { .moments(elements) }
    static func elements(_ value: FieldValue) -> [Moment]? { if case .moments(let list) = value { list } else { nil } }
}
extension Reference: ListField {
    static func list(_ elements: [Reference]) -> FieldValue { .references(elements) }
    static func elements(_ value: FieldValue) -> [Reference]? {
        if case .references(let list) = value { list } else { nil }
    }
}
extension Party: ListField {
    static func list(_ elements: [Party]) -> FieldValue { .parties(elements) }
    static func elements(_ value: FieldValue) -> [Party]? { if case .parties(let list) = value { list } else { nil } }
}
extension Extension: ListField {
    static func list(_ elements: [Extension]) -> FieldValue { .extensions(elements) }
    static func elements(_ value: FieldValue) -> [Extension]? {
        if case .extensions(let list) = value { list } else { nil }
    }
}
