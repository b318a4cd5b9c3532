/// The terms of an event that have a place in the model. `tidings:` terms say what schema.org has no words for.
enum EventTerm: String, CaseIterable, Sendable {
    case context = "@context", type = "@type", id = "@id", graph = "@graph"
    case identifier, name, description, url, sameAs, dateModified, datePublished, sequence, eventStatus
    case eventAttendanceMode, startDate, endDate, duration, location, subEvent, subEvents, eventSchedule
    case previousStartDate, organizer, performer, performers, sponsor, publisher, keywords, inLanguage
    case attendee, attendees
    case affiliated = "tidings:affiliated", kind = "tidings:kind", uidOrigin = "tidings:uidOrigin"
    case references = "tidings:references", embargoUntil = "tidings:embargoUntil"
    case visibility = "tidings:visibility", timeZone = "tidings:timeZone", precision = "tidings:precision"
    case recurrenceRule = "tidings:recurrenceRule", recurrenceDates = "tidings:recurrenceDates"
    case exceptionDates = "tidings:exceptionDates", dayAssignment = "tidings:dayAssignment"
    case extensions = "tidings:extensions", partyOrder = "tidings:partyOrder"

    static let table = JSONKeys<EventTerm>()
}

/// The terms of a place.
enum PlaceTerm: String, CaseIterable, Sendable {
    case type = "@type", name, address, geo, latitude, longitude, url
    case geonameID = "tidings:geonameID", timeZone = "tidings:timeZone"

    static let table = JSONKeys<PlaceTerm>()
}

/// The terms of a postal address.
enum AddressTerm: String, CaseIterable, Sendable {
    case type = "@type", streetAddress, addressLocality, addressRegion, postalCode, addressCountry

    static let table = JSONKeys<AddressTerm>()
}

/// The terms of a person or organisation.
enum PartyTerm: String, CaseIterable, Sendable {
    case type = "@type", name, alternateName, url, email, acronyms = "tidings:acronyms"

    static let table = JSONKeys<PartyTerm>()
}

/// The terms of a schedule.
enum ScheduleTerm: String, CaseIterable, Sendable {
    case type = "@type", startDate, endDate, startTime, endTime, duration, repeatFrequency, repeatCount, byDay
    case byMonth, byMonthDay, byMonthWeek, exceptDate, scheduleTimezone

    static let table = JSONKeys<ScheduleTerm>()
}

/// Names of schema.org as they come: short, with the prefix `schema:`, or as a whole IRI.
enum SchemaName {
    private static let prefixes: [[UInt8]] = [
        "https://schema.org/", "http://schema.org/", "schema:", "https://www.schema.org/", "http://www.schema.org/",
    ].map { Array($0.utf8) }

    /// The short name.
    static func short(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard name.contains(0x3A) else { return name }
        for prefix in prefixes where name.count > prefix.count && name.starts(with: prefix) {
            return UnsafeBufferPointer(rebasing: name[prefix.count...])
        }
        return name
    }

    /// The short name of a string; of an object, that of its `@id`.
    static func short(_ node: JSONNode) -> String? {
        if let text = node.withText({ String(decoding: short($0), as: UTF8.self) }) { return text }
        return node["@id"]?.withText { String(decoding: short($0), as: UTF8.self) }
    }

    /// Whether a context's IRI is that of schema.org.
    static func isVocabulary(_ iri: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: iri, as: UTF8.self).lowercased()
        for scheme in ["https://", "http://", "//", ""] where text.hasPrefix(scheme) {
            var rest = text.dropFirst(scheme.count)
            if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
            return rest == "schema.org" || rest.hasPrefix("schema.org/") || rest.hasPrefix("schema.org#")
        }
        return false
    }

    /// Whether a key names people who attend; they are never recorded.
    static func isAttendee(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let name = short(key)
        return name.elementsEqual("attendee".utf8) || name.elementsEqual("attendees".utf8)
    }
}

/// schema.org's classes of events.
enum EventClass {
    private static let names: Set<String> = [
        "Event", "BusinessEvent", "ChildrensEvent", "ComedyEvent", "ConferenceEvent", "CourseInstance", "DanceEvent",
        "DeliveryEvent", "EducationEvent", "EventSeries", "ExhibitionEvent", "Festival", "FoodEvent", "Hackathon",
        "LiteraryEvent", "MusicEvent", "PerformingArtsEvent", "PublicationEvent", "BroadcastEvent", "OnDemandEvent",
        "SaleEvent", "ScreeningEvent", "SocialEvent", "SportsEvent", "TheaterEvent", "VisualArtsEvent",
    ]

    /// Whether a short class name is that of an event: one of schema.org's, or one that ends like them.
    static func contains(_ name: String) -> Bool {
        names.contains(name) || (name.utf8.count > 5 && name.hasSuffix("Event") && !name.contains(":"))
    }

    /// The class of an object, the first of several; nil where it is no event.
    static func name(of node: JSONNode) -> String? {
        guard let type = node["@type"] else { return nil }
        for element in type.elementsOrSelf {
            if let name = SchemaName.short(element), contains(name) { return name }
        }
        return nil
    }
}
