import Glibc

/// The two clocks the spool asks, as a test can replace them. Nanoseconds.
public struct SpoolClock: Sendable {
    /// Wall time since the epoch.
    public let realtime: @Sendable () -> Int64
    /// Time that never goes back and is never set.
    public let monotonic: @Sendable () -> Int64

    /// Makes a pair of clocks.
    public init(realtime: @escaping @Sendable () -> Int64, monotonic: @escaping @Sendable () -> Int64) {
        self.realtime = realtime
        self.monotonic = monotonic
    }

    /// The kernel's clocks (clock_gettime(2)).
    public static let system = SpoolClock(
        realtime: { read(CLOCK_REALTIME) }, monotonic: { read(CLOCK_MONOTONIC) })

    private static func read(_ clock: clockid_t) -> Int64 {
        var now = timespec()
        // It fails for unknown clocks only.
        clock_gettime(clock, &now)
        return Int64(now.tv_sec) &* 1_000_000_000 &+ Int64(now.tv_nsec)
    }
}
