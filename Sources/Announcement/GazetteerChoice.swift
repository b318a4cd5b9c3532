/// What a name was taken for.
enum GazetteerChoice: Sendable {
    case city(GazetteerCity, confidence: Double, rule: String)
    case region(GazetteerRegion)
    /// Several cities may be meant, the largest first.
    case ambiguous([GazetteerCity])
}

/// What a document says about where it is.
struct GazetteerSurroundings: Sendable {
    /// Numbers of the parts of countries it names.
    var parts: Set<Int> = []
    /// Countries it names, or whose cities it is sure of.
    var countries: Set<String> = []
    /// Continents it names, and those of cities it is sure of.
    var continents: Set<String> = []
}

extension Gazetteer {
    /// Populations that far apart decide.
    static let decidingRatio = 5
    /// A name that is not a city's main one counts as if the city were that much smaller.
    private static let alternatePenalty = 4

    /// Decides what a name means: an explicit region, then the document's region, then the ratio of populations.
    func choose(_ entry: GazetteerEntry, within region: GazetteerRegion?, near: GazetteerSurroundings)
        -> GazetteerChoice?
    {
        let cities = entry.cities.map { (city: city($0.number), isAlternate: $0.isAlternate) }
        if let region {
            let inside = cities.filter { contains(region, $0.city) }
            guard let first = inside.first else { return nil }
            return .city(first.city, confidence: inside.count == 1 ? 0.98 : 0.9, rule: "places.region-stated")
        }
        // Countries and continents before cities; a city-state is its city.
        let regions = entry.regions.map(self.region)
        if let country = regions.first(where: { $0.kind != .part }) {
            if let city = cities.first(where: { $0.city.country == country.country && !$0.isAlternate })?.city,
                city.name == country.name
            {
                return .city(city, confidence: 0.9, rule: "places.city-state")
            }
            return .region(country)
        }
        guard let first = cities.first else { return regions.first.map { .region($0) } }
        let ranked =
            cities
            .map {
                ($0.city, weight: $0.isAlternate ? $0.city.population / Gazetteer.alternatePenalty : $0.city.population)
            }
            .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.0.number < $1.0.number }
        if ranked.count == 1 {
            return .city(first.city, confidence: first.city.population > 200_000 ? 0.95 : 0.75, rule: "places.only-one")
        }
        // A named part of a country ("Ontario") outweighs size; a named country only where size does not decide, since
        // guests and sponsors come from countries too.
        let inParts = ranked.filter { city in city.0.region.map { near.parts.contains($0) } ?? false }
        if inParts.count == 1 {
            return .city(inParts[0].0, confidence: 0.8, rule: "places.document-region")
        }
        if ranked[0].weight >= ranked[1].weight * Gazetteer.decidingRatio {
            return .city(ranked[0].0, confidence: 0.9, rule: "places.population")
        }
        let similar = ranked.filter { ranked[0].weight < $0.weight * Gazetteer.decidingRatio }
        let named = similar.filter { near.countries.contains($0.0.country) }
        let close =
            named.isEmpty ? similar.filter { near.continents.contains(continent(ofCountry: $0.0.country)) } : named
        if let first = close.first, close.count == 1 || first.weight >= close[1].weight * Gazetteer.decidingRatio {
            return .city(first.0, confidence: 0.8, rule: "places.document-region")
        }
        return .ambiguous(ranked.prefix(4).map(\.0))
    }

    /// Whether a city lies in a continent, a country or a part of one.
    func contains(_ region: GazetteerRegion, _ city: GazetteerCity) -> Bool {
        switch region.kind {
        case .continent: continent(ofCountry: city.country) == region.continent
        case .country: city.country == region.country
        case .part: city.region == region.number
        }
    }
}
