import EventFormats
import EventModel

/// The line of a file that a finding is about, with a mark below the place, as compilers show it:
///
///         2 | "startDate":"2027-02-30",
///           |             ^~~~~~~~~~~~
struct Excerpt {
    /// The columns of the line that are shown where there is no terminal to ask.
    static let usualWidth = 100
    /// What is looked at of a line before and after the place: files of one line can be large.
    static let reach = 512

    private let text: [Unicode.Scalar]
    private let line: Int
    /// The marked part, as an index of `text`, and how many characters it is long.
    private let mark: Int
    private let length: Int
    private let isCutBefore: Bool
    private let isCutAfter: Bool

    /// Nil where the finding has no place in a line with anything in it.
    init?(of bytes: [UInt8], at position: SourcePosition) {
        let range = position.bytes
        guard range.lowerBound < bytes.count else { return nil }
        let breaks: Set<UInt8> = [0x0A, 0x0D]
        var start = range.lowerBound
        while start > 0, !breaks.contains(bytes[start - 1]), range.lowerBound - start < Excerpt.reach { start -= 1 }
        var end = range.lowerBound
        while end < bytes.count, !breaks.contains(bytes[end]), end - range.lowerBound < Excerpt.reach { end += 1 }
        guard start < end else { return nil }
        isCutBefore = start > 0 && !breaks.contains(bytes[start - 1])
        isCutAfter = end < bytes.count && !breaks.contains(bytes[end])
        let before = Excerpt.scalars(bytes[start..<range.lowerBound])
        let marked = Excerpt.scalars(bytes[range.lowerBound..<min(max(range.upperBound, range.lowerBound), end)])
        let after = Excerpt.scalars(bytes[min(max(range.upperBound, range.lowerBound), end)..<end])
        text = before + marked + after
        line = position.line
        mark = before.count
        length = max(1, marked.count)
    }

    /// One character for each of the file's, none that a terminal would obey.
    private static func scalars(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
            if scalar == "\t" { return " " }
            if (0x20..<0x7F).contains(scalar.value) { return scalar }
            return String(scalar).printable == String(scalar) ? scalar : "\u{FFFD}"
        }
    }

    /// The two lines, at most so many columns wide.
    func lines(width: Int?) -> [String] {
        let number = String(line)
        let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        let room = max(20, (width ?? Excerpt.usualWidth) - margin.count)
        var first = 0
        // The place is to be seen, with a third of the room before it.
        if columns(text[..<mark]) + min(columns(text[mark..<min(mark + length, text.count)]), room / 2) >= room {
            first = mark
            var shown = 0
            while first > 0 {
                shown += columns(text[first - 1..<first])
                if shown >= room / 3 { break }
                first -= 1
            }
        }
        let start = first > 0 || isCutBefore ? "…" : ""
        var shown = String(String.UnicodeScalarView(text[first...]))
        if isCutAfter { shown += "…" }
        let line = (start + shown).cut(toWidth: room)
        let indent = start.displayWidth + columns(text[first..<mark])
        let marked = min(max(1, columns(text[mark..<min(mark + length, text.count)])), max(1, room - indent))
        let pointer = "^" + String(repeating: "~", count: marked - 1)
        return [
            margin + line,
            String(repeating: " ", count: margin.count - 2) + "| " + String(repeating: " ", count: indent) + pointer,
        ]
    }

    private func columns(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
        String(String.UnicodeScalarView(scalars)).displayWidth
    }
}
