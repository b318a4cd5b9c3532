import EventModel

/// What a text says of itself in lines of `Name: value` at its top.
struct AnnouncementHeaders: Sendable {
    /// A header's value and its bytes.
    struct Field: Sendable {
        let text: String
        let bytes: Range<Int>
    }

    var uid: Field?
    var updateOf: Field?
    var year: Field?
    var language: Field?
    var embargoUntil: Field?
    /// Reads the headers of a text: lines of the five names before any line of another form. Other labels, such as
    /// `Subject:`, may stand among them.
    init(bytes: [UInt8]) {
        var (start, line) = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, 0)
        var passed = 0
        while start < bytes.count, line < 64 {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            let (name, value) = AnnouncementHeaders.split(bytes[start..<end])
            line += 1
            if take(name, value, bytes) {
                passed = 0
            } else if !name.isEmpty {
                passed += 1
            } else if !bytes[start..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                return
            }
            if passed > 12 { return }
            start = end + (end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? 2 : 1)
        }
    }

    private mutating func take(_ name: String, _ value: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let field = Field(text: String(decoding: bytes[value], as: UTF8.self), bytes: value)
        switch name {
        case "uid": uid = uid ?? field
        case "update-of": updateOf = updateOf ?? field
        case "year": year = year ?? field
        case "language": language = language ?? field
        case "embargo-until": embargoUntil = embargoUntil ?? field
        default: return false
        }
        return true
    }

    /// The lower-case name of a `Name: value` line, empty where the line is none, and the bytes of the value.
    private static func split(_ line: ArraySlice<UInt8>) -> (String, Range<Int>) {
        let white: Set<UInt8> = [0x20, 0x09]
        guard let colon = line.firstIndex(of: 0x3A), colon - line.startIndex <= 24, colon > line.startIndex,
            line[..<colon].allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x2D })
        else { return ("", line.endIndex..<line.endIndex) }
        var (start, end) = (colon + 1, line.endIndex)
        while start < end, white.contains(line[start]) { start += 1 }
        while end > start, white.contains(line[end - 1]) { end -= 1 }
        return (
            String(decoding: line[..<colon].map { $0 | 0x20 == 0x2D ? 0x2D : $0 | 0x20 }, as: UTF8.self), start..<end
        )
    }

    /// Whether the stated year is one; nil where none is stated.
    var yearValue: Int? {
        year.flatMap { Int(written: $0.text, in: 1...9999) }
    }
}
