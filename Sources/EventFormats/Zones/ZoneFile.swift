/// What a zone file of the system says (TZif, RFC 8536): when the clocks changed, and what they do from then on.
struct ZoneFile: Sendable {
    /// Changes in seconds since the epoch, ascending. What the rule repeats for ever is not listed.
    private(set) var changes: [Int]
    /// The kind of time that each change begins, as an index into `types`.
    private var kinds: [UInt8]
    private let types: [ZoneType]
    /// What happens after the last change.
    let rule: ZoneRule?

    /// Reads the bytes of a file; nil where they are no zone file or are damaged.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let header = reader.header() else { return nil }
        if header.version == 0 {
            guard let block = reader.block(header, timeSize: 4) else { return nil }
            (changes, kinds, types) = block
            rule = nil
        } else {
            guard reader.skip(header.size(timeSize: 4)), let second = reader.header(),
                let block = reader.block(second, timeSize: 8)
            else { return nil }
            (changes, kinds, types) = block
            rule = ZoneRuleParser.parse(reader.footer())
        }
        guard !types.isEmpty, zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        dropWhatTheRuleRepeats()
    }

    /// The kind of time at a point in time, in seconds since the epoch.
    func type(at seconds: Int) -> ZoneType {
        if let rule, seconds >= changes.last ?? .min { return rule.type(at: seconds) }
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? types[0] : types[Int(kinds[low - 1])]
    }

    /// The first change after a point in time, or nil where the clocks never change again.
    func nextChange(after seconds: Int) -> Int? {
        if let listed = changes.first(where: { $0 > seconds }) { return listed }
        return rule?.nextChange(after: max(seconds, changes.last ?? seconds))
    }

    private mutating func dropWhatTheRuleRepeats() {
        guard let rule else { return }
        while changes.count > 1, let last = changes.last, let kind = kinds.last {
            let previous = changes[changes.count - 2]
            let before = types[Int(kinds[kinds.count - 2])]
            guard rule.nextChange(after: previous) == last, rule.type(at: last).agrees(with: types[Int(kind)]),
                rule.type(at: previous).agrees(with: before)
            else { return }
            changes.removeLast()
            kinds.removeLast()
        }
    }
}

extension ZoneFile {
    private struct Header {
        var version: UInt8
        var counts: [Int]
        var timeCount: Int { counts[3] }
        var typeCount: Int { counts[4] }
        var nameLength: Int { counts[5] }

        func size(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + nameLength + counts[2] * (timeSize + 4) + counts[1] + counts[0]
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        mutating func header() -> Header? {
            guard bytes.count - offset >= 44, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else { return nil }
            let version = bytes[offset + 4]
            offset += 20
            return Header(version: version, counts: (0..<6).map { _ in integer(4) })
        }

        mutating func block(
            _ header: Header, timeSize: Int
        ) -> (changes: [Int], kinds: [UInt8], types: [ZoneType])? {
            guard bytes.count - offset >= header.size(timeSize: timeSize) else { return nil }
            let end = offset + header.size(timeSize: timeSize)
            let changes = (0..<header.timeCount).map { _ in integer(timeSize) }
            let kinds = Array(bytes[offset..<offset + header.timeCount])
            offset += header.timeCount
            let raw = (0..<header.typeCount).map { _ in (integer(4), integer(1), integer(1)) }
            let names = bytes[offset..<offset + header.nameLength]
            let types = raw.map { seconds, isDaylight, index in
                ZoneType(
                    offset: seconds, isDaylight: isDaylight != 0,
                    abbreviation: String(decoding: names.dropFirst(index).prefix { $0 != 0 }, as: UTF8.self))
            }
            offset = end
            guard kinds.allSatisfy({ $0 < types.count }) else { return nil }
            return (changes, kinds, types)
        }

        mutating func skip(_ count: Int) -> Bool {
            guard bytes.count - offset >= count else { return false }
            offset += count
            return true
        }

        func footer() -> ArraySlice<UInt8> {
            guard offset < bytes.count, bytes[offset] == 0x0A else { return [] }
            return bytes[(offset + 1)...].prefix { $0 != 0x0A }
        }

        /// A signed big-endian number (unsigned where it is one byte).
        private mutating func integer(_ size: Int) -> Int {
            var value = size > 1 && bytes[offset] & 0x80 != 0 ? -1 : 0
            for byte in bytes[offset..<offset + size] { value = value << 8 | Int(byte) }
            offset += size
            return value
        }
    }
}
