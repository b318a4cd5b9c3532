/// A 64-bit digest over the values of a row, types and lengths included. It finds damage (a flipped bit escapes with
/// a chance of 2⁻⁶⁴); it is no proof against somebody who may write the file.
public struct RowDigest: Sendable {
    private var state: UInt64 = 0x243F_6A88_85A3_08D3

    /// Starts with no values.
    public init() {}

    /// The digest so far.
    public var value: Int64 { Int64(bitPattern: RowDigest.fold(state, 0xA409_3822_299F_31D1)) }

    /// Both halves of the 128-bit product, each bit of which depends on all bits of the factors.
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    private mutating func mix(_ word: UInt64) {
        state = RowDigest.fold(state ^ word, 0x9E37_79B9_7F4A_7C15) &+ 0x1319_8A2E_0370_7344
    }

    /// Adds a NULL.
    public mutating func addNull() { mix(0) }

    /// Adds a whole number.
    public mutating func add(_ number: Int64) {
        mix(1)
        mix(UInt64(bitPattern: number))
    }

    /// Adds a number.
    public mutating func add(_ number: Double) {
        mix(2)
        mix(number.bitPattern)
    }

    /// Adds a text.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(type: 3, UnsafeRawBufferPointer($0)) }
    }

    /// Adds bytes.
    public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add(type: 4, $0) } }

    mutating func add(type: UInt64, _ bytes: UnsafeRawBufferPointer) {
        mix(type | UInt64(bytes.count) << 3)
        let whole = bytes.count & ~7
        var offset = 0
        while offset < whole {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        guard offset < bytes.count else { return }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        mix(rest)
    }
}
