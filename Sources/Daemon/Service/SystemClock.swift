public import EventModel
import Glibc
public import PluginKit

/// The machine's own clocks.
public struct SystemClock: ServiceClock {
    /// Makes a clock.
    public init() {}

    /// CLOCK_REALTIME.
    public var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// CLOCK_MONOTONIC.
    public var uptime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Waits on the cooperative pool, without holding a thread.
    public func wait(_ duration: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw CancellationError()
        }
    }
}
