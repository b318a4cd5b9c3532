/// Finds well-formed UTF-8 (RFC 3629) in bytes.
enum UTF8Run {
    /// The length of the sequence that begins at `index`, 1 to 4; 0 when it is not well-formed.
    static func length(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = bytes[index]
        if lead < 0x80 { return 1 }
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[index + offset]) { return 0 }
        return length
    }

    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let length = length(of: bytes, at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }

    /// The length of the longest beginning that is at most `limit` bytes and cuts no character apart.
    static func prefixLength(of bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Int {
        guard bytes.count > limit else { return bytes.count }
        var end = limit
        while end > 0 && limit - end < 4 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}

/// Numbers as digits, straight into a buffer.
enum Decimal {
    static func append(_ number: Int, to output: inout [UInt8]) {
        if number < 0 { output.append(UInt8(ascii: "-")) }
        append(number.magnitude, width: 1, to: &output)
    }

    /// Appends at least `width` digits, filled up with zeros.
    static func append(_ magnitude: UInt, width: Int, to output: inout [UInt8]) {
        let start = output.count
        var rest = magnitude
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0 || output.count - start < width
        output[start...].reverse()
    }

    static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
