import EventModel

/// Dates and times as an English reader writes them: `7–8 February 2020`, `28 November 2026, 10:00–12:30`.
enum DateWords {
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    static func weekday(_ date: LocalDate) -> String { weekdays[date.weekday] }

    /// A moment as exactly as it is known.
    static func moment(_ moment: Moment, precision: Precision = .minute) -> String {
        switch precision {
        case .year: return "\(moment.date.year)"
        case .month: return "\(moment.date.monthName) \(moment.date.year)"
        case .day: return moment.date.words
        case .minute: return moment.words
        }
    }

    /// A moment on the wall clock of UTC, for what the service itself dates.
    static func instant(_ instant: Instant) -> String {
        guard let offset = UTCOffset(seconds: 0), let local = instant.local(offset: offset) else {
            return instant.description
        }
        return "\(local.date.words), \(local.clockWords) UTC"
    }

    /// Two days as one range, with what they share said once.
    static func range(_ first: LocalDate, _ last: LocalDate) -> String {
        if first == last { return first.words }
        if first.year != last.year { return "\(first.words) – \(last.words)" }
        if first.month != last.month { return "\(first.day) \(first.monthName) – \(last.words)" }
        return "\(first.day)–\(last.words)"
    }

    /// The whole of a time: the days, the hours, and the zone as the source stated it. Empty where no start is known.
    static func span(_ when: When) -> String {
        let words = local(when)
        guard !words.isEmpty, let zone = zone(of: when) else { return words }
        return "\(words) \(zone)"
    }

    /// The hours of a time that begins and ends on one day: `10:00–12:30`; nil for every other.
    static func hours(_ when: When) -> String? {
        guard when.precision == .minute, let from = when.start?.time else { return nil }
        guard let end = when.end, end != when.start else { return from.clockWords }
        guard let until = end.time, when.lastDay == from.date else { return nil }
        return "\(from.clockWords)–\(until.clockWords)"
    }

    /// Days and hours without the zone.
    static func local(_ when: When) -> String {
        guard let start = when.start else { return "" }
        guard when.precision == .minute, let from = start.time else {
            if when.precision == .minute { return start.date.words }
            guard when.precision == .day, let end = when.end, end.date > start.date else {
                return moment(start, precision: when.precision)
            }
            return range(start.date, end.date)
        }
        var words = "\(from.date.words), \(from.clockWords)"
        if let end = when.end, end != start {
            if let until = end.time {
                words +=
                    when.lastDay == from.date ? "–\(until.clockWords)" : " – \(until.date.words), \(until.clockWords)"
            } else if end.date > from.date {
                words += " – \(end.date.words)"
            }
        }
        return words
    }

    /// The zone or offset as stated, for people.
    static func zone(of when: When) -> String? {
        guard when.start?.time != nil else { return nil }
        if let zone = when.timeZone {
            return zone == "Etc/UTC" || zone == "UTC" ? "UTC" : zone + " time"
        }
        return when.start?.offset.map { $0.seconds == 0 ? "UTC" : "UTC\($0)" }
    }
}

extension When {
    /// The last day on which it still goes on: an end at midnight belongs to the day before, a month or a year goes on
    /// to its end.
    var lastDay: LocalDate? {
        guard let start else { return end?.date }
        switch precision {
        case .year: return LocalDate(year: (end ?? start).date.year, month: 12, day: 31)
        case .month:
            let date = (end ?? start).date
            return LocalDate(
                year: date.year, month: date.month, day: LocalDate.length(ofMonth: date.month, year: date.year))
        case .day, .minute: break
        }
        guard let end, end.date >= start.date else { return start.date }
        if let time = end.time, time.hour == 0, time.minute == 0, time.second == 0, end.date > start.date {
            return end.date.adding(days: -1)
        }
        return end.date
    }
}
