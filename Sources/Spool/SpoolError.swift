public import Primitives

/// What could not be done to the spool: the operation, the place, the cause and the remedy.
public struct SpoolError: Error, Sendable, CustomStringConvertible {
    /// What was tried.
    public enum Operation: String, Sendable {
        /// Opening a file or folder.
        case open
        /// Asking for a file's kind, owner, size and times.
        case inspect
        /// Making a file or folder.
        case create
        /// Locking the spool against a second daemon.
        case lock
        /// Reading a folder's names.
        case list
        /// Reading a file.
        case read
        /// Writing a file.
        case write
        /// Making what was written durable (fsync). What was promised may not be on disk: end, recover at the start.
        case sync
        /// Renaming, within a folder or from one to another.
        case rename
        /// Removing a file.
        case remove
        /// Watching a folder with inotify.
        case watch
        /// Setting or reading access rights and other attributes.
        case setRights = "set the rights of"
        /// Asking for the free space.
        case measure
        /// Asking the kernel for random bytes.
        case random = "get random bytes for"
        /// Checking the spool's folders as a whole.
        case check
    }

    /// What was tried.
    public let operation: Operation
    /// The file or folder, escaped for people.
    public let path: String
    /// The kernel's cause; nil where the spool itself found the fault.
    public let errno: Errno?
    /// What is wrong, where `errno` does not say it, and what to do: sentences for a person.
    public let remedy: String

    /// Makes an error.
    public init(_ operation: Operation, _ path: String, _ errno: Errno?, remedy: String) {
        self.operation = operation
        self.path = path
        self.errno = errno
        self.remedy = remedy
    }

    /// Makes an error with the usual remedy for its cause.
    init(_ operation: Operation, _ path: String, _ errno: Errno) {
        self.init(operation, path, errno, remedy: Remedy.sentence(operation, errno))
    }

    /// Whether space, inodes or a quota ran out: pause, nothing is lost.
    public var isFull: Bool { errno == .noSpace || errno == .quotaExceeded }

    /// Whether what was promised may not be on disk: end with a failure and recover at the next start, and never retry.
    public var isDurabilityLost: Bool { operation == .sync }

    /// `cannot rename incoming/a.ics: No space left on device (ENOSPC). …`
    public var description: String {
        let cause = errno.map { ": \($0)" } ?? ""
        return "cannot \(operation.rawValue) \(path)\(cause)" + (remedy.isEmpty ? "" : ". \(remedy)")
    }
}

/// What to do about a cause, where the cause alone decides it.
enum Remedy {
    static func sentence(_ operation: SpoolError.Operation, _ errno: Errno) -> String {
        if operation == .sync {
            return
                "The disk may have lost what was written: look at the kernel's log (journalctl -k) "
                + "and the disk's health."
        }
        return switch errno {
        case .noSpace: "Free space or inodes on this filesystem (df, df -i)."
        case .quotaExceeded: "Raise the quota of the service's user, or free space."
        case .readOnly:
            "The folder is read-only for this process: mount it writable, or add it to ReadWritePaths= of the unit."
        case .accessDenied, .notPermitted:
            "Give the user of this process the right to do so (namei -l and getfacl show who may)."
        case .notFound: "It is missing: make it (systemd-tmpfiles --create makes the spool's folders)."
        case .notDirectory, .tooManyLinks: "It has to be a directory, and no symbolic link."
        case .tooManyFiles, .tooManyFilesHere: "Too many files are open: raise LimitNOFILE= of the unit."
        case .crossesFilesystems:
            "All folders of the spool have to lie on one filesystem, with no mount on one of them."
        case .inputOutput: "The disk reports an error: look at the kernel's log (journalctl -k)."
        case .notSupported: "This filesystem cannot do it: use one with POSIX ACLs (ext4, xfs, btrfs)."
        default: ""
        }
    }
}
