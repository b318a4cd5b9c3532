import EventModel

/// What an object's members say that the model has no field for: a path below the event or occurrence, and raw JSON.
struct JSONLDLeftover {
    var path: String
    var content: String
}

/// A place as read, with what is left over.
struct JSONLDPlace {
    var place: Place?
    var onlineURL: String?
    var leftovers: [JSONLDLeftover] = []
    var node: JSONNode
    var isVirtual: Bool
    var noted: [(FieldPath.Field, Range<Int>)] = []
}

extension JSONLDPlace {
    /// What kind of place the class names say; nil where they say nothing but that it is a place.
    static func kind(of type: JSONNode?) -> PlaceKind? {
        guard let type else { return nil }
        for element in type.elementsOrSelf {
            switch SchemaName.short(element) {
            case "VirtualLocation": return .virtual
            case "City": return .city
            case "AdministrativeArea", "State", "Country", "Continent": return .region
            default: continue
            }
        }
        return nil
    }

    /// Reads a location: a text, a `Place`, a `PostalAddress` or a `VirtualLocation`; nil where it is none of these.
    init?(_ node: JSONNode, prefix: String = "location", _ findings: JSONLDFindings, occurrence: Int) {
        self.node = node
        isVirtual = false
        if let text = node.text {
            guard !text.isEmpty else { return nil }
            if text.hasPrefix("https://") || text.hasPrefix("http://") {
                isVirtual = true
                onlineURL = text
            } else {
                place = Place(name: text)
            }
            return
        }
        guard node.kind == .object else { return nil }
        let object = JSONLDObject(node, PlaceTerm.table)
        let kind = JSONLDPlace.kind(of: object[.type])
        isVirtual = kind == .virtual
        let path = isVirtual ? "virtualLocation" : prefix
        if let type = object[.type], !type.isText("Place"), !JSONLDPlace.isPlain(type), !type.isText("PostalAddress") {
            leave(path, "@type", type)
        }
        var result = Place(name: "", kind: kind ?? .venue)
        let isAddress = object[.type].flatMap { SchemaName.short($0) } == "PostalAddress"
        readAddress(isAddress ? node : object[.address], path, into: &result)
        readPosition(object, path, findings, occurrence, into: &result)
        for (key, value) in object.others where !isAddress || AddressTerm.table.word(key) == nil {
            leave(path, key.text ?? "", value)
        }
        if let url = object[.url] {
            if isVirtual, let text = findings.text(url) {
                onlineURL = text
                noted.append((.onlineURL, url.bytes))
            } else {
                leave(path, "url", url)
            }
        }
        result.geonameID = object[.geonameID]?.integer
        result.timeZone = object[.timeZone]?.text
        if let name = object[.name], let text = findings.languageText(name, preferring: "", otherwise: "") {
            result.name = text.text
            noted.append((.placeName, name.bytes))
            if name.kind != .string { leave(path, "name", name) }
        } else if isVirtual {
            if onlineURL != nil, result == Place(name: "", kind: .virtual) { return }
        } else if let fallback = result.streetAddress ?? result.locality ?? result.region {
            result.name = fallback
            if kind == nil, result.streetAddress == nil { result.kind = result.locality == nil ? .region : .city }
        }
        place = result
    }

    /// Whether the model says all of a class by the place's kind.
    static func isPlain(_ type: JSONNode) -> Bool {
        switch SchemaName.short(type) {
        case "Place", "City", "AdministrativeArea", "VirtualLocation": type.kind == .string
        default: false
        }
    }

    private mutating func leave(_ path: String, _ key: String, _ value: JSONNode) {
        leftovers.append(JSONLDLeftover(path: "\(path).\(key)", content: value.compact))
    }

    private mutating func readAddress(_ node: JSONNode?, _ path: String, into place: inout Place) {
        guard let node else { return }
        if let text = node.text {
            place.streetAddress = text
            noted.append((.streetAddress, node.bytes))
            return
        }
        guard node.kind == .object else { return leave(path, "address", node) }
        let address = JSONLDObject(node, AddressTerm.table)
        for (term, value) in address.terms where term != .type {
            guard let text = value.text ?? value["name"]?.text else {
                leave("\(path).address", term.rawValue, value)
                continue
            }
            switch term {
            case .streetAddress:
                place.streetAddress = text
                noted.append((.streetAddress, value.bytes))
            case .addressLocality:
                place.locality = text
                noted.append((.locality, value.bytes))
            case .addressRegion:
                place.region = text
                noted.append((.region, value.bytes))
            case .postalCode: place.postalCode = text
            case .addressCountry:
                guard let code = JSONLDPlace.countryCode(text) else {
                    leave("\(path).address", term.rawValue, value)
                    continue
                }
                place.country = code
                noted.append((.country, value.bytes))
            case .type: continue
            }
        }
        if address.node.index == self.node.index { return }
        for (key, value) in address.others { leave("\(path).address", key.text ?? "", value) }
    }

    /// ISO 3166-1 alpha-2 in capitals; nil where the text is something else, such as a country's name.
    private static func countryCode(_ text: String) -> String? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else { return nil }
        return text.uppercased()
    }

    private mutating func readPosition(
        _ object: JSONLDObject<PlaceTerm>, _ path: String, _ findings: JSONLDFindings, _ occurrence: Int,
        into place: inout Place
    ) {
        func degrees(_ node: JSONNode, _ field: FieldPath.Field) -> Double? {
            noted.append((field, node.bytes))
            if let number = node.number { return number }
            if let number = node.text.flatMap({ Double(written: $0) }) { return number }
            findings.add(
                .geoOutOfRange, FieldPath(field, occurrence: occurrence), at: node.bytes,
                "\(findings.excerpt(node)) is no number of degrees and is left out; write it as 46.20424")
            return nil
        }
        if let latitude = object[.latitude] { place.latitude = degrees(latitude, .latitude) }
        if let longitude = object[.longitude] { place.longitude = degrees(longitude, .longitude) }
        guard let geo = object[.geo] else { return }
        guard geo.kind == .object, geo["latitude"] != nil || geo["longitude"] != nil else {
            return leave(path, "geo", geo)
        }
        for (key, value) in geo.members where !value.isNull {
            if key.isText("latitude") {
                place.latitude = degrees(value, .latitude)
            } else if key.isText("longitude") {
                place.longitude = degrees(value, .longitude)
            } else if !key.isText("@type") || SchemaName.short(value) != "GeoCoordinates" {
                leave("\(path).geo", key.text ?? "", value)
            }
        }
    }
}
