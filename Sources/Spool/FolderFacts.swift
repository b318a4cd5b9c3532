import CPosix
import Glibc
import Primitives

/// What was found out about one folder, and what is wrong with it.
struct FolderFacts: Sendable {
    let folder: Folder
    /// nil if it could not be opened.
    let status: FileStatus?
    /// Why it could not be opened.
    let failure: Errno?
    /// Of "list", "write to" and "search", what this process may not do, with the cause.
    let refused: [(right: String, cause: Errno)]

    /// Asks the kernel about an open folder.
    static func of(_ folder: Folder, _ descriptor: CInt) throws(Errno) -> FolderFacts {
        let status = try FileStatus.of(descriptor)
        var refused: [(right: String, cause: Errno)] = []
        for (right, bit) in [("list", R_OK), ("write to", W_OK), ("search", X_OK)] {
            do throws(Errno) {
                _ = try SystemCall.run { tidings_folder_access(descriptor, bit) }
            } catch {
                refused.append((right, error))
            }
        }
        return FolderFacts(folder: folder, status: status, failure: nil, refused: refused)
    }

    /// Every fault, as a sentence with its remedy; empty if the daemon can work.
    func faults(user: UInt32, rootDevice: UInt64) -> [String] {
        let name = folder.rawValue
        guard let status else {
            return switch failure {
            case .notFound?: ["\(name)/ is missing: make it (systemd-tmpfiles --create)"]
            case .notDirectory?, .tooManyLinks?: ["\(name) is not a directory: move it away and make one"]
            case .accessDenied?: ["\(name)/ may not be opened by user \(user): chown \(user) it"]
            case let cause?: ["\(name)/ cannot be opened: \(cause)"]
            case nil: []
            }
        }
        var faults: [String] = []
        if status.identity.device != rootDevice {
            faults.append(
                "\(name)/ lies on another filesystem than the spool: files cannot be renamed into it; unmount it")
        }
        for (right, cause) in refused {
            if cause == .readOnly {
                faults.append(
                    "\(name)/ is read-only for this process: mount it writable, "
                        + "or add it to ReadWritePaths= of the unit"
                )
            } else {
                faults.append(
                    "user \(user) may not \(right) \(name)/ (owner \(status.owner), mode \(octal(status.mode))): "
                        + "chown \(user) it, with mode u+rwx")
            }
        }
        if status.mode & UInt32(S_ISVTX) != 0, status.owner != user, user != 0 {
            faults.append(
                "\(name)/ is sticky and belongs to user \(status.owner): "
                    + "user \(user) cannot take other users' files out of it; chown \(user) it")
        }
        return faults
    }

    /// What does not stop the daemon and ought to be mended.
    var concern: String? {
        guard let status, status.mode & 0o022 != 0, status.mode & UInt32(S_ISVTX) == 0,
            folder == .incoming || folder == .requests
        else { return nil }
        return
            "\(folder.rawValue)/ can be written by others than its owner and is not sticky "
            + "(mode \(octal(status.mode))): users can remove and replace what others dropped; chmod +t it"
    }
}

/// A mode as people write it: `0640`.
func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
