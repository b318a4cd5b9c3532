/// How sentences name an event: by its uid, and by its headlines in quotes.
struct Mention {
    /// What stands in the place of a sentence that named the event.
    static let erased = "erased: this named an event that was forgotten"

    private let uid: [UInt8]
    private let quoted: [String]

    init(uid: String, names: Set<String>) {
        self.uid = Array(uid.utf8)
        quoted = names.filter { !$0.isEmpty }.map { "\"\($0)\"" }
    }

    func isIn(_ sentence: String) -> Bool {
        if quoted.contains(where: sentence.contains) { return true }
        let bytes = Array(sentence.utf8)
        guard uid.count <= bytes.count, let first = uid.first else { return false }
        for start in 0...bytes.count - uid.count where bytes[start] == first {
            let end = start + uid.count
            guard bytes[start..<end].elementsEqual(uid) else { continue }
            // "gala" is not named by "gala-2".
            let isWhole =
                (start == 0 || !Mention.isOfIdentifier(bytes[start - 1]))
                && (end == bytes.count || !Mention.isOfIdentifier(bytes[end]))
            if isWhole { return true }
        }
        return false
    }

    private static func isOfIdentifier(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return byte >= 0x80 || (0x61...0x7A).contains(lower) || (0x30...0x39).contains(byte)
            || [UInt8](arrayLiteral: 0x2D, 0x5F, 0x40, 0x2F).contains(byte)
    }
}
