import EventModel

/// When an event is: starts, ends, and what statuses ask of them.
enum TimeRules {
    static let all: [Rule] = [missingStart, duration, midnight, past, previousStarts, duplicates]

    private static let missingStart: Rule = { subject, findings in
        guard !subject.isCancellation else { return }
        func add(_ occurrence: Int) {
            findings.add(
                .missingStart, .start, occurrence: occurrence,
                "the event does not say when it starts; add a start, or say that it is postponed or cancelled")
        }
        if subject.update.occurrences.isEmpty, subject.update.status != .postponed { add(0) }
        for (index, occurrence) in subject.update.occurrences.enumerated() where occurrence.when.start == nil {
            let status = subject.status(of: occurrence)
            if status != .postponed, status != .cancelled, occurrence.when.recurrenceDates.isEmpty { add(index) }
        }
    }

    /// The end not absurdly long after the start.
    private static let duration: Rule = { subject, findings in
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            guard let start = occurrence.when.start, let end = occurrence.when.end else { continue }
            let length = seconds(from: start, to: end)
            let settings = subject.settings
            let most = start.time == nil ? settings.longestWholeDayEvent : settings.longestTimedEvent
            if length > most.components.seconds {
                findings.add(
                    .implausibleDuration, .end, occurrence: index,
                    "the event lasts from \(start) to \(end), longer than \(most.inWords); "
                        + "if that is not meant, correct the end")
            }
        }
    }

    /// Seconds between two moments: by the offsets where both are stated, else by the clock. An end that is a day
    /// counts whole.
    private static func seconds(from start: Moment, to end: Moment) -> Int64 {
        if case .time(let a, let first) = start, case .time(let b, let second) = end {
            let shift = first.flatMap { first in second.map { first.seconds - $0.seconds } } ?? 0
            return Int64(b.secondsSinceEpoch - a.secondsSinceEpoch + shift)
        }
        let days = end.date.daysSinceEpoch - start.date.daysSinceEpoch
        return days < 0 ? Int64(days) * 86_400 : Int64(days + 1) * 86_400
    }

    /// 00:00 often stands for a time that nobody knows.
    private static let midnight: Rule = { subject, findings in
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            guard let start = occurrence.when.start?.time, isMidnight(start) else { continue }
            if let end = occurrence.when.end?.time, !isMidnight(end), !(end.hour == 23 && end.minute == 59) { continue }
            findings.add(
                .midnightAsUnknownTime, .start, occurrence: index,
                "the event starts at midnight; if the time is not known, give only the date \(start.date)")
        }
    }

    private static func isMidnight(_ time: LocalDateTime) -> Bool {
        time.hour == 0 && time.minute == 0 && time.second == 0
    }

    /// Over everywhere on earth.
    private static let past: Rule = { subject, findings in
        guard !subject.isCancellation, !subject.update.occurrences.isEmpty else { return }
        var last: (moment: Moment, occurrence: Int)?
        var latest = Int.min
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            let when = occurrence.when
            guard when.recurrenceRule == nil, let own = when.end ?? when.start else { return }
            for moment in [own] + when.recurrenceDates {
                let end = latestEnd(of: moment, in: when)
                if end > latest {
                    latest = end
                    last = (moment, index)
                }
            }
        }
        guard let last, latest < subject.now.seconds else { return }
        findings.add(
            .eventInPast, .start, occurrence: last.occurrence,
            "the event was over on \(last.moment.date); if that is not meant, correct its date")
    }

    /// Seconds since the epoch when a moment is over; on an unknown clock, on the last one of the earth.
    private static func latestEnd(of moment: Moment, in when: When) -> Int {
        let lastClock = 12 * 3600
        switch moment {
        case .time(let time, let offset): return time.secondsSinceEpoch - (offset?.seconds ?? -lastClock)
        case .date(let date):
            var days = 1
            if when.end == nil, when.precision == .month {
                days = LocalDate.length(ofMonth: date.month, year: date.year)
            }
            if when.end == nil, when.precision == .year { days = 366 }
            return (date.daysSinceEpoch + days) * 86_400 + lastClock
        }
    }

    private static let previousStarts: Rule = { subject, findings in
        var isSaidOfEvent = false
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            switch (subject.status(of: occurrence), occurrence.previousStarts.last) {
            case (.scheduled, let previous?), (.tentative, let previous?):
                findings.add(
                    .previousStartWithoutStatus, .previousStarts, occurrence: index,
                    "a previous start, \(previous), is given and the event is not said to be rescheduled; "
                        + "set its status to rescheduled")
            case (.rescheduled, nil):
                // Said once of the event, or of each occurrence that has its own status.
                if occurrence.status == nil, isSaidOfEvent { continue }
                isSaidOfEvent = isSaidOfEvent || occurrence.status == nil
                findings.add(
                    .rescheduledWithoutPreviousStart, .status, occurrence: occurrence.status.map { _ in index },
                    "the event is rescheduled and does not say from when; add its previous start")
            default: continue
            }
        }
    }

    /// Two occurrences at one place and time.
    private static let duplicates: Rule = { subject, findings in
        let occurrences = subject.update.occurrences
        guard occurrences.count > 1 else { return }
        var seen: [Site: Int] = [:]
        for (index, occurrence) in occurrences.enumerated() {
            guard let start = occurrence.when.start else { continue }
            let site = Site(start: start, place: occurrence.place, onlineURL: occurrence.onlineURL)
            if let first = seen[site] {
                findings.add(
                    .duplicateOccurrence, .when, occurrence: index,
                    "occurrence \(index + 1) has the same start and place as occurrence \(first + 1); remove one")
            } else {
                seen[site] = index
            }
        }
    }

    private struct Site: Hashable {
        var start: Moment
        var place: Place?
        var onlineURL: String?
    }
}

extension Duration {
    /// For messages: days where there are any.
    var inWords: String {
        let seconds = components.seconds
        return seconds % 86_400 == 0 ? "\(seconds / 86_400) days" : "\(seconds / 3600) hours"
    }
}
