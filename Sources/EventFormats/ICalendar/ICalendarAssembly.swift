import EventModel
import Reading

/// Puts the VEVENTs of one uid together to updates.
struct ICalendarAssembly {
    let context: ReadingContext
    let source: Source
    private(set) var updates: [DecodedUpdate] = []
    private var indexOfKey: [String: Int] = [:]
    /// What several calendars of the file say of one update, by its index.
    private var versions: [Int: [DecodedUpdate]] = [:]
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
            // Of an event that an earlier calendar of the file has too, all is said of the one update; single dates of it are
            // a statement of their own.
            let isOfDates = scene.method != "CANCEL" && group.events.allSatisfy(ICalendarAssembly.isReplacement)
            scene.update = isOfDates ? updates.count : indexOfKey[group.key] ?? updates.count
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

    private static func isReplacement(_ event: ContentComponent) -> Bool {
        event.lines.contains { $0.name == "RECURRENCE-ID" }
    }

    private mutating func add(_ events: [ContentComponent], scene: ICalendarScene) {
        if events.count > context.limits.occurrences {
            scene.findings.report(
                .tooLarge, at: scene.text.source(of: events[context.limits.occurrences].begin), update: scene.update,
                "the event has more than \(context.limits.occurrences) occurrences; split it, or raise the limit")
        }
        let ordered =
            events.filter { !ICalendarAssembly.isReplacement($0) } + events.filter(ICalendarAssembly.isReplacement)
        var versions: [[ICalendarDraft]] = []
        var indexOfID: [String: Int] = [:]
        for event in ordered.prefix(context.limits.occurrences) {
            scene.occurrence = versions.count
            let draft = ICalendarEventReader.read(event, scene: scene)
            if let index = indexOfID[draft.occurrenceID ?? "main"] {
                versions[index].append(draft)
            } else {
                indexOfID[draft.occurrenceID ?? "main"] = versions.count
                versions.append([draft])
            }
        }
        let drafts = versions.map { $0.count == 1 ? $0[0] : settle($0, scene: scene) }
        guard var decoded = ICalendarMerge(drafts: drafts, method: scene.method).update(context, source: source) else {
            return
        }
        if decoded.update.uidOrigin == .derived, drafts.first?.uid == nil { nameApart(&decoded, scene: scene) }
        keepApartFromEarlierCalendars(decoded, scene: scene)
    }

    /// Several VEVENTs of one uid and one date are one event, or are for a person to tell apart.
    private func settle(_ versions: [ICalendarDraft], scene: ICalendarScene) -> ICalendarDraft {
        let hasMethod = scene.method != nil
        let repeated = RepeatedEvent(
            versions, isNewer: { $0.isNewer(than: $1, hasMethod: hasMethod) }, saysTheSame: { $0.saysTheSame(as: $1) })
        let counting = versions[repeated.counting]
        repeated.report(
            versions.map(\.begin),
            of: ICalendarAssembly.name(counting.uid ?? "", counting.isReplacement ? counting.occurrenceID : nil),
            update: scene.update, remedy: ICalendarAssembly.remedy, to: &scene.findings)
        return counting
    }

    private static func name(_ uid: String, _ date: String?) -> String {
        "the UID '\(uid.quotable)'" + (date.map { " and the RECURRENCE-ID \($0.quotable)" } ?? "")
    }

    private static let remedy = "give each its own UID, or the right one a higher SEQUENCE"

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

    /// A stream may hold several calendars: what they say of one event is settled when all are read.
    private mutating func keepApartFromEarlierCalendars(_ decoded: DecodedUpdate, scene: ICalendarScene) {
        guard let index = indexOfKey[decoded.update.uid], index == scene.update else {
            if indexOfKey[decoded.update.uid] == nil { indexOfKey[decoded.update.uid] = updates.count }
            if !names.contains(decoded.update.uid) { _ = names.take(decoded.update.uid) }
            updates.append(decoded)
            return
        }
        versions[index, default: [updates[index]]].append(decoded)
    }

    /// Settles what several calendars say of one event.
    mutating func settleCalendars(_ findings: inout ReadingFindings) {
        for (index, all) in versions.sorted(by: { $0.key < $1.key }) {
            let repeated = RepeatedEvent(
                all, isNewer: { $0.update.isNewer(than: $1.update) },
                saysTheSame: { $0.update.essence == $1.update.essence })
            updates[index] = all[repeated.counting]
            repeated.report(
                all.map { $0.positions.bytes(of: FieldPath(.document)) ?? 0..<0 },
                of: ICalendarAssembly.name(updates[index].update.uid, nil), update: index,
                remedy: ICalendarAssembly.remedy, to: &findings)
        }
    }
}

extension ICalendarDraft {
    fileprivate func saysTheSame(as other: ICalendarDraft) -> Bool {
        event == other.event && name == other.name && occurrence == other.occurrence && status == other.status
            && eventStatus == other.eventStatus && occurrenceStatus == other.occurrenceStatus && kind == other.kind
            && visibility == other.visibility && embargoUntil == other.embargoUntil && type == other.type
            && attendanceMode == other.attendanceMode && extensions == other.extensions
            && content(of: lines) == content(of: other.lines)
    }

    private func content(of lines: [String]) -> [String] {
        lines.filter { !$0.hasPrefix("LAST-MODIFIED") && !$0.hasPrefix("CREATED") }
    }
}
