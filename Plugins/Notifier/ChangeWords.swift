import EventModel

/// What differs between two public states of an event, in sentences.
struct ChangeWords {
    private(set) var lines: [String] = []

    init(before: Event, after: Event) {
        if before.name.text != after.name.text {
            lines.append("Name: “\(EventWords.name(of: before))” is now “\(EventWords.name(of: after))”.")
        }
        if before.status != after.status, !after.status.isIntent {
            lines.append("Status: \(before.status.words) → \(after.status.words).")
        }
        compareOccurrences(before, after)
        if before.attendanceMode != after.attendanceMode {
            lines.append("Attendance: \(before.attendanceMode.words) → \(after.attendanceMode.words).")
        }
        compareParties(before, after)
        if before.description != after.description { lines.append("The description was changed.") }
        if Set(before.links) != Set(after.links) { lines.append("The links were changed.") }
        if lines.isEmpty, before.status == after.status { lines.append("Details were changed.") }
    }

    private mutating func compareOccurrences(_ before: Event, _ after: Event) {
        let pairs = OccurrenceMatching.pairs(before.occurrences, after.occurrences)
        let isMany = after.occurrences.count > 1 || before.occurrences.count > 1
        for (old, new) in pairs {
            let label = isMany ? ChangeWords.label(new ?? old, in: new == nil ? before : after) : ""
            switch (old, new) {
            case (let old?, let new?):
                compare(old, new, label: label.isEmpty ? "" : label + ": ", before, after)
            case (nil, let new?):
                let when = DateWords.span(new.when)
                lines.append("Added: " + [label, when].filter { !$0.isEmpty }.joined(separator: ", ") + ".")
            case (let old?, nil):
                let when = DateWords.span(old.when)
                lines.append("No longer: " + [label, when].filter { !$0.isEmpty }.joined(separator: ", ") + ".")
            case (nil, nil): break
            }
        }
    }

    private mutating func compare(
        _ old: Occurrence, _ new: Occurrence, label: String, _ before: Event, _ after: Event
    ) {
        if old.status != new.status {
            lines.append("\(label)\((new.status ?? after.status).words).")
        }
        if old.when.start != new.when.start || old.when.end != new.when.end || old.when.timeZone != new.when.timeZone {
            lines.append("\(label)Time: \(ChangeWords.times(old.when, new.when)).")
        }
        if old.when.recurrenceRule != new.when.recurrenceRule || old.when.exceptionDates != new.when.exceptionDates
            || old.when.recurrenceDates != new.when.recurrenceDates
        {
            lines.append("\(label)The dates it repeats on were changed.")
        }
        if old.place != new.place {
            let (from, to) = (ChangeWords.place(old, in: before), ChangeWords.place(new, in: after))
            lines.append(
                from == to
                    ? "\(label)The place was stated more exactly." : "\(label)Place: \(ChangeWords.arrow(from, to)).")
        }
        if old.onlineURL != new.onlineURL {
            let verb = old.onlineURL == nil ? "added" : new.onlineURL == nil ? "removed" : "changed"
            lines.append("\(label)The address to attend online was \(verb).")
        }
    }

    private mutating func compareParties(_ before: Event, _ after: Event) {
        let (old, new) = (Set(before.parties.map(\.name)), Set(after.parties.map(\.name)))
        for party in after.parties where !old.contains(party.name) {
            lines.append("Added: \(EventWords.party(party)).")
        }
        for party in before.parties where !new.contains(party.name) {
            lines.append("No longer named: \(EventWords.party(party)).")
        }
    }

    private static func label(_ occurrence: Occurrence?, in event: Event) -> String {
        guard let occurrence else { return "" }
        if let city = EventWords.city(of: occurrence, in: event) { return city }
        return occurrence.place.map { EventWords.oneLine($0.name) } ?? ""
    }

    private static func place(_ occurrence: Occurrence, in event: Event) -> String {
        guard let place = occurrence.place else { return occurrence.onlineURL == nil ? "" : "online" }
        let venue = EventWords.venue(of: place)
        return venue.isEmpty ? EventWords.city(of: occurrence, in: event) ?? EventWords.oneLine(place.name) : venue
    }

    /// Both times, without what they share: the zone, and the day where each has one and the same.
    private static func times(_ old: When, _ new: When) -> String {
        guard DateWords.zone(of: old) == DateWords.zone(of: new) else {
            return arrow(DateWords.span(old), DateWords.span(new))
        }
        if old.start?.date == new.start?.date, let from = DateWords.hours(old), let to = DateWords.hours(new) {
            return arrow(from, to)
        }
        return arrow(DateWords.local(old), DateWords.local(new))
    }

    private static func arrow(_ before: String, _ after: String) -> String {
        if before.isEmpty { return "now \(after)" }
        return after.isEmpty ? "no longer \(before), to be announced" : "\(before) → \(after)"
    }
}

extension EventStatus {
    /// Whether an event that gets this status is announced by that very word.
    var isIntent: Bool { self != .scheduled && self != .tentative }

    /// The status in lower-case words.
    var words: String {
        switch self {
        case .scheduled: "scheduled"
        case .tentative: "not yet confirmed"
        case .postponed: "postponed"
        case .rescheduled: "rescheduled"
        case .movedOnline: "moved online"
        case .cancelled: "cancelled"
        }
    }
}

extension AttendanceMode {
    /// The mode in lower-case words.
    var words: String {
        switch self {
        case .offline: "in person"
        case .online: "online"
        case .mixed: "in person and online"
        }
    }
}
