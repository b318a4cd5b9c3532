import Reading

/// Links that outputs carry.
enum WebAddress {
    private static let unsafe: Set<String> = ["javascript", "data", "vbscript", "file", "blob"]

    /// What is wrong with a link, and what to do; nil where nothing is (RFC 3986, and RFC 3987 for letters of other
    /// scripts).
    static func fault(in link: String) -> (what: String, remedy: String)? {
        if let bad = link.utf8.first(where: isForbidden) {
            return (bad == 0x20 ? "holds a space" : "holds a character that links cannot have", "percent-encode it")
        }
        guard let colon = link.utf8.firstIndex(of: 0x3A), isScheme(link.utf8[..<colon]) else {
            let beginning = link.lowercased().hasPrefix("www.") ? "https://\(link.quotable)" : "https://"
            return ("is no whole address", "write it with its beginning, such as \(beginning)")
        }
        let scheme = link[..<colon].lowercased()
        if unsafe.contains(scheme) {
            return ("runs or embeds something instead of leading to a page", "link to a page")
        }
        let rest = link.utf8[colon...].dropFirst()
        if rest.isEmpty { return ("ends after its scheme", "write the whole address") }
        guard scheme == "http" || scheme == "https" else { return nil }
        guard rest.starts(with: "//".utf8) else { return ("lacks the two slashes after \(scheme):", "add them") }
        let host = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
        return host.isEmpty || host.first == 0x3A ? ("names no host", "write the whole address") : nil
    }

    /// Whether an address stands by itself, so that it can name something outside of its document.
    static func hasScheme(_ address: String) -> Bool {
        guard let colon = address.utf8.firstIndex(of: 0x3A) else { return false }
        return isScheme(address.utf8[..<colon])
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
