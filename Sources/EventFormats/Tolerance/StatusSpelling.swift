import EventModel

/// A status in whatever words it comes: a cancellation must not be lost over its spelling.
enum StatusSpelling {
    private static let words: [String: EventStatus] = [
        "cancelled": .cancelled, "canceled": .cancelled, "cancel": .cancelled, "cancellation": .cancelled,
        "cancelation": .cancelled, "calledoff": .cancelled,
        "postponed": .postponed, "postpone": .postponed,
        "rescheduled": .rescheduled, "reschedule": .rescheduled,
        "movedonline": .movedOnline,
        "scheduled": .scheduled, "confirmed": .scheduled, "confirm": .scheduled,
        "tentative": .tentative,
    ]

    /// The status that a word means: `Cancelled`, `event_postponed`, `http://schema.org/#EventCanceled`; nil for words
    /// that mean none.
    static func read(_ text: String) -> EventStatus? {
        let last = text.split { $0 == "/" || $0 == "#" || $0 == ":" }.last ?? ""
        var word = last.lowercased().filter(\.isLetter)
        for prefix in ["eventstatus", "event"] where word.hasPrefix(prefix) { word.removeFirst(prefix.count) }
        return words[word]
    }

    /// What Outlook writes before the title of an event that was cancelled, in the languages it speaks.
    private static let titles: [[UInt8]] = [
        "canceled:", "cancelled:", "abgesagt:", "annulé:", "annulé :", "annulé\u{A0}:", "cancelado:", "cancelada:",
        "annullato:", "geannuleerd:", "aflyst:", "avlyst:", "inställd:", "odwołane:", "peruutettu:",
    ].map { Array($0.utf8) }

    /// The title without the word that calls the event off; nil where no such word and a colon stand before it.
    static func titleOfCancelled(_ title: String) -> String? {
        guard title.utf8.prefix(24).contains(0x3A) else { return nil }
        let trimmed = title.drop { $0.isWhitespace }
        let head = Array(trimmed.prefix(24).lowercased().utf8)
        guard titles.contains(where: { head.starts(with: $0) }) else { return nil }
        let rest = trimmed.drop { $0 != ":" }.dropFirst().drop { $0.isWhitespace }
        return rest.isEmpty ? nil : String(rest)
    }
}
