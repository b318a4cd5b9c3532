import CPosix
import EventModel
import Glibc
import Primitives

/// Puts files into a folder where one may add and not list, so that they are whole, durable and never in the place of
/// another: what `tidings submit` and the requests of administrators use. Needs no daemon.
public struct Submission: Sendable {
    private let path: String
    private let group: String

    /// For a folder, incoming/ or requests/ of a spool, by its path.
    ///
    /// - Parameter group: The group that may add to it, for the explanation when this process may not.
    public init(folder path: String, group: String = "tidings") {
        self.path = path
        self.group = group
    }

    /// Finds out, before anything is said or done, whether this process may add to the folder.
    public func checkMayAdd() throws(SpoolError) {
        do throws(Errno) {
            _ = try SystemCall.run { faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) }
        } catch {
            throw explained(error)
        }
    }

    /// Submits a file: copies it, flushes it and renames it in.
    ///
    /// - Parameters:
    ///   - source: The file's path.
    ///   - wantsReply: Whether to ask for a reply though it be accepted (by the copy's sticky bit).
    ///   - limit: Refuse files of more bytes.
    /// - Returns: The name it has got: its own, or one made from that if it is taken or reads as a temporary's.
    public func submit(file source: String, wantsReply: Bool, limit: Int = .max - 1) throws(SpoolError) -> FileName {
        let file = try Descriptor.open(.open, source) { tidings_open_to_read(source) }
        let status: FileStatus
        let bytes: [UInt8]
        do throws(Errno) {
            status = try FileStatus.of(file.raw)
            if status.kind == .directory { throw .isDirectory }
            bytes = try Submission.contents(file, status, limit: limit)
        } catch {
            throw SpoolError(.read, source, error)
        }
        if bytes.count > limit {
            throw SpoolError(
                .read, source, nil,
                remedy: "It has more than the \(limit) bytes that are taken: split it, or raise max_file_bytes")
        }
        let last = source.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        return try submit(
            bytes, name: FileName(last) ?? FileName(trusted: Array("update".utf8)), wantsReply: wantsReply)
    }

    private static func contents(_ file: borrowing Descriptor, _ status: FileStatus, limit: Int) throws(Errno)
        -> [UInt8]
    {
        if status.kind == .regular { return try file.readAll(expecting: Int(clamping: status.size), limit: limit) }
        // A pipe, as a shell's <(…) gives it, has no offsets.
        let raw = file.raw
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= limit {
            let size = chunk.count
            do throws(Errno) {
                let count = try SystemCall.run { chunk.withUnsafeMutableBytes { read(raw, $0.baseAddress, size) } }
                if count == 0 { break }
                bytes += chunk[..<count]
            } catch {
                guard error == .tryAgain else { throw error }
                var wait = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
                _ = try SystemCall.run { poll(&wait, 1, -1) }
            }
        }
        return bytes
    }

    /// Submits bytes under a name.
    public func submit(_ bytes: [UInt8], name: FileName, wantsReply: Bool) throws(SpoolError) -> FileName {
        let folder = try explained { () throws(Errno) in
            Descriptor(try SystemCall.run { tidings_open_folder_to_name(AT_FDCWD, path) })
        }
        let at = folder.raw
        var ids = DeliveryIDGenerator(after: nil)
        let id = try ids.next(at: Instant(microseconds: SpoolClock.system.realtime() / 1000))
        let temporary = StoredFile.temporaryName(id, ".submit")
        let file = try explained { () throws(Errno) in
            Descriptor(try SystemCall.run { tidings_create(at, temporary.cString, 0o640) })
        }
        do throws(SpoolError) {
            try write(bytes, file, wantsReply: wantsReply)
            let final = try rename(temporary, Submission.complete(name), id, at)
            try syncFolder(file)
            return final
        } catch {
            DurableFile.discard(at, temporary)
            throw error
        }
    }

    private func write(_ bytes: [UInt8], _ file: borrowing Descriptor, wantsReply: Bool) throws(SpoolError) {
        let raw = file.raw
        do throws(Errno) {
            try file.writeAll(bytes)
            // A tight umask would leave the daemon's group without the right to read.
            let mode = try FileStatus.of(raw).mode
            let wanted = mode | 0o040 | (wantsReply ? UInt32(S_ISVTX) : 0)
            if mode != wanted { _ = try SystemCall.run { fchmod(raw, wanted) } }
        } catch {
            throw SpoolError(.write, path, error)
        }
        try DurableFile.sync(raw, place: path)
    }

    /// A name that is not taken for a temporary's.
    static func complete(_ name: FileName) -> FileName {
        guard name.isTemporary else { return name }
        var bytes = Array(name.bytes.drop { $0 == UInt8(ascii: ".") })
        if bytes.starts(with: Array("~$".utf8)) { bytes.removeFirst(2) }
        if bytes.isEmpty { bytes = Array("update".utf8) }
        let bare = FileName(trusted: bytes)
        return bare.isTemporary ? FileName(trusted: bare.prefix(FileName.longest - 7) + Array(".update".utf8)) : bare
    }

    /// `gala.ics` and a mark give `gala-MARK.ics`.
    static func variant(_ name: FileName, _ mark: String) -> FileName {
        let bytes = name.bytes
        let dot = bytes.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > 0 && bytes.count - $0 <= 16 ? $0 : nil }
        let suffix = dot.map { Array(bytes[$0...]) } ?? []
        let stem = FileName(trusted: dot.map { Array(bytes[..<$0]) } ?? bytes)
        let room = FileName.longest - suffix.count - mark.utf8.count - 1
        return FileName(trusted: stem.prefix(room) + [UInt8(ascii: "-")] + Array(mark.utf8) + suffix)
    }

    private func rename(
        _ temporary: FileName, _ name: FileName, _ id: DeliveryID, _ at: CInt
    ) throws(SpoolError) -> FileName {
        // The end of an id is random; a whole one makes the name unique.
        let text = id.description
        for candidate in [
            name, Submission.variant(name, String(text.suffix(6)).lowercased()), Submission.variant(name, text),
        ] {
            do throws(Errno) {
                _ = try SystemCall.run { tidings_rename_new(at, temporary.cString, at, candidate.cString) }
                return candidate
            } catch {
                if error != .exists { throw SpoolError(.rename, "\(path)/\(candidate)", error) }
            }
        }
        throw SpoolError(.rename, "\(path)/\(name)", .exists)
    }

    /// Makes the new name durable: by the folder's own flush, or the filesystem's where the folder may not be opened.
    private func syncFolder(_ file: borrowing Descriptor) throws(SpoolError) {
        let raw = file.raw
        do throws(Errno) {
            let folder = Descriptor(try SystemCall.run { tidings_open_folder(AT_FDCWD, path, 1) })
            let opened = folder.raw
            _ = try SystemCall.run { fsync(opened) }
        } catch {
            guard error == .accessDenied else { throw SpoolError(.sync, path, error) }
            try SystemCall.run(.sync, path) { tidings_sync_filesystem(raw) }
        }
    }

    private func explained(_ open: () throws(Errno) -> Descriptor) throws(SpoolError) -> Descriptor {
        do throws(Errno) {
            return try open()
        } catch {
            throw explained(error)
        }
    }

    private func explained(_ error: Errno) -> SpoolError {
        switch error {
        case .accessDenied, .notPermitted:
            SpoolError(.create, "a file in \(path)", error, remedy: Membership.ofThisProcess(group).advice(path))
        case .notFound:
            SpoolError(
                .open, path, error,
                remedy: "There is no spool here: is tidingsd installed, and is [spool] directory right?")
        default: SpoolError(.open, path, error)
        }
    }
}
