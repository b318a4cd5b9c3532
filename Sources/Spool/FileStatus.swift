import Glibc
import Primitives

/// What a directory entry is.
public enum FileKind: String, Sendable {
    /// A regular file.
    case regular = "regular file"
    /// A directory.
    case directory
    /// A named pipe.
    case fifo = "FIFO"
    /// A socket.
    case socket
    /// A character or block device.
    case device
    /// A symbolic link.
    case symbolicLink = "symbolic link"
    /// Anything else.
    case other = "file of an unknown kind"
}

/// Which file it is, whatever its name.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// A file as stat(2) shows it.
struct FileStatus: Sendable {
    let identity: FileIdentity
    let kind: FileKind
    let links: Int
    let owner: UInt32
    let group: UInt32
    /// Permission bits with set-id and sticky.
    let mode: UInt32
    let size: Int64
    /// ctime, nanoseconds since the epoch.
    let changedAt: Int64
    /// mtime, nanoseconds since the epoch.
    let modifiedAt: Int64
}

extension FileStatus {
    private init(_ status: stat) {
        identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            case S_IFCHR, S_IFBLK: .device
            case S_IFLNK: .symbolicLink
            default: .other
            }
        links = Int(status.st_nlink)
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode & 0o7777
        size = Int64(status.st_size)
        changedAt = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
        modifiedAt = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }

    /// Of an open file.
    static func of(_ descriptor: CInt) throws(Errno) -> FileStatus {
        var status = stat()
        _ = try SystemCall.run { fstat(descriptor, &status) }
        return FileStatus(status)
    }

    /// Of a name in a folder, links not followed.
    static func of(_ name: FileName, in folder: CInt) throws(Errno) -> FileStatus {
        var status = stat()
        _ = try SystemCall.run { fstatat(folder, name.cString, &status, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(status)
    }

    /// Of a path, links followed.
    static func of(path: String) throws(Errno) -> FileStatus {
        var status = stat()
        _ = try SystemCall.run { stat(path, &status) }
        return FileStatus(status)
    }
}
