import CPosix
import Glibc

/// A bar on a terminal for work that takes long: `[######··········] 340 of 900  gala.ics`.
struct ProgressBar {
    /// Work that ends sooner needs no bar.
    static let patience = Duration.milliseconds(300)
    /// The time between two looks of it.
    static let beat = Duration.milliseconds(100)
    /// The columns between the brackets.
    static let length = 24
    static let clearing = "\r\u{1B}[K"

    private let width: Int
    private let start: Duration
    private var next: Duration
    private var isShown = false

    init(width: Int, now: Duration = ProgressBar.uptime) {
        self.width = width
        start = now
        next = now + ProgressBar.patience
    }

    /// What a terminal is to be sent after a step; nil while the bar stays as it is.
    mutating func step(_ done: Int, of total: Int, _ name: String, now: Duration = ProgressBar.uptime) -> [UInt8]? {
        guard now >= next, total > 1 else { return nil }
        next = now + ProgressBar.beat
        isShown = true
        let full = ProgressBar.length * min(done, total) / total
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: ProgressBar.length - full)
        let text = "[\(bar)] \(done) of \(total)  \(name)"
        // The last column stays free: some terminals begin a new line after it.
        return Array((ProgressBar.clearing + text.cut(toWidth: width - 1)).utf8)
    }

    /// What makes the bar's line empty again; nil where no bar is shown.
    mutating func clear() -> [UInt8]? {
        guard isShown else { return nil }
        isShown = false
        return Array(ProgressBar.clearing.utf8)
    }

    private static var uptime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
