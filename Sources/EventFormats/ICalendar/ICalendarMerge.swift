import EventModel
import Reading

/// Makes one update of the VEVENTs of one uid. What belongs to the event is taken from the first; what others say
/// differently stays with their occurrence as content lines.
struct ICalendarMerge {
    let drafts: [ICalendarDraft]
    /// METHOD, upper case.
    let method: String?

    func update(_ context: ReadingContext, source: Source) -> DecodedUpdate? {
        guard let first = drafts.first else { return nil }
        let name = first.name ?? drafts.lazy.compactMap(\.name).first ?? LanguageText("")
        var update = first.event
        (update.uid, update.name) = (first.uid ?? "", name)
        update.receipt = Receipt(receivedAt: context.receivedAt, source: source)
        update.sequence = drafts.compactMap(\.sequence).max()
        update.issuedAt = drafts.compactMap { $0.issuedAt(hasMethod: method != nil) }.max()
        update.kind = first.kind ?? kind(sequence: update.sequence)
        if update.kind == .cancel || drafts.allSatisfy(\.isReplacement) { update.extent = .partial }
        update.status = first.eventStatus ?? status(kind: update.kind)
        update.language = first.language ?? name.language
        update.type = first.type ?? "Event"
        update.visibility = drafts.contains { $0.visibility == .private } ? .private : .public
        update.embargoUntil = drafts.compactMap(\.embargoUntil).max()
        update.occurrences = occurrences(eventStatus: update.status)
        update.attendanceMode = first.attendanceMode ?? ICalendarMerge.attendance(update.occurrences)
        update.extensions = extensions(update)
        if first.uid == nil {
            update.deriveUID()
        }
        update.evidence = evidence()
        return DecodedUpdate(update, positions: positions())
    }

    private func kind(sequence: Int?) -> UpdateKind {
        switch method {
        case "CANCEL": .cancel
        case "ADD": .update
        default: (sequence ?? 0) > 0 ? .update : .announce
        }
    }

    /// A cancellation that names single dates is one of these, and not of the event.
    private func status(kind: UpdateKind) -> EventStatus {
        guard let first = drafts.first, !first.isReplacement else { return .scheduled }
        return kind == .cancel ? .cancelled : first.status ?? .scheduled
    }

    /// METHOD:CANCEL without a date cancels the whole event, whatever else it repeats of it (RFC 5546 §3.2.5).
    private func isNamed(_ draft: ICalendarDraft) -> Bool {
        method == "CANCEL" ? draft.occurrenceID != nil : draft.hasOccurrence || drafts.count > 1
    }

    private func occurrences(eventStatus: EventStatus) -> [Occurrence] {
        drafts.filter(isNamed).map { draft in
            var occurrence = draft.occurrence
            occurrence.id = draft.occurrenceID ?? "main"
            if let noted = draft.occurrenceStatus {
                occurrence.status = noted
            } else if draft.isReplacement {
                let own: EventStatus = method == "CANCEL" ? .cancelled : draft.status ?? .scheduled
                occurrence.status = own == eventStatus ? nil : own
            }
            return occurrence
        }
    }

    /// How people attend, by where the occurrences are.
    static func attendance(_ occurrences: [Occurrence]) -> AttendanceMode {
        let online = occurrences.filter { $0.onlineURL != nil || $0.place?.kind == .virtual }
        guard !online.isEmpty else { return .offline }
        let isOnlineOnly = occurrences.allSatisfy { $0.place == nil || $0.place?.kind == .virtual }
        return isOnlineOnly && online.count == occurrences.count ? .online : .mixed
    }

    private func extensions(_ update: EventUpdate) -> [Extension] {
        var extensions: [Extension] = []
        for (index, draft) in drafts.enumerated() {
            let lines = draft.lines + (index > 0 ? differences(of: draft) : [])
            if !lines.isEmpty {
                extensions.append(
                    Extension(
                        vocabulary: "icalendar", scope: draft.occurrenceID ?? "main",
                        content: lines.joined(separator: "\r\n")))
            }
        }
        return extensions + drafts.flatMap(\.extensions)
    }

    /// What an occurrence says of the event itself and the event does not say.
    private func differences(of draft: ICalendarDraft) -> [String] {
        guard let first = drafts.first else { return [] }
        var lines: [String] = []
        if let name = draft.name, name != first.name, first.name != nil { lines.append(line("SUMMARY", name)) }
        if let text = draft.event.description, text != first.event.description {
            lines.append(line("DESCRIPTION", text))
        }
        return lines
    }

    private func line(_ name: String, _ text: LanguageText) -> String {
        let language = text.language.isEmpty ? "" : ";LANGUAGE=\(ICalendarText.parameter(text.language))"
        return "\(name)\(language):\(ICalendarText.escaped(text.text))"
    }

    private func evidence() -> [Evidence] {
        drafts.enumerated().flatMap { index, draft in
            draft.evidence.map { field, rule in
                let isOfOccurrence = field.isOfOccurrence || draft.isReplacement
                return Evidence(
                    fieldPath: FieldPath(field, occurrence: isOfOccurrence ? index : nil).description, basis: .inferred,
                    rule: rule,
                    byteRanges: [draft.begin], confidence: 0.8)
            }
        }
    }

    private func positions() -> FieldPositions {
        var positions = FieldPositions()
        var occurrence = 0
        for (index, draft) in drafts.enumerated() {
            let isOccurrence = isNamed(draft)
            for (field, source) in draft.positions {
                if field.isOfOccurrence, isOccurrence {
                    positions.note(FieldPath(field, occurrence: occurrence), at: source)
                }
                if !field.isOfOccurrence, index == 0 { positions.note(FieldPath(field), at: source) }
            }
            if isOccurrence {
                positions.note(FieldPath(.when, occurrence: occurrence), at: draft.begin)
                occurrence += 1
            }
            if index == 0 { positions.note(FieldPath(.document), at: draft.begin) }
        }
        return positions
    }
}
