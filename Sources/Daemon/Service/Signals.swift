import Glibc

/// The signals that the service listens to, as values.
enum ServiceSignal: Sendable {
    /// SIGTERM or SIGINT.
    case stop
    /// SIGHUP.
    case reload
}

/// Signals are blocked in every thread and waited for in the main one: nothing runs in a handler.
enum Signals {
    private static var waitedFor: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
        return set
    }

    /// Blocks them for this thread and all that it starts. Call it before any other thread exists.
    static func block() {
        var set = waitedFor
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Hands over every signal as it comes. Never returns: the service's end ends the process.
    static func deliver(_ receive: (ServiceSignal) -> Void) -> Never {
        var set = waitedFor
        while true {
            var number: CInt = 0
            guard sigwait(&set, &number) == 0 else { continue }
            receive(number == SIGHUP ? .reload : .stop)
        }
    }
}
