/// HTML in what should be plain text.
enum Markup {
    /// The longest tag or entity that is looked for, in bytes.
    private static let lengthMax = 200

    /// The first tag, comment or character reference; nil where there is none.
    static func first(in text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            for index in bytes.indices where bytes[index] == 0x3C || bytes[index] == 0x26 {
                let rest = bytes[index...].prefix(lengthMax)
                let length = bytes[index] == 0x3C ? tagLength(rest) : referenceLength(rest)
                if let length { return String(decoding: rest.prefix(length), as: UTF8.self) }
            }
            return nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// `<p>`, `</p>`, `<br/>`, `<a href="…">`, `<!--`. "a < b" and "<3" are text.
    private static func tagLength(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        if bytes.starts(with: "<!--".utf8) { return 4 }
        var rest = bytes.dropFirst()
        if rest.first == 0x2F { rest = rest.dropFirst() }
        let name = rest.prefix { isLetter($0) || (0x30...0x39).contains($0) }
        guard let first = name.first, isLetter(first) else { return nil }
        guard let next = rest.dropFirst(name.count).first, [0x3E, 0x20, 0x2F, 0x09, 0x0A].contains(next) else {
            return nil
        }
        guard let end = bytes.firstIndex(of: 0x3E) else { return nil }
        return end - bytes.startIndex + 1
    }

    /// `&amp;`, `&#39;`, `&#x27;`. "R&B; live" is not: names of one letter do not exist.
    private static func referenceLength(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard let end = bytes.prefix(12).firstIndex(of: 0x3B) else { return nil }
        let name = bytes[bytes.index(after: bytes.startIndex)..<end]
        let isNamed = name.count >= 2 && name.allSatisfy(isLetter)
        let isNumbered =
            name.count >= 2 && name.first == 0x23
            && name.dropFirst().allSatisfy {
                (0x30...0x39).contains($0) || isLetter($0)
            }
        return isNamed || isNumbered ? end - bytes.startIndex + 1 : nil
    }
}
