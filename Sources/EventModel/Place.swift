/// What kind of place an occurrence is at.
public enum PlaceKind: String, Sendable, CaseIterable {
    /// A house, a hall, a square.
    case venue
    /// A city as a whole.
    case city
    /// A region or a country.
    case region
    /// Nowhere but online.
    case virtual
}

/// Where an occurrence takes place (schema.org `Place`, RFC 5545 LOCATION and GEO).
public struct Place: Record {
    /// The name as the source has it: a venue, or the city itself.
    public var name: String
    /// What the name names.
    public var kind: PlaceKind
    /// Street and number.
    public var streetAddress: String?
    /// The town or city.
    public var locality: String?
    /// State, province, canton.
    public var region: String?
    /// The postal code.
    public var postalCode: String?
    /// ISO 3166-1 alpha-2, upper case.
    public var country: String?
    /// WGS 84 degrees north, −90 to 90 when valid.
    public var latitude: Double?
    /// WGS 84 degrees east, −180 to 180 when valid.
    public var longitude: Double?
    /// The place's number in GeoNames.
    public var geonameID: Int?
    /// An IANA time zone name.
    public var timeZone: String?

    /// Makes a place of which only name and kind are known.
    public init(name: String, kind: PlaceKind = .venue) {
        self.name = name
        self.kind = kind
    }

    /// A place of which nothing is known.
    public static var blank: Place { Place(name: "") }

    /// Its fields. Numbers that programs look places up by refine a place; its words are where people go.
    public static let fields: [Field<Place>] = [
        Field("name", \.name, .event(.place), shown: .always, corrected: .value),
        Field("kind", \.kind, .event(.meta), shown: .always, corrected: .value),
        Field("streetAddress", \.streetAddress, .event(.place), shown: .always, corrected: .value),
        Field("locality", \.locality, .event(.place), shown: .always, corrected: .value),
        Field("region", \.region, .event(.place), shown: .stated, corrected: .value),
        Field("postalCode", \.postalCode, .event(.place), shown: .always, corrected: .value),
        Field("country", \.country, .event(.place), shown: .stated, corrected: .value),
        Field("latitude", \.latitude, .event(.place), shown: .stated, corrected: .degrees),
        Field("longitude", \.longitude, .event(.place), shown: .stated, corrected: .degrees),
        Field("geonameID", \.geonameID, .event(.meta), shown: .stated, corrected: .value),
        Field("timeZone", \.timeZone, .event(.meta), shown: .stated, corrected: .value),
    ]

    /// The city a reader looks for: the locality, else the name where the place is a city.
    public var city: String? { locality ?? (kind == .city ? name : nil) }
}
