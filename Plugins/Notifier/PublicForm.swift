import EventModel

/// What of an event may be shown to the public.
enum PublicForm {
    /// What may be shown although it is inferred, if it is marked so; the rule of its evidence in a public form.
    enum Inferred: String, CaseIterable { case year, time, place }

    /// The event with nothing but what outputs may show. Its evidence is the marks of an inferred year, time or place.
    static func of(_ event: Event) -> Event {
        var shown = event.publicForm
        let marks = event.evidence.compactMap { $0.basis == .inferred ? mark(for: $0.fieldPath) : nil }
        for mark in marks where !inferred(in: shown).contains(mark) {
            shown.evidence.append(Evidence(fieldPath: "occurrences", basis: .inferred, rule: mark.rawValue))
        }
        return shown
    }

    /// What of a public form is inferred and has to be marked so.
    static func inferred(in shown: Event) -> [Inferred] {
        shown.evidence.isEmpty
            ? [] : Inferred.allCases.filter { mark in shown.evidence.contains { $0.rule == mark.rawValue } }
    }

    /// The event for a calendar, where a remark in each of its dates marks what is inferred.
    static func forCalendar(_ shown: Event) -> Event {
        marked(shown) { event, list in
            event.occurrences.map { occurrence in
                Extension(
                    vocabulary: "icalendar", scope: occurrence.id,
                    content: "COMMENT:Inferred\\, not stated: " + list.joined(separator: "\\, "))
            }
        }
    }

    /// The event as data, where a remark marks what is inferred.
    static func forData(_ shown: Event) -> Event {
        marked(shown) { _, list in
            [
                Extension(
                    vocabulary: "schema.org", name: "disambiguatingDescription",
                    content: "\"Inferred, not stated: \(list.joined(separator: ", "))\"")
            ]
        }
    }

    private static func marked(
        _ shown: Event, _ remarks: (Event, [String]) -> [Extension]
    ) -> Event {
        var event = shown
        let list = inferred(in: shown).map(\.rawValue)
        if !list.isEmpty { event.extensions = remarks(shown, list) }
        event.evidence = []
        return event
    }

    private static func mark(for path: String) -> Inferred? {
        if path.hasSuffix("when.start") || path.hasSuffix("when.start.year") { return .year }
        if path.hasSuffix("when.start.time") { return .time }
        return path.hasSuffix("place.name") || path.hasSuffix("place.locality") ? .place : nil
    }
}
