import EventModel
import Reading

/// Evidence for a field of an occurrence's time.
typealias WhenNote = (field: String, basis: Basis, rule: String, bytes: [Range<Int>], confidence: Double)

/// When and where: the days, their year, the time of day, and the places they go with.
struct AnnouncementSchedule {
    let announcement: AnnouncementText
    let dates: [AnnouncementDate]
    private let index: AnnouncementDateIndex
    let headline: Range<Int>
    let status: AnnouncementStatus
    private(set) var days: AnnouncementDays?
    private(set) var year: AnnouncementYear?
    private var time: AnnouncementTime?
    private(set) var resolved: [LocalDate] = []
    /// A former start, of an event that was moved.
    private var former: LocalDate?
    private(set) var (impossible, mismatched) = ([AnnouncementDate](), [TextDay]())

    init(_ announcement: AnnouncementText, dates: [AnnouncementDate], headline: Range<Int>, status: AnnouncementStatus)
    {
        self.announcement = announcement
        self.dates = dates
        index = AnnouncementDateIndex(dates)
        self.headline = headline
        self.status = status
    }

    var tokens: [TextToken] { announcement.tokens }

    /// The year of the first day.
    var firstYear: Int? { resolved.first?.year }

    /// Chooses the days and gives them their year and time.
    mutating func read() {
        days = AnnouncementDateChoice.choose(dates, announcement)
        if days == nil || status.status == .cancelled && (days?.chosen.score ?? 0) < 10 {
            // What is cancelled or postponed is named by the date it had.
            let formers = dates.filter { $0.use == .former }.map { item in
                var item = item
                item.use = .event
                return item
            }
            if status.status != .scheduled || status.isAmbiguous {
                days = AnnouncementDateChoice.choose(formers, announcement) ?? days
            }
        }
        impossible = dates.filter {
            $0.use == .event && $0.score >= AnnouncementDateFinder.lineScore
                && $0.date.days.contains(where: \.isImpossible)
        }
        guard let days else { return }
        time = AnnouncementTimeFinder(announcement: announcement, dates: index, chosen: days.chosen).find()
        year = AnnouncementYearFinder(announcement: announcement, dates: dates, headline: headline).find(days)
        guard let year else { return }
        resolved = resolve(days.days, year)
        if resolved.count != days.days.count, !impossible.contains(where: { $0.date.tokens == days.chosen.date.tokens })
        {
            impossible.append(days.chosen)
        }
        if let old = dates.first(where: { $0.use == .former && !$0.date.startsLike(days.chosen.date) }) {
            former = old.date.first.date(inYear: year.year)
        }
    }

    /// Gives each day its year; days after the turn of the year have the next one.
    private mutating func resolve(_ days: [TextDay], _ year: AnnouncementYear) -> [LocalDate] {
        var (result, last) = ([LocalDate](), nil as LocalDate?)
        for day in days {
            guard var date = day.date(inYear: year.year) else { continue }
            if day.year == nil, let last, date < last, let next = day.date(inYear: year.year + 1) { date = next }
            if let weekday = day.weekday, weekday != date.weekday { mismatched.append(day) }
            last = date
            result.append(date)
        }
        return result
    }

    // MARK: Places

    /// The mentions of places, names of parties closed to them.
    func places(closed ranges: [Range<Int>]) -> [AnnouncementPlace] {
        var closed = [Bool](repeating: false, count: tokens.count)
        var occupied = closed
        for range in ranges { for index in range { closed[index] = true } }
        for item in dates { for index in item.date.tokens { occupied[index] = true } }
        for segment in announcement.segments {
            for span in TextTimeParser(tokens: tokens, zones: announcement.language.zones).spans(in: segment.tokens) {
                for index in span.tokens { occupied[index] = true }
            }
        }
        var lines: ClosedRange<Int32>?
        if let days {
            let line = tokens[days.chosen.date.tokens.lowerBound].line
            let other = time.map { tokens[$0.span.tokens.lowerBound].line } ?? line
            lines = (other - line).magnitude <= 4 ? min(line, other)...max(line, other) : line...line
        }
        return AnnouncementPlaceFinder(
            announcement, dates: index, headline: headline, closed: closed, occupied: occupied, whenLines: lines
        ).find()
    }

    /// The city of a dateline: `GENEVA, 3 March 2027 –`.
    private var dateline: CityListItem? {
        let parser = CityListParser(
            announcement, gazetteer: Gazetteer(), closed: [Bool](repeating: false, count: tokens.count))
        for segment in announcement.segments.prefix(10) where segment.startsParagraph && segment.label == nil {
            var start = segment.tokens.lowerBound
            if start < segment.tokens.upperBound, tokens[start].isSymbol("(") { start += 1 }
            guard let item = parser.item(at: start, before: segment.tokens.upperBound), !item.entry.cities.isEmpty
            else { continue }
            let next = item.tokens.upperBound
            let isDash =
                next + 1 < segment.tokens.upperBound && tokens[next].isSymbol("-") && tokens[next].gap
                && !segment.isLine
            let isDated = dates.contains {
                $0.rule == "dates.dateline" && $0.date.tokens.lowerBound > next && $0.date.tokens.lowerBound - next <= 3
            }
            if isDash || isDated { return item }
        }
        return nil
    }

    // MARK: Occurrences

    /// Puts days and places together.
    func occurrences(
        _ mentions: [AnnouncementPlace], _ update: inout EventUpdate, _ findings: inout AnnouncementFindings
    ) {
        var builder = AnnouncementOccurrenceBuilder(announcement, when: when(), whenNotes: whenNotes())
        let chooser = AnnouncementPlaceChoice(
            announcement: announcement, gazetteer: Gazetteer(), mentions: mentions, dateline: dateline)
        if let itinerary = AnnouncementItinerary.find(dates, mentions, announcement), days != nil {
            stops(itinerary, mentions, &builder, &findings)
        } else {
            let places = chooser.choose()
            if places.count > 1 && isTimeOfOnePlace || isTimeOfSomeDays {
                // "In Kraków the march starts at noon", "at 6 pm on Tuesdays": nothing is said of the others.
                var untimed = self
                untimed.time = nil
                builder = AnnouncementOccurrenceBuilder(
                    announcement, when: untimed.when(), whenNotes: untimed.whenNotes())
            }
            builder.build(places, isEachSaid: isEachSaid, &findings)
        }
        update.occurrences = builder.occurrences
        settleStatus(&update, &findings)
    }

    /// Each stop of a tour has its own date, and its own time where it states one.
    private func stops(
        _ itinerary: AnnouncementItinerary, _ mentions: [AnnouncementPlace],
        _ builder: inout AnnouncementOccurrenceBuilder,
        _ findings: inout AnnouncementFindings
    ) {
        let chooser = AnnouncementPlaceChoice(
            announcement: announcement, gazetteer: Gazetteer(), mentions: mentions, dateline: nil)
        let near = chooser.surroundings(of: itinerary.stops.map(\.place))
        var last: LocalDate?
        let lines = Set(itinerary.stops.map(\.date.segment).filter { announcement.segments[$0].isLine })
        let common = AnnouncementTimeFinder(
            announcement: announcement, dates: index, chosen: days?.chosen, excluded: lines
        ).find()
        for stop in itinerary.stops.prefix(announcement.context.limits.occurrences + 1) {
            let day = stop.date.date.first
            var date = day.date(inYear: year?.year)
            if day.year == nil, let before = last, let own = date, own < before,
                let next = day.date(inYear: before.year + 1)
            {
                date = before.daysSinceEpoch - own.daysSinceEpoch > 90 ? next : own
            }
            last = date
            let place = chooser.place(of: stop.place, near)
            let segment = announcement.segments[stop.date.segment]
            let spans = TextTimeParser(tokens: tokens, zones: announcement.language.zones).spans(in: segment.tokens)
            let own = segment.isLine ? spans.first { !stop.date.date.tokens.overlaps($0.tokens) } : nil
            let time = own.map { AnnouncementTime(span: $0, rule: "times.beside-date", confidence: 0.9) } ?? common
            let end = stop.date.date.isRange ? stop.date.date.days.last?.date(inYear: date?.year) : nil
            let when = AnnouncementWhen(
                days: [date, end].compactMap { $0 }, isRange: end != nil, precision: .day, time: time)
            let bytes = [announcement.bytes(stop.date.date.tokens)]
            var notes: [WhenNote] = [("when.start", .stated, "dates.itinerary", bytes, 0.95)]
            if day.year == nil, let year, year.basis != .stated {
                notes.append(("when.start", .inferred, year.rule, year.bytes, year.confidence))
            }
            builder.add(when, place, id: nil, notes: notes, &findings)
        }
    }

    /// Whether the time stands in a sentence of its own that names a place.
    private var isTimeOfOnePlace: Bool {
        guard let time, let days else { return false }
        let segment = announcement.segment(of: time.span.tokens.lowerBound)
        guard segment != days.chosen.segment, announcement.segments[segment].label == nil else { return false }
        let range = announcement.segments[segment].tokens
        return range.contains { index in
            tokens[index].has(.locative)
                && (index + 1..<min(index + 3, range.upperBound)).contains { tokens[$0].isCapitalised }
        }
    }

    /// Whether the time is that of some days of the week alone: `at 6 pm on Tuesdays`.
    private var isTimeOfSomeDays: Bool {
        guard let time, resolved.count > 1 else { return false }
        let range = announcement.segments[announcement.segment(of: time.span.tokens.lowerBound)].tokens
        return range.contains { tokens[$0].has(.weekdays) }
    }

    private func when() -> AnnouncementWhen? {
        guard let days, !resolved.isEmpty else { return nil }
        let precision: Precision = days.days[0].day == nil ? .month : .day
        return AnnouncementWhen(
            days: resolved, isRange: days.isRange, precision: precision, time: precision == .month ? nil : time)
    }

    private func whenNotes() -> [WhenNote] {
        guard let days, let year else { return [] }
        var notes: [WhenNote] = [
            ("when.start", .stated, days.chosen.rule, days.bytes, min(0.99, 0.5 + Double(days.chosen.score) / 50)),
            ("when.start.year", year.basis, year.rule, year.bytes, year.confidence),
        ]
        if days.days.count > 1 {
            notes.append(
                ("when.end", .stated, days.chosen.rule, days.bytes, min(0.99, 0.5 + Double(days.chosen.score) / 50)))
        }
        if let time {
            notes.append(
                (
                    "when.start.time", time.isInferred ? .inferred : .stated, time.rule,
                    [announcement.bytes(time.span.tokens)], time.confidence
                ))
        }
        return notes
    }

    /// "On both days", "in each city".
    private var isEachSaid: Bool {
        let places: Set<String> = [
            "city", "cities", "venue", "venues", "location", "locations", "town", "place", "places",
        ]
        return tokens.indices.contains { index in
            tokens[index].has(.each) && index + 1 < tokens.count
                && (tokens[index + 1].has(.dayNoun) || places.contains(tokens[index + 1].fold))
        }
    }

    // MARK: What became of it

    private func settleStatus(_ update: inout EventUpdate, _ findings: inout AnnouncementFindings) {
        if update.status == .postponed, days?.chosen.score ?? 0 >= 20, days?.chosen.use == .event,
            former != nil || days?.chosen.rule == "dates.moved-to"
        {
            update.status = .rescheduled
        }
        switch update.status {
        case .postponed:
            for index in update.occurrences.indices {
                if let start = update.occurrences[index].when.start {
                    update.occurrences[index].previousStarts = [start]
                    findings.note(
                        "occurrences[\(index)].previousStarts", .stated, "status.former-start", at: days?.bytes ?? [])
                }
                update.occurrences[index].when.start = nil
                update.occurrences[index].when.end = nil
            }
        case .rescheduled:
            guard let former else { break }
            for index in update.occurrences.indices { update.occurrences[index].previousStarts = [.date(former)] }
        case .cancelled where !status.cities.isEmpty: partial(&update)
        default: break
        }
    }

    /// A cancellation that names cities is of those alone.
    private func partial(_ update: inout EventUpdate) {
        func isNamed(_ occurrence: Occurrence) -> Bool {
            occurrence.place.map {
                status.cities.contains(TextFolding.key($0.city ?? $0.name))
                    || status.cities.contains(TextFolding.key($0.name))
            } ?? false
        }
        guard update.occurrences.contains(where: isNamed), update.occurrences.count > 1 else { return }
        for index in update.occurrences.indices where isNamed(update.occurrences[index]) {
            update.occurrences[index].status = .cancelled
        }
        guard update.occurrences.contains(where: { $0.status == nil }) else { return }
        // The others take place: the event itself is not cancelled.
        update.kind = .update
        update.status = .scheduled
    }
}
