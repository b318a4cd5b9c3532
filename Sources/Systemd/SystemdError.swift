import Glibc

/// What went wrong between the service and systemd, and where.
public struct SystemdError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried.
    public enum Operation: String, Sendable {
        case notify = "tell the service manager"
        case watchdog = "ask for the watchdog interval"
        case openJournal = "open the journal"
        case readJournal = "read the journal"
        case readCredential = "read the credential"
    }

    /// What was tried.
    public let operation: Operation
    /// The thing it was tried on: a path, a field, a name. May be empty.
    public let subject: String
    /// The error number, positive, as in errno(3).
    public let code: CInt
    /// What to do about it; may be empty.
    public let remedy: String

    /// Makes an error; a negative code, as libsystemd returns it, is turned round.
    public init(_ operation: Operation, subject: String = "", code: CInt, remedy: String = "") {
        self.operation = operation
        self.subject = subject
        self.code = CInt(clamping: code.magnitude)
        self.remedy = remedy
    }

    /// The sentence for people.
    public var description: String {
        let cause = String(cString: strerror(code))
        return "cannot \(operation.rawValue)\(subject.isEmpty ? "" : " \(subject)"): \(cause)"
            + (remedy.isEmpty ? "" : "; \(remedy)")
    }
}
