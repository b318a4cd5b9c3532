import EventModel

extension EventStatus {
    /// Reads schema.org's name of a status, short or whole; nil for other words.
    init?(schema name: String) {
        switch name {
        case "EventScheduled": self = .scheduled
        case "EventRescheduled": self = .rescheduled
        case "EventPostponed": self = .postponed
        case "EventCancelled": self = .cancelled
        case "EventMovedOnline": self = .movedOnline
        case "tidings:EventTentative": self = .tentative
        default: return nil
        }
    }

    /// The value that JSON-LD has for the status.
    var schemaName: StaticString {
        switch self {
        case .scheduled: "https://schema.org/EventScheduled"
        case .rescheduled: "https://schema.org/EventRescheduled"
        case .postponed: "https://schema.org/EventPostponed"
        case .cancelled: "https://schema.org/EventCancelled"
        case .movedOnline: "https://schema.org/EventMovedOnline"
        case .tentative: "tidings:EventTentative"
        }
    }

    /// Of several that are stated together, the one that says most: a cancelled event is nothing else.
    private var weight: Int {
        switch self {
        case .scheduled: 0
        case .tentative: 1
        case .movedOnline: 2
        case .rescheduled: 3
        case .postponed: 4
        case .cancelled: 5
        }
    }

    /// Reads `eventStatus`, whatever its spelling; what is no status is a finding.
    static func read(_ node: JSONNode, _ findings: JSONLDFindings, _ field: FieldPath) -> EventStatus? {
        var result: EventStatus?
        for element in node.elementsOrSelf where !element.isText("") {
            let stated = SchemaName.short(element) ?? element["name"]?.text ?? ""
            guard let status = EventStatus(schema: stated) ?? StatusSpelling.read(stated) else {
                findings.add(
                    .unknownStatus, field, at: element.bytes,
                    "\(findings.excerpt(element)) is no event status; use one of EventScheduled, EventRescheduled, "
                        + "EventPostponed, EventCancelled and EventMovedOnline, with https://schema.org/ before it")
                continue
            }
            if EventStatus(schema: stated) == nil {
                findings.add(
                    .spellingTaken, field, at: element.bytes,
                    "\(findings.excerpt(element)) is taken as \(status.schemaName); write it so")
            }
            if status.weight >= result?.weight ?? 0 { result = status }
        }
        return result
    }
}

extension AttendanceMode {
    /// Reads schema.org's name of a mode, short or whole; nil for other words.
    init?(schema name: String) {
        switch name {
        case "OfflineEventAttendanceMode": self = .offline
        case "OnlineEventAttendanceMode": self = .online
        case "MixedEventAttendanceMode": self = .mixed
        default: return nil
        }
    }

    /// The value that JSON-LD has for the mode.
    var schemaName: StaticString {
        switch self {
        case .offline: "https://schema.org/OfflineEventAttendanceMode"
        case .online: "https://schema.org/OnlineEventAttendanceMode"
        case .mixed: "https://schema.org/MixedEventAttendanceMode"
        }
    }
}
