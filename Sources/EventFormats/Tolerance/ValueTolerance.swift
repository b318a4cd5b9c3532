import EventModel
import Reading

/// Texts, tags, links and coordinates.
extension Tolerance {
    // MARK: Control characters

    mutating func dropControls(_ update: inout EventUpdate) {
        drop(&update.name.text, .name)
        if var description = update.description?.text {
            drop(&description, .description)
            update.description?.text = description
        }
        // Looked at first: what thousands of events share is copied for none of them.
        for index in update.parties.indices where update.parties[index].mayHoldControls {
            drop(&update.parties[index].name, .parties)
            for other in update.parties[index].alternateNames.indices {
                drop(&update.parties[index].alternateNames[other], .parties)
            }
        }
        for index in update.categories.indices where update.categories[index].mayHoldControls {
            drop(&update.categories[index], .categories)
        }
        for index in update.occurrences.indices {
            guard var place = update.occurrences[index].place else { continue }
            drop(&place.name, .placeName, index)
            drop(&place.streetAddress, .streetAddress, index)
            drop(&place.locality, .locality, index)
            drop(&place.region, .region, index)
            drop(&place.postalCode, .place, index)
            if place != update.occurrences[index].place { update.occurrences[index].place = place }
        }
    }

    private mutating func drop(_ text: inout String?, _ field: FieldPath.Field, _ occurrence: Int) {
        guard var value = text else { return }
        drop(&value, field, occurrence)
        text = value
    }

    private mutating func drop(_ text: inout String, _ field: FieldPath.Field, _ occurrence: Int? = nil) {
        // A quick look at the bytes before the exact one at the characters.
        guard text.mayHoldControls,
            let bad = text.unicodeScalars.first(where: ControlCharacter.isForbidden)
        else { return }
        let hasNUL = text.unicodeScalars.contains("\0")
        text.unicodeScalars.removeAll(where: ControlCharacter.isForbidden)
        report(
            .controlCharacter, field, occurrence: occurrence, severity: hasNUL ? .error : nil,
            ControlCharacter.message(hasNUL ? "\0" : bad))
    }

    // MARK: Languages

    mutating func mendLanguages(_ update: inout EventUpdate) {
        var told: Set<String> = []
        mend(&update.name.language, .name, &told)
        if var language = update.description?.language {
            mend(&language, .description, &told)
            update.description?.language = language
        }
        mend(&update.language, .language, &told)
    }

    private mutating func mend(_ tag: inout String, _ field: FieldPath.Field, _ told: inout Set<String>) {
        guard !tag.isEmpty, !LanguageTag.isWellFormed(tag) else { return }
        let (stated, mended) = (tag, LanguageTag.mended(tag))
        tag = mended ?? ""
        guard told.insert(stated).inserted else { return }
        report(
            .invalidLanguage, field,
            mended.map { "the language '\(stated.quotable)' is taken as \($0); write it so, with hyphens" }
                ?? "the language '\(stated.quotable)' is no language tag and is left out; write one such as \"en\" or \"de-CH\""
        )
    }

    // MARK: Links

    mutating func dropLinks(_ update: inout EventUpdate) {
        let bad = update.links.filter { WebAddress.fault(in: $0) != nil }
        if !bad.isEmpty {
            report(bad, .links)
            update.links.removeAll { WebAddress.fault(in: $0) != nil }
        }
        var pages: [String] = []
        for index in update.parties.indices {
            guard let page = update.parties[index].url, WebAddress.fault(in: page) != nil else { continue }
            pages.append(page)
            update.parties[index].url = nil
        }
        report(pages, .parties)
        for index in update.occurrences.indices {
            guard let link = update.occurrences[index].onlineURL, let fault = WebAddress.fault(in: link) else {
                continue
            }
            report(.invalidURI, .onlineURL, occurrence: index, Tolerance.message(link, fault))
            update.occurrences[index].onlineURL = nil
        }
    }

    /// Says it of the first, and how many others there are.
    private mutating func report(_ links: [String], _ field: FieldPath.Field) {
        guard let first = links.first, let fault = WebAddress.fault(in: first) else { return }
        let others = links.count > 1 ? " (so are \(links.count - 1) more)" : ""
        report(.invalidURI, field, at: place(of: first, in: field), Tolerance.message(first, fault, others))
    }

    private static func message(
        _ link: String, _ fault: (what: String, remedy: String), _ others: String = ""
    ) -> String {
        "the link '\(link.quotable)' \(fault.what) and is left out\(others); \(fault.remedy)"
    }

    // MARK: Coordinates

    mutating func dropCoordinates(_ update: inout EventUpdate) {
        for index in update.occurrences.indices {
            guard var place = update.occurrences[index].place else { continue }
            let (latitude, longitude) = (place.latitude, place.longitude)
            let isOffNorth = latitude.map { !(-90...90).contains($0) } ?? false
            let isOffEast = longitude.map { !(-180...180).contains($0) } ?? false
            guard isOffNorth || isOffEast else { continue }
            report(
                .geoOutOfRange, isOffNorth ? .latitude : .longitude, occurrence: index,
                isOffNorth
                    ? "the latitude \(latitude ?? 0) is on no map, and the coordinates are left out; degrees north go from -90 "
                        + "to 90"
                    : "the longitude \(longitude ?? 0) is on no map, and the coordinates are left out; degrees east go from "
                        + "-180 to 180")
            place.latitude = nil
            place.longitude = nil
            update.occurrences[index].place = place == Place(name: "", kind: place.kind) ? nil : place
        }
    }
}

extension String {
    /// Whether the bytes may be those of control characters.
    fileprivate var mayHoldControls: Bool {
        utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F || $0 == 0xC2 }
    }
}

extension Party {
    fileprivate var mayHoldControls: Bool { name.mayHoldControls || alternateNames.contains(where: \.mayHoldControls) }
}
