import EventModel

/// What of an event may be shown to the public.
enum PublicForm {
    /// What may be shown although it is inferred, if it is marked so; the rule of its evidence in a public form.
    enum Inferred: String, CaseIterable { case year, time, place }

    /// The event without what no output may carry: receipt, evidence, e-mail addresses, what the model does not
    /// understand, and working values that the source does not state (country, time zone, position). Of the evidence
    /// only the marks of an inferred year, time or place are left.
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

    /// What of a public form is inferred and has to be marked so.
    static func inferred(in shown: EventUpdate) -> [Inferred] {
        shown.evidence.isEmpty
            ? [] : Inferred.allCases.filter { mark in shown.evidence.contains { $0.rule == mark.rawValue } }
    }

    /// The event for a calendar, where a remark in each of its dates marks what is inferred.
    static func forCalendar(_ shown: EventUpdate) -> EventUpdate {
        marked(shown) { event, list in
            event.occurrences.map { occurrence in
                Extension(
                    vocabulary: "icalendar", scope: occurrence.id,
                    content: "COMMENT:Inferred\\, not stated: " + list.joined(separator: "\\, "))
            }
        }
    }

    /// The event as data, where a remark marks what is inferred.
    static func forData(_ shown: EventUpdate) -> EventUpdate {
        marked(shown) { _, list in
            [
                Extension(
                    vocabulary: "schema.org", name: "disambiguatingDescription",
                    content: "\"Inferred, not stated: \(list.joined(separator: ", "))\"")
            ]
        }
    }

    private static func marked(
        _ shown: EventUpdate, _ remarks: (EventUpdate, [String]) -> [Extension]
    ) -> EventUpdate {
        var event = shown
        let list = inferred(in: shown).map(\.rawValue)
        if !list.isEmpty { event.extensions = remarks(shown, list) }
        event.evidence = []
        return event
    }

    private static func withhold(_ evidence: Evidence, in shown: inout EventUpdate) {
        let path = evidence.fieldPath
        if let mark = mark(for: path) {
            if !shown.evidence.contains(where: { $0.rule == mark.rawValue }) {
                shown.evidence.append(Evidence(fieldPath: "occurrences", basis: .inferred, rule: mark.rawValue))
            }
            return
        }
        guard let field = path.split(separator: "]").last.map({ $0.drop { $0 == "." } }) else { return }
        for index in indices(in: path, count: shown.occurrences.count) {
            withhold(String(field), of: &shown.occurrences[index])
        }
    }

    private static func mark(for path: String) -> Inferred? {
        if path.hasSuffix("when.start") || path.hasSuffix("when.start.year") { return .year }
        if path.hasSuffix("when.start.time") { return .time }
        return path.hasSuffix("place.name") || path.hasSuffix("place.locality") ? .place : nil
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
        guard let index = Int(written: digits, in: 0...Int(Int32.max)) else { return 0..<count }
        return (0..<count).contains(index) ? index..<(index + 1) : 0..<0
    }
}
