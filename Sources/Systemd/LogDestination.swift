import Glibc

/// Where entries go, as the setting `log` says it.
public enum LogDestination: String, Sendable, CaseIterable {
    /// The journal where standard error leads there or leads to no person; else the console.
    case auto
    /// The journal; the console where there is none.
    case journal
    /// Lines for people on standard error.
    case console
    /// One JSON object a line on standard error.
    case json

    /// Where entries really go, in these surroundings.
    public func resolved(in surroundings: LogSurroundings) -> LogDestination {
        switch self {
        case .console, .json: self
        case .journal: surroundings.hasJournal ? .journal : .console
        case .auto:
            surroundings.hasJournal && (surroundings.isErrorTheJournal || !surroundings.isErrorATerminal)
                ? .journal : .console
        }
    }
}

/// What the process finds around it. Without a journal's socket `sd_journal_sendv` succeeds and says nothing, so this
/// has to be found out beforehand.
public struct LogSurroundings: Sendable, Equatable {
    /// journald listens on its socket.
    public var hasJournal: Bool
    /// The service manager connected standard error to the journal.
    public var isErrorTheJournal: Bool
    /// Standard error is a terminal.
    public var isErrorATerminal: Bool

    /// Describes surroundings, for tests and for callers that know better.
    public init(hasJournal: Bool, isErrorTheJournal: Bool, isErrorATerminal: Bool) {
        self.hasJournal = hasJournal
        self.isErrorTheJournal = isErrorTheJournal
        self.isErrorATerminal = isErrorATerminal
    }

    /// journald's socket for native entries.
    public static let journalSocket = "/run/systemd/journal/socket"

    /// Looks at standard error, `$JOURNAL_STREAM` and the socket.
    public static func find(socket: String = journalSocket) -> LogSurroundings {
        var status = stat()
        var isJournal = false
        if let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 {
            isJournal = matches(
                stream: String(cString: stream), device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        }
        return LogSurroundings(
            hasJournal: accepts(socket), isErrorTheJournal: isJournal,
            isErrorATerminal: isatty(STDERR_FILENO) == 1)
    }

    /// Whether `$JOURNAL_STREAM` (systemd.exec(5): device and inode, decimal, with a colon between) means this file.
    static func matches(stream: String, device: UInt64, inode: UInt64) -> Bool { stream == "\(device):\(inode)" }

    /// Whether a datagram socket of this path takes messages.
    static func accepts(_ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return false }
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
