import EventModel
import Reading

/// A document, read although its strings hold what JSON does not allow: control characters, for which a space is taken, and
/// what is no UTF-8, which is a fault of the event that it stands in and of no other. What is put in their place is as long
/// as they are, so that everything stays where it stands.
struct JSONRepair {
    let document: JSONDocument
    private let source: [UInt8]
    private let mending: JSONMending

    init(_ bytes: [UInt8], limits: JSONDocument.Limits) throws(JSONFault) {
        source = bytes
        let fault: JSONFault
        do {
            document = try JSONDocument(bytes, limits: limits)
            mending = JSONMending()
            return
        } catch {
            fault = error
        }
        guard [.controlCharacter, .invalidUTF8, .loneSurrogate].contains(fault.kind) else { throw fault }
        mending = JSONMending(bytes)
        do {
            document = try JSONDocument(mending.bytes, limits: limits)
        } catch {
            // Nothing can take the place of what is no UTF-8 outside of strings.
            throw fault.kind == .invalidUTF8 ? fault : error
        }
    }

    /// Says what was mended, of the event that it stands in, which are given as they were read, or of the file.
    func report(in events: [(update: Int, bytes: Range<Int>)], to findings: JSONLDFindings) {
        let ordered = events.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        report(mending.controls, ordered, findings) { first, others in
            let control = Unicode.Scalar(source[first])
            let escape = [0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"][Int(source[first])]
            findings.add(
                .controlCharacter, at: first..<first + 1, severity: control == "\0" ? .error : nil,
                escape.map {
                    "a \($0 == "\\t" ? "tab" : "line break") stands in a text and is taken as a space; JSON writes it as \($0)"
                } ?? ControlCharacter.message(control, others: others))
        }
        report(mending.invalid, ordered, findings) { first, _ in
            findings.add(
                .invalidUTF8, at: first..<first + 1,
                source[first] == 0x5C
                    ? "this escape is half of a character; write both halves, or the character itself"
                    : "this byte is no UTF-8; save the file as UTF-8")
        }
    }

    /// Calls once for each event, and once for what stands in none, with the first place, NUL before others.
    private func report(
        _ places: [Int], _ events: [(update: Int, bytes: Range<Int>)], _ findings: JSONLDFindings,
        _ add: (_ first: Int, _ others: Int) -> Void
    ) {
        var found: [Int?: (first: Int, count: Int)] = [:]
        var next = 0
        for place in places {
            while next < events.count, events[next].bytes.upperBound <= place { next += 1 }
            let isInside = next < events.count && events[next].bytes.contains(place)
            let update = isInside ? events[next].update : nil
            let known = found[update] ?? (place, 0)
            let isWorse = source[place] == 0 && source[known.first] != 0
            found[update] = (isWorse ? place : known.first, known.count + 1)
        }
        for (update, item) in found.sorted(by: { $0.value.first < $1.value.first }) {
            findings.update = update
            add(item.first, item.count - 1)
        }
        findings.update = nil
    }

    /// Where a comma stands before a closing bracket, with nothing between; nil where none does.
    static func needlessComma(before offset: Int, in bytes: [UInt8]) -> Int? {
        guard offset < bytes.count, bytes[offset] == 0x7D || bytes[offset] == 0x5D else { return nil }
        var index = offset - 1
        while index >= 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index -= 1 }
        return index >= 0 && bytes[index] == 0x2C ? index : nil
    }
}

/// The bytes of a document with something that JSON allows in place of each byte that it does not.
struct JSONMending {
    private(set) var bytes: [UInt8] = []
    /// Where strings hold control characters, in order.
    private(set) var controls: [Int] = []
    /// Where bytes are no UTF-8, or an escape is half of a character, in order.
    private(set) var invalid: [Int] = []

    /// Nothing was mended.
    init() {}

    init(_ source: [UInt8]) {
        bytes = source
        mendStrings()
        mendSequences()
        invalid.sort()
    }

    private mutating func mendStrings() {
        var isInside = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let isEscape = byte == 0x5C && isInside && index + 1 < bytes.count
            if isEscape, bytes[index + 1] >= 0x20 {
                index += mendEscape(at: index)
                continue
            }
            if byte == 0x22 { isInside.toggle() }
            if isInside, byte < 0x20 { controls.append(index) }
            // A backslash before the end of a line joins lines in other languages.
            if isInside, byte < 0x20 || isEscape { bytes[index] = 0x20 }
            index += 1
        }
    }

    /// The length of an escape, of two where they make one character; half of one is mended.
    private mutating func mendEscape(at index: Int) -> Int {
        guard let unit = unit(at: index), (0xD800...0xDFFF).contains(unit) else { return 2 }
        if unit < 0xDC00, let low = self.unit(at: index + 6), (0xDC00...0xDFFF).contains(low) { return 12 }
        invalid.append(index)
        bytes.replaceSubrange(index + 2..<index + 6, with: "fffd".utf8)
        return 6
    }

    /// The number that a `\u` escape gives; nil where none stands.
    private func unit(at index: Int) -> Int? {
        guard index + 6 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { return nil }
        var value = 0
        for byte in bytes[index + 2..<index + 6] {
            switch byte {
            case 0x30...0x39: value = value << 4 | Int(byte & 0xF)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | Int(byte & 0xF) + 9
            default: return nil
            }
        }
        return value
    }

    private mutating func mendSequences() {
        var index = 0
        while index < bytes.count {
            let length = UTF8Sequence.length(bytes[index...].prefix(4))
            if length == 0 {
                invalid.append(index)
                bytes[index] = 0x3F
            }
            index += max(1, length)
        }
    }
}
