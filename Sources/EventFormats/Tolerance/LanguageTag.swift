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

    /// The tag that a name of a locale means, as POSIX and Java write them (`en_US`, `de_CH.UTF-8`, `sr_RS@latin`); nil
    /// where it means none.
    static func mended(_ name: String) -> String? {
        let locale = name.prefix { $0 != "." && $0 != "@" }.drop { $0 == " " }
        var tag = String(locale.map { $0 == "_" ? "-" : $0 })
        while tag.last == " " { tag.removeLast() }
        return isWellFormed(tag) ? tag : nil
    }
}
