/// Writes compact JSON (RFC 8259) into a byte buffer, in the order of the calls.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Starts with an empty buffer.
    public init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    /// What has been written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes an object; `members` calls ``key(_:)`` before each value.
    public mutating func object(_ members: (inout JSONWriter) -> Void) { container(0x7B, 0x7D, members) }

    /// Writes an array.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) { container(0x5B, 0x5D, elements) }

    /// Writes a member's name.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(0x22)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(0x3A)
        needsComma = false
    }

    /// Writes a member's name that is not known at compile time.
    public mutating func key(dynamic name: String) {
        string(name)
        bytes.append(0x3A)
        needsComma = false
    }

    /// Writes a string, escaped.
    public mutating func string(_ text: String) {
        separate()
        bytes.append(0x22)
        var text = text
        text.withUTF8 { append(escaping: $0) }
        bytes.append(0x22)
        needsComma = true
    }

    /// Writes a whole number.
    public mutating func integer(_ number: some BinaryInteger) {
        guard let small = Int(exactly: number), (0...9999).contains(small) else { return raw(String(number)) }
        separate()
        var divisor = 1
        while small / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(0x30 + small / divisor % 10))
            divisor /= 10
        }
        needsComma = true
    }

    /// Writes a number in its shortest form that reads back the same; null where it is not finite.
    public mutating func number(_ number: Double) {
        if let whole = Int(exactly: number) { return raw(String(whole)) }
        raw(number.isFinite ? number.description : "null")
    }

    /// Writes a string out of parts that need no escape: digits, letters, punctuation other than quote and backslash.
    mutating func plain(_ parts: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(0x22)
        parts(&bytes)
        bytes.append(0x22)
        needsComma = true
    }

    /// Writes true or false.
    public mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }

    /// Writes null.
    public mutating func null() { raw("null") }

    /// Writes JSON that is already JSON.
    public mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    /// Ends a line, so that the next value stands alone on its own (JSON Lines).
    public mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
    }

    private mutating func container(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func append(escaping utf8: UnsafeBufferPointer<UInt8>) {
        var clean = 0
        var index = 0
        while index < utf8.count {
            if index + 8 <= utf8.count, let base = utf8.baseAddress,
                !JSONWriter.needsEscape(UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
            {
                index += 8
                continue
            }
            let byte = utf8[index]
            index += 1
            guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index - 1]))
            clean = index
            append(escape: byte)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
    }

    private mutating func append(escape byte: UInt8) {
        bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(0x6E)
        case 0x0D: bytes.append(0x72)
        case 0x09: bytes.append(0x74)
        default:
            for character in [0x75, 0x30, 0x30, byte >> 4 | 0x30] { bytes.append(character) }
            bytes.append(byte & 15 < 10 ? byte & 15 | 0x30 : byte & 15 + 0x57)
        }
    }

    /// Whether any of eight bytes is a control character, a quote or a backslash. It may say yes without need where a
    /// byte stands behind one that is.
    private static func needsEscape(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let control = eight &- ones &* 0x20 & ~eight
        let quote = (eight ^ ones &* 0x22) &- ones & ~(eight ^ ones &* 0x22)
        let backslash = (eight ^ ones &* 0x5C) &- ones & ~(eight ^ ones &* 0x5C)
        let delete = (eight ^ ones &* 0x7F) &- ones & ~(eight ^ ones &* 0x7F)
        return (control | quote | backslash | delete) & highs != 0
    }
}
