import EventModel

private enum OccurrenceKey: String, CaseIterable, Sendable {
    case id, status, when, previousStarts, place, onlineURL, dayAssignment

    static let table = JSONKeys<OccurrenceKey>()
}

private enum WhenKey: String, CaseIterable, Sendable {
    case start, end, startOffset, endOffset, timeZone, precision, recurrenceRule, recurrenceDates, exceptionDates
    case recurrenceSet

    static let table = JSONKeys<WhenKey>()
}

private enum PlaceKey: String, CaseIterable, Sendable {
    case name, kind, streetAddress, locality, region, postalCode, country, latitude, longitude, geonameID, timeZone

    static let table = JSONKeys<PlaceKey>()
}

extension CanonicalField {
    func occurrence() throws(CanonicalJSONError) -> Occurrence {
        var result = Occurrence(id: "", when: When())
        try keyed(by: OccurrenceKey.table) { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .id: result.id = try field.text()
            case .status: result.status = try field.choice(EventStatus.self)
            case .when: result.when = try field.when()
            case .previousStarts: result.previousStarts = try field.moments()
            case .place: result.place = try field.place()
            case .onlineURL: result.onlineURL = try field.text()
            case .dayAssignment: result.dayAssignment = try field.choice(DayAssignment.self)
            }
        }
        return result
    }

    private func moments() throws(CanonicalJSONError) -> [Moment] {
        try list { field throws(CanonicalJSONError) in try field.moment() }
    }

    private func when() throws(CanonicalJSONError) -> When {
        var result = When()
        var startOffset: UTCOffset?
        var endOffset: UTCOffset?
        var precision: Precision?
        try keyed(by: WhenKey.table) { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .start: result.start = try field.moment()
            case .end: result.end = try field.moment()
            case .startOffset: startOffset = try field.offset()
            case .endOffset: endOffset = try field.offset()
            case .timeZone: result.timeZone = try field.text()
            case .precision: precision = try field.choice(Precision.self)
            case .recurrenceRule: result.recurrenceRule = try field.text()
            case .recurrenceDates: result.recurrenceDates = try field.moments()
            case .exceptionDates: result.exceptionDates = try field.moments()
            case .recurrenceSet:
                guard let set = RecurrenceSet(try field.text()) else {
                    throw field.fault("the dates of a series are their first and the gaps between them")
                }
                result.recurrenceSet = set
            }
        }
        result.start = try stating(startOffset, in: result.start)
        result.end = try stating(endOffset, in: result.end)
        result.precision = precision ?? When(start: result.start).precision
        return result
    }

    private func stating(_ offset: UTCOffset?, in moment: Moment?) throws(CanonicalJSONError) -> Moment? {
        guard let offset else { return moment }
        guard let time = moment?.time else { throw fault("an offset needs a time of day") }
        return .time(time, offset: offset)
    }

    private func place() throws(CanonicalJSONError) -> Place {
        var result = Place(name: "")
        try keyed(by: PlaceKey.table) { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .name: result.name = try field.text()
            case .kind: result.kind = try field.choice(PlaceKind.self)
            case .streetAddress: result.streetAddress = try field.text()
            case .locality: result.locality = try field.text()
            case .region: result.region = try field.text()
            case .postalCode: result.postalCode = try field.text()
            case .country: result.country = try field.text()
            case .latitude: result.latitude = try field.number()
            case .longitude: result.longitude = try field.number()
            case .geonameID: result.geonameID = try field.integer()
            case .timeZone: result.timeZone = try field.text()
            }
        }
        return result
    }
}
