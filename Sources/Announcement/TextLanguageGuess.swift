import Reading

/// Tells the language of a text by its most frequent small words. A text that is not clearly in a language whose
/// tables are here is not read at all.
enum TextLanguageGuess {
    enum Answer {
        case read(TextLanguage, confidence: Double)
        /// The language the text seems to be in, empty where nothing speaks for one.
        case notRead(String)
    }

    /// Small words that languages without tables have, and that are rare in the languages that have them.
    private static let others: [(code: String, words: String)] = [
        (
            "de",
            "der die das und ist nicht mit für auf dem ein eine einer wird werden von im zum zur bei uhr sich auch nach"
        ),
        ("fr", "le les des et est une dans pour du aux sur avec qui que à au ce cette sont sera nous vous ou par"),
        ("es", "el los las y es una para con por del que en se al como más su esta este será desde"),
        ("it", "il gli di e un una per con del della che in si alle dal dei sono sarà nel presso ore"),
        ("pt", "o os as e um uma para com por do da dos das que em se ao no na mais será são não"),
        ("nl", "de het een en van in op met voor is dat zijn aan niet te bij wordt worden om uur naar door"),
        ("sv", "och att det som en på är av för med till den har inte om ett i kl kommer"),
        ("da", "og at det som en på er af for med til den har ikke om et i kl bliver"),
        ("pl", "i w na z do się nie jest to że o od po dla przez oraz godz roku"),
        ("tr", "ve bir bu için ile da de olarak olan saat gün yer"),
        ("fi", "ja on ei se että oli klo kello mukana tai myös kun"),
        ("cs", "a se v na je s z do že o pro od v za po jsou bude hod"),
        ("hu", "a az és hogy nem is egy van ezt óra lesz"),
        ("ro", "și în de la cu pe un o care este din pentru sunt va ora"),
        ("id", "dan di yang untuk dengan pada dari ini akan pukul"),
    ]

    /// The small words of all of them, a bit for each language.
    private static let otherWords: [String: UInt32] = {
        var table: [String: UInt32] = [:]
        for (index, language) in others.enumerated() {
            for word in language.words.split(separator: " ") {
                table[TextFolding.fold(word), default: 0] |= 1 << UInt32(index)
            }
        }
        return table
    }()

    /// The fewest small words that make a guess of a text longer than ``shortText`` words.
    private static let fewest = 3
    private static let shortText = 40

    static func guess(_ source: TextSource, languages: [TextLanguage]) -> Answer {
        var (foreign, own) = ([Int](repeating: 0, count: others.count), [Int](repeating: 0, count: languages.count))
        var (words, outside, things) = (0, 0, 0)
        for token in source.tokens where token.kind == .word {
            words += 1
            if let first = token.fold.utf8.first, first >= 0x80 { outside += 1 }
            guard token.fold.utf8.count <= 12 else { continue }
            var known = false
            for index in languages.indices where languages[index].words[token.fold]?.roles.contains(.common) == true {
                own[index] += 1
                known = true
            }
            if token.has([.eventNoun, .venue, .month, .weekday, .talk, .street]) { things += 1 }
            if !known, let bits = otherWords[token.fold] {
                for index in others.indices where bits & 1 << UInt32(index) != 0 { foreign[index] += 1 }
            }
        }
        let best = own.indices.max { own[$0] < own[$1] }
        let other = foreign.indices.max { foreign[$0] < foreign[$1] }
        let otherCode = other.flatMap { foreign[$0] > 0 ? others[$0].code : nil } ?? ""
        guard let best, outside * 3 < words || words == 0 else { return .notRead(outside * 3 < words ? otherCode : "") }
        let (mine, theirs) = (own[best], other.map { foreign[$0] } ?? 0)
        // Quoted names in another language are common; a text whose small words are a third of another one is not ours.
        let enough = mine >= (words > shortText ? fewest : 1) && mine * 25 >= words
        if words <= shortText, theirs == 0, things >= 2 || enough {
            return .read(languages[best], confidence: enough ? 0.8 : 0.5)
        }
        guard enough, theirs * 2 <= mine else { return .notRead(theirs > 1 ? otherCode : "") }
        return .read(languages[best], confidence: min(0.99, Double(mine) / Double(mine + theirs + 1)))
    }
}
