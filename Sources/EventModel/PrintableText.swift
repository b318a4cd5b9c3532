/// Text from outside, made safe for a line, a terminal and the journal: what would be obeyed there is shown as an escape.
/// That is control characters, line and paragraph separators, bytes that are not UTF-8, and the controls that turn the
/// direction of writing, with which a name could make the words after it read otherwise. Letters of every script stay,
/// and so do the joiners that some of them need (U+200C, U+200D).
public enum PrintableText {
    /// Escapes bytes. A backslash is doubled, so that the text can be read back without doubt.
    public static func escape(_ bytes: [UInt8]) -> String {
        var output = ""
        var parser = Unicode.UTF8.ForwardParser()
        var input = bytes.makeIterator()
        var index = 0
        while true {
            switch parser.parseScalar(from: &input) {
            case .emptyInput: return output
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                if scalar == "\\" { output += "\\\\" } else { append(scalar, to: &output) }
                index += encoded.count
            case .error(let length):
                for byte in bytes[index..<index + length] { output += "\\x" + hex(UInt32(byte)) }
                index += length
            }
        }
    }

    /// Escapes text; what is escaped already stays as it is. Of a text of several lines the line ends may be kept.
    public static func escape(_ text: String, keepingLineEnds: Bool = false) -> String {
        let isKept = { (scalar: Unicode.Scalar) in isPrintable(scalar) || keepingLineEnds && scalar == "\n" }
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) || text.unicodeScalars.allSatisfy(isKept) {
            return text
        }
        var output = ""
        for scalar in text.unicodeScalars {
            if isKept(scalar) { output.unicodeScalars.append(scalar) } else { append(scalar, to: &output) }
        }
        return output
    }

    /// Whether a character is only shown.
    public static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout String) {
        switch scalar {
        case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
        case "\n": output += "\\n"
        case "\r": output += "\\r"
        case "\t": output += "\\t"
        case _ where scalar.isASCII: output += "\\x" + hex(scalar.value)
        default: output += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }

    private static func hex(_ value: UInt32) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
}
