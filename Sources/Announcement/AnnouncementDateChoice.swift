import EventModel

/// The days of the event as the text names them, years still open.
struct AnnouncementDays: Sendable {
    var days: [TextDay]
    var isRange: Bool
    /// The mention they come from, and its bytes with those of an end stated elsewhere.
    var chosen: AnnouncementDate
    var bytes: [Range<Int>]
    /// The bytes of a year stated at another mention of the same day.
    var yearBytes: Range<Int>?
}

/// Chooses the event's date among the dates of a text.
enum AnnouncementDateChoice {
    static func choose(_ dates: [AnnouncementDate], _ announcement: AnnouncementText) -> AnnouncementDays? {
        let events = dates.filter { $0.use == .event && $0.score >= AnnouncementDateFinder.leastScore }
        let withDay = events.filter { $0.date.hasDay && !$0.date.first.isImpossible }
        guard var best = strongest(withDay) ?? strongest(events) else { return nil }
        // "It opens on 5 June" says less than "5–7 June".
        if best.date.days.count == 1, best.score < 100,
            let wider = withDay.first(where: {
                $0.date.days.count > 1 && $0.score >= AnnouncementDateFinder.lineScore && $0.date.startsLike(best.date)
            })
        {
            best = wider
        }
        var result = AnnouncementDays(
            days: best.date.days, isRange: best.date.isRange, chosen: best,
            bytes: [announcement.bytes(best.date.tokens)])
        if let end = until(best, dates, announcement) {
            result.days.append(end.date.first)
            result.isRange = true
            result.bytes.append(announcement.bytes(end.date.tokens))
        }
        if best.score >= 100 { addLabelled(&result, withDay, announcement) }
        if result.days.allSatisfy({ $0.year == nil }) {
            let same = dates.first {
                $0.score >= AnnouncementDateFinder.lineScore && $0.date.first.year != nil && $0.date.hasDay
                    && $0.date.startsLike(best.date) && $0.use == .event
            }
            if let same, let year = same.date.first.year {
                for index in result.days.indices { result.days[index].year = year }
                result.yearBytes = announcement.bytes(same.date.yearTokens ?? same.date.tokens)
            }
        }
        return result
    }

    private static func strongest(_ dates: [AnnouncementDate]) -> AnnouncementDate? {
        // The first of the strongest: what comes first in an announcement is what it is about.
        dates.reduce(nil as AnnouncementDate?) { best, next in
            guard let best else { return next }
            return next.score > best.score ? next : best
        }
    }

    /// `opens on 11 March and runs until 30 April`.
    private static func until(_ best: AnnouncementDate, _ dates: [AnnouncementDate], _ announcement: AnnouncementText)
        -> AnnouncementDate?
    {
        guard best.date.days.count == 1 else { return nil }
        return dates.first { other in
            guard other.segment == best.segment, other.date.tokens.lowerBound > best.date.tokens.lowerBound,
                other.date.days.count == 1
            else {
                return false
            }
            let before =
                max(best.date.tokens.upperBound, other.date.tokens.lowerBound - 5)..<other.date.tokens.lowerBound
            guard let until = before.last(where: { announcement.tokens[$0].has(.rangeWord) }),
                until == other.date.tokens.lowerBound - 1
            else {
                return false
            }
            return before.contains {
                announcement.tokens[$0].has(.holding)
                    || ["view", "show", "display"].contains(announcement.tokens[$0].fold)
            }
        }
    }

    /// Dates of further labels: an end, or more days.
    private static func addLabelled(
        _ result: inout AnnouncementDays, _ dates: [AnnouncementDate], _ announcement: AnnouncementText
    ) {
        for other in dates where other.score >= 100 && other.date.tokens != result.chosen.date.tokens {
            let isEnd = announcement.segments[other.segment].label == .endDate
            guard other.date.days.count == 1, result.days.count < 400, !result.days.contains(other.date.first) else {
                continue
            }
            if isEnd, result.days.count == 1 {
                result.isRange = true
            } else if isEnd || result.isRange {
                continue
            }
            result.days.append(other.date.first)
            result.bytes.append(announcement.bytes(other.date.tokens))
        }
    }
}
