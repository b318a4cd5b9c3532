import EventModel

/// How iCalendar spells values.
enum ICalendarText {
    /// `20261128`.
    static func basic(_ date: LocalDate) -> String { digits(date.year * 10_000 + date.month * 100 + date.day, 8) }

    /// `20261128T100000`.
    static func basic(_ time: LocalDateTime) -> String {
        basic(time.date) + "T" + digits(time.hour * 10_000 + time.minute * 100 + time.second, 6)
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// `+0100`; seconds only where there are any.
    static func basic(_ offset: UTCOffset) -> String {
        String(decoding: offset.description.utf8.filter { $0 != 0x3A }, as: UTF8.self)
    }

    /// A TEXT value (RFC 5545 §3.3.11). A carriage return before a line feed and other control characters are left out.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { isControl($0) || $0 == 0x5C || $0 == 0x3B || $0 == 0x2C }) else {
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
        let isPlain = !text.utf8.contains { byte in
            switch byte {
            case 0x20, 0x22, 0x2C, 0x3A, 0x3B, 0x5C, 0x5E: true
            default: isControl(byte)
            }
        }
        if isPlain, !text.isEmpty { return text }
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

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
