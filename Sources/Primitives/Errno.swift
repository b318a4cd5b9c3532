import CPosix
import Glibc

/// A cause as the kernel gives it (errno(3)).
public struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number, as in `errno`.
    public let code: Int32

    /// Makes a cause from its number.
    public init(_ code: Int32) { self.code = code }

    /// That of the calling thread's last failure.
    public static var current: Errno { Errno(Glibc.errno) }

    /// `EPERM`
    public static let notPermitted = Errno(EPERM)
    /// `ENOENT`
    public static let notFound = Errno(ENOENT)
    /// `EINTR`
    public static let interrupted = Errno(EINTR)
    /// `EAGAIN`
    public static let tryAgain = Errno(EAGAIN)
    /// `EACCES`
    public static let accessDenied = Errno(EACCES)
    /// `EEXIST`
    public static let exists = Errno(EEXIST)
    /// `EXDEV`
    public static let crossesFilesystems = Errno(EXDEV)
    /// `ENOTDIR`
    public static let notDirectory = Errno(ENOTDIR)
    /// `EISDIR`
    public static let isDirectory = Errno(EISDIR)
    /// `EINVAL`
    public static let invalid = Errno(EINVAL)
    /// `EMFILE`
    public static let tooManyFilesHere = Errno(EMFILE)
    /// `ENFILE`
    public static let tooManyFiles = Errno(ENFILE)
    /// `ENOSPC`
    public static let noSpace = Errno(ENOSPC)
    /// `EDQUOT`
    public static let quotaExceeded = Errno(EDQUOT)
    /// `EROFS`
    public static let readOnly = Errno(EROFS)
    /// `ELOOP`
    public static let tooManyLinks = Errno(ELOOP)
    /// `ENODATA`
    public static let noData = Errno(ENODATA)
    /// `EIO`
    public static let inputOutput = Errno(EIO)
    /// `EOPNOTSUPP`
    public static let notSupported = Errno(EOPNOTSUPP)
    /// `ERANGE`
    public static let tooLarge = Errno(ERANGE)

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
