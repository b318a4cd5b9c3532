import Archive
import EventFormats
import EventModel

/// An event for people: what it is, where and when, who, and how it came to that.
struct EventAccount {
    private let event: EventRecord
    private var state: Event { event.state }

    init(_ event: EventRecord) { self.event = event }

    func write(to console: Console) {
        let name = state.name.text.isEmpty ? "(no name)" : state.name.text.printable
        console.line(console.styled(name, .bold))
        var table = Table([("", .left), ("", .left)], wrapping: 1)
        for (label, value) in facts { table.add([Table.Cell(label, .faint), Table.Cell(value.printable)]) }
        table.write(to: console)
        console.line()
        for occurrence in state.occurrences { write(occurrence, console) }
        if !state.occurrences.isEmpty { console.line() }
        for revision in event.history { write(revision, console) }
    }

    private var facts: [(String, String)] {
        var facts = [("uid", state.uid + (state.uidOrigin == .derived ? " (derived)" : ""))]
        facts.append(("status", state.status.words + mark("status")))
        if let withdrawal = event.withdrawal {
            facts.append(
                ("withdrawn", "by user \(withdrawal.decidedBy) at \(withdrawal.decidedAt): reaches no output"))
        }
        for link in event.links {
            facts.append(("also", "\(link.alias), linked by user \(link.decidedBy) at \(link.decidedAt)"))
        }
        if event.isTombstone { facts.append(("known", "nothing but the cancellation")) }
        if !event.owner.isEmpty { facts.append(("publisher", event.owner)) }
        if state.visibility == .private { facts.append(("visibility", "private: reaches no output")) }
        if let embargo = state.embargoUntil { facts.append(("embargo", "until \(embargo)")) }
        facts.append(("kind", state.type + ", " + state.attendanceMode.rawValue + mark("attendanceMode")))
        if !state.language.isEmpty { facts.append(("language", state.language + mark("language"))) }
        if let sequence = state.sequence { facts.append(("sequence", String(sequence))) }
        if let issued = state.issuedAt { facts.append(("issued", issued.description)) }
        for party in state.parties {
            let short = party.acronyms.isEmpty ? "" : " (\(party.acronyms.joined(separator: ", ")))"
            facts.append((party.role.rawValue, party.name + short))
        }
        for link in state.links { facts.append(("link", link)) }
        if !state.categories.isEmpty { facts.append(("categories", state.categories.joined(separator: ", "))) }
        return facts
    }

    private func write(_ occurrence: Occurrence, _ console: Console) {
        let index = state.occurrences.firstIndex(of: occurrence) ?? 0
        let place = occurrence.place?.words ?? occurrence.onlineURL ?? "no place stated"
        let doubts = doubts("occurrences[\(index)]")
        console.paragraph(
            "\(occurrence.when.words.printable)  \(place.printable)\(doubts)", indent: 2, styling: (doubts, .faint))
        if let status = occurrence.status {
            console.line("    " + console.styled(status.words, status.style))
        }
        if let url = occurrence.onlineURL, occurrence.place != nil { console.line("    online: \(url.printable)") }
        if !occurrence.previousStarts.isEmpty {
            console.line("    was: " + occurrence.previousStarts.map(\.words).joined(separator: ", "))
        }
        if occurrence.dayAssignment == .unspecified { console.line("    the source does not say which of these days") }
    }

    private func write(_ revision: HistoryEntry, _ console: Console) {
        let head = "revision \(revision.revision)"
        console.paragraph(
            "\(head)  \(revision.settledAt.toTheSecond)  \(revision.intent.rawValue)  delivery \(revision.delivery)",
            styling: (head, .bold))
        for change in revision.changes { console.paragraph(change.words.printable, indent: 4) }
    }

    /// What of an occurrence's time and place the source does not state: ` (country inferred, time zone inferred)`.
    private func doubts(_ occurrence: String) -> String {
        let parts = [
            (".when.start", "date"), (".when.start.year", "year"), (".when.timeZone", "time zone"),
            (".place.name", "place"), (".place.region", "region"), (".place.country", "country"),
        ]
        let words = parts.compactMap { path, word in
            basis(occurrence + path).flatMap { $0 == .stated ? nil : "\(word) \($0.rawValue)" }
        }
        return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
    }

    private func basis(_ path: String) -> Basis? { state.evidence.first { $0.fieldPath == path }?.basis }

    /// ` (inferred)` or ` (defaulted)` where the source does not state the field.
    private func mark(_ path: String) -> String {
        guard let basis = basis(path), basis != .stated else { return "" }
        return " (\(basis.rawValue))"
    }
}
