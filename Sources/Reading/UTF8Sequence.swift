/// The encoding that all formats share (RFC 3629).
package enum UTF8Sequence {
    /// The length of the UTF-8 sequence at the start of up to four bytes; 0 where there is none.
    @inlinable
    package static func length(_ bytes: ArraySlice<UInt8>) -> Int {
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
}
