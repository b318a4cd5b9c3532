import EventModel

/// What subscribers are told about one change of an event.
struct Telling: Hashable {
    /// What the change is to somebody who knows what was told before.
    var intent: Intent
    /// What changed, a sentence each; empty for what is new.
    var lines: [String]
    /// Whether it takes back what was told before.
    var isTakenBack = false

    /// The most sentences one telling has.
    static let maximumLines = 12

    /// Compares with what was told before; nil there for an event nobody has heard of. `decided` is what the archive
    /// found, which counts where it speaks of the same step.
    init(before: Event?, after: Event, decided: Intent?, isTakenBack: Bool = false) {
        guard let before else {
            intent = Intent(first: after.content)
            lines = []
            return
        }
        switch decided {
        case .corrected, .rescheduled, .postponed, .movedOnline, .cancelled, .reinstated: intent = decided ?? .corrected
        case .new, .unchanged, .stale, nil: intent = Intent(from: before.content, to: after.content)
        }
        lines = ChangeWords(before: before, after: after).lines
        // That an announcement was none is a cancellation to its readers.
        self.isTakenBack = isTakenBack && intent != .cancelled
        if self.isTakenBack { lines.insert("What was said before is taken back.", at: 0) }
        if lines.count > Telling.maximumLines {
            let rest = lines.count - Telling.maximumLines + 1
            lines.replaceSubrange((Telling.maximumLines - 1)..., with: ["And \(rest) further changes."])
        }
    }

    /// `Cancelled: NAME`, `Rescheduled: NAME, now 8 May 2027`.
    func title(of event: Event) -> String {
        let title = "\(lead(of: event)): \(EventWords.name(of: event))"
        guard intent == .rescheduled || intent == .reinstated else { return title }
        let when = EventWords.when(event)
        return when.isEmpty ? title : "\(title), \(isTakenBack ? "again" : "now") \(when)"
    }

    /// `Cancelled`, or where only some of the places are concerned, which: `Cancelled in Rome`.
    func lead(of event: Event) -> String {
        if isTakenBack { return "Taken back" }
        let status: EventStatus? =
            switch intent {
            case .cancelled: .cancelled
            case .postponed: .postponed
            case .movedOnline: .movedOnline
            default: nil
            }
        if let untold = intent.untold(event.status) { return "\(intent.words) (\(untold.words))" }
        guard let status, event.status != status else { return intent.words }
        let concerned = event.occurrences.filter { $0.status == status }
        guard !concerned.isEmpty, concerned.count < event.occurrences.count else { return intent.words }
        let cities = concerned.compactMap { $0.place?.city.map(EventWords.oneLine) }
        guard cities.count == concerned.count, cities.count <= 3 else { return "\(intent.words) in part" }
        return "\(intent.words) in \(cities.joined(separator: ", "))"
    }
}

extension Intent {
    /// The word in front of a headline.
    var words: String {
        switch self {
        case .new: "New"
        case .corrected: "Corrected"
        case .rescheduled: "Rescheduled"
        case .postponed: "Postponed"
        case .movedOnline: "Moved online"
        case .cancelled: "Cancelled"
        case .reinstated: "Back on"
        case .unchanged: "Unchanged"
        case .stale: "Outdated"
        }
    }
}

extension Telling {
    /// The sentences as one text, a line each.
    var storedLines: String { lines.map(EventWords.oneLine).joined(separator: "\n") }

    private static let takenBack = "back:"

    /// The intent as text, and whether it takes something back.
    var storedIntent: String { (isTakenBack ? Telling.takenBack : "") + intent.rawValue }

    /// Reads what was stored.
    init(stored intent: String?, _ lines: String?) {
        isTakenBack = intent?.hasPrefix(Telling.takenBack) ?? false
        let word = isTakenBack ? intent.map { String($0.dropFirst(Telling.takenBack.count)) } : intent
        self.intent = word.flatMap { Intent(rawValue: $0) } ?? .new
        self.lines = lines.map { $0.split(separator: "\n").map(String.init) } ?? []
    }
}

extension Event {
    /// What is news to subscribers when it changes: neither receipt and order nor what the public form leaves out.
    var news: EventContent { content.withoutDerived }

    /// A cancellation that says nothing but which event: there is nothing to show of one that nobody has heard of.
    var isTombstone: Bool { content.status == .cancelled && content.name.text.isEmpty }
}
