import Glibc
import Primitives

/// What a filesystem has left for its users.
public struct FreeSpace: Hashable, Sendable, CustomStringConvertible {
    /// Free bytes that a process without privileges may use.
    public let bytes: UInt64
    /// Free inodes; nil on filesystems that make them as they need them.
    public let inodes: UInt64?

    init(bytes: UInt64, inodes: UInt64?) {
        self.bytes = bytes
        self.inodes = inodes
    }

    /// For people: `61 MiB and 1200 inodes`.
    public var description: String {
        let room = bytes >= 10 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
        return inodes.map { "\(room) and \($0) inodes" } ?? room
    }

    init(_ status: statvfs) {
        bytes = UInt64(status.f_bavail) &* UInt64(status.f_frsize)
        inodes = status.f_files == 0 ? nil : UInt64(status.f_favail)
    }

    /// Of a spool's filesystem, or any other path's.
    public static func at(_ path: String) throws(SpoolError) -> FreeSpace {
        var status = statvfs()
        try SystemCall.run(.measure, path) { statvfs(path, &status) }
        return FreeSpace(status)
    }
}

extension SpoolDirectory {
    /// What is left on the spool's filesystem.
    public func freeSpace() throws(SpoolError) -> FreeSpace {
        var status = statvfs()
        try SystemCall.run(.measure, path) { fstatvfs(self[.active], &status) }
        return FreeSpace(status)
    }
}
