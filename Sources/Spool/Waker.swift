import CPosix
import Glibc
import Primitives

/// Ends a wait from any thread, also before it began.
public final class Waker: Sendable {
    private let event: Descriptor

    /// Makes a waker for who waits for a spool.
    public init(for spool: SpoolDirectory) throws(SpoolError) {
        event = try Descriptor.open(.watch, spool.path) { tidings_eventfd() }
    }

    /// Wakes the waiter.
    public func wake() {
        var one: UInt64 = 1
        // It fails only when 2⁶⁴−2 wakings wait, and then the waiter is awake.
        _ = write(event.raw, &one, 8)
    }

    /// Waits until it is used or the time is over: what is left to do where nothing can be watched.
    ///
    /// - Returns: Whether it was used.
    public func wait(timeout: Duration) -> Bool {
        // ignoring: poll fails for want of memory only, and then the wait is over at once
        try? poll(with: -1, timeout: timeout)
        return takeUse()
    }

    /// Whether it was used since it was last asked.
    func takeUse() -> Bool {
        var count: UInt64 = 0
        return read(event.raw, &count, 8) == 8
    }

    /// Waits until it is used, the other descriptor (-1 for none) can be read, or the time is over (nil: without end).
    func poll(with other: CInt, timeout: Duration?) throws(Errno) {
        let end = timeout.map { SpoolClock.system.monotonic() &+ $0.nanoseconds }
        var descriptors = [
            pollfd(fd: event.raw, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            // Rounded up, so that the time is over when it returns.
            let left: CInt =
                end.map { CInt(clamping: (max(0, $0 &- SpoolClock.system.monotonic()) + 999_999) / 1_000_000) } ?? -1
            // Not through the door: after a signal the time that is left is shorter.
            if Glibc.poll(&descriptors, nfds_t(descriptors.count), left) >= 0 { return }
            if Errno.current != .interrupted { throw Errno.current }
        }
    }
}
