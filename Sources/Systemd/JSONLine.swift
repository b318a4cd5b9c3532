/// An entry as one JSON object: `time`, and the fields as `journalctl -o json` prints them, so that the same programs
/// read both. A name that comes up several times is an array; a value that is not UTF-8 is an array of its bytes.
enum JSONLine {
    static func append(_ encoder: borrowing EntryEncoder, at time: WallTime, to output: inout [UInt8]) {
        output.append(contentsOf: "{\"time\":\"".utf8)
        time.append(to: &output)
        output.append(UInt8(ascii: "\""))
        var fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
        var start = 0
        for end in encoder.ends {
            let field = encoder.bytes[start..<end]
            let equals = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            fields.append((field[..<equals], field[min(equals + 1, end)...]))
            start = end
        }
        for (index, field) in fields.enumerated() {
            if fields[..<index].contains(where: { $0.name == field.name }) { continue }
            output.append(contentsOf: ",\"".utf8)
            output.append(contentsOf: field.name)
            output.append(contentsOf: "\":".utf8)
            let values = fields[index...].filter { $0.name == field.name }
            if values.count > 1 { output.append(UInt8(ascii: "[")) }
            for (place, same) in values.enumerated() {
                if place > 0 { output.append(UInt8(ascii: ",")) }
                append(same.value, to: &output)
            }
            if values.count > 1 { output.append(UInt8(ascii: "]")) }
        }
        output.append(contentsOf: "}\n".utf8)
    }

    private static func append(_ value: ArraySlice<UInt8>, to output: inout [UInt8]) {
        guard value.withUnsafeBufferPointer({ UTF8Run.isValid($0) }) else {
            output.append(UInt8(ascii: "["))
            for (index, byte) in value.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Decimal.append(Int(byte), to: &output)
            }
            output.append(UInt8(ascii: "]"))
            return
        }
        output.append(UInt8(ascii: "\""))
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case UInt8(ascii: "\n"): output.append(contentsOf: "\\n".utf8)
            case 0..<0x20, 0x7F:
                output.append(contentsOf: "\\u00".utf8)
                output.append(Decimal.hexDigit(byte >> 4))
                output.append(Decimal.hexDigit(byte & 15))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
