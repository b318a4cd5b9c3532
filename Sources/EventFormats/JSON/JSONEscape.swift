/// Escapes the texts of JSON, eight bytes at a time.
enum JSONEscape {
    /// Whether nothing in a text needs an escape, as in most.
    static func isClean(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress else { return true }
        let bytes = UnsafeRawPointer(base)
        let count = text.count
        guard count >= 8 else { return !text.contains(where: isEscaped) }
        var found: UInt64 = 0
        var offset = 0
        while offset + 8 <= count, found == 0 {
            found = marks(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        // The last eight, some of which have been seen already.
        return found | marks(bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)) == 0
    }

    /// Bytes that ``copy(_:_:to:)`` may touch.
    static func room(for text: UnsafeBufferPointer<UInt8>) -> Int {
        // Eight more, since whole words are stored. Only a long text is worth being measured first.
        if text.count <= 4096 { return 6 * text.count + 8 }
        return text.count + 5 * text.count { isEscaped($0) } + 8
    }

    /// Copies a text with its escapes and gives the place after it.
    static func copy(
        _ source: UnsafePointer<UInt8>, _ count: Int, to start: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var target = start
        var index = 0
        while index < count {
            var end = count
            if index + 8 <= count {
                let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
                if marks(word) == 0 {
                    UnsafeMutableRawPointer(target).storeBytes(of: word, as: UInt64.self)
                    index += 8
                    target += 8
                    continue
                }
                end = index + 8
            }
            while index < end {
                let byte = source[index]
                index += 1
                if byte < 0x20 || byte == 0x7F {
                    target = put(control: byte, at: target)
                } else {
                    // Without a branch: a quote comes when it comes, and guessing wrong costs more than the store.
                    target.pointee = 0x5C
                    target += (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
                    target.pointee = byte
                    target += 1
                }
            }
        }
        return target
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
    }

    private static func put(
        control byte: UInt8, at start: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        start[0] = 0x5C
        switch byte {
        case 0x0A: start[1] = 0x6E
        case 0x0D: start[1] = 0x72
        case 0x09: start[1] = 0x74
        default:
            start[1] = 0x75
            start[2] = 0x30
            start[3] = 0x30
            start[4] = 0x30 + byte >> 4
            start[5] = byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15
            return start + 6
        }
        return start + 2
    }

    /// The high bit of each of eight bytes that needs an escape, and perhaps of the ones behind such a one.
    @inline(__always)
    private static func marks(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // A term has the high bit of a byte set where that byte is zero; a borrow can set it in the byte behind.
        let quote = word ^ ones &* 0x22
        let backslash = word ^ ones &* 0x5C
        let delete = word ^ ones &* 0x7F
        let low = (word &- ones &* 0x20) & ~word
        let equal = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((delete &- ones) & ~delete)
        return (low | equal) & ones &* 0x80
    }
}
