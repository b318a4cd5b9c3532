/// The time of day of the event, with how much speaks for it.
struct AnnouncementTime: Sendable {
    var span: TextTimeSpan
    var rule: String
    var confidence: Double
    /// Whether the half of the day was inferred.
    var isInferred = false
}

/// Finds the time of day that belongs to the event's date.
struct AnnouncementTimeFinder {
    let announcement: AnnouncementText
    let dates: AnnouncementDateIndex
    let chosen: AnnouncementDate?
    /// Segments whose times are of one stop of a tour alone.
    var excluded: Set<Int> = []

    /// Lines between a date and its time on a poster.
    private static let nearLines: Int32 = 4

    func find() -> AnnouncementTime? {
        let tokens = announcement.tokens
        let parser = TextTimeParser(tokens: tokens, zones: announcement.language.zones)
        if let span = chosen?.date.times { return AnnouncementTime(span: span, rule: "times.iso", confidence: 1) }
        var (best, bestScore, usesAfternoonHours) = (nil as TextTimeSpan?, 0, false)
        for (number, segment) in announcement.segments.enumerated() where !excluded.contains(number) {
            for span in parser.spans(in: segment.tokens) {
                if span.start.isCertain, span.start.hour > 12, !span.start.hasMeridiem(tokens) {
                    usesAfternoonHours = true
                }
                let score = score(span, number, segment)
                if score > bestScore { (best, bestScore) = (span, score) }
            }
        }
        guard var span = best else { return nil }
        var inferred = false
        if !span.start.isCertain, (1...6).contains(span.start.hour), !usesAfternoonHours,
            tokens[span.start.tokens.lowerBound].digits == 1
        {
            // "4:00" without a half of the day, in a text that does not count to 24.
            span.start.hour += 12
            if var end = span.end, !end.isCertain, end.hour < 12 {
                end.hour += 12
                span.end = end
            }
            inferred = true
        }
        return AnnouncementTime(
            span: span, rule: bestScore >= 90 ? "times.label" : "times.beside-date",
            confidence: inferred ? 0.6 : bestScore >= 40 ? 0.95 : 0.7,
            isInferred: inferred)
    }

    private func score(_ span: TextTimeSpan, _ number: Int, _ segment: TextSegment) -> Int {
        let tokens = announcement.tokens
        // A time beside a date of something else is of something else.
        let beside = dates.date(beside: span.tokens.lowerBound, in: number)
        if let beside, beside.use != .event, beside.use != .former { return 0 }
        if let beside, let chosen, beside.segment != chosen.segment,
            !chosen.date.days.contains(where: { $0.month == beside.date.first.month && $0.day == beside.date.first.day }
            )
        {
            return 0
        }
        var score: Int
        switch segment.label {
        case .time, .dateAndTime, .date: score = 90
        case .embargo, .other, .contact, .issued, .endDate: return 0
        default: score = 8
        }
        if let chosen {
            let distance = (tokens[span.tokens.lowerBound].line - tokens[chosen.date.tokens.lowerBound].line).magnitude
            if number == chosen.segment {
                score += 50
            } else if segment.paragraph == announcement.segments[chosen.segment].paragraph {
                score += distance <= AnnouncementTimeFinder.nearLines ? 30 : 12
            } else if distance <= AnnouncementTimeFinder.nearLines, segment.isLine {
                score += 24
            }
        }
        let start = max(segment.tokens.lowerBound, span.tokens.lowerBound - 5)
        for index in start..<span.tokens.lowerBound {
            let token = tokens[index]
            if token.has(.accompanying) { score -= 60 }
            if token.has(.deadline), index >= span.tokens.lowerBound - 2 { score -= 60 }
            if token.has(.beginning) { score += 6 }
            if token.has(.past) { score -= 30 }
        }
        return score
    }
}
