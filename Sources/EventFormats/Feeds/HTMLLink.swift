/// An address that may be made clickable: http, https or mailto, in plain sight. Everything else (`javascript:`, `data:`,
/// addresses that hide their host behind a name and `@`, that carry spaces or turn the direction of writing) stays text.
public struct HTMLLink: Hashable, Sendable {
    /// The address as the source has it.
    public let url: String
    /// The host in front of port and path; nil for mailto.
    public let host: String?

    /// The longest address that is made a link, in bytes.
    public static let maximumLength = 2048

    /// Checks an address; nil where it must stay text.
    public init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard bytes.count <= HTMLLink.maximumLength, HTMLLink.isPlain(bytes),
            let colon = bytes.firstIndex(of: 0x3A)
        else { return nil }
        let scheme = bytes[..<colon].map { $0 | 0x20 }
        let rest = bytes[(colon + 1)...]
        if scheme == Array("mailto".utf8) {
            guard rest.contains(0x40) else { return nil }
            host = nil
        } else {
            guard scheme == Array("http".utf8) || scheme == Array("https".utf8), rest.starts(with: [0x2F, 0x2F])
            else { return nil }
            let authority = rest.dropFirst(2).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
            let host = authority.first == 0x5B ? authority : authority.prefix { $0 != 0x3A }
            guard !host.isEmpty, !authority.contains(0x40) else { return nil }
            self.host = String(decoding: host, as: UTF8.self)
        }
        self.url = url
    }

    /// No spaces, control characters, quotes, backslashes or direction marks: RFC 3987 §2.2 allows none of them.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x00...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F: return false
            case 0xC2 where index + 1 < bytes.count && bytes[index + 1] <= 0xA0: return false
            case 0xE2 where index + 2 < bytes.count:
                // U+200B to U+200F, U+2028 to U+202E and U+2066 to U+2069.
                let (second, third) = (bytes[index + 1], bytes[index + 2])
                if second == 0x80, (0x8B...0x8F).contains(third) || (0xA8...0xAE).contains(third) { return false }
                if second == 0x81, (0xA6...0xA9).contains(third) { return false }
            default: break
            }
        }
        return true
    }
}
