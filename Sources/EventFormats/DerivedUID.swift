/// The uid of an event whose source states none: `derived:`, then publisher, headline and year as one lower-case slug.
/// The same announcement gives the same uid whatever its punctuation, so that a later one finds its candidates.
/// - Parameters:
///   - name: The headline.
///   - year: The year of the first occurrence, where one is known.
///   - publisher: Who publishes it; empty where nobody said.
public func deriveUID(name: String, year: Int?, publisher: String = "") -> String {
    var parts: [String] = []
    for part in [publisher, name].map(slug) where !part.isEmpty { parts.append(part) }
    if let year { parts.append(String(year)) }
    return "derived:" + (parts.isEmpty ? "untitled" : parts.joined(separator: "-"))
}

/// The longest slug of one part, in characters. Longer headlines are cut at a word.
private let slugLengthMax = 96

private func slug(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    var length = 0
    for character in text.lowercased() + " " {
        if character.isLetter || character.isNumber {
            word.append(character)
        } else if !word.isEmpty, character != "'", character != "\u{2019}" {
            guard length + word.count <= slugLengthMax else { break }
            length += word.count + 1
            words.append(word)
            word = ""
        }
    }
    if words.isEmpty, !word.isEmpty { words.append(String(word.prefix(slugLengthMax))) }
    return words.joined(separator: "-")
}
