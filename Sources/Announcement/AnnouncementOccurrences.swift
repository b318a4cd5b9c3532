import EventModel
import Reading

/// The occurrences of an event with the evidence for each.
struct AnnouncementOccurrenceBuilder {
    let announcement: AnnouncementText
    /// The days of the event, `nil` where they are not known.
    let when: AnnouncementWhen?
    let whenNotes: [(field: String, basis: Basis, rule: String, bytes: [Range<Int>], confidence: Double)]
    private(set) var occurrences: [Occurrence] = []
    /// Ambiguous names reported one by one.
    private static let mostDiagnostics = 40
    private var ids = NameSupply()

    init(
        _ announcement: AnnouncementText, when: AnnouncementWhen?,
        whenNotes: [(field: String, basis: Basis, rule: String, bytes: [Range<Int>], confidence: Double)]
    ) {
        self.announcement = announcement
        self.when = when
        self.whenNotes = whenNotes
    }

    /// One occurrence a place, or a sole one; days that do not follow each other are occurrences of their own.
    mutating func build(_ places: [AnnouncementVenueValue], isEachSaid: Bool, _ findings: inout AnnouncementFindings) {
        if let when, !when.isConsecutive, places.count <= 1 {
            for (index, day) in when.days.enumerated() {
                let single = AnnouncementWhen(days: [day], isRange: false, precision: when.precision, time: when.time)
                add(single, places.first, id: index == 0 && when.days.count == 1 ? "main" : day.description, &findings)
            }
            return
        }
        guard !places.isEmpty else { return add(when, nil, id: "main", &findings) }
        for place in places { add(when, place, id: places.count == 1 ? "main" : nil, &findings) }
        guard places.count > 1, let when, when.days.count > 1 else { return }
        if !isEachSaid {
            for index in occurrences.indices { occurrences[index].dayAssignment = .unspecified }
            findings.report(
                .dayAssignmentUnstated, field: "occurrences",
                """
                the text names \(places.count) places and several days, and not which place has which day: each \
                is taken to have at least one of them; say "on both days in each city", or one line a place with its date
                """)
        }
    }

    /// Adds one occurrence.
    mutating func add(
        _ when: AnnouncementWhen?, _ place: AnnouncementVenueValue?, id: String?,
        notes own: [(field: String, basis: Basis, rule: String, bytes: [Range<Int>], confidence: Double)]? = nil,
        _ findings: inout AnnouncementFindings
    ) {
        let number = occurrences.count
        let limit = announcement.context.limits.occurrences
        guard number < limit else {
            if number == limit, !findings.diagnostics.contains(where: { $0.code == .tooLarge }) {
                findings.report(
                    .tooLarge, field: "occurrences",
                    "the text names more than \(limit) places or days, which is the limit; split it, or raise the setting"
                )
            }
            return
        }
        let zone = place?.place.timeZone
        let made = when?.when(zone: zone) ?? When(timeZone: zone)
        occurrences.append(Occurrence(id: ids.take(id ?? slug(place)), when: made, place: place?.place))
        let path = "occurrences[\(number)]"
        for note in own ?? whenNotes {
            if note.field == "when.end", made.end == nil { continue }
            findings.note("\(path).\(note.field)", note.basis, note.rule, at: note.bytes, confidence: note.confidence)
        }
        guard let place else { return }
        for note in place.notes {
            findings.note(
                "\(path).place.\(note.field)", note.basis, note.rule, at: note.bytes, confidence: note.confidence)
            if note.field == "timeZone", made.timeZone != nil {
                findings.note(
                    "\(path).when.timeZone", note.basis, note.rule, at: note.bytes, confidence: note.confidence)
            }
        }
        if place.candidates.count > 1, findings.diagnostics.count < AnnouncementOccurrenceBuilder.mostDiagnostics {
            let options = place.candidates.map { "\($0.name) (\($0.country))" }.joined(separator: ", ")
            findings.report(
                .placeAmbiguous, field: "\(path).place.name", at: announcement.position(place.bytes),
                """
                "\(place.place.city ?? place.place.name)" may be \(options); \
                country and time zone are left open; write the country after the name
                """)
        }
    }

    private func slug(_ place: AnnouncementVenueValue?) -> String {
        guard let place else { return "main" }
        let slug = asciiSlug(place.place.city ?? place.place.name)
        return slug.isEmpty ? "place" : slug
    }
}
