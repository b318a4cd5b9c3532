import EventModel
import Reading

/// What a labelled line says: `Where:`.
enum TextLabel: String, Sendable {
    case headline, subject, date, time, dateAndTime, endDate, place, city, online
    case speaker, organizer, sponsor, contact
    /// Known, and nothing of the event's time and place: `Deadline:`, `Tickets:`.
    case other
    case issued, embargo
}

/// The words of one language as announcements use them: a further language is a further value of this type, its parts
/// tables, and its name in ``TextLanguage/all``.
struct TextLanguage: Sendable {
    /// BCP 47.
    let code: String
    /// Folded words and their roles.
    let words: [String: WordSense]
    /// Folded label phrases, words joined by one space.
    let labels: [String: TextLabel]
    /// Folded starts of lines that are no headline: `for immediate release`.
    let banners: [String]
    /// Folded starts of lines that end an announcement's text: `notes to editors`.
    let closings: [String]
    /// Folded nouns of a headline and the schema.org class they make the event.
    let types: [(words: String, type: String)]
    /// Words of time zones and the IANA zone each means.
    let zones: [String: String]

    /// Every language that is read.
    static let all: [TextLanguage] = [.english]

    /// Builds the word table: each line gives roles to the words of one text; words may carry `=number`.
    static func table(_ lines: [(WordRole, String)]) -> [String: WordSense] {
        var words: [String: WordSense] = [:]
        for (roles, text) in lines {
            for item in text.split(separator: " ") {
                let parts = item.split(separator: "=")
                guard let first = parts.first else { continue }
                let key = String(first)
                words[key, default: WordSense()].roles.formUnion(roles)
                if parts.count == 2, let value = Int(written: parts[1], in: 0...9999) {
                    words[key]?.value = Int16(value)
                }
            }
        }
        return words
    }

    /// Builds the label table from lines of phrases separated by commas.
    static func labels(_ lines: [(TextLabel, String)]) -> [String: TextLabel] {
        var labels: [String: TextLabel] = [:]
        for (label, phrases) in lines {
            for phrase in phrases.split(separator: ",") {
                labels[TextFolding.key(phrase)] = label
            }
        }
        return labels
    }
}
