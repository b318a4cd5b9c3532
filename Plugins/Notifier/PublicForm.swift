import EventModel

/// What of an event may be shown to the public.
enum PublicForm {
    /// The rule that marks an inferred year in the evidence of a public form.
    static let yearInferred = "year"

    /// The event without what no output may carry: receipt, evidence, e-mail addresses, what the model does not
    /// understand, and working values that the source does not state (country, time zone, position). Of the evidence
    /// only the mark of an inferred year is left.
    static func of(_ event: EventUpdate) -> EventUpdate {
        var shown = event
        shown.source = Source(mediaType: "", sha256: "", byteCount: 0)
        shown.extensions = []
        shown.references = []
        shown.embargoUntil = nil
        shown.evidence = []
        for index in shown.parties.indices where shown.parties[index].email != nil { shown.parties[index].email = nil }
        shown.links.removeAll { $0.utf8.prefix(7).elementsEqual("mailto:".utf8, by: { $0 | 0x20 == $1 | 0x20 }) }
        for evidence in event.evidence where evidence.basis == .inferred { withhold(evidence, in: &shown) }
        return shown
    }

    /// Whether the year was inferred and has to be marked so.
    static func isYearInferred(_ shown: EventUpdate) -> Bool {
        shown.evidence.contains { $0.rule == yearInferred }
    }

    /// The event for a calendar, where a remark in each of its dates marks an inferred year.
    static func forCalendar(_ shown: EventUpdate) -> EventUpdate {
        marked(shown) { event in
            event.occurrences.map { occurrence in
                Extension(
                    vocabulary: "icalendar", scope: occurrence.id,
                    content: "COMMENT:The year is inferred\\; the announcement states none.")
            }
        }
    }

    /// The event as data, where a remark marks an inferred year.
    static func forData(_ shown: EventUpdate) -> EventUpdate {
        marked(shown) { _ in
            [
                Extension(
                    vocabulary: "schema.org", name: "disambiguatingDescription",
                    content: "\"The year is inferred; the announcement states none.\"")
            ]
        }
    }

    private static func marked(_ shown: EventUpdate, _ remarks: (EventUpdate) -> [Extension]) -> EventUpdate {
        var event = shown
        if isYearInferred(shown) { event.extensions = remarks(shown) }
        event.evidence = []
        return event
    }

    private static func withhold(_ evidence: Evidence, in shown: inout EventUpdate) {
        let path = evidence.fieldPath
        if path.hasSuffix("when.start") || path.hasSuffix(".year") {
            if !isYearInferred(shown) {
                shown.evidence.append(
                    Evidence(fieldPath: "occurrences", basis: .inferred, rule: yearInferred))
            }
            return
        }
        guard let field = path.split(separator: "]").last.map({ $0.drop { $0 == "." } }) else { return }
        for index in indices(in: path, count: shown.occurrences.count) {
            withhold(String(field), of: &shown.occurrences[index])
        }
    }

    private static func withhold(_ field: String, of occurrence: inout Occurrence) {
        switch field {
        case "when.timeZone": occurrence.when.timeZone = nil
        case "place.country": occurrence.place?.country = nil
        case "place.region": occurrence.place?.region = nil
        case "place.timeZone": occurrence.place?.timeZone = nil
        case "place.geonameID": occurrence.place?.geonameID = nil
        case "place.latitude", "place.longitude":
            occurrence.place?.latitude = nil
            occurrence.place?.longitude = nil
        default: break
        }
    }

    /// The occurrences that a field path speaks of: one by its number, else all.
    private static func indices(in path: String, count: Int) -> Range<Int> {
        guard path.hasPrefix("occurrences") else { return 0..<0 }
        let digits = path.dropFirst("occurrences[".count).prefix { $0 != "]" }
        guard let index = Int(digits) else { return 0..<count }
        return (0..<count).contains(index) ? index..<(index + 1) : 0..<0
    }
}
