import CSystemd
import Glibc

/// Tells the service manager how the service is (sd_notify(3)). Without one every call is a success and does nothing.
public struct ServiceNotifier: Sendable {
    /// The status line's length; more is cut.
    public static let maxStatusBytes = 512

    /// Makes a notifier; it reads `$NOTIFY_SOCKET` at each call.
    public init() {}

    /// Whether a service manager listens.
    public var isSupervised: Bool { getenv("NOTIFY_SOCKET") != nil }

    /// Start-up, or a reload, is complete.
    public func ready(status: String? = nil) throws(SystemdError) { try send("READY=1", status: status) }

    /// A reload begins; `ready` ends it, whether the new configuration was taken or not.
    public func reloading(status: String? = nil) throws(SystemdError) {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        try send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)", status: status)
    }

    /// The service is going down.
    public func stopping(status: String? = nil) throws(SystemdError) { try send("STOPPING=1", status: status) }

    /// What `systemctl status` shows.
    public func status(_ text: String) throws(SystemdError) { try send(nil, status: text) }

    /// Work progresses. Call it only then: a watchdog fed by a timer guards nothing.
    public func watchdog() throws(SystemdError) { try send("WATCHDOG=1", status: nil) }

    /// Start-up or shutdown needs so much longer, from now.
    public func extendTimeout(by duration: Duration) throws(SystemdError) {
        let (seconds, attoseconds) = duration.components
        try send("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)", status: nil)
    }

    /// How long the service may go without `watchdog`; nil where nobody asks (sd_watchdog_enabled(3)). Call it at half
    /// that time or sooner.
    public func watchdogInterval() throws(SystemdError) -> Duration? {
        var microseconds: UInt64 = 0
        let result = sd_watchdog_enabled(0, &microseconds)
        guard result >= 0 else {
            throw SystemdError(
                .watchdog, subject: "($WATCHDOG_USEC, $WATCHDOG_PID)", code: result,
                remedy: "they are set by the service manager; unset them when starting by hand")
        }
        return result > 0 ? .microseconds(Int64(clamping: microseconds)) : nil
    }

    private func send(_ state: String?, status: String?) throws(SystemdError) {
        var message = state ?? ""
        if let status { message += (state == nil ? "STATUS=" : "\nSTATUS=") + ServiceNotifier.line(status) }
        let result = sd_notify(0, message)
        guard result >= 0 else {
            throw SystemdError(
                .notify, subject: "through $NOTIFY_SOCKET", code: result,
                remedy: "it is set by the service manager; unset it when starting by hand")
        }
    }

    /// A status is one line: a line end in it would be read as a message of its own.
    static func line(_ text: String) -> String {
        var bytes = Array(text.utf8)
        bytes.removeSubrange(
            bytes.withUnsafeBufferPointer { UTF8Run.prefixLength(of: $0, limit: maxStatusBytes) }...)
        for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x7F { bytes[index] = 0x20 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
