import EventModel

/// An event in a few words.
enum EventWords {
    /// Cities that are named before the rest is counted.
    static let maximumCities = 12

    /// The headline on one line, or a word for its absence.
    static func name(of event: Event) -> String {
        let name = oneLine(event.name.text)
        return name.isEmpty ? "Untitled event" : name
    }

    /// When the event takes place: one time where its occurrences agree, else the days from the first to the last.
    static func when(_ event: Event) -> String {
        let spans = event.occurrences.map { DateWords.span($0.when) }
        guard let first = spans.first else { return "" }
        if spans.allSatisfy({ $0 == first }) { return first }
        let starts = event.occurrences.compactMap { $0.when.start?.date }
        let ends = event.occurrences.compactMap(\.when.lastDay)
        guard let start = starts.min(), let end = ends.max() else { return "" }
        return DateWords.range(start, max(start, end))
    }

    /// The cities in the event's order, each once.
    static func cities(_ event: Event) -> [String] {
        var seen: Set<String> = []
        return event.occurrences.compactMap { city(of: $0, in: event) }.filter { seen.insert($0).inserted }
    }

    /// The cities on one line.
    static func cityList(_ event: Event) -> String {
        let cities = cities(event)
        guard cities.count > maximumCities else { return cities.joined(separator: " · ") }
        return cities.prefix(maximumCities).joined(separator: " · ") + " and \(cities.count - maximumCities) more"
    }

    /// The city a reader looks for, with a region where one is stated; `Online` for what takes place there.
    static func city(of occurrence: Occurrence, in event: Event) -> String? {
        let isOnline = event.content.status(of: occurrence) == .movedOnline || event.attendanceMode == .online
        if isOnline || occurrence.place?.kind == .virtual { return "Online" }
        guard let place = occurrence.place else { return occurrence.onlineURL == nil ? nil : "Online" }
        if let city = place.city.map(oneLine), !city.isEmpty {
            guard let region = place.region.map(oneLine), !region.isEmpty, region != city, !city.hasSuffix(region)
            else {
                return city
            }
            return "\(city), \(region)"
        }
        let region = oneLine(place.kind == .region ? place.name : place.region ?? "")
        return region.isEmpty ? nil : region
    }

    /// The venue and its address below the city's heading; empty where the city is all that is known.
    static func venue(of place: Place) -> String {
        var parts: [String] = []
        if place.kind == .venue { parts.append(oneLine(place.name)) }
        if let street = place.streetAddress { parts.append(oneLine(street)) }
        let town = [place.postalCode, place.kind == .city ? nil : place.locality].compactMap { $0 }.map(oneLine)
        if !town.isEmpty { parts.append(town.joined(separator: " ")) }
        if let country = place.country, !parts.isEmpty { parts.append(oneLine(country)) }
        var seen: Set<String> = []
        return parts.filter { !$0.isEmpty && seen.insert($0).inserted }.joined(separator: ", ")
    }

    /// A party's name with its short forms: `National Council of Resistance of Iran (NCRI)`.
    static func party(_ party: Party) -> String {
        let name = oneLine(party.name)
        let short = party.acronyms.filter { !name.contains($0) }.map(oneLine)
        return short.isEmpty ? name : "\(name) (\(short.joined(separator: ", ")))"
    }

    /// Line ends and runs of spaces become one space.
    static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) || text.hasPrefix(" ") || text.hasSuffix(" ") else {
            return text
        }
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }
}
