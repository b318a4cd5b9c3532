/// A delivery's name: never reused, and in the order of time. Written as a ULID: 26 digits of Crockford's base 32,
/// 48 bits of Unix milliseconds followed by 80 random bits.
public struct DeliveryID: Hashable, Sendable, Comparable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    /// Makes an id from its 128 bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The id at a time, with the given randomness (the upper 16 bits of `random.0` are used first).
    public init(at instant: Instant, random: (UInt64, UInt64)) {
        high = UInt64(max(0, instant.microseconds / 1000)) << 16 | random.0 >> 48
        low = random.1
    }

    /// The next id: what a generator gives when the clock stood still or went back.
    public var successor: DeliveryID {
        low == .max ? DeliveryID(high: high &+ 1, low: 0) : DeliveryID(high: high, low: low + 1)
    }

    /// When the id was made, to the millisecond.
    public var instant: Instant { Instant(microseconds: Int64(high >> 16) * 1000) }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The length of the text form, in bytes.
    public static let length = 26

    /// Reads the 26-digit form, upper case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == DeliveryID.length else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in text.utf8.enumerated() {
            guard let value = DeliveryID.digits.firstIndex(of: byte) else { return nil }
            if index == 0, value > 7 { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    /// The 26-digit form.
    public var description: String {
        String(unsafeUninitializedCapacity: DeliveryID.length) { buffer in
            var (h, l) = (high, low)
            for index in stride(from: DeliveryID.length - 1, through: 0, by: -1) {
                buffer[index] = DeliveryID.digits[Int(l & 31)]
                l = l >> 5 | h << 59
                h >>= 5
            }
            return DeliveryID.length
        }
    }

    /// Older ids come first.
    public static func < (a: DeliveryID, b: DeliveryID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}
