import Glibc

/// Writes compact JSON (RFC 8259) into a byte buffer, in the order of the calls.
public struct JSONWriter: Sendable {
    // Bytes from `count` on are room to write into: one check for a whole text is much faster than an append a byte.
    private var buffer: [UInt8]
    private var count = 0
    private var needsComma = false

    /// Starts with an empty buffer.
    public init(capacity: Int = 512) { buffer = [UInt8](repeating: 0, count: max(64, capacity)) }

    /// What has been written.
    public var bytes: [UInt8] { Array(buffer[..<count]) }

    /// What has been written, as text.
    public var text: String { String(decoding: buffer[..<count], as: UTF8.self) }

    /// Writes an object; `members` calls ``key(_:)`` before each value.
    public mutating func object(_ members: (inout JSONWriter) -> Void) { container(0x7B, 0x7D, members) }

    /// Writes an array.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) { container(0x5B, 0x5D, elements) }

    /// Writes a member's name.
    public mutating func key(_ name: StaticString) { name.withUTF8Buffer { put(quoting: $0, isKey: true) } }

    /// Writes a member's name that is not known at compile time.
    public mutating func key(dynamic name: String) {
        string(name)
        put(0x3A)
        needsComma = false
    }

    /// Writes a string, escaped.
    public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { text in
            if JSONEscape.isClean(text) { return put(quoting: text, isKey: false) }
            separate()
            put(0x22)
            put(escaping: text)
            put(0x22)
            needsComma = true
        }
    }

    /// Writes a whole number.
    public mutating func integer(_ number: some BinaryInteger) {
        guard let small = Int(exactly: number), (0...9999).contains(small) else { return raw(String(number)) }
        separate()
        put(digits: small, small < 10 ? 1 : small < 100 ? 2 : small < 1000 ? 3 : 4)
        needsComma = true
    }

    /// Writes a number in its shortest form that reads back the same; null where it is not finite.
    public mutating func number(_ number: Double) {
        if let whole = Int(exactly: number) { return raw(String(whole)) }
        raw(number.isFinite ? number.description : "null")
    }

    /// Writes true or false.
    public mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }

    /// Writes null.
    public mutating func null() { raw("null") }

    /// Writes JSON that is already JSON.
    public mutating func raw(_ json: String) {
        separate()
        var json = json
        json.withUTF8 { put($0) }
        needsComma = true
    }

    /// Ends a line, so that the next value stands alone on its own (JSON Lines).
    public mutating func newline() {
        put(0x0A)
        needsComma = false
    }

    /// Writes a string out of parts that need no escape: digits, letters, punctuation other than quote and backslash.
    mutating func plain(_ parts: (inout JSONWriter) -> Void) {
        separate()
        put(0x22)
        parts(&self)
        put(0x22)
        needsComma = true
    }

    /// Writes a byte of a ``plain(_:)`` string.
    mutating func put(_ byte: UInt8) {
        makeRoom(1)
        buffer[count] = byte
        count += 1
    }

    /// Writes a number of that many digits in a ``plain(_:)`` string.
    mutating func put(digits value: Int, _ places: Int) {
        makeRoom(places)
        var rest = value
        for place in stride(from: count + places - 1, through: count, by: -1) {
            buffer[place] = UInt8(0x30 + rest % 10)
            rest /= 10
        }
        count += places
    }

    private mutating func separate() {
        if needsComma { put(0x2C) }
    }

    private mutating func container(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        put(open)
        needsComma = false
        body(&self)
        put(close)
        needsComma = true
    }

    private mutating func makeRoom(_ wanted: Int) {
        guard buffer.count - count < wanted else { return }
        buffer.append(contentsOf: repeatElement(0, count: max(buffer.count, wanted)))
    }

    private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        makeRoom(bytes.count)
        buffer.withUnsafeMutableBufferPointer { buffer in
            guard let target = buffer.baseAddress else { return }
            memcpy(target + count, source, bytes.count)
        }
        count += bytes.count
    }

    /// Writes bytes that need no escape, in quotes, after a comma where one is due: one look at the room for all.
    private mutating func put(quoting text: UnsafeBufferPointer<UInt8>, isKey: Bool) {
        makeRoom(text.count + 4)
        var end = count
        let isNext = needsComma
        buffer.withUnsafeMutableBufferPointer { buffer in
            func put(_ byte: UInt8) {
                buffer[end] = byte
                end += 1
            }
            if isNext { put(0x2C) }
            put(0x22)
            if let source = text.baseAddress, let target = buffer.baseAddress {
                memcpy(target + end, source, text.count)
                end += text.count
            }
            put(0x22)
            if isKey { put(0x3A) }
        }
        count = end
        needsComma = !isKey
    }

    private mutating func put(escaping text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        makeRoom(JSONEscape.room(for: text))
        let start = count
        count = buffer.withUnsafeMutableBufferPointer { buffer in
            guard let target = buffer.baseAddress else { return start }
            return JSONEscape.copy(source, text.count, to: target + start) - target
        }
    }
}
