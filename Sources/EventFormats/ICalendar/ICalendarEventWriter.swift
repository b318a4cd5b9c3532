import EventModel

/// Writes one update as its VEVENTs.
struct ICalendarEventWriter {
    let update: EventUpdate
    /// Whether the calendar's METHOD is CANCEL.
    let isCancellation: Bool
    let zones: ZoneDatabase
    var writer: ContentWriter
    /// The zones that were written as TZID, and the years they were needed in.
    var usedZones: [String: ClosedRange<Int>] = [:]

    /// How the occurrences of an event share its uid.
    enum Form { case whole, replacement, part }

    mutating func write() {
        guard !update.occurrences.isEmpty else { return event(nil, form: .whole, isFirst: true) }
        let isSet = isRecurrenceSet
        for (index, occurrence) in update.occurrences.enumerated() {
            let form: Form = isSet ? isDate(occurrence.id) ? .replacement : .whole : .part
            event(occurrence, form: form, isFirst: index == 0)
        }
    }

    /// Whether all occurrences but the first replace single dates of it.
    private var isRecurrenceSet: Bool {
        update.occurrences.count == 1
            || update.occurrences.dropFirst().allSatisfy { isDate($0.id) }
                && (update.occurrences[0].id == "main" || isDate(update.occurrences[0].id))
    }

    private func isDate(_ id: String) -> Bool {
        // ignoring: any other id is a name
        (try? ICalendarValue.moment(ArraySlice(id.utf8))) != nil
    }

    private mutating func event(_ occurrence: Occurrence?, form: Form, isFirst: Bool) {
        let kept = KeptLines(update.extensions, scope: occurrence?.id ?? "main")
        writer.line("BEGIN", "VEVENT")
        identity(occurrence, form: form, isFirst: isFirst)
        if let occurrence { times(occurrence, form: form, kept: kept) }
        texts(kept)
        status(occurrence, form: form, isFirst: isFirst)
        if let occurrence { place(occurrence, kept: kept) }
        parties(kept, isFirst: isFirst)
        links(isFirst: isFirst)
        categories(isFirst: isFirst)
        if update.visibility == .private, !kept.names.contains("CLASS") { writer.line("CLASS", "PRIVATE") }
        if isFirst { facts() }
        for line in kept.lines { writer.raw(line) }
        writer.line("END", "VEVENT")
    }

    private mutating func identity(_ occurrence: Occurrence?, form: Form, isFirst: Bool) {
        if form == .part, let id = occurrence?.id {
            writer.text("UID", "\(update.uid)/\(id)")
            writer.text("RELATED-TO", update.uid)
            writer.text("X-TIDINGS-PART", id)
        } else {
            writer.text("UID", update.uid)
            if let id = occurrence?.id, form == .whole, id != "main" || occurrence?.isBare == true || isCancellation {
                writer.text("X-TIDINGS-OCCURRENCE", id)
            }
        }
        let stamp = update.issuedAt ?? update.receipt.receivedAt
        if let time = stamp.local(offset: .zero) { writer.line("DTSTAMP", ICalendarText.basic(time) + "Z") }
        if update.issuedAt == nil {
            writer.line("X-TIDINGS-ISSUED", "none")
        } else if stamp.microseconds % 1_000_000 != 0 {
            writer.line("X-TIDINGS-ISSUED", stamp.description)
        }
        if let sequence = update.sequence { writer.line("SEQUENCE", String(sequence)) }
        let stated: UpdateKind =
            isCancellation ? .cancel : (update.sequence ?? 0) > 0 ? .update : .announce
        if isFirst, update.kind != stated { writer.line("X-TIDINGS-KIND", update.kind.rawValue) }
        if isFirst, update.uidOrigin == .derived { writer.line("X-TIDINGS-UID-ORIGIN", update.uidOrigin.rawValue) }
    }

    private mutating func texts(_ kept: KeptLines) {
        func language(_ text: LanguageText) -> [(name: String, value: String)] {
            text.language.isEmpty ? [] : [("LANGUAGE", ICalendarText.parameter(text.language))]
        }
        if !update.name.text.isEmpty, !kept.names.contains("SUMMARY") {
            writer.text("SUMMARY", language(update.name), update.name.text)
        }
        if let description = update.description, !kept.names.contains("DESCRIPTION") {
            writer.text("DESCRIPTION", language(description), description.text)
        }
    }

    private mutating func status(_ occurrence: Occurrence?, form: Form, isFirst: Bool) {
        let own = occurrence?.status ?? update.status
        // A postponed event no longer takes place when calendars show it.
        let (word, readBack): (String, EventStatus) =
            switch own {
            case .cancelled, .postponed: ("CANCELLED", .cancelled)
            case .tentative: ("TENTATIVE", .tentative)
            case .scheduled, .rescheduled, .movedOnline: ("CONFIRMED", .scheduled)
            }
        writer.line("STATUS", word)
        let event: EventStatus =
            form == .replacement ? .scheduled : update.kind == .cancel ? .cancelled : readBack
        if isFirst, event != update.status { writer.line("X-TIDINGS-STATUS", update.status.rawValue) }
        guard let occurrence else { return }
        let stated = isCancellation ? .cancelled : readBack
        let derived = form == .replacement && stated != update.status ? stated : nil
        if occurrence.status != derived {
            writer.line("X-TIDINGS-OCCURRENCE-STATUS", occurrence.status?.rawValue ?? "none")
        }
    }

    private mutating func parties(_ kept: KeptLines, isFirst: Bool) {
        var rest = update.parties[...]
        if kept.names.contains("ORGANIZER") {
            if rest.first?.role == .organizer { rest = rest.dropFirst() }
        } else if let organizer = rest.first, let address = organizer.organizerAddress {
            writer.line("ORGANIZER", [("CN", ICalendarText.parameter(organizer.name))], address)
            rest = rest.dropFirst()
        }
        guard isFirst else { return }
        for party in rest {
            var parameters = [("KIND", party.kind.rawValue), ("ROLE", party.role.rawValue)]
            let lists = [("ACRONYM", party.acronyms), ("ALTERNATE", party.alternateNames)]
            for (name, values) in lists where !values.isEmpty {
                parameters.append((name, values.map(ICalendarText.parameter).joined(separator: ",")))
            }
            if let url = party.url { parameters.append(("URL", ICalendarText.parameter(url))) }
            if let email = party.email { parameters.append(("EMAIL", ICalendarText.parameter(email))) }
            writer.text("X-TIDINGS-PARTY", parameters.map { (name: $0.0, value: $0.1) }, party.name)
        }
    }

    private mutating func links(isFirst: Bool) {
        var rest = update.links[...]
        if let first = rest.first, !first.isEmpty, first.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) {
            writer.line("URL", first)
            rest = rest.dropFirst()
        }
        if isFirst { for link in rest { writer.text("X-TIDINGS-LINK", link) } }
    }

    private mutating func categories(isFirst: Bool) {
        let isPlain = update.categories.allSatisfy { category in
            !category.isEmpty && category.utf8.first != 0x20 && category.utf8.last != 0x20
        }
        if isPlain, !update.categories.isEmpty {
            writer.line("CATEGORIES", update.categories.map(ICalendarText.escaped).joined(separator: ","))
        } else if isFirst {
            for category in update.categories { writer.text("X-TIDINGS-CATEGORY", category) }
        }
    }

    /// What iCalendar has no words for.
    private mutating func facts() {
        if update.language != update.name.language { writer.text("X-TIDINGS-LANGUAGE", update.language) }
        if update.type != "Event" { writer.text("X-TIDINGS-TYPE", update.type) }
        if update.attendanceMode != ICalendarMerge.attendance(update.occurrences) {
            writer.line("X-TIDINGS-ATTENDANCE", update.attendanceMode.rawValue)
        }
        if let until = update.embargoUntil { writer.line("X-TIDINGS-EMBARGO-UNTIL", until.description) }
        for reference in update.references {
            var parameters: [(name: String, value: String)] = []
            if let sequence = reference.sequence { parameters.append(("SEQUENCE", String(sequence))) }
            if let issued = reference.issuedAt {
                parameters.append(("ISSUED", ICalendarText.parameter(issued.description)))
            }
            writer.text("X-TIDINGS-REPLACES", parameters, reference.uid)
        }
        let ids = Set(update.occurrences.isEmpty ? ["main"] : update.occurrences.map(\.id))
        for item in update.extensions where !KeptLines.holds(item) || !ids.contains(item.scope) {
            var parameters = [(name: "VOCABULARY", value: ICalendarText.parameter(item.vocabulary))]
            if !item.scope.isEmpty { parameters.append(("SCOPE", ICalendarText.parameter(item.scope))) }
            if !item.name.isEmpty { parameters.append(("NAME", ICalendarText.parameter(item.name))) }
            writer.text("X-TIDINGS-EXTENSION", parameters, item.content)
        }
    }
}

/// Content lines that the reader kept as they were.
struct KeptLines {
    private(set) var lines: [String] = []
    /// The properties among them, upper case; not those of components within.
    private(set) var names: Set<String> = []
    /// RANGE of RECURRENCE-ID.
    private(set) var range: String?

    init(_ extensions: [Extension], scope: String) {
        var depth = 0
        for item in extensions where KeptLines.holds(item) && item.scope == scope {
            for line in KeptLines.split(item.content) {
                let stated = line.utf8.prefix { $0 != 0x3A && $0 != 0x3B }
                let name = ContentLineParser.upperCased(stated)
                if name == "X-TIDINGS-RANGE" {
                    range = String(line.utf8.dropFirst(stated.count + 1)) ?? ""
                    continue
                }
                if name == "BEGIN" { depth += 1 }
                if depth == 0 { names.insert(name) }
                if name == "END" { depth -= 1 }
                lines.append(String(line))
            }
        }
    }

    /// The lines of a text, each of which CR LF ends. By bytes: by characters it takes ten times as long.
    private static func split(_ content: String) -> [Substring] {
        var lines: [Substring] = []
        var (start, index) = (content.startIndex, content.startIndex)
        let bytes = content.utf8
        while let end = bytes[index...].firstIndex(of: 0x0D) {
            index = bytes.index(after: end)
            guard index < bytes.endIndex, bytes[index] == 0x0A else { continue }
            if start < end { lines.append(content[start..<end]) }
            index = bytes.index(after: index)
            start = index
        }
        if start < content.endIndex { lines.append(content[start...]) }
        return lines
    }

    static func holds(_ item: Extension) -> Bool {
        item.vocabulary == "icalendar" && item.name.isEmpty && !item.scope.isEmpty
    }
}

extension Party {
    /// The address that ORGANIZER needs, where ORGANIZER says all there is to say.
    fileprivate var organizerAddress: String? {
        guard role == .organizer, kind == .organization, acronyms.isEmpty, alternateNames.isEmpty, !name.isEmpty else {
            return nil
        }
        let address: String? =
            switch (email, url) {
            case (let email?, nil): email.isEmpty ? nil : "mailto:\(email)"
            case (nil, let url?): ICalendarEventReader.isWebAddress(url) ? url : nil
            default: nil
            }
        return address.flatMap { $0.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } ? $0 : nil }
    }
}

extension Occurrence {
    /// Whether nothing of it would be written otherwise.
    fileprivate var isBare: Bool {
        when.start == nil && when.end == nil && !when.isRepeated && place == nil && onlineURL == nil
            && previousStarts.isEmpty
    }
}
