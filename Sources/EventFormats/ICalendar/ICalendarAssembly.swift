import EventModel
import Reading

/// Puts the VEVENTs of one uid together to updates.
struct ICalendarAssembly {
    let context: ReadingContext
    let source: Source
    private(set) var updates: [DecodedUpdate] = []
    private var indexOfKey: [String: Int] = [:]
    private var names = NameSupply()

    init(context: ReadingContext, source: Source) {
        self.context = context
        self.source = source
    }

    /// Takes the events of one calendar.
    mutating func take(_ events: [ContentComponent], scene: ICalendarScene) {
        var groups: [(key: String, events: [ContentComponent])] = []
        var groupOfKey: [String: Int] = [:]
        for (index, event) in events.enumerated() {
            // No uid of a file holds a NUL.
            let key = ICalendarAssembly.key(event, text: scene.text) ?? "\0\(index)"
            if let group = groupOfKey[key] {
                groups[group].events.append(event)
            } else {
                groupOfKey[key] = groups.count
                groups.append((key, [event]))
            }
        }
        for group in groups {
            guard updates.count < context.limits.updates else {
                scene.findings.report(
                    .tooLarge, at: group.events.first.map { scene.text.source(of: $0.begin) },
                    "the file holds more than \(context.limits.updates) events; split it, or raise the limit")
                return
            }
            // Of an event that an earlier calendar of the file has too, all is said of the one update.
            scene.update = indexOfKey[group.key] ?? updates.count
            scene.reportMethod()
            for event in group.events { scene.reportBytes(of: event) }
            add(group.events, scene: scene)
        }
    }

    /// What groups VEVENTs: the uid; for a part that our own writer made, that of the whole.
    private static func key(_ event: ContentComponent, text: ContentText) -> String? {
        guard let line = event.lines.first(where: { $0.name == "UID" }), !line.value.isEmpty else { return nil }
        let uid = text.unescaped(line.value)
        guard let part = event.lines.first(where: { $0.name == "X-TIDINGS-PART" }) else { return uid }
        let id = text.unescaped(part.value)
        return uid.hasSuffix("/" + id) ? String(uid.dropLast(id.count + 1)) : uid
    }

    private mutating func add(_ events: [ContentComponent], scene: ICalendarScene) {
        if events.count > context.limits.occurrences {
            scene.findings.report(
                .tooLarge, at: scene.text.source(of: events[context.limits.occurrences].begin), update: scene.update,
                "the event has more than \(context.limits.occurrences) occurrences; split it, or raise the limit")
        }
        func isReplacement(_ event: ContentComponent) -> Bool { event.lines.contains { $0.name == "RECURRENCE-ID" } }
        let ordered = events.filter { !isReplacement($0) } + events.filter(isReplacement)
        var drafts: [ICalendarDraft] = []
        for event in ordered.prefix(context.limits.occurrences) {
            scene.occurrence = drafts.count
            let draft = ICalendarEventReader.read(event, scene: scene)
            let same = drafts.firstIndex { ($0.occurrenceID ?? "main") == (draft.occurrenceID ?? "main") }
            if let same { settle(&drafts[same], against: draft, scene: scene) } else { drafts.append(draft) }
        }
        guard var decoded = ICalendarMerge(drafts: drafts, method: scene.method).update(context, source: source) else {
            return
        }
        if decoded.update.uidOrigin == .derived, drafts.first?.uid == nil { nameApart(&decoded, scene: scene) }
        keepApartFromEarlierCalendars(decoded, scene: scene)
    }

    /// Two VEVENTs of one uid and one date: the newer counts. Where nothing says which that is, a person decides.
    private func settle(_ known: inout ICalendarDraft, against other: ICalendarDraft, scene: ICalendarScene) {
        switch other.isNewer(than: known) {
        case true?:
            known = other
            fallthrough
        case false?:
            scene.findings.report(
                .duplicateOccurrence, at: other.begin, update: scene.update,
                "the file has this event twice; the one with the higher SEQUENCE or later DTSTAMP counts, remove the other"
            )
        case nil where other.saysTheSame(as: known):
            scene.findings.report(
                .duplicateOccurrence, at: other.begin, update: scene.update, "the file has this event twice; remove one"
            )
        case nil:
            scene.findings.report(
                .revisionConflict, at: other.begin, update: scene.update,
                "the file has two different events with this UID, and neither is proved newer; give each its own UID, or "
                    + "a higher SEQUENCE to the right one")
        }
    }

    /// Says that a uid was derived, and numbers it where another event of the file has the same.
    private mutating func nameApart(_ decoded: inout DecodedUpdate, scene: ICalendarScene) {
        let uid = names.take(decoded.update.uid)
        decoded.update.uid = uid
        let place = decoded.positions.bytes(of: FieldPath(.document))
        guard decoded.update.canBeNamed else {
            scene.findings.report(
                .invalidIdentifier, at: place, field: FieldPath(.uid), update: scene.update,
                "the event has no UID, no SUMMARY and no DTSTART, so that nothing says which one it is; give it a UID, and "
                    + "keep it")
            return
        }
        scene.findings.report(
            .uidDerived, at: place, field: FieldPath(.uid), update: scene.update,
            "the event has no UID; '\(uid.quotable)' is used. Give it one, and keep it")
    }

    /// A stream may hold several calendars: of an event that an earlier one has too, the newer word counts.
    private mutating func keepApartFromEarlierCalendars(_ decoded: DecodedUpdate, scene: ICalendarScene) {
        guard let index = indexOfKey[decoded.update.uid] else {
            indexOfKey[decoded.update.uid] = updates.count
            if !names.contains(decoded.update.uid) { _ = names.take(decoded.update.uid) }
            updates.append(decoded)
            return
        }
        let known = updates[index].update
        let isNewer = decoded.update.isNewer(than: known)
        if isNewer == true { updates[index] = decoded }
        let isConflict = isNewer == nil && decoded.update.essence != known.essence
        scene.findings.report(
            isConflict ? .revisionConflict : .duplicateOccurrence,
            at: decoded.positions.bytes(of: FieldPath(.document)), update: index,
            isConflict
                ? "an earlier calendar of the file says otherwise of this event, and neither is proved newer; drop them "
                    + "as files of their own, in order"
                : "an earlier calendar of the file has this event too, and the newer one counts; remove the other")
    }
}

extension EventUpdate {
    /// What a stated order proves (sequence, then issue date); nil where it proves nothing.
    fileprivate func isNewer(than other: EventUpdate) -> Bool? {
        if let own = sequence, let others = other.sequence, own != others { return own > others }
        if let own = issuedAt, let others = other.issuedAt, own != others { return own > others }
        return nil
    }
}

extension ICalendarDraft {
    fileprivate func saysTheSame(as other: ICalendarDraft) -> Bool {
        occurrence == other.occurrence && name == other.name && event.description == other.event.description
            && status == other.status && lines == other.lines && event.parties == other.event.parties
    }
}
