import EventModel

/// Lays an entry out as journald's `NAME=value` fields, one behind the other in one buffer that is used again and again.
struct EntryEncoder: ~Copyable {
    /// What one field may carry, in bytes; longer text is cut.
    static let maxValueBytes = 65_536
    /// sd_journal_sendv(3) hands the kernel two vectors a field, five where the value holds a line end, and one message
    /// may have 1,024 (UIO_MAXIOV); journald itself refuses entries of more than 1,024 fields.
    static let maxVectors = 1_000
    static let maxNameBytes = 64

    private let identifier: [UInt8]
    private(set) var bytes: [UInt8] = []
    /// Where each field ends.
    private(set) var ends: [Int] = []
    private var vectors = 0
    private var omitted = 0

    init(identifier: String) {
        self.identifier = Array("SYSLOG_IDENTIFIER=\(identifier)".utf8)
        bytes.reserveCapacity(4096)
        ends.reserveCapacity(64)
    }

    mutating func encode(_ entry: JournalEntry) {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        vectors = 0
        omitted = 0
        field("MESSAGE=", PrintableText.escape(entry.message, keepingLineEnds: true))
        field("MESSAGE_ID=", entry.messageID.rawValue)
        bytes.append(contentsOf: "PRIORITY=".utf8)
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: entry.priority.rawValue))
        close(hasLineEnd: false)
        bytes.append(contentsOf: identifier)
        close(hasLineEnd: false)
        field("CODE_FILE=", entry.file)
        bytes.append(contentsOf: "CODE_LINE=".utf8)
        Decimal.append(entry.line, to: &bytes)
        close(hasLineEnd: false)
        field("CODE_FUNC=", entry.function)
        for field in entry.fields { append(field) }
        if omitted > 0 {
            bytes.append(contentsOf: "TIDINGS_FIELDS_OMITTED=".utf8)
            Decimal.append(omitted, to: &bytes)
            close(hasLineEnd: false)
        }
    }

    private mutating func close(hasLineEnd: Bool) {
        ends.append(bytes.count)
        vectors += hasLineEnd ? 5 : 2
    }

    private mutating func field(_ prefix: StaticString, _ value: String) {
        prefix.withUTF8Buffer { bytes.append(contentsOf: $0) }
        close(hasLineEnd: appendValue(value))
    }

    private mutating func append(_ field: JournalEntry.Field) {
        guard vectors + 5 <= EntryEncoder.maxVectors else {
            omitted += 1
            return
        }
        appendName(field.name)
        bytes.append(UInt8(ascii: "="))
        switch field.value {
        case .text(let text): close(hasLineEnd: appendValue(text))
        case .bytes(let value): close(hasLineEnd: value.withUnsafeBufferPointer { appendValue($0) })
        case .integer(let number):
            Decimal.append(number, to: &bytes)
            close(hasLineEnd: false)
        }
    }

    private mutating func appendValue(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { appendValue($0) }
    }

    private mutating func appendValue(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = UTF8Run.prefixLength(of: value, limit: EntryEncoder.maxValueBytes)
        let start = bytes.count
        bytes.append(contentsOf: value[..<length])
        return bytes[start...].contains(UInt8(ascii: "\n"))
    }

    /// journald drops a field whose name it does not like, so a name is made to fit.
    private mutating func appendName(_ name: String) {
        var name = name
        name.withUTF8 { given in
            if EntryEncoder.isFit(given) {
                bytes.append(contentsOf: given)
            } else {
                appendMadeFit(given)
            }
        }
    }

    private static func isFit(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = name.first, name.count <= maxNameBytes, (0x41...0x5A).contains(first) else { return false }
        return name.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    private mutating func appendMadeFit(_ name: UnsafeBufferPointer<UInt8>) {
        let start = bytes.count
        for byte in name.prefix(EntryEncoder.maxNameBytes) {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte - 32)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where bytes.count > start: bytes.append(byte)
            default: bytes.append(UInt8(ascii: bytes.count > start ? "_" : "X"))
            }
        }
        if name.isEmpty { bytes.append(UInt8(ascii: "X")) }
    }
}
