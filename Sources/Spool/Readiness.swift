/// What speaks for a file's being whole, weakest first.
public enum Arrival: UInt8, Comparable, Sendable {
    /// Its name was seen, nothing more.
    case found
    /// A writer closed it (IN_CLOSE_WRITE).
    case closed
    /// It was renamed into the folder (IN_MOVED_TO), which is complete by itself.
    case renamed

    /// The stronger one is greater.
    public static func < (a: Arrival, b: Arrival) -> Bool { a.rawValue < b.rawValue }
}

/// A file's size and ctime, and since when they are known to stand still on the monotonic clock.
struct Stillness: Hashable, Sendable {
    let size: Int64
    /// ctime, nanoseconds since the epoch.
    let changedAt: Int64
    let inode: UInt64
    /// Nanoseconds of the monotonic clock.
    let since: Int64

    /// What is known after one more look.
    static func seen(_ status: FileStatus, at monotonic: Int64, before: Stillness?) -> Stillness {
        if let before, before.size == status.size, before.changedAt == status.changedAt,
            before.inode == status.identity.inode
        {
            return before
        }
        return Stillness(
            size: status.size, changedAt: status.changedAt, inode: status.identity.inode, since: monotonic)
    }
}

/// Decides whether a file stands still long enough. Pure; the clocks are told to it.
struct SettleRule: Sendable {
    /// Nanoseconds that size and ctime have to stand still where no lease tells of writers.
    let settle: Int64
    /// Nanoseconds that they have to stand still after a close.
    let rest: Int64
    private var offset: Int64?
    private var distrustedUntil = Int64.min

    init(settle: Duration, rest: Duration) {
        self.settle = settle.nanoseconds
        self.rest = rest.nanoseconds
    }

    /// A jump of the wall clock that is no mere correction, in nanoseconds.
    private static let step: Int64 = 250_000_000

    /// Tells the clocks. After the wall clock was set, ctimes say nothing for a while.
    mutating func observe(realtime: Int64, monotonic: Int64) {
        let now = realtime &- monotonic
        if let offset, (now &- offset).magnitude > UInt64(SettleRule.step) {
            distrustedUntil = monotonic &+ max(settle, rest)
        }
        offset = now
    }

    /// Whether it was still for long enough where no lease tells of writers.
    func isStill(_ stillness: Stillness, realtime: Int64, monotonic: Int64) -> Bool {
        wasStill(stillness, for: settle, realtime: realtime, monotonic: monotonic)
    }

    /// Whether it was still for long enough after it was closed.
    func isAtRest(_ stillness: Stillness, realtime: Int64, monotonic: Int64) -> Bool {
        wasStill(stillness, for: rest, realtime: realtime, monotonic: monotonic)
    }

    /// By the wall clock where that can be trusted, else by our own looking.
    private func wasStill(_ stillness: Stillness, for time: Int64, realtime: Int64, monotonic: Int64) -> Bool {
        if monotonic >= distrustedUntil, realtime &- stillness.changedAt >= time { return true }
        return monotonic &- stillness.since >= time
    }
}

extension Duration {
    /// Whole nanoseconds, as far as 64 bits go.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? (seconds < 0 ? .min : .max) : product &+ attoseconds / 1_000_000_000
    }
}
