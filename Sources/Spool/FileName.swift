import EventModel

/// A file's name in a folder: 1 to 255 bytes of any kind but NUL and `/`, neither `.` nor `..`.
public struct FileName: Hashable, Sendable, CustomStringConvertible {
    /// The longest name a filesystem takes, in bytes (NAME_MAX).
    public static let longest = 255

    /// As the C library wants it, with a NUL at the end.
    let cString: [CChar]

    /// Makes a name of its bytes; nil for what cannot be one.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 1, bytes.count <= FileName.longest else { return nil }
        var cString: [CChar] = []
        cString.reserveCapacity(bytes.count + 1)
        for byte in bytes {
            if byte == 0 || byte == UInt8(ascii: "/") { return nil }
            cString.append(CChar(bitPattern: byte))
        }
        let dot = CChar(UInt8(ascii: "."))
        if cString == [dot] || cString == [dot, dot] { return nil }
        cString.append(0)
        self.cString = cString
    }

    /// Makes a name of text; nil for what cannot be one.
    public init?(_ text: String) { self.init(Array(text.utf8)) }

    /// Takes a name that the kernel gave.
    init(fromKernel name: UnsafePointer<CChar>) {
        var count = 0
        while name[count] != 0 { count += 1 }
        cString = Array(UnsafeBufferPointer(start: name, count: count + 1))
    }

    /// Joins parts that are known to be right; the result is cut to `longest` bytes.
    init(trusted bytes: [UInt8]) {
        cString = bytes.prefix(FileName.longest).map { CChar(bitPattern: $0) } + [0]
    }

    /// The bytes, without a NUL.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            for index in 0..<count { buffer[index] = UInt8(bitPattern: cString[index]) }
            initialised = count
        }
    }

    /// The length in bytes.
    public var count: Int { cString.count - 1 }

    /// Whether it is a name that a program gives to a file it has not finished, or that a desktop leaves behind: a dotfile,
    /// `*.tmp`, `*.part`, `*.filepart`, `*.crdownload`, `*~`, `~$*`, `Thumbs.db`, `desktop.ini`. Such files are left alone.
    public var isTemporary: Bool {
        if cString[0] == CChar(UInt8(ascii: ".")) || begins(with: "~$") { return true }
        for suffix: StaticString in [".tmp", ".part", "~", ".crdownload", ".filepart"] where ends(with: suffix) {
            return true
        }
        for name: StaticString in ["Thumbs.db", "desktop.ini"]
        where count == name.utf8CodeUnitCount && ends(with: name) {
            return true
        }
        return false
    }

    private func begins(with prefix: StaticString) -> Bool {
        let length = prefix.utf8CodeUnitCount
        return count >= length
            && (0..<length).allSatisfy { UInt8(bitPattern: cString[$0]) == prefix.utf8Start[$0] }
    }

    private func ends(with suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        guard count >= length else { return false }
        for index in 0..<length where UInt8(bitPattern: cString[count - length + index]) != suffix.utf8Start[index] {
            return false
        }
        return true
    }

    /// The first bytes, at most `limit`, cut between characters where the name is UTF-8.
    func prefix(_ limit: Int) -> [UInt8] {
        let bytes = self.bytes
        guard bytes.count > limit else { return bytes }
        var end = max(0, limit)
        while end > 0, limit - end < 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        // A run of continuation bytes is not UTF-8 to begin with.
        if end == 0 || bytes[end] & 0xC0 == 0x80 { end = max(0, limit) }
        return Array(bytes[..<end])
    }

    /// For people and logs, with escapes (`\n`, `\x1b`, `\u{202e}`) for what is not only shown.
    public var description: String { PrintableText.escape(bytes) }
}
