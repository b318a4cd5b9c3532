/// Writes content lines: CR LF, folded at 75 octets between characters (RFC 5545 §3.1).
struct ContentWriter {
    private(set) var bytes: [UInt8] = []

    private static let octetsPerLine = 75

    /// Writes a property without parameters. The value is written as it is; see ``ICalendarText`` for escapes.
    mutating func line(_ name: String, _ value: String) { raw("\(name):\(value)") }

    /// Writes a property.
    mutating func line(_ name: String, _ parameters: [(name: String, value: String)], _ value: String) {
        var text = name
        for parameter in parameters { text += ";\(parameter.name)=\(parameter.value)" }
        raw("\(text):\(value)")
    }

    /// Writes a TEXT property without parameters.
    mutating func text(_ name: String, _ value: String) { line(name, ICalendarText.escaped(value)) }

    /// Writes a TEXT property.
    mutating func text(_ name: String, _ parameters: [(name: String, value: String)], _ value: String) {
        line(name, parameters, ICalendarText.escaped(value))
    }

    /// Writes a line that is already one.
    mutating func raw(_ line: String) {
        var used = 0
        var line = line
        line.withUTF8 { utf8 in
            var start = 0
            while start < utf8.count {
                var end = min(start + ContentWriter.octetsPerLine - used, utf8.count)
                while end < utf8.count, end > start + 1, utf8[end] & 0xC0 == 0x80 { end -= 1 }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<end]))
                start = end
                if start < utf8.count {
                    bytes += [0x0D, 0x0A, 0x20]
                    used = 1
                }
            }
        }
        bytes += [0x0D, 0x0A]
    }
}
