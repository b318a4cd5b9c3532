import EventModel
import Reading

/// A place of the event with where its parts come from.
struct AnnouncementVenueValue: Sendable {
    var place: Place
    /// Field of the place, basis, rule, bytes, confidence.
    var notes: [(field: String, basis: Basis, rule: String, bytes: [Range<Int>], confidence: Double)] = []
    /// Cities that may be meant, where that is undecided.
    var candidates: [GazetteerCity] = []
    var bytes: Range<Int>
    /// What two mentions of the same place share.
    var key: String {
        TextFolding.key("\(place.city ?? "") \(place.region ?? "") \(place.kind == .venue ? place.name : "")")
    }
}

/// Chooses the places of the event among the mentions, and decides what their names mean.
struct AnnouncementPlaceChoice {
    let announcement: AnnouncementText
    let gazetteer: Gazetteer
    let mentions: [AnnouncementPlace]
    let dateline: CityListItem?

    private static let surroundingsWords = 20_000
    /// Words of a sentence that are searched for one.
    private static let sentenceWords = 60

    /// The places in the order of the text.
    func choose() -> [AnnouncementVenueValue] {
        let physical = mentions.filter { !$0.items.isEmpty || $0.venue != nil }
        guard let best = physical.first.map({ physical.dropFirst().reduce($0) { prefers($1, $0) ? $1 : $0 } }) else {
            return dateline.map { fromDateline($0) } ?? []
        }
        var chosen = [best]
        // Further lists of their own: more labels, "will also be held in …".
        for mention in physical where mention.tokens != best.tokens && mention.segment != best.segment {
            let isLabel = best.score >= 100 && mention.score >= 100 && best.venue == nil && mention.venue == nil
            let isListed = best.score >= 100 && mention.score >= 100 && isUnlabelled(mention)
            let isAlso = best.score >= 5 && mention.score >= 7 && says(.also, mention)
            if isLabel && !isCompletion(mention, best) || isListed || isAlso { chosen.append(mention) }
        }
        let near = surroundings(of: chosen)
        var seen = Set<String>()
        return chosen.flatMap { values(of: $0, physical, near) }.filter { seen.insert($0.key).inserted }
    }

    private func prefers(_ next: AnnouncementPlace, _ best: AnnouncementPlace) -> Bool {
        if next.score < 100, best.score >= 5, says(.also, next), next.segment != best.segment { return false }
        if next.score >= 100 || best.score >= 100 {
            // "Venue: Town Hall" and "City: Leeds" go together; the one with the building leads.
            if next.score >= 100, best.score >= 100 { return !best.hasVenue && next.hasVenue }
            return next.score > best.score
        }
        // A building in the same city says more than the city.
        if best.items.count == 1, next.hasVenue, next.score >= 4 { return next.score >= best.score - 3 }
        if next.items.count == 1, best.hasVenue, best.score >= 4 { return next.score > best.score + 3 }
        return next.score > best.score
    }

    private func isUnlabelled(_ mention: AnnouncementPlace) -> Bool {
        announcement.segments[mention.segment].label == nil
    }

    private func isCompletion(_ mention: AnnouncementPlace, _ best: AnnouncementPlace) -> Bool {
        announcement.segments[mention.segment].label == .city && best.hasVenue
    }

    private func says(_ role: WordRole, _ mention: AnnouncementPlace) -> Bool {
        announcement.segments[mention.segment].tokens.prefix(AnnouncementPlaceChoice.sentenceWords).contains {
            announcement.tokens[$0].has(role)
        }
    }

    /// The place that one mention names.
    func place(of mention: AnnouncementPlace, _ near: GazetteerSurroundings) -> AnnouncementVenueValue? {
        values(of: mention, [], near).first
    }

    // MARK: What the document says about where it is

    func surroundings(of chosen: [AnnouncementPlace]) -> GazetteerSurroundings {
        var result = GazetteerSurroundings()
        let items = chosen.flatMap { $0.items + ($0.venue?.city.map { [$0] } ?? []) } + (dateline.map { [$0] } ?? [])
        let undecided = items.filter { $0.entry.cities.count > 1 && $0.within == nil }
        guard !undecided.isEmpty else { return result }
        for item in items {
            if let within = item.within { result.countries.insert(within.country) }
            if case .city(let city, let confidence, _)? = gazetteer.choose(
                item.entry, within: item.within, near: GazetteerSurroundings()), confidence >= 0.9 || item.within != nil
            {
                result.countries.insert(city.country)
                result.continents.insert(gazetteer.continent(ofCountry: city.country))
            }
        }
        let parser = CityListParser(
            announcement, gazetteer: gazetteer, closed: [Bool](repeating: false, count: announcement.tokens.count))
        var index = 0
        while index < min(announcement.tokens.count, AnnouncementPlaceChoice.surroundingsWords) {
            guard announcement.tokens[index].isCapitalised,
                let item = parser.item(at: index, before: announcement.tokens.count)
            else {
                index += 1
                continue
            }
            for region in item.entry.regions.map(gazetteer.region)
            where item.entry.cities.isEmpty || region.kind == .country {
                switch region.kind {
                case .continent: result.continents.insert(region.continent)
                case .country: result.countries.insert(region.country)
                case .part: result.parts.insert(region.number)
                }
            }
            index = item.tokens.upperBound
        }
        return result
    }

    // MARK: Mentions to places

    private func values(of mention: AnnouncementPlace, _ all: [AnnouncementPlace], _ near: GazetteerSurroundings)
        -> [AnnouncementVenueValue]
    {
        guard var venue = mention.venue else { return mention.items.map { city($0, mention.rule, near) } }
        var cityRule = mention.rule
        if mention.score >= 100 { complete(&venue, mention, all) }
        if venue.city == nil {
            // The city may be said elsewhere: one city, not several.
            let others = all.filter { $0.tokens != mention.tokens && $0.score >= 3 }
            let named = others.compactMap {
                $0.items.count == 1 && !$0.items[0].entry.cities.isEmpty ? $0.items[0] : nil
            }
            if let first = named.first, Set(named.map { announcement.key($0.name) }).count == 1 {
                venue.city = first
                cityRule = "places.city-elsewhere"
            } else if named.isEmpty, let dateline {
                venue.city = dateline
                cityRule = "places.dateline"
            }
        }
        return [value(of: venue, mention, cityRule, near)]
    }

    /// `Venue:` and `Address:` are two labels of one place.
    private func complete(_ venue: inout AnnouncementVenue, _ mention: AnnouncementPlace, _ all: [AnnouncementPlace]) {
        for other in all
        where other.score >= 100 && other.tokens != mention.tokens && announcement.segments[other.segment].label != nil
        {
            guard let part = other.venue else {
                if other.items.count == 1, venue.city == nil { venue.city = other.items[0] }
                continue
            }
            if venue.name == nil, venue.street != nil || venue.city != nil { venue.name = part.name }
            if venue.street == nil {
                venue.street = part.street ?? (venue.city == nil && part.name != venue.name ? part.name : nil)
            }
            venue.postalCode = venue.postalCode ?? part.postalCode
            venue.city = venue.city ?? part.city
            venue.region = venue.region ?? part.region
        }
    }

    private func value(
        of venue: AnnouncementVenue, _ mention: AnnouncementPlace, _ cityRule: String, _ near: GazetteerSurroundings
    ) -> AnnouncementVenueValue {
        guard let name = venue.name ?? venue.street else {
            if let item = venue.city { return city(item, mention.rule, near) }
            return region(venue.region, mention)
        }
        var result = AnnouncementVenueValue(
            place: Place(name: announcement.text(name), kind: .venue), bytes: announcement.bytes(mention.tokens))
        result.notes.append(("name", .stated, mention.rule, [announcement.bytes(name)], 1))
        if let street = venue.street {
            result.place.streetAddress = announcement.text(street)
            result.notes.append(("streetAddress", .stated, mention.rule, [announcement.bytes(street)], 1))
        }
        if let postal = venue.postalCode {
            result.place.postalCode = announcement.text(postal)
            result.notes.append(("postalCode", .stated, mention.rule, [announcement.bytes(postal)], 0.9))
        }
        if let item = venue.city {
            let basis: Basis = cityRule == mention.rule ? .stated : .inferred
            result.place.locality = announcement.text(item.name)
            result.notes.append(
                ("locality", basis, cityRule, [announcement.bytes(item.name)], basis == .stated ? 1 : 0.7))
            locate(item, near, &result)
        } else if let region = venue.region {
            state(region, &result)
        }
        return result
    }

    private func city(_ item: CityListItem, _ rule: String, _ near: GazetteerSurroundings) -> AnnouncementVenueValue {
        var result = AnnouncementVenueValue(
            place: Place(name: announcement.text(item.name), kind: .city), bytes: announcement.bytes(item.tokens))
        result.notes.append(("name", .stated, rule, [announcement.bytes(item.name)], 1))
        locate(item, near, &result)
        return result
    }

    private func region(_ region: (region: GazetteerRegion, tokens: Range<Int>)?, _ mention: AnnouncementPlace)
        -> AnnouncementVenueValue
    {
        let words = region?.tokens ?? mention.tokens
        var result = AnnouncementVenueValue(
            place: Place(name: announcement.text(words), kind: .region), bytes: announcement.bytes(words))
        result.notes.append(("name", .stated, mention.rule, [announcement.bytes(words)], 1))
        if let region, !region.region.country.isEmpty { result.place.country = region.region.country }
        return result
    }

    /// Fills in what the gazetteer knows of a city: country and zone are inferred unless the text states them.
    private func locate(_ item: CityListItem, _ near: GazetteerSurroundings, _ result: inout AnnouncementVenueValue) {
        if let region = item.region { state(region, &result) }
        if let country = item.country { state(country, &result) }
        switch gazetteer.choose(item.entry, within: item.within, near: near) {
        case .city(let city, let confidence, let rule)?: located(city, item, confidence, rule, &result)
        case .region(let region)?:
            if result.place.kind == .city { result.place.kind = .region }
            if !region.country.isEmpty { result.place.country = region.country }
        case .ambiguous(let cities)?: result.candidates = cities
        case nil: break
        }
    }

    private func located(
        _ city: GazetteerCity, _ item: CityListItem, _ confidence: Double, _ rule: String,
        _ result: inout AnnouncementVenueValue
    ) {
        let bytes = [announcement.bytes(item.name)]
        if result.place.country == nil {
            result.place.country = city.country
            result.notes.append(("country", .inferred, rule, bytes, confidence))
        }
        result.place.timeZone = city.timeZone
        result.place.geonameID = city.geonameID
        result.notes.append(("timeZone", .inferred, rule, bytes, confidence))
        result.notes.append(("geonameID", .inferred, rule, bytes, confidence))
        // "Washington, DC" is a name that holds its region: city and region are told apart.
        let words = item.name.filter { announcement.tokens[$0].kind == .word }
        guard item.region == nil, let number = city.region, words.count > 1 else { return }
        for split in words.indices.dropFirst() {
            let tail = words[split]..<item.name.upperBound
            let head = item.name.lowerBound..<(words[split - 1] + 1)
            guard gazetteer.entry(announcement.key(tail)).regions.contains(number),
                gazetteer.entry(announcement.key(head)).cities.contains(where: { $0.number == city.number })
            else { continue }
            if result.place.kind == .city { result.place.locality = announcement.text(head) }
            result.place.region = announcement.text(tail)
            result.notes.append(("region", .stated, "places.region-in-name", [announcement.bytes(tail)], 1))
            return
        }
    }

    private func state(_ region: (region: GazetteerRegion, tokens: Range<Int>), _ result: inout AnnouncementVenueValue)
    {
        let bytes = [announcement.bytes(region.tokens)]
        if region.region.kind == .part {
            result.place.region = announcement.text(region.tokens)
            result.notes.append(("region", .stated, "places.region-stated", bytes, 1))
            if result.place.country == nil {
                result.place.country = region.region.country
                result.notes.append(("country", .inferred, "places.region-stated", bytes, 0.98))
            }
        } else if !region.region.country.isEmpty {
            result.place.country = region.region.country
            result.notes.removeAll { $0.field == "country" }
            result.notes.append(("country", .stated, "places.country-stated", bytes, 1))
        }
    }

    private func fromDateline(_ item: CityListItem) -> [AnnouncementVenueValue] {
        var result = city(item, "places.dateline", GazetteerSurroundings())
        result.notes = result.notes.map { ($0.field, .inferred, "places.dateline", $0.bytes, min($0.confidence, 0.4)) }
        return [result]
    }
}
