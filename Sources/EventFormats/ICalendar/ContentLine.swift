/// A parameter of a property, with quotes and carets undone (RFC 5545 §3.2, RFC 6868).
struct ContentParameter: Sendable {
    /// Upper case.
    var name: String
    var values: [String]
}

/// One property: its name, parameters and the raw value, as ranges of a ``ContentText``.
struct ContentLine: Sendable {
    /// Upper case.
    var name: String
    var parameters: [ContentParameter]
    /// The value, escapes and all, without the blanks around it.
    var value: Range<Int>
    /// The value as it stands.
    var untrimmedValue: Range<Int>
    /// The whole line.
    var range: Range<Int>

    /// The first value of a parameter.
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.values.first
    }
}

/// Takes a logical line apart. Where calendars in use break the grammar harmlessly it follows them: blanks around names,
/// an empty parameter (`;;`), a backslash before a separator in a parameter's value.
struct ContentLineParser {
    private let text: ContentText
    private var index: Int
    private let end: Int

    /// The property on a line, or nil where it has no name or no colon.
    static func parse(_ range: Range<Int>, in text: ContentText) -> ContentLine? {
        var parser = ContentLineParser(text: text, index: range.lowerBound, end: range.upperBound)
        guard let name = parser.name(), let parameters = parser.parameters() else { return nil }
        let value = parser.index..<range.upperBound
        return ContentLine(
            name: name, parameters: parameters, value: text.trimmed(value), untrimmedValue: value, range: range)
    }

    private init(text: ContentText, index: Int, end: Int) {
        (self.text, self.index, self.end) = (text, index, end)
    }

    private var next: UInt8? { index < end ? text.bytes[index] : nil }

    private mutating func name() -> String? {
        let start = index
        while let byte = next, byte != 0x3A, byte != 0x3B, byte != 0x3D { index += 1 }
        let range = text.trimmed(start..<index)
        let isName = !range.isEmpty && text.bytes[range].allSatisfy(ContentLineParser.isNameByte)
        return isName ? ContentLineParser.upperCased(text.bytes[range]) : nil
    }

    /// Everything up to the colon; nil where there is none.
    private mutating func parameters() -> [ContentParameter]? {
        var parameters: [ContentParameter] = []
        while let byte = next {
            index += 1
            if byte == 0x3A { return parameters }
            guard byte == 0x3B else { return nil }
            if next == 0x3B || next == 0x3A { continue }
            guard let name = name() else { return nil }
            var parameter = ContentParameter(name: name, values: [])
            if next == 0x3D {
                repeat {
                    index += 1
                    parameter.values.append(parameterValue())
                } while next == 0x2C
            }
            parameters.append(parameter)
        }
        return nil
    }

    private mutating func parameterValue() -> String {
        while next == 0x20 { index += 1 }
        if next == 0x22, let close = text.bytes[(index + 1)..<end].firstIndex(of: 0x22) {
            let value = text.bytes[(index + 1)..<close]
            index = close + 1
            while let byte = next, byte != 0x2C, byte != 0x3B, byte != 0x3A { index += 1 }
            return ContentLineParser.withoutCarets(value)
        }
        let start = index
        while let byte = next, byte != 0x2C, byte != 0x3B, byte != 0x3A, byte != 0x5C { index += 1 }
        if next != 0x5C {
            let stated = text.bytes[start..<index]
            return ContentLineParser.withoutCarets(stated.dropLast(stated.reversed().prefix { $0 == 0x20 }.count))
        }
        var value = Array(text.bytes[start..<index])
        while let byte = next, byte != 0x2C, byte != 0x3B, byte != 0x3A {
            index += 1
            if byte == 0x5C, let escaped = next, [0x2C, 0x3B, 0x3A, 0x5C].contains(escaped) {
                value.append(escaped)
                index += 1
            } else {
                value.append(byte)
            }
        }
        while value.last == 0x20 { value.removeLast() }
        return ContentLineParser.withoutCarets(value[...])
    }

    private static func withoutCarets(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(0x5E) else { return String(decoding: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let following = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            let replacement: UInt8? =
                switch (bytes[index], following) {
                case (0x5E, 0x6E): 0x0A
                case (0x5E, 0x5E): 0x5E
                case (0x5E, 0x27): 0x22
                default: nil
                }
            plain.append(replacement ?? bytes[index])
            index += replacement == nil ? 1 : 2
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }

    static func upperCased(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index] = (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
            }
            return bytes.count
        }
    }
}
