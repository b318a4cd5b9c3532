import CPosix
import Glibc
import Primitives

/// What became of the attempt to take a stored file up again.
public enum TakenUp: Sendable {
    /// It is in active/ and read.
    case taken(ClaimedFile)
    /// It stays where it is: it may not be read, or is no file that a daemon has put there.
    case stays(Notice)
    /// Somebody has it open to write, and it is worth another try.
    case notReady
    /// It is not there any more.
    case gone
}

extension SpoolDirectory {
    /// Takes a file up again, under the id it has: one that lies in active/ at the start, one of deferred/ that is due,
    /// one of held/ or rejected/ that a person decided on. Its report stays where it is until `finish`.
    ///
    /// - Parameters:
    ///   - name: The name as dropped, where it is known; else what the stored name has kept of it.
    ///   - limit: The largest file that is read, in bytes.
    public func takeUp(
        _ stored: StoredFile, from folder: Folder, named name: FileName? = nil, limit: Int
    ) throws(SpoolError) -> TakenUp {
        let descriptor: Descriptor
        switch try openChecked(folder, stored.storedName, .renamed, isStill: { _ in true }) {
        case .open(let opened, _): descriptor = opened
        case .stays(let reason, let status):
            return .stays(Notice(folder: folder, name: stored.storedName, owner: status.owner, reason: reason))
        case .notReady: return .notReady
        case .gone: return .gone
        }
        if folder != .active {
            do throws(Errno) {
                _ = try SystemCall.run {
                    tidings_rename_new(
                        self[folder], stored.storedName.cString, self[.active], stored.storedName.cString)
                }
            } catch {
                if error == .notFound { return .gone }
                throw SpoolError(.rename, place(folder, stored.storedName), error)
            }
        }
        let status: FileStatus
        do throws(Errno) {
            status = try FileStatus.of(descriptor.raw)
        } catch {
            throw SpoolError(.inspect, place(.active, stored.storedName), error)
        }
        do throws(Errno) {
            let file = ActiveFile(
                id: stored.id, storedName: stored.storedName, fileName: name ?? stored.name,
                submitter: SubmitterMark.submitter(of: descriptor, status),
                origin: folder == .active ? .recovered : .takenUp(folder), before: status)
            return .taken(try read(file, descriptor, limit: limit))
        } catch {
            if folder != .active {
                try SystemCall.run(.rename, place(.active, stored.storedName)) {
                    tidings_rename_new(
                        self[.active], stored.storedName.cString, self[folder], stored.storedName.cString)
                }
            }
            return .stays(
                Notice(folder: folder, name: stored.storedName, owner: status.owner, reason: .failed(error)))
        }
    }
}
