/// Stops with a date and a place each: the lines of a tour, or `in Lyon on 14 March, in Madrid on 16 March`.
struct AnnouncementItinerary: Sendable {
    struct Stop: Sendable {
        var date: AnnouncementDate
        var place: AnnouncementPlace
    }
    var stops: [Stop]

    /// Finds the stops; nil where the text has one date for its places.
    static func find(_ dates: [AnnouncementDate], _ places: [AnnouncementPlace], _ announcement: AnnouncementText)
        -> AnnouncementItinerary?
    {
        var stops: [Stop] = []
        var (d, p) = (0, 0)
        for (number, segment) in announcement.segments.enumerated() {
            while d < dates.count, dates[d].segment < number { d += 1 }
            while p < places.count, places[p].segment < number { p += 1 }
            var (mine, here) = ([AnnouncementDate](), [AnnouncementPlace]())
            while d < dates.count, dates[d].segment == number {
                if dates[d].use == .event, dates[d].date.hasDay { mine.append(dates[d]) }
                d += 1
            }
            while p < places.count, places[p].segment == number {
                if places[p].score >= 3, places[p].items.count == 1 || places[p].venue != nil { here.append(places[p]) }
                p += 1
            }
            guard !mine.isEmpty else { continue }
            if mine.count == 1, segment.isLine, let place = here.first {
                // "Lyon, Librairie X, 14 March": the building and its city stand in one line.
                stops.append(Stop(date: mine[0], place: here.first { $0.hasVenue } ?? place))
            } else if mine.count > 1, mine.count == here.count, alternate(mine, here) {
                stops += zip(mine, here).map { Stop(date: $0, place: $1) }
            }
        }
        let days = Set(stops.map { "\($0.date.date.first.month)-\($0.date.date.first.day ?? 0)" })
        let names = Set(stops.map { announcement.key($0.place.tokens) })
        guard stops.count > 1,
            days.count > 1 || names.count > 1 && stops.allSatisfy({ announcement.segments[$0.date.segment].isLine }),
            names.count > 1 || days.count == stops.count
        else { return nil }
        return AnnouncementItinerary(stops: stops)
    }

    /// Whether dates and places take turns.
    private static func alternate(_ dates: [AnnouncementDate], _ places: [AnnouncementPlace]) -> Bool {
        let dateFirst = dates[0].date.tokens.lowerBound < places[0].tokens.lowerBound
        for index in dates.indices {
            let (date, place) = (dates[index].date.tokens.lowerBound, places[index].tokens.lowerBound)
            guard dateFirst == (date < place) else { return false }
            guard index + 1 < dates.count else { continue }
            let (nextDate, nextPlace) = (dates[index + 1].date.tokens.lowerBound, places[index + 1].tokens.lowerBound)
            guard dateFirst ? place < nextDate : date < nextPlace else { return false }
        }
        return true
    }
}
