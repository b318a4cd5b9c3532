/// A word, a number or a mark of a text, with its bytes.
struct TextToken: Sendable {
    enum Kind: UInt8, Sendable { case word, number, symbol, link, address }
    enum Shape: UInt8, Sendable { case lower, capitalised, capitals }

    var kind: Kind
    /// How a word is written.
    var shape: Shape = .lower
    /// Whether white space (or a line's start) stands before it.
    var gap: Bool
    /// A symbol as ASCII, dashes as `-`, quotes as `"`; 0 for others.
    var symbol: UInt8 = 0
    /// How many digits a number has.
    var digits: UInt8 = 0
    /// A number's value; the largest `Int32` where it is larger.
    var value: Int32 = 0
    /// The line it stands on, counted from 0.
    var line: Int32
    /// Where it stands.
    var start: Int32
    var end: Int32
    /// What the language's tables know of a word.
    var sense = WordSense()
    /// A word, folded.
    var fold = ""

    var bytes: Range<Int> { Int(start)..<Int(end) }
    var isCapitalised: Bool { kind == .word && shape != .lower }

    func has(_ role: WordRole) -> Bool { !sense.roles.isDisjoint(with: role) }
    func isSymbol(_ character: Unicode.Scalar) -> Bool { kind == .symbol && character.value == UInt32(symbol) }
}

/// What the words of a language do in an announcement. A word may have several roles; the grammars decide.
struct WordRole: OptionSet, Hashable, Sendable {
    let rawValue: UInt64
    static let month = WordRole(rawValue: 1)
    static let weekday = WordRole(rawValue: 1 << 1)
    /// A number as a word; the value is the number.
    static let number = WordRole(rawValue: 1 << 2)
    static let ordinalSuffix = WordRole(rawValue: 1 << 3)
    /// `am` (value 0), `pm` (value 12).
    static let meridiem = WordRole(rawValue: 1 << 4)
    /// A time as a word; the value is its hour.
    static let timeWord = WordRole(rawValue: 1 << 5)
    static let future = WordRole(rawValue: 1 << 6)
    /// Forms of `to be`.
    static let auxiliary = WordRole(rawValue: 1 << 7)
    /// Verbs that say that something is held, whatever the tense.
    static let holding = WordRole(rawValue: 1 << 8)
    /// Invitations.
    static let invitation = WordRole(rawValue: 1 << 9)
    static let past = WordRole(rawValue: 1 << 10)
    /// Words after which a date is of something else: `since`, `anniversary`.
    static let background = WordRole(rawValue: 1 << 11)
    /// Words after which a date is a limit, not the event's: `by`, `deadline`, `tickets`.
    static let deadline = WordRole(rawValue: 1 << 12)
    static let eventNoun = WordRole(rawValue: 1 << 13)
    /// Nouns of groups without a name: `supporters`, `residents`.
    static let community = WordRole(rawValue: 1 << 14)
    /// Nouns that make a name an organisation's.
    static let organisation = WordRole(rawValue: 1 << 15)
    /// Small words inside names: `of`, `for`, `de`.
    static let connector = WordRole(rawValue: 1 << 16)
    static let conjunction = WordRole(rawValue: 1 << 17)
    /// Words between the ends of a range: `to`, `until`.
    static let rangeWord = WordRole(rawValue: 1 << 18)
    /// `in`, `at` and the like.
    static let locative = WordRole(rawValue: 1 << 19)
    static let article = WordRole(rawValue: 1 << 20)
    static let street = WordRole(rawValue: 1 << 21)
    /// Nouns of buildings, rooms and squares.
    static let venue = WordRole(rawValue: 1 << 22)
    /// What accompanies an event at a time of its own: `doors`, `coffee`.
    static let accompanying = WordRole(rawValue: 1 << 23)
    static let beginning = WordRole(rawValue: 1 << 24)
    static let honorific = WordRole(rawValue: 1 << 25)
    /// Nouns of what one person gives: `lecture`, `talk`.
    static let talk = WordRole(rawValue: 1 << 26)
    static let conditional = WordRole(rawValue: 1 << 27)
    static let negation = WordRole(rawValue: 1 << 28)
    static let cancelled = WordRole(rawValue: 1 << 29)
    static let postponed = WordRole(rawValue: 1 << 30)
    static let rescheduled = WordRole(rawValue: 1 << 31)
    static let online = WordRole(rawValue: 1 << 32)
    /// Words that only this language has: what the language is guessed by.
    static let common = WordRole(rawValue: 1 << 33)
    /// Verbs of organising, before `by`.
    static let organising = WordRole(rawValue: 1 << 34)
    static let sponsoring = WordRole(rawValue: 1 << 35)
    static let by = WordRole(rawValue: 1 << 36)
    static let possessiveOf = WordRole(rawValue: 1 << 37)
    /// `on`: stands before dates.
    static let dative = WordRole(rawValue: 1 << 38)
    /// Words that say the statement is about each: `each`, `every`, `both`.
    static let each = WordRole(rawValue: 1 << 39)
    static let also = WordRole(rawValue: 1 << 40)
    static let entitled = WordRole(rawValue: 1 << 41)
    static let pronoun = WordRole(rawValue: 1 << 42)
    /// `embargoed`, `embargo`.
    static let embargo = WordRole(rawValue: 1 << 43)
    /// Short forms that a full stop follows without ending a sentence.
    static let abbreviation = WordRole(rawValue: 1 << 44)
    static let timeZone = WordRole(rawValue: 1 << 45)
    /// Verbs of the present that headlines use: `returns`, `comes`.
    static let headlineVerb = WordRole(rawValue: 1 << 46)
    /// `take`, `takes`: holding when `place` follows.
    static let takes = WordRole(rawValue: 1 << 47)
    static let moved = WordRole(rawValue: 1 << 48)
    static let new = WordRole(rawValue: 1 << 49)
    /// `day`, `days`.
    static let dayNoun = WordRole(rawValue: 1 << 50)
    static let consecutive = WordRole(rawValue: 1 << 51)
    /// `Tuesdays`: days that come again.
    static let weekdays = WordRole(rawValue: 1 << 52)
}

/// The roles of one word, and its number where a role has one.
struct WordSense: Hashable, Sendable {
    var roles: WordRole = []
    /// Month 1–12, weekday 0–6 from Sunday, the number a word says, an hour.
    var value: Int16 = 0
}
