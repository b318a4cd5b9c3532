public import EventModel

/// Writes updates as schema.org JSON-LD. What schema.org has no words for goes into terms of our own, `tidings:…`, so
/// that reading gives the same content again; only the order of extensions may differ.
public enum JSONLDWriter {
    /// Writes one update as an object, several or none as an array of objects.
    ///
    /// - Parameters:
    ///   - updates: The updates, in the order of the file.
    ///   - isPretty: Whether to indent by two spaces, for people.
    public static func write(_ updates: [EventUpdate], isPretty: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        if updates.count == 1, let only = updates.first {
            write(only, to: &bytes)
        } else {
            bytes.append(0x5B)
            for update in updates {
                if bytes.count > 1 { bytes.append(0x2C) }
                write(update, to: &bytes)
            }
            bytes.append(0x5D)
        }
        return isPretty ? JSONLayout.indented(bytes) : bytes
    }

    private static func write(_ update: EventUpdate, to bytes: inout [UInt8]) {
        var writing = JSONLDWriting(update)
        let body = writing.body()
        var head = JSONWriter()
        head.object { json in
            json.key("@context")
            if let context = writing.context {
                json.raw(context)
            } else {
                json.string("https://schema.org")
            }
        }
        bytes += head.bytes.dropLast()
        bytes.append(0x2C)
        bytes += body.dropFirst()
    }
}

/// Lays out compact JSON for people.
enum JSONLayout {
    /// Indents by two spaces. The input is JSON without white space.
    static func indented(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        var depth = 0
        func newLine() {
            out.append(0x0A)
            out.append(contentsOf: repeatElement(0x20, count: depth * 2))
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x22:
                let start = index
                index += 1
                while index < bytes.count, bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
                out.append(contentsOf: bytes[start...min(index, bytes.count - 1)])
            case 0x7B, 0x5B:
                out.append(byte)
                depth += 1
                if index + 1 < bytes.count, bytes[index + 1] != byte + 2 { newLine() }
            case 0x7D, 0x5D:
                depth -= 1
                if index > 0, bytes[index - 1] != byte - 2 { newLine() }
                out.append(byte)
            case 0x2C:
                out.append(byte)
                newLine()
            case 0x3A: out += [0x3A, 0x20]
            default: out.append(byte)
            }
            index += 1
        }
        out.append(0x0A)
        return out
    }
}
