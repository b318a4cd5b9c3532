/// Finds what the parser cannot be asked about: characters beyond ASCII that stand outside of texts and comments, where
/// TOML has none and its answer to some is undefined, and keys of so many parts that it runs out of stack.
struct TomlScanner {
    /// Parts of a dotted key, at most.
    static let maxKeyParts = 16

    private let text: [UInt8]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    /// Dots since the last character that ends a key.
    private var dots = 0

    private init(_ text: [UInt8]) {
        self.text = text
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { (index, lineStart) = (3, 3) }
    }

    /// The first of them; nil where there is none, or where a text is not closed, which the parser will say.
    static func refusal(of text: [UInt8]) -> TomlRefusal? {
        var scanner = TomlScanner(text)
        return scanner.scan()
    }

    private mutating func scan() -> TomlRefusal? {
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "#"): while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): if !skipText(text[index]) { return nil }
            case 0x80...: return TomlRefusal(.strayCharacter, line: line, column: column)
            case UInt8(ascii: "."):
                dots += 1
                if dots >= TomlScanner.maxKeyParts { return TomlRefusal(.longKey, line: line, column: column) }
                index += 1
            case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\n"):
                dots = 0
                advance()
            default: advance()
            }
        }
        return nil
    }

    private var column: Int { String(decoding: text[lineStart..<index], as: UTF8.self).unicodeScalars.count + 1 }

    private mutating func advance() {
        if text[index] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, index + 1) }
        index += 1
    }

    /// Goes behind the text that begins here; false where it has no end.
    private mutating func skipText(_ quote: UInt8) -> Bool {
        let isMultiLine = text[index...].starts(with: [quote, quote, quote])
        index += isMultiLine ? 3 : 1
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
                index += 1
                if index < text.count { advance() }
            case UInt8(ascii: "\n") where !isMultiLine: return false
            case quote where !isMultiLine:
                index += 1
                return true
            case quote where text[index...].starts(with: [quote, quote, quote]):
                // Up to two more quotes belong to the text.
                while index < text.count, text[index] == quote { index += 1 }
                return true
            default: advance()
            }
        }
        return false
    }
}
