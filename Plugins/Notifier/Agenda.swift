import EventModel

/// An event as the projection holds it for its readers.
struct ShownEvent {
    var event: Event
    /// The day it is sorted under.
    var sortDay: Int
    /// When it was last told about.
    var changedAt: Instant
    /// What the last telling was.
    var telling: Telling
}

extension LanguageText {
    /// The same with so many characters at most.
    func cut(to limit: Int) -> LanguageText {
        guard text.utf8.count > limit, text.count > limit else { return self }
        var short = self
        short.text = text.prefix(limit) + "…"
        return short
    }
}

/// The calendar in the order of reading: days, in them cities, in them events.
struct Agenda {
    enum Heading: Hashable {
        case ongoing
        /// A year or a month that a start is known to be in, by its first day.
        case year(Int)
        case month(Int)
        case day(Int)
        case undated
    }

    /// An event on one day, with the occurrences of it that share time and status there.
    struct Item {
        var event: Int
        var occurrences: [Int]
        var when: When
        var status: EventStatus
    }

    /// The events of one city, or of several cities that share them.
    struct Group {
        var cities: [String]
        var items: [Item]
    }

    struct Day {
        var heading: Heading
        var groups: [Group]
    }

    private(set) var upcoming: [Day] = []
    private(set) var past: [Day] = []
    /// Items that did not find room.
    private(set) var omitted = 0

    /// Sorts events into days. `today` is the first day that has not ended everywhere; of more than `limit` items the
    /// nearest are kept.
    init(_ events: [ShownEvent], today: Int, limit: Int) {
        var upcomingItems: [Heading: [Item]] = [:]
        var pastItems: [Heading: [Item]] = [:]
        for (index, shown) in events.enumerated() {
            let isPast = shown.sortDay < today
            for (number, occurrence) in shown.event.occurrences.enumerated() {
                let status = shown.event.content.status(of: occurrence)
                let (heading, when) = Agenda.place(occurrence, status: status, today: today, isPast: isPast)
                let item = Item(event: index, occurrences: [number], when: when, status: status)
                if isPast {
                    pastItems[heading, default: []].join(item)
                } else if let heading = Agenda.stillAhead(heading, when: when, today: today) {
                    upcomingItems[heading, default: []].join(item)
                }
            }
            if shown.event.occurrences.isEmpty {
                let item = Item(event: index, occurrences: [], when: When(), status: shown.event.status)
                if isPast {
                    pastItems[.undated, default: []].append(item)
                } else {
                    upcomingItems[.undated, default: []].append(item)
                }
            }
        }
        var room = limit
        upcoming = days(upcomingItems, events, room: &room) { $0.order < $1.order }
        past = days(pastItems, events, room: &room) { a, b in
            (a == .undated ? 1 : 0, -a.order) < (b == .undated ? 1 : 0, -b.order)
        }
    }

    /// The day of an occurrence, and its time there: of a repeating one the next, of a postponed one the former.
    private static func place(
        _ occurrence: Occurrence, status: EventStatus, today: Int, isPast: Bool
    ) -> (Heading, When) {
        let when = occurrence.when
        let next = isPast ? nil : occurrence.next(onOrAfter: today)
        if let span = next ?? occurrence.last(before: today) {
            let heading: Heading =
                switch when.precision {
                case .year: .year(span.first)
                case .month: .month(span.first)
                case .day, .minute: .day(span.first)
                }
            return (heading, when.moved(to: span))
        }
        guard status != .scheduled, let former = occurrence.previousStarts.last else { return (.undated, when) }
        let day = former.date.daysSinceEpoch
        return (!isPast && day < today ? .undated : .day(day), when)
    }

    /// Where an item of an event that is not over stands; nil for those of its occurrences that are.
    private static func stillAhead(_ heading: Heading, when: When, today: Int) -> Heading? {
        guard case .day(let day) = heading, day < today else { return heading }
        return (when.days?.last ?? day) >= today ? .ongoing : nil
    }

    private mutating func days(
        _ items: [Heading: [Item]], _ events: [ShownEvent], room: inout Int, by order: (Heading, Heading) -> Bool
    ) -> [Day] {
        var days: [Day] = []
        for heading in items.keys.sorted(by: order) {
            let all = items[heading] ?? []
            let kept = all.prefix(max(0, room))
            omitted += all.count - kept.count
            room -= kept.count
            if !kept.isEmpty { days.append(Day(heading: heading, groups: Agenda.groups(Array(kept), events))) }
        }
        return days
    }

    private static func groups(_ items: [Item], _ events: [ShownEvent]) -> [Group] {
        var groups: [[String]: [Item]] = [:]
        for item in items {
            let event = events[item.event].event
            var seen: Set<String> = []
            let cities = item.occurrences.compactMap { EventWords.city(of: event.occurrences[$0], in: event) }
            groups[cities.filter { seen.insert($0).inserted }, default: []].append(item)
        }
        return groups.map { cities, items in
            Group(cities: cities, items: items.sorted { sortKey($0, events) < sortKey($1, events) })
        }
        .sorted { a, b in
            // Those of several cities first, those of no city last, the others by name.
            (rank(a.cities), a.cities.first ?? "") < (rank(b.cities), b.cities.first ?? "")
        }
    }

    private static func rank(_ cities: [String]) -> Int { cities.count > 1 ? -cities.count : cities.isEmpty ? 1 : 0 }

    private static func sortKey(_ item: Item, _ events: [ShownEvent]) -> (Int, String, String) {
        let event = events[item.event].event
        return (item.when.start?.time?.secondsSinceEpoch ?? 0, event.name.text, event.uid)
    }
}

extension Agenda.Heading {
    fileprivate var order: Int {
        switch self {
        case .ongoing: -8_000_000
        case .year(let day): day * 4 - 2
        case .month(let day): day * 4 - 1
        case .day(let day): day * 4
        case .undated: Schedule.undated * 4
        }
    }
}

extension [Agenda.Item] {
    /// Adds an item, or its occurrence to the one of the same event that has the same time and status.
    fileprivate mutating func join(_ item: Agenda.Item) {
        var index = count
        // The items of one event stand side by side.
        while index > 0, self[index - 1].event == item.event {
            index -= 1
            if self[index].status == item.status, self[index].when == item.when {
                self[index].occurrences += item.occurrences
                return
            }
        }
        append(item)
    }
}
