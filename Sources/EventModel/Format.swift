/// The formats an update can come in.
public enum Format: String, Sendable, CaseIterable {
    /// schema.org JSON-LD.
    case jsonld
    /// iCalendar, RFC 5545.
    case icalendar
    /// A plain-text announcement.
    case text

    /// The IANA media type.
    public var mediaType: String {
        switch self {
        case .jsonld: "application/ld+json"
        case .icalendar: "text/calendar"
        case .text: "text/plain"
        }
    }
}
