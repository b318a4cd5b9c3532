import EventModel
import Reading

/// The year of a date that states none, and on what it rests.
struct AnnouncementYear: Sendable {
    var year: Int
    var basis: Basis
    var rule: String
    var bytes: [Range<Int>]
    var confidence: Double
    /// Whether nothing but the time of receipt speaks for it.
    var isFromReceipt = false
    /// What it was inferred from, for a person: `after January 2020 in the text`.
    var reason = ""
}

/// Finds the year of a date without one: explicit, dateline, weekday, the text's own background, and last the receipt.
struct AnnouncementYearFinder {
    let announcement: AnnouncementText
    let dates: [AnnouncementDate]
    let headline: Range<Int>

    /// Background older than this before the receipt is history and dates nothing.
    private static let historyYears = 12
    /// Years looked ahead for one whose weekday agrees.
    private static let weekdayYears = 11

    func find(_ days: AnnouncementDays) -> AnnouncementYear? {
        let first = days.days[0]
        if let year = announcement.context.statedYear {
            return AnnouncementYear(year: year, basis: .stated, rule: Correction.rule, bytes: [], confidence: 1)
        }
        if let year = first.year {
            let bytes = days.yearBytes ?? days.chosen.date.yearTokens.map(announcement.bytes)
            return AnnouncementYear(
                year: year, basis: .stated, rule: days.yearBytes == nil ? "year.explicit" : "year.explicit-elsewhere",
                bytes: bytes.map { [$0] } ?? [], confidence: 1)
        }
        if let year = announcement.headers.yearValue, let field = announcement.headers.year {
            return AnnouncementYear(
                year: year, basis: .stated, rule: "year.header", bytes: [field.bytes], confidence: 1)
        }
        return fromHeadline() ?? fromName() ?? fromIssue(first) ?? fromBackground(first) ?? fromReceipt(first)
    }

    /// `Jazz Days 2027`.
    private func fromHeadline() -> AnnouncementYear? {
        for index in headline {
            let token = announcement.tokens[index]
            guard token.kind == .number, token.digits == 4, (1990...2199).contains(token.value),
                !(index + 1 < headline.upperBound && announcement.tokens[index + 1].fold == "s")
            else { continue }
            return AnnouncementYear(
                year: Int(token.value), basis: .inferred, rule: "year.headline", bytes: [token.bytes], confidence: 0.9,
                reason: "the headline says \(token.value)")
        }
        return nil
    }

    /// `its spring tour 2027`: a year that belongs to the event's noun.
    private func fromName() -> AnnouncementYear? {
        let earliest = Int32((announcement.context.receivedAt.date?.year ?? 9999) - AnnouncementYearFinder.historyYears)
        for index in announcement.tokens.indices.dropFirst() {
            let (token, before) = (announcement.tokens[index], announcement.tokens[index - 1])
            guard token.kind == .number, token.digits == 4, token.gap, token.value >= earliest, token.value < 2200,
                before.has(.eventNoun), !before.has(.month)
            else { continue }
            let segment = announcement.segments[announcement.segment(of: index)]
            guard segment.label != .other,
                !(max(segment.tokens.lowerBound, index - 30)..<min(segment.tokens.upperBound, index + 30)).contains(
                    where: { announcement.tokens[$0].has([.past, .background]) })
            else { continue }
            return AnnouncementYear(
                year: Int(token.value), basis: .inferred, rule: "year.event-noun", bytes: [token.bytes],
                confidence: 0.85,
                reason: "the text speaks of \"\(announcement.text(index - 1..<index + 1))\"")
        }
        return nil
    }

    private func fromIssue(_ day: TextDay) -> AnnouncementYear? {
        for candidate in dates where candidate.use == .issue {
            guard let issued = candidate.date.first.date(),
                let year = first(day, notBefore: issued)
            else { continue }
            return AnnouncementYear(
                year: year, basis: .inferred, rule: "year.issue-date",
                bytes: [announcement.bytes(candidate.date.tokens)],
                confidence: 0.92, reason: "the text is dated \(issued)")
        }
        return nil
    }

    /// The first such date after the latest month of something else that the text names.
    private func fromBackground(_ day: TextDay) -> AnnouncementYear? {
        let oldest = (announcement.context.receivedAt.date?.year ?? 9999) - AnnouncementYearFinder.historyYears
        var latest: (date: LocalDate, candidate: AnnouncementDate)?
        for candidate in dates where candidate.use == .background || candidate.use == .deadline {
            guard candidate.rule != "dates.embargo", !isHistorical(candidate) else { continue }
            for item in candidate.date.days {
                guard let date = item.date(), date.year >= oldest, latest.map({ $0.date < date }) ?? true else {
                    continue
                }
                latest = (date, candidate)
            }
        }
        guard let (date, candidate) = latest, let year = first(day, notBefore: date) else { return nil }
        let named = announcement.text(candidate.date.tokens)
        let agrees = day.weekday != nil
        return AnnouncementYear(
            year: year, basis: .inferred, rule: agrees ? "year.background-and-weekday" : "year.background",
            bytes: [announcement.bytes(candidate.date.tokens)], confidence: agrees ? 0.85 : 0.6,
            reason: "it is the first such date after \(named), which the text names")
    }

    /// Dates of founding, birth and anniversaries say nothing of the present.
    private func isHistorical(_ candidate: AnnouncementDate) -> Bool {
        let range = announcement.segments[candidate.segment].tokens
        let start = max(range.lowerBound, candidate.date.tokens.lowerBound - 8)
        return (start..<candidate.date.tokens.lowerBound).contains {
            let token = announcement.tokens[$0]
            return token.has(.background) && !["during", "last", "previous"].contains(token.fold)
        }
    }

    private func fromReceipt(_ day: TextDay) -> AnnouncementYear? {
        guard let received = announcement.context.receivedAt.date else { return nil }
        let plain = TextDay(month: day.month, day: day.day)
        guard let coming = first(plain, notBefore: received) else { return nil }
        guard let weekday = day.weekday else {
            return AnnouncementYear(
                year: coming, basis: .inferred, rule: "year.receipt", bytes: [], confidence: 0.3, isFromReceipt: true,
                reason: "it is the first such date after the text was dropped")
        }
        if plain.date(inYear: coming)?.weekday == weekday {
            return AnnouncementYear(
                year: coming, basis: .inferred, rule: "year.weekday", bytes: [], confidence: 0.7,
                reason: "the day of the week agrees with the first such date after the text was dropped")
        }
        // No near year has that weekday: the nearest one is a guess for a person to judge.
        let years: [Int] = (0...AnnouncementYearFinder.weekdayYears).flatMap {
            [received.year - $0, received.year + $0]
        }
        let near = years.first { plain.date(inYear: $0)?.weekday == weekday }
        return AnnouncementYear(
            year: near ?? coming, basis: .inferred, rule: "year.receipt", bytes: [], confidence: 0.2,
            isFromReceipt: true,
            reason: "it is the nearest year in which the day of the week agrees")
    }

    /// The first year in which a day falls on or after a date, its weekday counted where it is stated.
    private func first(_ day: TextDay, notBefore anchor: LocalDate) -> Int? {
        for year in anchor.year...anchor.year + AnnouncementYearFinder.weekdayYears {
            guard let date = day.date(inYear: year), date >= anchor else { continue }
            if let weekday = day.weekday, date.weekday != weekday { continue }
            return year
        }
        return nil
    }
}
