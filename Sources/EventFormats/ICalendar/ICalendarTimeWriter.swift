import EventModel

/// The times and places of an occurrence.
extension ICalendarEventWriter {
    /// A moment as a property's parameters and value.
    private struct Spelling {
        var parameters: [(name: String, value: String)] = []
        var value: String
        /// Whether the reader learns the occurrence's zone from it.
        var carriesZone = false
    }

    mutating func times(_ occurrence: Occurrence, form: Form, kept: KeptLines) {
        let when = occurrence.when
        let isWithoutStart = when.start == nil && when.end == nil && !occurrence.previousStarts.isEmpty
        var written = when.start
        if isWithoutStart { written = occurrence.previousStarts.last }
        let lists = when.recurrenceDates + when.exceptionDates
        let clock = written ?? when.end
        let hasZone = (clock.map { [$0] } ?? lists).contains { spelling($0, zone: when.timeZone).carriesZone }
        let zone = hasZone ? when.timeZone : nil
        let start = written.map { spelling($0, zone: zone) }
        let end = when.end.map { spelling(afterLast($0), zone: zone) }
        let further = when.recurrenceDates.map { spelling($0, zone: zone) }
        let excepted = when.exceptionDates.map { spelling($0, zone: zone) }
        if form == .replacement { replacedDate(occurrence, hasZone: hasZone, kept: kept) }
        if let start { writer.line("DTSTART", start.parameters, start.value) }
        if let end { writer.line("DTEND", end.parameters, end.value) }
        if let rule = when.recurrenceRule { writer.line("RRULE", rule) }
        for date in further { writer.line("RDATE", date.parameters, date.value) }
        for date in excepted { writer.line("EXDATE", date.parameters, date.value) }
        for date in occurrence.previousStarts { writer.text("X-TIDINGS-PREVIOUS-START", date.description) }
        if isWithoutStart { writer.line("X-TIDINGS-NO-START", "TRUE") }
        if when.precision != (written?.time == nil ? .day : .minute) {
            writer.line("X-TIDINGS-PRECISION", when.precision.rawValue)
        }
        if let zone = when.timeZone, !hasZone { writer.text("X-TIDINGS-TIMEZONE", zone) }
        if occurrence.dayAssignment != .each { writer.line("X-TIDINGS-DAYS", occurrence.dayAssignment.rawValue) }
    }

    /// DTEND is the day after the last one.
    private func afterLast(_ end: Moment) -> Moment {
        if case .date(let date) = end { date.adding(days: 1).map { .date($0) } ?? end } else { end }
    }

    private mutating func replacedDate(_ occurrence: Occurrence, hasZone: Bool, kept: KeptLines) {
        var parameters: [(name: String, value: String)] = []
        if let range = kept.range { parameters.append(("RANGE", ICalendarText.parameter(range))) }
        if occurrence.id.utf8.count == 8 {
            parameters.append(("VALUE", "DATE"))
        } else if let zone = occurrence.when.timeZone, hasZone, zone != "Etc/UTC", !occurrence.id.hasSuffix("Z") {
            parameters.append(("TZID", ICalendarText.parameter(zone)))
        }
        writer.line("RECURRENCE-ID", parameters, occurrence.id)
    }

    private mutating func spelling(_ moment: Moment, zone: String?) -> Spelling {
        switch moment {
        case .date(let date): return Spelling(parameters: [("VALUE", "DATE")], value: ICalendarText.basic(date))
        case .time(let time, let offset):
            let known = zone.flatMap { zones.isKnown($0) ? $0 : nil }
            if let offset {
                let note = (name: "X-TIDINGS-OFFSET", value: ICalendarText.basic(offset))
                if let known, known != "Etc/UTC", zones.offsets(of: time, in: known)?.contains(offset) == true {
                    use(known, in: time.date.year)
                    return Spelling(
                        parameters: [("TZID", known), note], value: ICalendarText.basic(time), carriesZone: true)
                }
                let universal = Instant(time, offset: offset).local(offset: .zero) ?? time
                return Spelling(parameters: [note], value: ICalendarText.basic(universal) + "Z")
            }
            guard let known else { return Spelling(value: ICalendarText.basic(time)) }
            if known == "Etc/UTC" { return Spelling(value: ICalendarText.basic(time) + "Z", carriesZone: true) }
            use(known, in: time.date.year)
            return Spelling(parameters: [("TZID", known)], value: ICalendarText.basic(time), carriesZone: true)
        }
    }

    private mutating func use(_ zone: String, in year: Int) {
        let known = usedZones[zone] ?? year...year
        usedZones[zone] = min(known.lowerBound, year)...max(known.upperBound, year)
    }

    mutating func place(_ occurrence: Occurrence, kept: KeptLines) {
        if let place = occurrence.place { write(place) }
        guard let address = occurrence.onlineURL else { return }
        if !ICalendarEventReader.isWebAddress(address) {
            writer.text("X-TIDINGS-ONLINE", address)
        } else if !kept.lines.contains(where: { $0.uppercased().hasPrefix("CONFERENCE") && $0.hasSuffix(":" + address) }
        ) {
            writer.line("CONFERENCE", [("VALUE", "URI")], address)
        }
    }

    private mutating func write(_ place: Place) {
        let address = [
            place.streetAddress, [place.postalCode, place.locality].compactMap { $0 }.joined(separator: " "),
            place.region,
            place.country,
        ]
        .compactMap { $0 }.filter { !$0.isEmpty && $0 != place.name }
        let isAddress = ICalendarEventReader.isWebAddress(place.name)
        if !place.name.isEmpty, !isAddress {
            writer.text("LOCATION", ([place.name] + address).joined(separator: ", "))
        }
        let coordinates = [place.latitude, place.longitude].map { $0.flatMap(ICalendarEventWriter.decimal) }
        if let latitude = coordinates[0], let longitude = coordinates[1] {
            writer.line("GEO", "\(latitude);\(longitude)")
        }
        let isLocated =
            coordinates[0].flatMap { Double(written: $0) } == place.latitude
            && coordinates[1].flatMap { Double(written: $0) } == place.longitude
            && (coordinates[0] == nil) == (coordinates[1] == nil)
        let isOnline = ICalendarEventReader.onlineWords.contains(place.name.lowercased())
        let isCut = place.name != place.name.trimmingBlanks
        let isPlain =
            address.isEmpty && place.locality == nil && place.region == nil && place.country == nil
            && place.postalCode == nil && place.streetAddress == nil && place.geonameID == nil && place.timeZone == nil
            && isLocated && place.kind == (isOnline ? .virtual : .venue)
            && !isAddress && !isCut && (!place.name.isEmpty || place.latitude != nil)
        if !isPlain { writeDetails(of: place) }
    }

    private mutating func writeDetails(of place: Place) {
        let details: [(String, String?)] = [
            ("KIND", place.kind.rawValue), ("STREET", place.streetAddress), ("LOCALITY", place.locality),
            ("REGION", place.region), ("POSTAL-CODE", place.postalCode), ("COUNTRY", place.country),
            ("LATITUDE", place.latitude.map(\.description)), ("LONGITUDE", place.longitude.map(\.description)),
            ("GEONAME", place.geonameID.map(String.init)), ("TIMEZONE", place.timeZone),
        ]
        writer.text(
            "X-TIDINGS-PLACE",
            details.compactMap { name, value in value.map { (name: name, value: ICalendarText.parameter($0)) } },
            place.name)
    }

    /// A FLOAT, which has no exponent (RFC 5545 §3.3.7), to the ninth decimal; nil for what is no angle.
    private static func decimal(_ number: Double) -> String? {
        guard number.magnitude < 1_000_000 else { return nil }
        let text = number.description
        guard text.contains("e") else { return text }
        let billionths = Int((number.magnitude * 1_000_000_000).rounded())
        let digits = String(billionths % 1_000_000_000)
        return (number < 0 ? "-" : "") + "\(billionths / 1_000_000_000)."
            + String(repeating: "0", count: 9 - digits.count) + digits
    }
}

extension ZoneOffsets {
    func contains(_ offset: UTCOffset) -> Bool {
        switch self {
        case .one(let one): one == offset
        case .gap: false
        case .overlap(let first, let second): first == offset || second == offset
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var rest = Substring(self)
        while rest.first == " " || rest.first == "\t" { rest = rest.dropFirst() }
        while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
