import Glibc
import PluginKit
import Primitives

/// The folder of a site. Each file is replaced whole and durably: readers see the old one or the new one.
struct SiteFolder {
    /// The folder, absolute.
    let path: String

    /// Replaces the files whose bytes differ; true if there were any. All new bytes are on disk before the first name
    /// changes, so that the files of one publication appear together as nearly as a file system allows.
    @discardableResult
    func replace(_ files: [(name: String, bytes: [UInt8])]) throws(PluginFailure) -> Bool {
        try makeFolder()
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(errno, path) }
        defer { close(folder) }
        let changed = files.filter { !holds($0.bytes, name: $0.name, in: folder) }
        var written: [String] = []
        do throws(PluginFailure) {
            for file in changed {
                written.append(file.name)
                try write(file.bytes, to: temporary(file.name), in: folder)
            }
            for file in changed {
                guard renameat(folder, temporary(file.name), folder, file.name) == 0 else {
                    throw failure(errno, "\(path)/\(file.name)")
                }
            }
        } catch {
            for name in written { unlinkat(folder, temporary(name), 0) }
            throw error
        }
        // Also where nothing differs: an unclean end may have come between a rename and this.
        try sync(folder, path)
        return !changed.isEmpty
    }

    private func temporary(_ name: String) -> String { ".\(name).tmp" }

    private func makeFolder() throws(PluginFailure) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let code = mkdir(String(path[..<end]), 0o755) == 0 ? 0 : errno
            if code == 0 { try makeNameDurable(String(path[..<end])) }
            guard code != 0 && code != EEXIST else { continue }
            // An ancestor that may not be made may exist all the same (EROFS, EACCES); what is missing shows at open.
            if end == path.endIndex, access(path, F_OK) != 0 { throw failure(code, path) }
        }
    }

    private func holds(_ bytes: [UInt8], name: String, in folder: Int32) -> Bool {
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == bytes.count
        else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        return bytes.withUnsafeBytes { expected in
            var rest = expected[...]
            while !rest.isEmpty {
                let count = read(file, &buffer, buffer.count)
                guard count > 0, count <= rest.count, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                    memcmp(buffer, start, count) == 0
                else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    private func write(_ bytes: [UInt8], to name: String, in folder: Int32) throws(PluginFailure) {
        // A leftover is removed and never written through: it could be a link that somebody else has put there.
        unlinkat(folder, name, 0)
        let file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure(errno, "\(path)/\(name)") }
        defer { close(file) }
        do throws(Errno) {
            try SystemCall.writeAll(bytes, to: file)
        } catch {
            throw failure(error.code, "\(path)/\(name)")
        }
        // The process's umask is not asked: a web server of another user reads these files.
        guard fchmod(file, 0o644) == 0 else { throw failure(errno, "\(path)/\(name)") }
        try sync(file, "\(path)/\(name)")
    }

    private func makeNameDurable(_ made: String) throws(PluginFailure) {
        let parent = open("\(made)/..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { throw failure(errno, made) }
        defer { close(parent) }
        try sync(parent, made)
    }

    /// After a failed fsync nothing more is promised: the service recovers at its next start.
    private func sync(_ descriptor: Int32, _ place: String) throws(PluginFailure) {
        do throws(Errno) {
            try SystemCall.flush(descriptor)
        } catch {
            throw PluginFailure(
                .durability, "what was published may not be on disk: \(place): \(error); check the disk (journalctl -k)"
            )
        }
    }

    private func failure(_ code: Int32, _ place: String) -> PluginFailure {
        let remedy =
            switch code {
            case EROFS, EACCES, EPERM:
                "give the service's user the right to write in \(path), and if it lies outside the state directory add "
                    + "ReadWritePaths=\(path) to the unit (systemctl edit tidingsd)"
            case ENOSPC, EDQUOT: "free space on its file system or raise the quota"
            case ENOTDIR, ELOOP, ENOENT: "make \(path) a directory, or set `directory` of the channel to another one"
            default: "check the disk (journalctl -k) and the permissions of \(path)"
            }
        return PluginFailure(
            .temporary, "the site cannot be written: \(place): \(String(cString: strerror(code))); \(remedy)")
    }
}
