import EventModel
import Reading

/// The X-TIDINGS properties: what our own writer notes where iCalendar has no words, so that nothing is lost on the way.
extension ICalendarEventReader {
    /// Reads such a property; false where it is none of them.
    mutating func readTidings(_ line: ContentLine) -> Bool {
        guard line.name.hasPrefix("X-TIDINGS-") else { return false }
        let value = text.unescaped(line.value)
        switch line.name.dropFirst(10) {
        case "KIND": draft.kind = UpdateKind(rawValue: value)
        case "STATUS": draft.eventStatus = status(line, value)
        case "OCCURRENCE-STATUS": draft.occurrenceStatus = .some(value == "none" ? nil : status(line, value))
        case "UID-ORIGIN": draft.event.uidOrigin = UIDOrigin(rawValue: value) ?? .stated
        case "ISSUED": readIssued(value)
        case "LANGUAGE": draft.language = value
        case "TYPE": draft.type = value
        case "ATTENDANCE": draft.attendanceMode = AttendanceMode(rawValue: value)
        case "EMBARGO-UNTIL": readEmbargo(line, value)
        case "LINK": draft.event.links.append(value)
        case "CATEGORY": draft.event.categories.append(value)
        case "PARTY": readParty(line, name: value)
        case "REPLACES": readReference(line, uid: value)
        case "EXTENSION":
            draft.extensions.append(
                Extension(
                    vocabulary: line.parameter("VOCABULARY") ?? "", scope: line.parameter("SCOPE") ?? "",
                    name: line.parameter("NAME") ?? "", content: value))
        default: return readTidingsOfOccurrence(line, value)
        }
        return true
    }

    private mutating func readTidingsOfOccurrence(_ line: ContentLine, _ value: String) -> Bool {
        switch line.name.dropFirst(10) {
        case "OCCURRENCE": draft.occurrenceID = value
        case "PART":
            draft.occurrenceID = value
            draft.isPart = true
        case "PLACE": readPlace(line, name: value)
        case "ONLINE": draft.occurrence.onlineURL = value
        case "DAYS": draft.occurrence.dayAssignment = DayAssignment(rawValue: value) ?? .each
        case "PREVIOUS-START":
            if let moment = TidingsValue.moment(value) { draft.occurrence.previousStarts.append(moment) }
        case "PRECISION", "TIMEZONE", "NO-START": single[line.name] = line
        default: return false
        }
        draft.hasOccurrence = true
        return true
    }

    /// What depends on the times and the uid together.
    mutating func readIdentity() {
        if let line = single["X-TIDINGS-TIMEZONE"] {
            draft.occurrence.when.timeZone = text.unescaped(line.value)
        }
        if let line = single["X-TIDINGS-PRECISION"], let precision = Precision(rawValue: text.unescaped(line.value)) {
            draft.occurrence.when.precision = precision
        }
        if single["X-TIDINGS-NO-START"] != nil {
            draft.occurrence.when.start = nil
            draft.occurrence.when.end = nil
        }
        guard let line = single["UID"] else { return }
        let uid = text.unescaped(line.value)
        draft.uid = uid.isEmpty ? nil : uid
        if draft.isPart, let id = draft.occurrenceID, uid.hasSuffix("/" + id) {
            let parent = String(uid.dropLast(id.count + 1))
            draft.uid = parent
            draft.lines.removeAll { $0 == "RELATED-TO:" + ICalendarText.escaped(parent) }
        }
    }

    private func status(_ line: ContentLine, _ word: String) -> EventStatus? {
        if let status = EventStatus(rawValue: word) ?? StatusSpelling.read(word) { return status }
        scene.report(
            .unknownStatus, at: line.range, field: .status,
            "\(line.name):\(word.quotable) is no status that is read; write one of "
                + EventStatus.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    /// One that cannot be read is no reason to show the event before its time.
    private mutating func readEmbargo(_ line: ContentLine, _ value: String) {
        draft.embargoUntil = TidingsValue.instant(value)
        guard draft.embargoUntil == nil else { return }
        scene.report(
            .invalidTime, at: line.range, field: .embargoUntil,
            "\(line.name) '\(value.quotable)' does not say until when; write it as 2026-11-28T10:00:00Z")
    }

    private mutating func readIssued(_ value: String) {
        if value == "none" { draft.isNotIssued = true } else { draft.modified = TidingsValue.instant(value) }
        draft.isIssueNoted = true
    }

    private mutating func readParty(_ line: ContentLine, name: String) {
        guard let kind = PartyKind(rawValue: line.parameter("KIND") ?? ""),
            let role = PartyRole(rawValue: line.parameter("ROLE") ?? "")
        else { return }
        var party = Party(name: name, kind: kind, role: role)
        party.acronyms = values(line, "ACRONYM")
        party.alternateNames = values(line, "ALTERNATE")
        party.url = line.parameter("URL")
        party.email = line.parameter("EMAIL")
        draft.event.parties.append(party)
    }

    private func values(_ line: ContentLine, _ name: String) -> [String] {
        line.parameters.first { $0.name == name }?.values ?? []
    }

    private mutating func readReference(_ line: ContentLine, uid: String) {
        draft.event.references.append(
            Reference(
                uid: uid, sequence: line.parameter("SEQUENCE").flatMap { Int(written: $0, in: 0...Int(Int32.max)) },
                issuedAt: line.parameter("ISSUED").flatMap(TidingsValue.instant)))
    }

    private mutating func readPlace(_ line: ContentLine, name: String) {
        var place = draft.occurrence.place ?? Place(name: name)
        place.name = name
        place.kind = line.parameter("KIND").flatMap(PlaceKind.init) ?? .venue
        place.streetAddress = line.parameter("STREET")
        place.locality = line.parameter("LOCALITY")
        place.region = line.parameter("REGION")
        place.postalCode = line.parameter("POSTAL-CODE")
        place.country = line.parameter("COUNTRY")
        place.latitude = line.parameter("LATITUDE").flatMap(TidingsValue.number) ?? place.latitude
        place.longitude = line.parameter("LONGITUDE").flatMap(TidingsValue.number) ?? place.longitude
        place.geonameID = line.parameter("GEONAME").flatMap { Int(written: $0, in: 0...Int(Int32.max)) }
        place.timeZone = line.parameter("TIMEZONE")
        draft.occurrence.place = place
    }
}

/// Values of the X-TIDINGS properties, as the canonical JSON spells them (RFC 3339).
enum TidingsValue {
    /// A finite number.
    static func number(_ text: String) -> Double? { Double(written: text) }

    /// `2026-11-28`, `2026-11-28T10:00:00`, `2026-11-28T10:00:00+01:00`.
    static func moment(_ text: String) -> Moment? {
        let compact = text.utf8.filter { $0 != 0x3A }
        let bytes = Array(compact.prefix(10).filter { $0 != 0x2D } + compact.dropFirst(10))
        // ignoring: what is no moment is left out
        guard let value = try? ICalendarValue.moment(bytes.prefix(15)) else { return nil }
        switch value {
        case .date(let date): return bytes.count == 8 ? .date(date) : nil
        case .time(let time, _):
            guard bytes.count > 15 else { return .time(time, offset: nil) }
            return ICalendarValue.offset(bytes.dropFirst(15)).map { .time(time, offset: $0) }
        }
    }

    /// `2026-11-23T20:49:20Z`, with a fraction of up to six digits.
    static func instant(_ text: String) -> Instant? {
        guard text.hasSuffix("Z"), case .time(let time, nil)? = moment(String(text.dropLast().prefix { $0 != "." }))
        else { return nil }
        let digits = text.dropLast().drop { $0 != "." }.dropFirst()
        guard digits.count <= 6,
            let fraction = Int(written: digits + String(repeating: "0", count: 6 - digits.count), in: 0...999_999)
        else {
            return nil
        }
        return Instant(microseconds: Instant(time, offset: .zero).microseconds + Int64(fraction))
    }
}
