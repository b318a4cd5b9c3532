import EventModel

extension EventStatus {
    /// The class of the style sheet.
    var styleClass: StaticString {
        switch self {
        case .scheduled: "scheduled"
        case .tentative: "tentative"
        case .postponed: "postponed"
        case .rescheduled: "rescheduled"
        case .movedOnline: "moved"
        case .cancelled: "cancelled"
        }
    }

    /// The words on a badge.
    var badge: String {
        switch self {
        case .scheduled: "Scheduled"
        case .tentative: "Not yet confirmed"
        case .postponed: "Postponed"
        case .rescheduled: "Rescheduled"
        case .movedOnline: "Moved online"
        case .cancelled: "Cancelled"
        }
    }
}

extension Intent {
    /// The class of the style sheet.
    var styleClass: StaticString {
        switch self {
        case .new, .reinstated: "new"
        case .postponed: "postponed"
        case .rescheduled: "rescheduled"
        case .movedOnline: "moved"
        case .cancelled: "cancelled"
        case .corrected, .unchanged, .stale: "corrected"
        }
    }

    /// Whether a status badge says the same already.
    func isSaid(by status: EventStatus) -> Bool {
        switch (self, status) {
        case (.cancelled, .cancelled), (.postponed, .postponed), (.rescheduled, .rescheduled),
            (.movedOnline, .movedOnline):
            true
        default: false
        }
    }
}

extension PartyRole {
    /// What stands before the names.
    var label: StaticString {
        switch self {
        case .organizer: "Organised by"
        case .affiliated: "Affiliated with"
        case .performer: "With"
        case .sponsor: "Sponsored by"
        case .publisher: "Announced by"
        }
    }
}

extension Moment {
    /// The value of a `datetime` attribute (HTML, 4.5.14), no more exact than it is known.
    func machineReadable(_ precision: Precision) -> String {
        switch precision {
        case .year: String(date.description.prefix(4))
        case .month: String(date.description.prefix(7))
        case .day: date.description
        case .minute: description
        }
    }
}

extension Event {
    /// The time that all occurrences share; nil where they differ.
    var commonWhen: When? {
        guard let first = content.occurrences.first?.when else { return nil }
        return content.occurrences.allSatisfy { $0.when.start == first.start && $0.when.end == first.end } ? first : nil
    }
}
