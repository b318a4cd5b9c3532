/// The bytes of an iCalendar file with its folds undone (RFC 5545 §3.1), and the way back to where they stood.
/// CR LF, LF and a lone CR end a line; empty lines say nothing, even between a line and its continuation.
struct ContentText {
    /// The logical lines, each followed by one LF.
    private(set) var bytes: [UInt8] = []
    /// The logical lines in `bytes`, without their LF.
    private(set) var lines: [Range<Int>] = []
    /// Whether there are bytes that need a closer look: those past ASCII, and control characters.
    private var (hasHighBytes, hasControls) = (false, false)
    /// Where the physical lines begin, in `bytes` and in the file.
    private var pieces: [(text: Int, source: Int)] = []

    /// Undoes the folds of a file; a byte order mark is left out. Lines past the limit are not read.
    init(unfolding source: [UInt8], lineLimit: Int) {
        bytes.reserveCapacity(source.count + 1)
        var start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lineStart = 0
        source.withUnsafeBufferPointer { source in
            while start < source.count, lines.count <= lineLimit {
                var end = start
                while end < source.count, source[end] != 0x0A, source[end] != 0x0D {
                    if source[end] >= 0x7F {
                        if source[end] == 0x7F { hasControls = true } else { hasHighBytes = true }
                    } else if source[end] < 0x20, source[end] != 0x09 {
                        hasControls = true
                    }
                    end += 1
                }
                if end > start {
                    let isContinuation = (source[start] == 0x20 || source[start] == 0x09) && !pieces.isEmpty
                    if !isContinuation, !pieces.isEmpty {
                        lines.append(lineStart..<bytes.count)
                        bytes.append(0x0A)
                        lineStart = bytes.count
                    }
                    let content = isContinuation ? start + 1 : start
                    pieces.append((bytes.count, content))
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[content..<end]))
                }
                start = end + 1
            }
        }
        if lineStart < bytes.count {
            lines.append(lineStart..<bytes.count)
            bytes.append(0x0A)
        }
    }

    /// Where a range of the text stands in the file, folds included.
    func source(of range: Range<Int>) -> Range<Int> {
        let start = source(of: range.lowerBound)
        return start..<(range.isEmpty ? start : source(of: range.upperBound - 1) + 1)
    }

    private func source(of offset: Int) -> Int {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].text <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return offset }
        return pieces[low - 1].source + offset - pieces[low - 1].text
    }

    /// A range as text. Bytes that are no UTF-8 become U+FFFD; they have been reported.
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A range without the spaces and tabs around it.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
        while low < high, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
        return low..<high
    }

    /// A TEXT value with its escapes undone (RFC 5545 §3.3.11). A backslash before anything else stays.
    func unescaped(_ range: Range<Int>) -> String {
        guard bytes[range].contains(0x5C) else { return string(range) }
        var plain: [UInt8] = []
        plain.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == 0x5C, index < range.upperBound else {
                plain.append(byte)
                continue
            }
            switch bytes[index] {
            case 0x6E, 0x4E: plain.append(0x0A)
            case 0x5C, 0x3B, 0x2C, 0x3A, 0x22: plain.append(bytes[index])
            default: plain += [byte, bytes[index]]
            }
            index += 1
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The parts of a value between separators that no backslash precedes.
    func split(_ range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if bytes[index] == 0x5C {
                index += 1
            } else if bytes[index] == separator {
                parts.append(start..<index)
                start = index + 1
            }
            index += 1
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    /// The first bytes that are no UTF-8 (RFC 3629).
    func firstInvalidUTF8() -> Range<Int>? {
        guard hasHighBytes else { return nil }
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = ContentText.sequenceLength(bytes[index...].prefix(4))
            guard length > 0 else { return index..<index + 1 }
            index += length
        }
        return nil
    }

    /// The length of the UTF-8 sequence at the start of up to four bytes; 0 where there is none.
    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
        var rest = bytes
        guard let first = rest.popFirst() else { return 0 }
        let length: Int
        let second: ClosedRange<UInt8>
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard let next = rest.popFirst(), second.contains(next), rest.count >= length - 2,
            rest.prefix(length - 2).allSatisfy({ $0 & 0xC0 == 0x80 })
        else { return 0 }
        return length
    }

    /// Characters that no text may hold (RFC 5545 §3.1, CONTROL): all below U+0020 but the tab, and U+007F.
    func controlCharacters() -> (first: Int, count: Int)? {
        guard hasControls else { return nil }
        var first: Int?
        var count = 0
        for (index, byte) in bytes.enumerated() where (byte < 0x20 && byte != 0x09 && byte != 0x0A) || byte == 0x7F {
            first = first ?? index
            count += 1
        }
        return first.map { ($0, count) }
    }
}
