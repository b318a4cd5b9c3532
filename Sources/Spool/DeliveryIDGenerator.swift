import CPosix
public import EventModel
import Primitives

/// Gives ids that always grow, also when the wall clock stands still or goes back.
public struct DeliveryIDGenerator: Sendable {
    private var last: DeliveryID?
    private var random: [UInt64] = []

    /// Starts after an id, the highest that is in the spool.
    public init(after last: DeliveryID?) { self.last = last }

    /// The next id.
    ///
    /// - Parameter now: Wall time.
    /// - Throws: If the kernel gives no random bytes.
    public mutating func next(at now: Instant) throws(SpoolError) -> DeliveryID {
        if random.count < 2 { random = try DeliveryIDGenerator.draw() }
        var id = DeliveryID(at: now, random: (random.removeLast(), random.removeLast()))
        if let last, id <= last { id = last.successor }
        last = id
        return id
    }

    private static func draw() throws(SpoolError) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: 64)
        let size = words.count * 8
        let count = try SystemCall.run(.random, "delivery ids") {
            words.withUnsafeMutableBytes { tidings_random($0.baseAddress, size) }
        }
        precondition(count == size, "getrandom gave \(count) bytes of \(size)")
        return words
    }
}
