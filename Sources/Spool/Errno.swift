import CPosix
import Glibc

/// A cause as the kernel gives it (errno(3)).
public struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number, as in `errno`.
    public let code: Int32

    /// Makes a cause from its number.
    public init(_ code: Int32) { self.code = code }

    static var current: Errno { Errno(Glibc.errno) }

    static let notPermitted = Errno(EPERM)
    static let notFound = Errno(ENOENT)
    static let interrupted = Errno(EINTR)
    static let noDevice = Errno(ENXIO)
    static let tryAgain = Errno(EAGAIN)
    static let accessDenied = Errno(EACCES)
    static let exists = Errno(EEXIST)
    static let crossesFilesystems = Errno(EXDEV)
    static let notDirectory = Errno(ENOTDIR)
    static let isDirectory = Errno(EISDIR)
    static let invalid = Errno(EINVAL)
    static let tooManyFilesHere = Errno(EMFILE)
    static let tooManyFiles = Errno(ENFILE)
    static let noSpace = Errno(ENOSPC)
    static let quotaExceeded = Errno(EDQUOT)
    static let readOnly = Errno(EROFS)
    static let nameTooLong = Errno(ENAMETOOLONG)
    static let tooManyLinks = Errno(ELOOP)
    static let noData = Errno(ENODATA)
    static let inputOutput = Errno(EIO)
    static let notSupported = Errno(EOPNOTSUPP)
    static let tooLarge = Errno(ERANGE)

    /// The symbolic name (`ENOSPC`), or the number where there is none.
    public var name: String {
        guard let name = tidings_error_name(code) else { return "errno \(code)" }
        return String(cString: name)
    }

    /// The C library's words for it and the symbolic name: `No space left on device (ENOSPC)`.
    public var description: String {
        guard let words = tidings_error_words(code) else { return name }
        return "\(String(cString: words)) (\(name))"
    }
}
