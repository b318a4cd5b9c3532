/// The items of one entry of the log that is about several: those of a delivery, or of a slice of one, that say what is
/// known. Each with its event and the revision that was current.
struct Coverage {
    struct Item: Hashable {
        var number: Int
        var event: Int64
        var revision: Int
    }

    var items: [Item]

    init(_ items: [Item]) { self.items = items }

    /// For each item the differences to the one before it: an export in which nothing changed is a row of ones, which
    /// packs well.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var last = Item(number: 0, event: 0, revision: 0)
        for item in items {
            Coverage.append(Int64(item.number - last.number), to: &bytes)
            Coverage.append(item.event - last.event, to: &bytes)
            Coverage.append(Int64(item.revision), to: &bytes)
            last = item
        }
        return bytes
    }

    /// Reads what ``bytes`` gave; nil for anything else.
    init?(bytes: [UInt8]) {
        items = []
        var rest = bytes[...]
        var last = Item(number: 0, event: 0, revision: 0)
        while !rest.isEmpty {
            guard let number = Coverage.next(&rest), let event = Coverage.next(&rest),
                let revision = Coverage.next(&rest)
            else { return nil }
            last = Item(
                number: last.number &+ Int(number), event: last.event &+ event, revision: Int(revision))
            items.append(last)
        }
    }

    /// ``bytes``, packed, after their length.
    func packed(_ packing: Packing) -> [UInt8] {
        let bytes = bytes
        var packed: [UInt8] = []
        Coverage.append(Int64(bytes.count), to: &packed)
        return packed + packing.pack(bytes)
    }

    /// Reads what ``packed(_:)`` gave; nil for anything else.
    init?(packed: [UInt8], _ packing: Packing) {
        var rest = packed[...]
        guard let count = Coverage.next(&rest).flatMap({ Int(exactly: $0) }) else { return nil }
        let bytes: [UInt8]? = rest.withUnsafeBytes { form in
            do throws(Packing.Damage) {
                return try packing.unpack(form, count: count)
            } catch {
                return nil
            }
        }
        guard let bytes else { return nil }
        self.init(bytes: bytes)
    }

    /// The numbers for people: `1-6, 8-2000`.
    var words: String {
        var ranges: [ClosedRange<Int>] = []
        for item in items {
            if let last = ranges.last, item.number == last.upperBound &+ 1 {
                ranges[ranges.count - 1] = last.lowerBound...item.number
            } else {
                ranges.append(item.number...item.number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ", ")
    }

    /// Seven bits a byte, the lowest first; the sign is the lowest of all.
    private static func append(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func next(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(value & 1) }
            shift += 7
        }
        return nil
    }
}
