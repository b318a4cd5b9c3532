import EventModel

extension Moment {
    /// For columns: `2027-03-12 19:30`, without an offset.
    var digits: String {
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
            case .day, .minute: start.digits
            }
        if let end, end != start {
            text += " to \(end.date == start.date ? String(end.digits.dropFirst(11)) : end.digits)"
        }
        if start.time != nil, let timeZone { text += " (\(timeZone))" }
        if let recurrenceRule { text += ", repeated: \(recurrenceRule)" }
        if !recurrenceDates.isEmpty { text += ", also \(recurrenceDates.map(\.digits).joined(separator: ", "))" }
        if !exceptionDates.isEmpty { text += ", but not \(exceptionDates.map(\.digits).joined(separator: ", "))" }
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
