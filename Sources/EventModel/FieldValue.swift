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
