public import Primitives

/// A file that stays where it is, and why. Made once for each file and reason.
public struct Notice: Hashable, Sendable, CustomStringConvertible {
    /// Why a file is not taken.
    public enum Reason: Hashable, Sendable {
        /// It is no regular file.
        case kind(FileKind)
        /// It has that many names.
        case hardLinked(Int)
        /// Another filesystem is mounted on it.
        case mountPoint
        /// The daemon may not read it; `isOurs` says whether the daemon is in the file's group.
        case unreadable(mode: UInt32, group: UInt32, isOurs: Bool)
        /// It has a temporary's name and has not changed for that many days.
        case forgottenTemporary(days: Int)
        /// Opening, moving or reading it failed.
        case failed(Errno)
        /// So many files are left alone that no more are remembered one by one; the file is the first of the rest.
        case tooManyToTell(limit: Int)

        /// A stable word for it, for logs and tests.
        public var code: String {
            switch self {
            case .kind: "not-a-regular-file"
            case .hardLinked: "hard-linked"
            case .mountPoint: "mount-point"
            case .unreadable: "unreadable"
            case .forgottenTemporary: "forgotten-temporary"
            case .failed: "cannot-be-taken"
            case .tooManyToTell: "too-many-left-alone"
            }
        }
    }

    /// The folder: incoming/ or requests/.
    public let folder: Folder
    /// The file's name there.
    public let name: FileName
    /// The numeric user id of its owner.
    public let owner: UInt32
    /// Why it stays.
    public let reason: Reason

    /// Makes a notice.
    public init(folder: Folder, name: FileName, owner: UInt32, reason: Reason) {
        self.folder = folder
        self.name = name
        self.owner = owner
        self.reason = reason
    }

    /// What it is, that it stays, and what to do.
    public var description: String {
        let place = "\(folder.rawValue)/\(name)"
        return switch reason {
        case .kind(.symbolicLink):
            "\(place) is a symbolic link of user \(owner) and is left where it is: drop the file itself"
        case .kind(let kind):
            "\(place) is a \(kind.rawValue) of user \(owner) and is left where it is: "
                + "only regular files are taken; remove it"
        case .hardLinked(let links):
            "\(place) of user \(owner) has \(links) names (hard links) and is left where it is: "
                + "remove the other names, or drop a copy"
        case .mountPoint:
            "\(place) has another filesystem mounted on it and is left where it is: unmount it"
        case .unreadable(let mode, let group, let isOurs):
            "\(place) of user \(owner) may not be read by the daemon (mode \(octal(mode)), group \(group)) "
                + "and stays until it may: \(missingRight(mode, isOurs)), or drop it with tidings submit"
        case .forgottenTemporary(let days):
            "\(place) of user \(owner) has the name of an unfinished file and has not changed for "
                + "\(days) day\(days == 1 ? "" : "s"): rename it to have it taken, or remove it"
        case .failed(let errno):
            "\(place) of user \(owner) cannot be taken: \(errno); it stays and is tried again at each rescan: "
                + "look at its attributes (lsattr) and at the kernel's log (journalctl -k)"
        case .tooManyToTell(let limit):
            "more than \(limit) files are left alone in \(folder.rawValue)/, of which \(place) is one; "
                + "the others are not told one by one: clear the folder"
        }
    }

    private func missingRight(_ mode: UInt32, _ isOurs: Bool) -> String {
        if isOurs && mode & 0o040 == 0 { return "its group has no right to read: chmod g+r it" }
        if !isOurs && mode & 0o004 == 0 {
            return "the daemon is not in its group, and others have no right to read: chmod o+r it"
        }
        return "its mode would allow it: look at its access list (getfacl) and at AppArmor's log"
    }
}
