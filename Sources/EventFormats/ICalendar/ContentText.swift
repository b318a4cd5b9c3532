import Reading

/// The bytes of an iCalendar file with its folds undone (RFC 5545 §3.1) and without control characters, and the way back
/// to where they stood. CR LF, LF and a lone CR end a line; empty lines say nothing, even between a line and its
/// continuation.
struct ContentText {
    private let source: [UInt8]
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
        self.source = source
        bytes.reserveCapacity(source.count + 1)
        var start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lineStart = 0
        source.withUnsafeBufferPointer { source in
            while start < source.count, lines.count <= lineLimit {
                var end = start
                var isClean = true
                while end < source.count, source[end] != 0x0A, source[end] != 0x0D {
                    if source[end] >= 0x7F {
                        if source[end] == 0x7F { isClean = false } else { hasHighBytes = true }
                    } else if source[end] < 0x20, source[end] != 0x09 {
                        isClean = false
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
                    if isClean {
                        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[content..<end]))
                    } else {
                        hasControls = true
                        appendWithoutControls(UnsafeBufferPointer(rebasing: source[content..<end]), from: content)
                    }
                }
                start = end + 1
            }
        }
        if lineStart < bytes.count {
            lines.append(lineStart..<bytes.count)
            bytes.append(0x0A)
        }
    }

    /// What follows a control character is a piece of its own.
    private mutating func appendWithoutControls(_ line: UnsafeBufferPointer<UInt8>, from start: Int) {
        var isNewPiece = false
        for (index, byte) in line.enumerated() {
            if ContentText.isControl(byte) {
                isNewPiece = true
                continue
            }
            if isNewPiece { pieces.append((bytes.count, start + index)) }
            isNewPiece = false
            bytes.append(byte)
        }
    }

    /// All below U+0020 but the tab, and U+007F (RFC 5545 §3.1, CONTROL).
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }

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

    /// A range as text. One with bytes that are no UTF-8 has `?` for all that is no ASCII; it has been reported.
    func string(_ range: Range<Int>) -> String { ContentText.string(bytes[range]) }

    private static func string(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    }

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
        return ContentText.string(plain)
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

    /// The first bytes of a range that are no UTF-8 (RFC 3629).
    func firstInvalidUTF8(in range: Range<Int>) -> Range<Int>? {
        guard hasHighBytes else { return nil }
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = UTF8Sequence.length(bytes[index...].prefix(4))
            guard length > 0 else { return index..<index + 1 }
            index += length
        }
        return nil
    }

    /// The control characters that were dropped from a range of the file: the first, NUL before others, and how many
    /// there are.
    func controls(inSource range: Range<Int>) -> (first: Int, count: Int)? {
        guard hasControls else { return nil }
        var (first, nul): (Int?, Int?)
        var count = 0
        for index in range
        where ContentText.isControl(source[index]) && source[index] != 0x0A && source[index] != 0x0D {
            first = first ?? index
            if source[index] == 0 { nul = nul ?? index }
            count += 1
        }
        return (nul ?? first).map { ($0, count) }
    }

    /// A control character of the file.
    func control(at index: Int) -> Unicode.Scalar { Unicode.Scalar(source[index]) }

    /// How many bytes the file has.
    var sourceCount: Int { source.count }
}
