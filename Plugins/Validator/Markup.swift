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

/// Language tags, BCP 47 (RFC 5646 §2.1).
enum LanguageTag {
    /// Whether a tag has the form of one: a language of two or three letters, then subtags of at most eight letters or
    /// digits; or a private tag, `x-…`, or one of the old ones, `i-…`.
    static func isWellFormed(_ tag: String) -> Bool {
        let parts = tag.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        for part in parts {
            guard (1...8).contains(part.count),
                part.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) })
            else { return false }
        }
        guard let language = parts.first, language.allSatisfy({ $0 > 0x39 }) else { return false }
        if language.count == 1 { return parts.count > 1 && [0x78, 0x69].contains((language.first ?? 0) | 0x20) }
        return language.count <= 3
    }
}

/// Links that outputs carry.
enum WebAddress {
    private static let unsafe: Set<String> = ["javascript", "data", "vbscript", "file", "blob"]

    /// What is wrong with a link and what to do; nil where nothing is (RFC 3986, and RFC 3987 for letters of other
    /// scripts).
    static func fault(in link: String) -> String? {
        if let bad = link.utf8.first(where: isForbidden) {
            let name = bad == 0x20 ? "a space" : "a character that links cannot have"
            return "holds \(name); write it percent-encoded"
        }
        guard let colon = link.utf8.firstIndex(of: 0x3A), isScheme(link.utf8[..<colon]) else {
            return "is no whole address; write it with its beginning, such as https://"
        }
        let scheme = link[..<colon].lowercased()
        if unsafe.contains(scheme) { return "runs or embeds something instead of leading somewhere; link to a page" }
        let rest = link.utf8[colon...].dropFirst()
        if rest.isEmpty { return "ends after its scheme; write the whole address" }
        guard scheme == "http" || scheme == "https" else { return nil }
        guard rest.starts(with: "//".utf8) else { return "lacks the two slashes after \(scheme):; add them" }
        let host = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        return host.isEmpty || host.first == 0x3A ? "names no host; write the whole address" : nil
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: true
        default: false
        }
    }

    private static func isScheme(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, (0x61...0x7A).contains(first | 0x20) else { return false }
        return text.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
        }
    }
}
