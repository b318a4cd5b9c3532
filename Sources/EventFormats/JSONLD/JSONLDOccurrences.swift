import EventModel
import Reading

/// The occurrences of an event as read, with what is left over of each.
struct JSONLDOccurrences {
    private(set) var occurrences: [Occurrence] = []
    private(set) var extensions: [Extension] = []
    /// Members of the event itself that turned out to belong to no occurrence.
    private(set) var leftovers: [JSONLDLeftover] = []
    private(set) var hasPhysicalPlace = false
    private(set) var hasOnlinePlace = false
    private var taken = NameSupply()
    private let findings: JSONLDFindings

    private struct Site {
        var place: JSONLDPlace?
        var online: JSONLDPlace?
    }

    /// Reads them. An event whose `subEvent`s are its dates and places has one occurrence for each of them; one that
    /// has a start and a place of its own, and parts with names of their own, has one, and its parts are left over.
    init(
        _ event: JSONLDObject<EventTerm>, name: String, _ findings: JSONLDFindings, positions: inout FieldPositions
    ) {
        self.findings = findings
        let parts = (event[.subEvent] ?? event[.subEvents])?.elementsOrSelf.map { findings.resolve($0) } ?? []
        let objects = parts.map { JSONLDObject($0, EventTerm.table) }
        if !parts.isEmpty, JSONLDOccurrences.areOccurrences(objects, of: event, name: name, findings) {
            checkFrame(event, objects)
            for part in objects where occurrences.count <= findings.context.limits.occurrences {
                read(part, in: event, name: name, positions: &positions)
            }
            if objects.count > 1, let previous = event[.previousStartDate] {
                leftovers.append(JSONLDLeftover(path: "previousStartDate", content: previous.compact))
            }
        } else {
            for node in [event[.subEvent], event[.subEvents]].compactMap({ $0 }) {
                leftovers.append(JSONLDLeftover(path: "subEvent", content: node.compact))
            }
            if JSONLDOccurrences.saysWhenOrWhere(event) { read(event, in: nil, name: name, positions: &positions) }
        }
        if occurrences.count > findings.context.limits.occurrences {
            findings.add(
                .tooLarge, FieldPath(.occurrences), at: event.node.bytes,
                "the event has more than \(findings.context.limits.occurrences) occurrences; split it, or raise the limit"
            )
            occurrences.removeLast(occurrences.count - findings.context.limits.occurrences)
        }
    }

    private static func areOccurrences(
        _ parts: [JSONLDObject<EventTerm>], of event: JSONLDObject<EventTerm>, name: String, _ findings: JSONLDFindings
    ) -> Bool {
        // A reference to what is not in this file says nothing about a date or a place.
        for part in parts where !part.contains(where: { $0 != .id && $0 != .type }) { return false }
        guard event[.startDate] != nil, event[.location] != nil else { return true }
        return parts.allSatisfy { part in
            guard let own = part[.name] else { return true }
            return findings.languageText(own, preferring: "", otherwise: "")?.text == name
        }
    }

    /// Whether an event says anything of a time or place; one that does not, such as a bare cancellation, has no
    /// occurrences.
    private static func saysWhenOrWhere(_ event: JSONLDObject<EventTerm>) -> Bool {
        event.contains { term in
            switch term {
            case .startDate, .endDate, .duration, .location, .eventSchedule, .previousStartDate: true
            default: false
            }
        }
    }

    /// The objects that an event refers to as its dates and places and that stand elsewhere in the document.
    static func partsElsewhere(of node: JSONNode, _ findings: JSONLDFindings) -> [Int] {
        let event = JSONLDObject(node, EventTerm.table)
        let elements = event[.subEvent]?.elementsOrSelf.map { $0 } ?? []
        let parts = elements.map { findings.resolve($0) }
        let name = event[.name].flatMap { findings.languageText($0, preferring: "", otherwise: "") }
        let objects = parts.map { JSONLDObject($0, EventTerm.table) }
        guard areOccurrences(objects, of: event, name: name?.text ?? "", findings) else { return [] }
        return zip(elements, parts).compactMap { $0.index == $1.index ? nil : $1.index }
    }

    private func checkFrame(_ event: JSONLDObject<EventTerm>, _ parts: [JSONLDObject<EventTerm>]) {
        func date(_ node: JSONNode?) -> LocalDate? {
            node?.withText { text -> LocalDate? in
                do {
                    let time = try JSONTime(text)
                    return time.precision == .day || time.precision == .minute ? time.moment.date : nil
                } catch {
                    // ignoring: reported where the time itself is read.
                    return nil
                }
            } ?? nil
        }
        guard let first = date(event[.startDate]) else { return }
        let last = date(event[.endDate])
        for (index, part) in parts.enumerated() {
            guard let start = date(part[.startDate]), start < first || last.map({ start > $0 }) ?? false else {
                continue
            }
            findings.add(
                .subeventOutsideParent, FieldPath(.start, occurrence: index), at: part[.startDate]?.bytes ?? 0..<0,
                "this subEvent starts on \(start), outside the event's own dates "
                    + "(\(first)\(last.map { " to \($0)" } ?? " on")); correct one of them")
        }
    }

    private mutating func read(
        _ object: JSONLDObject<EventTerm>, in event: JSONLDObject<EventTerm>?, name: String,
        positions: inout FieldPositions
    ) {
        let index = occurrences.count
        var when = JSONLDWhen(object, findings, occurrence: index)
        if let event, object[.startDate] == nil, object[.eventSchedule] == nil, event[.startDate] != nil {
            let inherited = JSONLDWhen(event, findings, occurrence: index)
            when.when = inherited.when
            when.noted += inherited.noted
        }
        let sites = sites(object[.location] ?? event?[.location], index, leaveIn: &when.leftovers)
        for site in sites {
            append(object, when, site, in: event, isAlone: sites.count == 1, positions: &positions)
            if event != nil { leave(object, name: name) }
        }
    }

    /// One site for each physical place; what is online belongs to all of them.
    private mutating func sites(
        _ node: JSONNode?, _ occurrence: Int, leaveIn leftovers: inout [JSONLDLeftover]
    ) -> [Site] {
        var physical: [JSONLDPlace] = []
        var online: JSONLDPlace?
        for element in node?.elementsOrSelf.map({ findings.resolve($0) }) ?? [] {
            guard let read = JSONLDPlace(element, findings, occurrence: occurrence) else {
                if !element.isText(""), !element.isNull {
                    findings.add(
                        .valueLeftOut, FieldPath(.place, occurrence: occurrence), at: element.bytes,
                        "\(findings.excerpt(element)) is no place and is left out; write its name, or an object of the "
                            + "type Place")
                }
                continue
            }
            if !read.isVirtual {
                physical.append(read)
            } else if online == nil {
                online = read
            } else {
                leftovers.append(JSONLDLeftover(path: "location", content: element.compact))
            }
        }
        if online != nil { hasOnlinePlace = true }
        guard !physical.isEmpty else { return [Site(place: nil, online: online)] }
        hasPhysicalPlace = true
        return physical.map { Site(place: $0, online: online) }
    }

    private mutating func append(
        _ object: JSONLDObject<EventTerm>, _ when: JSONLDWhen, _ site: Site, in event: JSONLDObject<EventTerm>?,
        isAlone: Bool, positions: inout FieldPositions
    ) {
        let index = occurrences.count
        var occurrence = Occurrence(id: "", when: when.when, place: site.place?.place)
        var leftovers = when.leftovers
        occurrence.previousStarts = when.previousStarts
        positions.note(FieldPath(.when, occurrence: index), at: object.node.bytes)
        for (field, bytes) in when.noted { positions.note(FieldPath(field, occurrence: index), at: bytes) }
        for read in [site.place, site.online].compactMap({ $0 }) {
            positions.note(FieldPath(.place, occurrence: index), at: read.node.bytes)
            for (field, bytes) in read.noted { positions.note(FieldPath(field, occurrence: index), at: bytes) }
            leftovers += read.leftovers
        }
        if let online = site.online {
            occurrence.onlineURL = online.onlineURL
            if let room = online.place {
                if occurrence.place == nil {
                    occurrence.place = room
                } else if !room.name.isEmpty {
                    var json = JSONWriter()
                    json.string(room.name)
                    leftovers.append(JSONLDLeftover(path: "virtualLocation.name", content: json.text))
                }
            }
        }
        let field = FieldPath(.dayAssignment, occurrence: index)
        if let days = findings.choice(object[.dayAssignment], DayAssignment.self, field) {
            occurrence.dayAssignment = days
        }
        if event != nil, let node = object[.eventStatus] {
            occurrence.status = EventStatus.read(node, findings, FieldPath(.status, occurrence: index))
            positions.note(FieldPath(.status, occurrence: index), at: node.bytes)
            if node.kind == .array { leftovers.append(JSONLDLeftover(path: "eventStatus", content: node.compact)) }
        }
        let isMain = event == nil && isAlone
        occurrence.id = isMain ? "main" : identify(occurrence, object, hasOwnID: event != nil && isAlone)
        occurrences.append(occurrence)
        for item in leftovers { keep(item) }
    }

    private mutating func keep(_ item: JSONLDLeftover) {
        let scope = occurrences.last?.id ?? ""
        extensions.append(Extension(vocabulary: "schema.org", scope: scope, name: item.path, content: item.content))
    }

    /// Keeps what a subEvent says beside time, place and status.
    private mutating func leave(_ object: JSONLDObject<EventTerm>, name: String) {
        for (term, value) in object.terms {
            switch term {
            case .context, .startDate, .endDate, .duration, .location, .eventStatus, .eventSchedule, .previousStartDate,
                .attendee, .attendees, .timeZone, .precision, .recurrenceRule, .recurrenceDates, .exceptionDates,
                .dayAssignment:
                continue
            case .type where value.isText("Event"): continue
            case .identifier where value.text == occurrences.last?.id: continue
            case .id where value.text == occurrences.last?.id && object[.identifier] == nil: continue
            case .name where value.text == name: continue
            default: keep(JSONLDLeftover(path: term.rawValue, content: value.compact))
            }
        }
        for (key, value) in object.others { keep(JSONLDLeftover(path: key.text ?? "", content: value.compact)) }
    }

    /// The id of an occurrence: as stated, else the slug of its city or place, with the date where that is taken, else
    /// its number.
    private mutating func identify(_ occurrence: Occurrence, _ object: JSONLDObject<EventTerm>, hasOwnID: Bool)
        -> String
    {
        if hasOwnID, let stated = identifier(object) {
            if taken.contains(stated) {
                findings.add(
                    .duplicateOccurrence, FieldPath(.when, occurrence: occurrences.count), at: object.node.bytes,
                    "two occurrences have the identifier \"\(stated)\"; give each its own")
            }
            return taken.take(stated)
        }
        let start = occurrence.when.start?.description
        guard let place = occurrence.place, let slug = JSONLDOccurrences.slug(place.city ?? place.name) else {
            return taken.take(start ?? String(occurrences.count + 1))
        }
        guard taken.contains(slug), let start else { return taken.take(slug) }
        return taken.take("\(slug)-\(start)")
    }

    private func identifier(_ object: JSONLDObject<EventTerm>) -> String? {
        for node in [object[.identifier], object[.id]].compactMap({ $0 }) {
            if let text = findings.text(node) ?? node["value"]?.text, !text.isEmpty { return text }
        }
        return nil
    }

    /// Letters and digits in lower case, the rest as single hyphens; nil where nothing is left.
    static func slug(_ text: String) -> String? {
        var slug = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.isEmpty, slug.last != "-" {
                slug.append("-")
            }
            if slug.utf8.count >= 64 { break }
        }
        if slug.last == "-" { slug.removeLast() }
        return slug.isEmpty ? nil : slug
    }
}
