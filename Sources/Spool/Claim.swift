import CPosix
import EventModel
import Glibc
import Synchronization
import Primitives

/// What became of the attempt to take one file.
enum ClaimResult: Sendable {
    /// It is in active/ and read.
    case claimed(ClaimedFile)
    /// It stays for a reason that is worth telling once.
    case stays(Notice.Reason, FileStatus)
    /// It may not be whole yet: a writer holds it open, or it has not stood still for long enough.
    case notReady(FileStatus)
    /// There is no such file any more.
    case gone
    /// Another file came into its place meanwhile; that one is in incoming/ under this name.
    case swapped(FileName)
}

/// Points at which a test can interfere.
struct ClaimHooks: Sendable {
    var afterOpen: (@Sendable () -> Void)?
    var afterRename: (@Sendable () -> Void)?
    static let none = ClaimHooks()
}

/// A file opened and checked; nothing was moved.
enum CheckedFile: ~Copyable, Sendable {
    case open(Descriptor, FileStatus)
    case stays(Notice.Reason, FileStatus)
    case notReady(FileStatus)
    case gone
}

extension SpoolDirectory {
    /// Opens a name of a folder where anybody may put things, and checks what it is.
    ///
    /// - Parameter isStill: Says whether a file that no lease can be had for has stood still for long enough.
    func openChecked(
        _ folder: Folder, _ name: FileName, _ arrival: Arrival, isStill: (FileStatus) -> Bool
    ) throws(SpoolError) -> CheckedFile {
        do throws(Errno) {
            let descriptor = Descriptor(try SystemCall.run { tidings_open_dropped(self[folder], name.cString) })
            let status = try FileStatus.of(descriptor.raw)
            if let reason = SpoolDirectory.reasonToLeave(status) { return .stays(reason, status) }
            if status.links == 0 { return .gone }
            switch hasWriter(descriptor, arrival) {
            case true?: return .notReady(status)
            case nil where arrival == .found && !isStill(status): return .notReady(status)
            default: return .open(descriptor, status)
            }
        } catch {
            return try refused(folder, name, error)
        }
    }

    /// Why a file with that status is left where it is; nil if it may be taken.
    static func reasonToLeave(_ status: FileStatus) -> Notice.Reason? {
        if status.kind != .regular { return .kind(status.kind) }
        return status.links > 1 ? .hardLinked(status.links) : nil
    }

    /// Whether somebody may still write to it; nil if the kernel does not tell us.
    private func hasWriter(_ file: borrowing Descriptor, _ arrival: Arrival) -> Bool? {
        if arrival == .renamed { return false }
        guard usesLeases else { return nil }
        let raw = file.raw
        // ignoring: without CAP_LEASE, or on a filesystem without leases, the settle rule decides
        return (try? SystemCall.run { tidings_has_writer(raw) }).map { $0 == 1 }
    }

    private func refused(_ folder: Folder, _ name: FileName, _ errno: Errno) throws(SpoolError) -> CheckedFile {
        if errno == .notFound { return .gone }
        if errno == .tooManyFiles || errno == .tooManyFilesHere {
            throw SpoolError(.open, place(folder, name), errno)
        }
        // ignoring: the status only explains; a file that is gone by now is found to be so
        guard let status = try? FileStatus.of(name, in: self[folder]) else { return .gone }
        switch errno {
        case .tooManyLinks: return .stays(.kind(.symbolicLink), status)
        case .crossesFilesystems: return .stays(.mountPoint, status)
        case .tryAgain: return .notReady(status)
        case .accessDenied, .notPermitted:
            let isOurs = Membership.isInForce(status.group)
            return .stays(.unreadable(mode: status.mode, group: status.group, isOurs: isOurs), status)
        default:
            return .stays(status.kind == .regular ? .failed(errno) : .kind(status.kind), status)
        }
    }

    /// Takes a dropped file: opens and checks it, renames it into active/, checks that it is still the same one, and
    /// reads it. Nothing is made durable: a file is in one of the two folders at any time.
    func claim(
        _ name: FileName, _ arrival: Arrival, as id: DeliveryID, limit: Int, hooks: ClaimHooks = .none,
        isStill: (FileStatus) -> Bool
    ) throws(SpoolError) -> ClaimResult {
        switch try openChecked(.incoming, name, arrival, isStill: isStill) {
        case .stays(let reason, let status): return .stays(reason, status)
        case .notReady(let status): return .notReady(status)
        case .gone: return .gone
        case .open(let descriptor, let status):
            hooks.afterOpen?()
            let stored = StoredFile(id: id, name: name)
            do throws(Errno) {
                _ = try SystemCall.run {
                    tidings_rename_new(
                        self[.incoming], name.cString, self[.active], stored.storedName.cString)
                }
            } catch {
                if error == .notFound { return .gone }
                // An immutable file, say: its neighbours are not to wait for it.
                if error == .notPermitted { return .stays(.failed(error), status) }
                throw SpoolError(.rename, place(.incoming, name), error)
            }
            hooks.afterRename?()
            return try readClaimed(descriptor, status, stored, name, limit)
        }
    }

    private func readClaimed(
        _ descriptor: borrowing Descriptor, _ opened: FileStatus, _ stored: StoredFile, _ name: FileName, _ limit: Int
    ) throws(SpoolError) -> ClaimResult {
        // The rename moved the ctime: the file is compared with itself as it is from here on.
        guard let now = try statusIfAny(.active, stored.storedName) else { return .gone }
        if now.identity != opened.identity {
            return .swapped(try putBack(stored.storedName, as: name))
        }
        if let reason = SpoolDirectory.reasonToLeave(now) {
            _ = try putBack(stored.storedName, as: name)
            return .stays(reason, now)
        }
        let file = ActiveFile(
            id: stored.id, storedName: stored.storedName, fileName: name, submitter: now.owner, origin: .dropped,
            before: now)
        do throws(Errno) {
            return .claimed(try read(file, descriptor, limit: limit))
        } catch {
            _ = try putBack(stored.storedName, as: name)
            return .stays(.failed(error), now)
        }
    }

    /// Reads a file that is in active/.
    func read(_ file: ActiveFile, _ descriptor: borrowing Descriptor, limit: Int) throws(Errno) -> ClaimedFile {
        var bytes: [UInt8] = []
        var isTooLarge = file.before.size > Int64(limit)
        if !isTooLarge {
            bytes = try descriptor.readAll(expecting: Int(file.before.size), limit: limit)
            isTooLarge = bytes.count > limit
        }
        if isTooLarge { bytes = [] }
        guard let sha256 = digest.hex(bytes) else { throw Errno(ENOMEM) }
        return ClaimedFile(
            file: file, bytes: bytes, sha256: sha256, isTooLarge: isTooLarge, size: file.before.size,
            wantsReply: file.before.mode & UInt32(S_ISVTX) != 0)
    }

    /// Puts a file of active/ back into incoming/, under its name or, if that is taken by now, under its stored name.
    func putBack(_ storedName: FileName, as name: FileName) throws(SpoolError) -> FileName {
        for target in [name, storedName] {
            putBack.withLock { names in
                // Only a daemon without a watcher lets them pile up, and it finds files by scans anyway.
                if names.count >= 1024 { names.removeAll() }
                names.insert(target)
            }
            do throws(Errno) {
                _ = try SystemCall.run {
                    tidings_rename_new(self[.active], storedName.cString, self[.incoming], target.cString)
                }
                return target
            } catch {
                if error == .exists && target != storedName { continue }
                throw SpoolError(.rename, place(.active, storedName), error)
            }
        }
        return storedName
    }

    /// The status of a name, nil if there is none.
    func statusIfAny(_ folder: Folder, _ name: FileName) throws(SpoolError) -> FileStatus? {
        do throws(Errno) {
            return try FileStatus.of(name, in: self[folder])
        } catch {
            if error == .notFound { return nil }
            throw SpoolError(.inspect, place(folder, name), error)
        }
    }
}
