import EventModel

/// Ends: a bad end costs the end, not the event.
extension Tolerance {
    mutating func dropEnds(_ update: inout EventUpdate) {
        for index in update.occurrences.indices {
            let when = update.occurrences[index].when
            guard let start = when.start, let end = when.end,
                let fault = fault(of: end, after: start, in: when.timeZone)
            else { continue }
            // What the file says: an end that is a day was made inclusive, and an hour may stand on another clock there.
            let said = quoted(.end, occurrence: index, of: update) ?? end.description
            let begin = quoted(.start, occurrence: index, of: update) ?? start.description
            switch fault {
            case .mixed:
                report(
                    .mixedDateAndDatetime, .end, occurrence: index,
                    start.time == nil
                        ? "the start '\(begin)' is a day and the end '\(said)' has a time of day: the end is left out; give "
                            + "both a time, or neither"
                        : "the start '\(begin)' has a time of day and the end '\(said)' has none: the end is left out; give "
                            + "both a time, or neither")
            case .early:
                report(
                    .startAfterEnd, .end, occurrence: index,
                    "the end '\(said)' lies before the start '\(begin)' and is left out; if the event ends after midnight, "
                        + "give the end the date of the next day")
            case .offset(let known):
                report(
                    .valueLeftOut, .end, occurrence: index,
                    "the end '\(said)' is left out: its offset is not that of \(when.timeZone ?? "its zone"), which has "
                        + "\(known) then; correct one of them")
            }
            update.occurrences[index].when.end = nil
            let field = FieldPath(.end, occurrence: index).description
            update.evidence.removeAll { $0.fieldPath == field }
        }
    }

    private enum EndFault {
        /// Of start and end one is a day, the other a time.
        case mixed
        /// It lies before the start.
        case early
        /// Its offset is none that the zone has then.
        case offset(String)
    }

    private func fault(of end: Moment, after start: Moment, in zone: String?) -> EndFault? {
        guard (start.time == nil) == (end.time == nil) else { return .mixed }
        if case .time(let time, let stated?) = end, let zone {
            switch zones.offsets(of: time, in: zone) {
            case .one(let offset)? where offset != stated: return .offset("\(offset)")
            case .overlap(let first, let second)? where first != stated && second != stated:
                return .offset("\(first) or \(second)")
            default: break
            }
        }
        return Tolerance.isBefore(end, start) ? .early : nil
    }

    /// By the offsets where both are stated, else by the clock.
    private static func isBefore(_ end: Moment, _ start: Moment) -> Bool {
        guard case .time(let a, let first) = start, case .time(let b, let second) = end else {
            return end.date.daysSinceEpoch < start.date.daysSinceEpoch
        }
        let shift = first.flatMap { first in second.map { first.seconds - $0.seconds } } ?? 0
        return b.secondsSinceEpoch - a.secondsSinceEpoch + shift < 0
    }
}
