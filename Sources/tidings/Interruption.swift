import CPosix
import Glibc

/// SIGINT, SIGTERM and SIGHUP as something to wait for, so that a command is never ended between two steps that belong
/// together, and says what it has done when it is.
///
/// While it is there, a reader that goes away (SIGPIPE) does not end the command either.
final class Interruption {
    /// The signals that are waited for: those that the parent has not had ignored.
    private var signals = sigset_t()
    private let descriptor: CInt

    init() {
        sigemptyset(&signals)
        var numbers: [CInt] = []
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            sigaction(number, nil, &action)
            // A pointer cannot be compared as such: SIG_IGN is the number 1.
            if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1 { numbers.append(number) }
        }
        for number in numbers { sigaddset(&signals, number) }
        sigprocmask(SIG_BLOCK, &signals, nil)
        signal(SIGPIPE, SIG_IGN)
        descriptor = tidings_signalfd(numbers, CInt(numbers.count))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether a signal has come.
    var isPending: Bool { wait(for: -1, upTo: .zero) == .interrupted }

    /// What ended a wait.
    enum Event { case ready, timeout, interrupted }

    /// Waits until a descriptor can be read (-1 for none), a signal comes, or the time is over.
    func wait(for other: CInt, upTo limit: Duration? = nil) -> Event {
        var entries = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&entries, 2, limit.map(\.pollTimeout) ?? -1)
            if count < 0, errno == EINTR { continue }
            if entries[0].revents != 0 { return .interrupted }
            return count == 0 ? .timeout : .ready
        }
    }

    /// Waits until a descriptor can be read; false if a signal came first. Without an interruption it does not wait
    /// for ever either: a signal ends the process.
    static func wait(toRead descriptor: CInt, _ interruption: Interruption?) -> Bool {
        if let interruption { return interruption.wait(for: descriptor) != .interrupted }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, -1)
        return true
    }

    /// Ends the process by the signal that has come, as its parent expects it.
    func obey() {
        // The signal is pending and has its usual effect: this is its end.
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }
}

extension Duration {
    /// Milliseconds for poll(2), rounded up.
    fileprivate var pollTimeout: CInt {
        let (seconds, attoseconds) = components
        return CInt(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
