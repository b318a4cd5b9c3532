import EventFormats
import EventModel

extension EventUpdate {
    /// The earliest start of any occurrence that has one.
    var firstStart: Moment? { occurrences.compactMap(\.when.start).min { $0.order < $1.order } }

    /// The latest end, or the latest start where no end is known.
    var lastEnd: Moment? {
        occurrences.compactMap { $0.when.end ?? $0.when.start }.max { $0.order < $1.order }
    }

    /// The names of the places, without repetitions.
    var placeNames: [String] {
        occurrences.compactMap { $0.place?.name }.reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }
}

extension Moment {
    /// Roughly the order of time: clocks of different zones are compared as if they were one.
    fileprivate var order: Int { time?.secondsSinceEpoch ?? date.daysSinceEpoch * 86_400 }

    /// For people: `2027-03-12 19:30`, without an offset.
    var words: String {
        guard let time else { return date.description }
        return "\(date) \(time.description.dropFirst(11).prefix(5))"
    }
}

extension When {
    /// For people: `2027-03-12 19:30 to 21:30 (Europe/Vienna)`.
    var words: String {
        guard let start else { return "no date yet" }
        var text =
            switch precision {
            case .year: "some time in \(start.date.description.prefix(4))"
            case .month: "some time in \(start.date.description.prefix(7))"
            case .day, .minute: start.words
            }
        if let end, end != start {
            text += " to \(end.date == start.date ? String(end.words.dropFirst(11)) : end.words)"
        }
        if start.time != nil, let timeZone { text += " (\(timeZone))" }
        if let recurrenceRule { text += ", repeated: \(recurrenceRule)" }
        if !recurrenceDates.isEmpty { text += ", also \(recurrenceDates.map(\.words).joined(separator: ", "))" }
        if !exceptionDates.isEmpty { text += ", but not \(exceptionDates.map(\.words).joined(separator: ", "))" }
        return text
    }
}

extension Place {
    /// For people: the name and what of the address it does not say already.
    var words: String {
        let parts = [streetAddress, postalCode, locality, region, country].compactMap { $0 }
        return ([name] + parts.filter { !name.contains($0) }).joined(separator: ", ")
    }
}

extension EventStatus {
    /// For people: `moved online`.
    var words: String { self == .movedOnline ? "moved online" : rawValue }

    /// How the word looks on a terminal.
    var style: Style? {
        switch self {
        case .scheduled: nil
        case .tentative: .faint
        case .postponed, .rescheduled, .movedOnline: .yellow
        case .cancelled: .red
        }
    }
}
