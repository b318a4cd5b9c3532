import EventModel

extension Occurrence {
    /// Whether an event can say all of it without a part of its own: the only one, with a time or a place.
    var isPlain: Bool {
        id == "main" && status == nil && (when.start != nil || when.end != nil || place != nil || onlineURL != nil)
    }
}

/// One occurrence on its way into JSON-LD: members of the event, or a part of it.
struct JSONLDOccurrenceWriting {
    private let occurrence: Occurrence
    private let isPart: Bool
    private let eventName: String
    private let isUTC: Bool

    init(_ occurrence: Occurrence, isPart: Bool, eventName: String = "") {
        self.occurrence = occurrence
        self.isPart = isPart
        self.eventName = eventName
        let moments = [occurrence.when.start, occurrence.when.end].compactMap { $0 } + occurrence.previousStarts
        let clocks = moments.filter { $0.time != nil }
        isUTC = occurrence.when.timeZone == "Etc/UTC" && !clocks.isEmpty && clocks.allSatisfy { $0.offset == nil }
    }

    /// Writes the members.
    func write(into json: inout JSONWriter, _ extensions: inout JSONLDUnplaced) {
        if isPart {
            json.key("@type")
            json.raw(extensions.take("@type", scope: occurrence.id) { !$0.isText("Event") } ?? "\"Event\"")
            json.member("identifier", occurrence.id)
            json.member("eventStatus", occurrence.status.map { "\($0.schemaName)" })
        }
        writeWhen(into: &json)
        JSONLDPlaceWriting(occurrence).write(into: &json, &extensions)
        if occurrence.dayAssignment != .each {
            json.member("tidings:dayAssignment", occurrence.dayAssignment.rawValue)
        }
        let when = occurrence.when
        json.member(
            raw: "duration",
            extensions.take("duration", scope: occurrence.id) { node in
                // A duration must not give an end that the model does not have.
                when.end != nil || when.start.flatMap { node.text.flatMap(JSONLDDuration.init)?.end(after: $0) } == nil
            })
        json.member(raw: "eventSchedule", extensions.take("eventSchedule", scope: occurrence.id))
        guard isPart else { return }
        json.members(
            extensions.takeAll(prefix: "", scope: occurrence.id) { key, node in
                JSONLDOccurrenceWriting.isKept(key) && !(key == "name" && node.text == eventName)
            })
    }

    /// Whether reading keeps a member of a part under its own name.
    private static func isKept(_ key: String) -> Bool {
        if key.hasPrefix("location.") || key.hasPrefix("virtualLocation.") { return false }
        guard EventTerm.table.contains(key) else { return true }
        return ["@id", "name", "description", "url", "sameAs", "inLanguage", "keywords", "organizer", "performer"]
            .contains(key)
    }

    private func writeWhen(into json: inout JSONWriter) {
        let when = occurrence.when
        var precision = Precision.day
        if let start = when.start {
            json.key("startDate")
            precision = write(start, when.precision, into: &json)
        }
        if let end = when.end {
            json.key("endDate")
            write(end, into: &json)
        }
        if !occurrence.previousStarts.isEmpty {
            json.key("previousStartDate")
            json.oneOrMore(occurrence.previousStarts) { write($1, into: &$0) }
        }
        if let zone = when.timeZone, !isUTC { json.member("tidings:timeZone", zone) }
        if when.precision != precision { json.member("tidings:precision", when.precision.rawValue) }
        json.member("tidings:recurrenceRule", when.recurrenceRule)
        if !when.recurrenceDates.isEmpty {
            json.list("tidings:recurrenceDates", when.recurrenceDates) { $0.moment($1) }
        }
        if !when.exceptionDates.isEmpty { json.list("tidings:exceptionDates", when.exceptionDates) { $0.moment($1) } }
    }

    private func write(_ moment: Moment, into json: inout JSONWriter) {
        guard isUTC, let time = moment.time else { return json.moment(moment) }
        json.plain { json in
            json.put(time)
            json.put(0x5A)
        }
    }

    /// Writes a start as exactly as it is known, and tells how exact the text is.
    private func write(_ start: Moment, _ precision: Precision, into json: inout JSONWriter) -> Precision {
        guard case .date(let date) = start else {
            write(start, into: &json)
            return .minute
        }
        let isFirst = date.day == 1 && (precision == .month || (precision == .year && date.month == 1))
        guard isFirst else {
            json.moment(start)
            return .day
        }
        json.plain { json in
            json.put(digits: date.year, 4)
            if precision == .year { return }
            json.put(0x2D)
            json.put(digits: date.month, 2)
        }
        return precision
    }
}

/// The place of an occurrence on its way into JSON-LD.
struct JSONLDPlaceWriting {
    private let occurrence: Occurrence

    init(_ occurrence: Occurrence) { self.occurrence = occurrence }

    /// Writes `location`, if there is one.
    func write(into json: inout JSONWriter, _ extensions: inout JSONLDUnplaced) {
        guard occurrence.place != nil || occurrence.onlineURL != nil else { return }
        json.key("location")
        guard let place = occurrence.place, place.kind != .virtual else {
            return writeVirtual(occurrence.place, into: &json, &extensions)
        }
        guard occurrence.onlineURL != nil else { return write(place, into: &json, &extensions) }
        json.array { json in
            write(place, into: &json, &extensions)
            writeVirtual(nil, into: &json, &extensions)
        }
    }

    private func write(_ place: Place, into json: inout JSONWriter, _ extensions: inout JSONLDUnplaced) {
        json.object { json in
            json.key("@type")
            if let raw = extensions.take(
                "location.@type", scope: occurrence.id,
                where: { node in
                    !JSONLDPlace.isPlain(node) && JSONLDPlace.kind(of: node) ?? .venue == place.kind
                        && !node.isText("PostalAddress")
                })
            {
                json.raw(raw)
            } else {
                json.string(place.kind == .venue ? "Place" : place.kind == .city ? "City" : "AdministrativeArea")
            }
            json.member("name", place.name)
            writeFields(of: place, "location.", into: &json, &extensions)
            json.members(
                extensions.takeAll(prefix: "location.", scope: occurrence.id) { key, _ in
                    !PlaceTerm.table.contains(key) || key == "url"
                })
        }
    }

    private func writeVirtual(_ place: Place?, into json: inout JSONWriter, _ extensions: inout JSONLDUnplaced) {
        json.object { json in
            json.member("@type", "VirtualLocation")
            if let place {
                json.member("name", place.name)
                json.member("url", occurrence.onlineURL)
                writeFields(of: place, "virtualLocation.", into: &json, &extensions)
            } else {
                json.member("url", occurrence.onlineURL)
                if occurrence.place != nil {
                    json.member(
                        raw: "name",
                        extensions.take("virtualLocation.name", scope: occurrence.id) { $0.text?.isEmpty == false })
                }
            }
            json.members(
                extensions.takeAll(prefix: "virtualLocation.", scope: occurrence.id) { key, _ in
                    !PlaceTerm.table.contains(key)
                })
        }
    }

    private func writeFields(
        of place: Place, _ prefix: String, into json: inout JSONWriter, _ extensions: inout JSONLDUnplaced
    ) {
        let address = extensions.takeAll(prefix: prefix + "address.", scope: occurrence.id) { key, node in
            if key == "addressCountry" {
                return place.country == nil && node.text?.utf8.count != 2 && node["name"] == nil
            }
            return !AddressTerm.table.contains(key)
        }
        let fields = [place.streetAddress, place.locality, place.region, place.postalCode, place.country]
        if !address.isEmpty || fields.contains(where: { $0 != nil }) {
            json.key("address")
            json.object { json in
                json.member("@type", "PostalAddress")
                json.member("streetAddress", place.streetAddress)
                json.member("addressLocality", place.locality)
                json.member("addressRegion", place.region)
                json.member("postalCode", place.postalCode)
                json.member("addressCountry", place.country)
                json.members(address)
            }
        }
        if place.latitude != nil || place.longitude != nil {
            json.key("geo")
            json.object { json in
                json.member("@type", "GeoCoordinates")
                json.member("latitude", place.latitude)
                json.member("longitude", place.longitude)
                json.members(
                    extensions.takeAll(prefix: prefix + "geo.", scope: occurrence.id) { key, _ in
                        !["@type", "latitude", "longitude"].contains(key)
                    })
            }
        } else {
            json.member(
                raw: "geo",
                extensions.take(prefix + "geo", scope: occurrence.id) {
                    $0["latitude"] == nil && $0["longitude"] == nil
                })
        }
        json.member("tidings:geonameID", place.geonameID)
        json.member("tidings:timeZone", place.timeZone)
    }
}
