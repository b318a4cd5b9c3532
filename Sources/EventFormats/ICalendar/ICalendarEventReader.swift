import EventModel
import Reading

/// Reads one VEVENT.
struct ICalendarEventReader {
    let scene: ICalendarScene
    var draft: ICalendarDraft
    /// Properties that count only once, as they stand.
    var single: [String: ContentLine] = [:]
    var recurrenceDates: [ContentLine] = []
    var exceptionDates: [ContentLine] = []
    /// Whether two DTENDs or two DURATIONs contradict each other.
    var hasTwoEnds = false

    var text: ContentText { scene.text }

    static func read(_ component: ContentComponent, scene: ICalendarScene) -> ICalendarDraft {
        var reader = ICalendarEventReader(
            scene: scene, draft: ICalendarDraft(begin: scene.text.source(of: component.begin)))
        for line in component.lines { reader.read(line) }
        reader.readTimes()
        reader.readIdentity()
        reader.takeCancelledTitle()
        for child in component.children where child.name == "VLOCATION" { reader.readLocation(child) }
        return reader.draft
    }

    private mutating func read(_ line: ContentLine) {
        switch line.name {
        case "DTSTART": takeSingle(line, .start, .invalidDate)
        case "DTEND", "DURATION": if !takeSingle(line, .end) { hasTwoEnds = hasTwoEnds || contradicts(line) }
        case "RECURRENCE-ID": takeSingle(line, .occurrences, .unreadableException)
        case "UID": takeSingle(line, .uid, .invalidIdentifier)
        case "RRULE": takeSingle(line, .recurrenceRule, .invalidRRule)
        case "EXRULE":
            scene.report(
                .invalidRRule, at: line.value, field: .recurrenceRule,
                "EXRULE is no longer part of iCalendar; list the excepted dates as EXDATE")
        case "RDATE": recurrenceDates.append(line)
        case "EXDATE": exceptionDates.append(line)
        case "SUMMARY": if takeSingle(line, .name) { readSummary(line) }
        case "DESCRIPTION":
            if takeSingle(line, .description) { draft.event.description = languageText(line, line.untrimmedValue) }
        case "STATUS": if takeSingle(line, .status, .unknownStatus) { readStatus(line) }
        case "SEQUENCE": if takeSingle(line, .sequence) { readSequence(line) }
        case "DTSTAMP": if takeSingle(line, .issuedAt) { draft.stamp = instant(line, field: .issuedAt) }
        case "LAST-MODIFIED":
            if takeSingle(line, .issuedAt) { draft.modified = instant(line, field: .issuedAt) }
            if scene.method != nil { keep(line) }
        case "LOCATION": if takeSingle(line, .placeName) { readLocation(line) }
        case "GEO": if takeSingle(line, .latitude) { readCoordinates(line) }
        case "ORGANIZER": if takeSingle(line, .parties) { readOrganizer(line) }
        case "URL":
            if takeSingle(line, .links), !line.value.isEmpty { draft.event.links.append(text.string(line.value)) }
        case "CONFERENCE": readConference(line)
        case "CATEGORIES":
            note(.categories, line)
            draft.event.categories += text.split(line.value, at: 0x2C).map { text.unescaped(text.trimmed($0)) }
                .filter { !$0.isEmpty }
        case "CLASS": if takeSingle(line, .visibility) { readClass(line) }
        case "CONTACT", "REQUEST-STATUS": break
        default:
            if readTidings(line) || ICalendarEventReader.namesGuests(line.name) { return }
            keep(line)
        }
    }

    /// Whether a property is about people who attend (ATTENDEE, X-MS-ATTENDEE-…), who are never recorded.
    static func namesGuests(_ name: String) -> Bool {
        let word: StaticString = "ATTENDEE"
        var rest = name.utf8[...]
        while rest.count >= word.utf8CodeUnitCount, let found = rest.firstIndex(of: 0x41) {
            rest = rest[found...]
            if rest.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)) {
                return true
            }
            rest = rest.dropFirst()
        }
        return false
    }

    /// Remembers a property that may stand once. A second one that says something else is reported.
    @discardableResult
    private mutating func takeSingle(
        _ line: ContentLine, _ field: FieldPath.Field, _ code: DiagnosticCode = .valueLeftOut
    ) -> Bool {
        guard let first = single[line.name] else {
            single[line.name] = line
            note(field, line)
            return true
        }
        if text.bytes[first.value] != text.bytes[line.value] {
            let isEnd = field == .end
            let left = isEnd ? ", and the end is left out" : code == .valueLeftOut ? " and is left out" : ""
            scene.report(
                code, at: line.range, field: field,
                "a second \(line.name), '\(text.string(line.value).quotable)', contradicts the first\(left); keep the right "
                    + "one")
        }
        return false
    }

    private func contradicts(_ line: ContentLine) -> Bool {
        single[line.name].map { text.bytes[$0.value] != text.bytes[line.value] } ?? false
    }

    /// Keeps a line as it is.
    mutating func keep(_ line: ContentLine) { draft.lines.append(text.string(line.range)) }

    mutating func note(_ field: FieldPath.Field, _ line: ContentLine) {
        draft.positions.append((field, text.source(of: line.value.isEmpty ? line.range : line.value)))
    }

    private func languageText(_ line: ContentLine, _ value: Range<Int>) -> LanguageText {
        LanguageText(text.unescaped(value), language: line.parameter("LANGUAGE") ?? "")
    }

    /// SUMMARY, and what Outlook writes before it when an event is cancelled.
    private mutating func readSummary(_ line: ContentLine) {
        var name = languageText(line, line.value)
        if let title = StatusSpelling.titleOfCancelled(name.text) {
            name.text = title
            draft.cancelledTitle = line
        }
        draft.name = name
    }

    /// A cancellation that only the SUMMARY speaks of counts too.
    private mutating func takeCancelledTitle() {
        guard let line = draft.cancelledTitle, draft.status != .cancelled, scene.method != "CANCEL",
            draft.eventStatus == nil
        else { return }
        draft.status = .cancelled
        draft.evidence.append((.status, "status.title"))
        scene.report(
            .spellingTaken, at: line.value, field: .status,
            "the SUMMARY '\(text.unescaped(line.value).quotable)' says that the event is cancelled, and so it is taken; write "
                + "STATUS:CANCELLED too")
    }

    private mutating func readStatus(_ line: ContentLine) {
        let word = ContentLineParser.upperCased(text.bytes[line.value])
        switch word {
        case "TENTATIVE": draft.status = .tentative
        case "CONFIRMED": draft.status = .scheduled
        case "CANCELLED": draft.status = .cancelled
        case "": break
        default:
            draft.status = StatusSpelling.read(text.unescaped(line.value))
            guard let status = draft.status else {
                return scene.report(
                    .unknownStatus, at: line.value, field: .status,
                    "STATUS:\(word.quotable) is no status that is read; write TENTATIVE, CONFIRMED or CANCELLED")
            }
            scene.report(
                .spellingTaken, at: line.value, field: .status,
                "STATUS:\(word.quotable) is taken as \(status.rawValue); calendars know TENTATIVE, CONFIRMED and CANCELLED"
            )
        }
    }

    private mutating func readSequence(_ line: ContentLine) {
        let value = text.string(line.value)
        switch SequenceNumber(value) {
        case .stated(let number): draft.sequence = number
        case .negative:
            scene.report(
                .negativeSequence, at: line.value, field: .sequence, SequenceNumber.negativeMessage("SEQUENCE", value))
        case .tooLarge:
            scene.report(
                .sequenceTooLarge, at: line.value, field: .sequence, SequenceNumber.tooLargeMessage("SEQUENCE", value))
        case nil:
            scene.report(
                .valueLeftOut, at: line.value.isEmpty ? line.range : line.value, field: .sequence,
                SequenceNumber.unreadableMessage("SEQUENCE", value))
        }
    }

    private mutating func readClass(_ line: ContentLine) {
        switch ContentLineParser.upperCased(text.bytes[line.value]) {
        case "PUBLIC", "": break
        case "PRIVATE": draft.visibility = .private
        default:
            draft.visibility = .private
            keep(line)
        }
    }

    private mutating func readLocation(_ line: ContentLine) {
        let name = text.unescaped(line.value)
        guard !name.isEmpty else { return }
        draft.hasOccurrence = true
        if ICalendarEventReader.isWebAddress(name) {
            draft.occurrence.onlineURL = draft.occurrence.onlineURL ?? name
            note(.onlineURL, line)
            return
        }
        if draft.occurrence.place?.name.isEmpty ?? true {
            draft.occurrence.place = draft.occurrence.place ?? Place(name: name)
            draft.occurrence.place?.name = name
            if ICalendarEventReader.onlineWords.contains(name.lowercased()) { draft.occurrence.place?.kind = .virtual }
        }
    }

    /// What LOCATION holds where an event has no place on the map.
    static let onlineWords: Set<String> = [
        "online", "virtual", "webinar", "zoom", "zoom meeting", "microsoft teams", "microsoft teams meeting",
        "google meet", "webex", "jitsi",
    ]

    static func isWebAddress(_ text: String) -> Bool {
        let head = text.prefix(8).lowercased()
        return (head.hasPrefix("https://") || head.hasPrefix("http://"))
            && !text.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
    }

    private mutating func readCoordinates(_ line: ContentLine) {
        let parts = text.split(line.value, at: 0x3B).map { ICalendarValue.float(text.bytes[text.trimmed($0)]) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else {
            scene.report(
                .geoOutOfRange, at: line.value.isEmpty ? line.range : line.value, field: .latitude,
                line.value.isEmpty
                    ? "GEO is empty and is left out; write latitude;longitude in degrees, or remove it"
                    : "GEO '\(text.string(line.value).quotable)' is left out; write latitude;longitude in degrees")
            return
        }
        setCoordinates(latitude, longitude)
        note(.longitude, line)
    }

    mutating func setCoordinates(_ latitude: Double, _ longitude: Double) {
        draft.hasOccurrence = true
        draft.occurrence.place = draft.occurrence.place ?? Place(name: "")
        draft.occurrence.place?.latitude = latitude
        draft.occurrence.place?.longitude = longitude
    }

    private mutating func readOrganizer(_ line: ContentLine) {
        let address = text.string(line.value)
        let isMail = address.prefix(7).lowercased() == "mailto:"
        let mail = isMail ? String(address.dropFirst(7)) : nil
        let stated = line.parameter("CN") ?? ""
        var party = Party(
            name: stated.isEmpty ? mail ?? address : stated, kind: .organization, role: .organizer)
        guard !party.name.isEmpty else { return }
        if let mail, !mail.isEmpty {
            party.email = mail
        } else if ICalendarEventReader.isWebAddress(address) {
            party.url = address
        } else {
            keep(line)
        }
        draft.event.parties.insert(party, at: 0)
    }

    /// RFC 7986 §5.11. Numbers to dial and the like are kept as they are.
    private mutating func readConference(_ line: ContentLine) {
        let address = text.string(line.value)
        guard draft.occurrence.onlineURL == nil, ICalendarEventReader.isWebAddress(address) else { return keep(line) }
        draft.hasOccurrence = true
        draft.occurrence.onlineURL = address
        note(.onlineURL, line)
        if line.parameters.contains(where: { $0.name != "VALUE" }) { keep(line) }
    }

    /// RFC 9073 §7.2: a name and a `geo:` address, where the event states no place otherwise.
    private mutating func readLocation(_ component: ContentComponent) {
        if draft.occurrence.place == nil, let name = component.lines.first(where: { $0.name == "NAME" }) {
            draft.hasOccurrence = true
            draft.occurrence.place = Place(name: text.unescaped(name.value))
            note(.placeName, name)
            let address = component.lines.first { $0.name == "URL" }.map { text.string($0.value) } ?? ""
            let parts = address.lowercased().hasPrefix("geo:") ? address.dropFirst(4).prefix { $0 != ";" } : ""
            let numbers = parts.split(separator: ",").compactMap { ICalendarValue.float(ArraySlice($0.utf8)) }
            if numbers.count >= 2 { setCoordinates(numbers[0], numbers[1]) }
        }
        let ranges = [component.begin] + component.lines.map(\.range) + [component.end].compactMap { $0 }
        draft.lines += ranges.map(text.string)
    }
}
