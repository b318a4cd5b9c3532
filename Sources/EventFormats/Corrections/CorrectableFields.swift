import EventModel

/// The fields that a person may correct, by their paths in the canonical JSON. Receipt, source, evidence and what the
/// model does not understand are nobody's to correct.
enum CorrectableFields {
    static let event: [CorrectableField<EventUpdate>] = [
        CorrectableField("kind", \.kind, .word),
        CorrectableField("uid", CorrectionKind.identifier.expectation) { text, update in
            guard let uid = CorrectionKind.identifier.read(text) else { return false }
            update.uid = uid
            update.uidOrigin = .stated
            return true
        },
        CorrectableField(optional: "sequence", \.sequence, .count),
        CorrectableField(optional: "issuedAt", \.issuedAt, .instant),
        CorrectableField("status", \.status, .word),
        CorrectableField("name.text", \.name.text, .text),
        CorrectableField("name.language", \.name.language, .text),
        CorrectableField("description.text", "a text, or nothing") { text, update in
            update.description =
                text.isEmpty ? nil : LanguageText(text, language: update.description?.language ?? update.language)
            return true
        },
        CorrectableField("language", \.language, .text),
        CorrectableField("type", \.type, .text),
        CorrectableField("attendanceMode", \.attendanceMode, .word),
        CorrectableField(optional: "embargoUntil", \.embargoUntil, .instant),
        CorrectableField("visibility", \.visibility, .word),
    ]

    static let occurrence: [CorrectableField<Occurrence>] = [
        CorrectableField(optional: "status", \.status, .word),
        moment("when.start") { time, occurrence in
            occurrence.when.start = time?.moment
            occurrence.when.precision = time?.precision ?? .day
        },
        moment("when.end") { time, occurrence in occurrence.when.end = time?.lastDay },
        CorrectableField(optional: "when.timeZone", \.when.timeZone, .text),
        CorrectableField("when.precision", \.when.precision, .word),
        CorrectableField(optional: "when.recurrenceRule", \.when.recurrenceRule, .recurrenceRule),
        CorrectableField("place.name", "a text, or nothing") { text, occurrence in
            if text.isEmpty {
                occurrence.place = nil
            } else if occurrence.place == nil {
                occurrence.place = Place(name: text)
            } else {
                occurrence.place?.name = text
            }
            return true
        },
        CorrectableField(optional: "onlineURL", \.onlineURL, .text),
        CorrectableField("dayAssignment", \.dayAssignment, .word),
    ]

    /// Fields of a place that is there.
    static let place: [CorrectableField<Place>] = [
        CorrectableField("place.kind", \.kind, .word),
        CorrectableField(optional: "place.streetAddress", \.streetAddress, .text),
        CorrectableField(optional: "place.locality", \.locality, .text),
        CorrectableField(optional: "place.region", \.region, .text),
        CorrectableField(optional: "place.postalCode", \.postalCode, .text),
        CorrectableField(optional: "place.country", \.country, .text),
        CorrectableField(optional: "place.latitude", \.latitude, .degrees),
        CorrectableField(optional: "place.longitude", \.longitude, .degrees),
        CorrectableField(optional: "place.geonameID", \.geonameID, .count),
        CorrectableField(optional: "place.timeZone", \.timeZone, .text),
    ]

    static let party: [CorrectableField<Party>] = [
        CorrectableField("name", \.name, .text),
        CorrectableField("kind", \.kind, .word),
        CorrectableField("role", \.role, .word),
        CorrectableField(optional: "url", \.url, .text),
        CorrectableField(optional: "email", \.email, .text),
    ]

    private static func moment(
        _ name: String, _ set: @escaping @Sendable (JSONTime?, inout Occurrence) -> Void
    ) -> CorrectableField<Occurrence> {
        CorrectableField(name, CorrectionKind.time.expectation + ", or nothing") { text, occurrence in
            let time = CorrectionKind.time.read(text)
            if time == nil, !text.isEmpty { return false }
            set(time, &occurrence)
            return true
        }
    }
}

extension CorrectionKind where Value == String {
    static let recurrenceRule = CorrectionKind("a recurrence rule such as FREQ=WEEKLY;UNTIL=20271231") { text in
        // ignoring: which part is wrong; the expectation shows the whole
        (try? RecurrenceRule(text))?.text
    }

    static let identifier = CorrectionKind("an identifier without white space") { text in
        text.isEmpty || text.utf8.contains { $0 <= 0x20 || $0 == 0x7F } ? nil : text
    }
}
