import EventModel

/// How iCalendar spells values.
enum ICalendarText {
    /// `20261128`.
    static func basic(_ date: LocalDate) -> String { without([0x2D], date.description) }

    /// `20261128T100000`.
    static func basic(_ time: LocalDateTime) -> String { without([0x2D, 0x3A], time.description) }

    /// `+0100`; seconds only where there are any.
    static func basic(_ offset: UTCOffset) -> String { without([0x3A], offset.description) }

    private static func without(_ separators: [UInt8], _ text: String) -> String {
        String(decoding: text.utf8.filter { !separators.contains($0) }, as: UTF8.self)
    }

    /// A TEXT value (RFC 5545 §3.3.11). A carriage return before a line feed and other control characters are left out.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || [0x5C, 0x3B, 0x2C].contains($0) }) else {
            return text
        }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x5C, 0x3B, 0x2C: bytes += [0x5C, byte]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x09: bytes.append(byte)
            case 0x00..<0x20, 0x7F: break
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A parameter's value: carets as RFC 6868 has them, quotes where a separator stands in it.
    static func parameter(_ text: String) -> String {
        var bytes: [UInt8] = []
        var needsQuotes = text.isEmpty || text.hasPrefix(" ") || text.hasSuffix(" ")
        for byte in text.utf8 {
            switch byte {
            case 0x0A: bytes += [0x5E, 0x6E]
            case 0x5E: bytes += [0x5E, 0x5E]
            case 0x22: bytes += [0x5E, 0x27]
            case 0x09: bytes.append(byte)
            case 0x00..<0x20, 0x7F: break
            default: bytes.append(byte)
            }
            needsQuotes = needsQuotes || [0x2C, 0x3A, 0x3B, 0x5C].contains(byte)
        }
        let value = String(decoding: bytes, as: UTF8.self)
        return needsQuotes ? "\"\(value)\"" : value
    }
}
