import Reading

/// A text that is being read: its bytes, and its words with their places in them.
struct TextSource: Sendable {
    let bytes: [UInt8]
    let tokens: [TextToken]
    /// The bytes of each line, without its end.
    let lines: [Range<Int>]
    /// The first control character, if there is one.
    let controlCharacter: Range<Int>?

    /// Why a text cannot be read.
    enum Failure: Error {
        /// Where a byte sequence that is not UTF-8 starts.
        case notUTF8(Int)
        /// Where the words begin that are too many.
        case tooLong(Int)
    }

    /// Reads strict UTF-8 into words; `words` tells what a language knows of a folded word.
    init(_ bytes: [UInt8], words: [String: WordSense], limit: Int) throws(Failure) {
        var tokenizer = TextTokenizer(bytes: bytes, words: words, limit: limit)
        try tokenizer.run()
        self.bytes = bytes
        tokens = tokenizer.tokens
        lines = tokenizer.lines
        controlCharacter = tokenizer.controlCharacter
    }

    /// The source's own words between two bytes, white space of any kind as one space.
    func text(_ range: Range<Int>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var gap = false
        for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F {
                gap = true
            } else {
                if gap, !output.isEmpty { output.append(0x20) }
                gap = false
                if let encoded = UTF8.encode(scalar) { output.append(contentsOf: encoded) }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

private struct TextTokenizer {
    let bytes: [UInt8]
    let words: [String: WordSense]
    let limit: Int
    var tokens: [TextToken] = []
    var lines: [Range<Int>] = []
    var controlCharacter: Range<Int>?
    private var at = 0
    private var gap = true
    private var lineStart = 0
    private var scratch: [UInt8] = []
    private var classes = ScalarClasses()

    init(bytes: [UInt8], words: [String: WordSense], limit: Int) {
        self.bytes = bytes
        self.limit = limit
        self.words = words
        tokens.reserveCapacity(bytes.count / 5)
    }

    mutating func run() throws(TextSource.Failure) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (at, lineStart) = (3, 3) }
        while at < bytes.count {
            if tokens.count >= limit { throw .tooLong(at) }
            let (scalar, length) = try scalar(at: at)
            switch scalar.value {
            case 0x0A, 0x0D: endLine()
            case 0x09, 0x0C, 0x20: skip(length)
            case 0..<0x20, 0x7F, 0x80..<0xA0:
                if controlCharacter == nil { controlCharacter = at..<at + length }
                skip(length)
            default:
                let known = classes[scalar]
                if TextFolding.isIgnorable(scalar) {
                    at += length
                } else if known.contains(.word) {
                    try takeWord(scalar)
                } else if known.contains(.space) {
                    skip(length)
                } else {
                    takeSymbol(scalar, length)
                }
            }
        }
        lines.append(lineStart..<bytes.count)
    }

    private mutating func skip(_ length: Int) {
        gap = true
        at += length
    }

    private mutating func endLine() {
        lines.append(lineStart..<at)
        at += bytes[at] == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : 1
        lineStart = at
        gap = true
    }

    private mutating func append(_ token: TextToken) {
        tokens.append(token)
        at = Int(token.end)
        gap = false
    }

    private func token(_ kind: TextToken.Kind, to end: Int) -> TextToken {
        TextToken(kind: kind, gap: gap, line: Int32(lines.count), start: Int32(at), end: Int32(end))
    }

    private mutating func takeSymbol(_ scalar: Unicode.Scalar, _ length: Int) {
        var token = token(.symbol, to: at + length)
        token.symbol =
            switch scalar.value {
            case 0x2010...0x2015, 0x2212, 0xFE58, 0xFF0D: 0x2D
            case 0x2018, 0x2019, 0x201B, 0xFF07, 0x60, 0xB4: 0x27
            case 0x201C...0x201F, 0xAB, 0xBB, 0x201A, 0x2039, 0x203A: 0x22
            case 0x2022, 0x2023, 0x25AA, 0x25CF, 0x25E6, 0xB7: 0x2A
            case 0xFF1A: 0x3A
            case 0xFF0C, 0x3001: 0x2C
            case 0x2026, 0x3002: 0x2E
            case 0..<0x80: UInt8(scalar.value)
            default: 0
            }
        append(token)
    }

    /// Takes a word, a number, a link or a mail address.
    private mutating func takeWord(_ first: Unicode.Scalar) throws(TextSource.Failure) {
        if gap || tokens.last?.kind == .symbol, let link = linkEnd() {
            var token = token(link.isAddress ? .address : .link, to: link.end)
            token.shape = .lower
            return append(token)
        }
        if (0x30...0x39).contains(first.value) { return takeNumber() }
        scratch.removeAll(keepingCapacity: true)
        var (end, uppers, letters, firstUpper) = (at, 0, 0, false)
        while end < bytes.count {
            let (scalar, length) = try scalar(at: end)
            let value = scalar.value
            if (0x30...0x39).contains(value) { break }
            if value == 0x27 || value == 0x2019 || value == 0x2BC {
                // An apostrophe belongs to the word where a letter follows.
                guard end + length < bytes.count else { break }
                let next = try self.scalar(at: end + length).scalar
                guard classes[next].contains(.word), !(0x30...0x39).contains(next.value) else { break }
                scratch.append(0x27)
            } else if case let known = classes[scalar], known.contains(.word) {
                let upper = known.contains(.upper)
                if upper { uppers += 1 }
                if letters == 0 { firstUpper = upper }
                letters += 1
                if known.contains(.folded) {
                    scratch += bytes[end..<end + length]
                } else {
                    TextFolding.append(scalar, to: &scratch)
                }
            } else if !TextFolding.isIgnorable(scalar) {
                break
            }
            end += length
        }
        var token = token(.word, to: end)
        token.shape =
            !firstUpper
            ? (uppers > 1 ? .capitalised : .lower) : uppers == letters && letters > 1 ? .capitals : .capitalised
        token.fold = String(decoding: scratch, as: UTF8.self)
        if scratch.count <= 24, let sense = words[token.fold] { token.sense = sense }
        append(token)
    }

    private mutating func takeNumber() {
        var (end, value) = (at, 0)
        while end < bytes.count, (0x30...0x39).contains(bytes[end]) {
            value = min(value * 10 + Int(bytes[end] & 15), Int(Int32.max))
            end += 1
        }
        var token = token(.number, to: end)
        token.value = Int32(value)
        token.digits = UInt8(min(end - at, 255))
        append(token)
    }

    /// The end of the link or mail address that starts here, if one does.
    private func linkEnd() -> (end: Int, isAddress: Bool)? {
        let rest = bytes[at...]
        func starts(_ prefix: StaticString) -> Bool {
            prefix.withUTF8Buffer { wanted in
                rest.count >= wanted.count && zip(rest, wanted).allSatisfy { $0 | 0x20 == $1 | 0x20 }
            }
        }
        let first = bytes[at] | 0x20
        let isLink = first == 0x68 && (starts("http://") || starts("https://")) || first == 0x77 && starts("www.")
        var (end, hasAt, dotAfter) = (at, false, false)
        while end < bytes.count, isLinkByte(bytes[end]) {
            if bytes[end] == 0x40 { hasAt = end > at } else if bytes[end] == 0x2E, hasAt { dotAfter = true }
            if !isLink, !hasAt, end - at > 64 { return nil }
            end += 1
        }
        guard isLink || hasAt && (dotAfter || end > at + 3) else { return nil }
        while end > at + 1, ".,;:!?'*_".utf8.contains(bytes[end - 1]) { end -= 1 }
        return (end, !isLink)
    }

    /// ASCII that may stand in a link or an address.
    private func isLinkByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B...0xFF: false
        default: true
        }
    }

    private func scalar(at index: Int) throws(TextSource.Failure) -> (scalar: Unicode.Scalar, length: Int) {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else {
            throw TextSource.Failure.notUTF8(index)
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            guard bytes[index + offset] & 0xC0 == 0x80 else { throw TextSource.Failure.notUTF8(index) }
            value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard value >= smallest, let scalar = Unicode.Scalar(value) else {
            throw TextSource.Failure.notUTF8(index)
        }
        return (scalar, length)
    }
}
