import Glibc
import PluginKit

/// A configuration file on disk: found, checked for who may write it, and read.
struct ConfigurationFile: Sendable {
    let path: String
    /// Whether it may be absent.
    let isOptional: Bool
    /// Whether its folder was looked at already.
    var isInCheckedFolder = false

    /// The file's bytes; nil where it is absent and may be.
    func read() throws(SettingFault) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT, isOptional, !isLink { return nil }
            throw fault(refusal(errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault(refusal(errno)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw fault("is a directory; put a file in its place, or name the file in it")
        default: throw fault("is not a regular file; put one in its place")
        }
        if let concern = FileRights(status).concern(path) ?? folderConcern { throw fault(concern) }
        return try bytes(descriptor)
    }

    /// Where everybody may put another file in its place.
    private var folderConcern: String? {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        var status = stat()
        guard !isInCheckedFolder, stat(folder, &status) == 0, status.st_mode & S_IWOTH != 0,
            status.st_mode & S_ISVTX == 0
        else {
            return nil
        }
        return "lies in a folder that everybody on this machine may change; take that right away: chmod o-w \(folder)"
    }

    private func bytes(_ descriptor: CInt) throws(SettingFault) -> [UInt8] {
        let limit = ConfigurationLoader.maxFileBytes
        var bytes = [UInt8](repeating: 0, count: limit.bytes + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw fault(refusal(errno)) }
            if read == 0 { break }
            count += read
        }
        guard count < bytes.count else {
            throw fault("is larger than \(limit), the most that is read; make it shorter")
        }
        return Array(bytes[..<count])
    }

    private var isLink: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private func refusal(_ code: CInt) -> String {
        switch code {
        case ENOENT where isLink: "is a link to what does not exist; mend or remove it"
        case ENOENT: "cannot be read: there is no such file; look for a misspelt name"
        case EACCES:
            "cannot be read by user \(geteuid()); let that user read it (chmod or chgrp), and pass through its folders"
        default: "cannot be read: \(String(cString: strerror(code)))"
        }
    }

    private func fault(_ message: String) -> SettingFault {
        SettingFault(at: SettingPlace(file: path, line: 1, column: 1), message)
    }
}

/// Who may change a file that the service obeys.
struct FileRights {
    private let status: stat

    init(_ status: stat) { self.status = status }

    /// What is wrong with them and the remedy; nil where only root and the service's user decide.
    func concern(_ path: String) -> String? {
        if status.st_mode & S_IWOTH != 0 {
            return "may be changed by everybody on this machine; take that right away: chmod o-w \(path)"
        }
        guard !trusted.contains(status.st_uid) else { return nil }
        return "belongs to user \(status.st_uid), who is neither root nor the service's user; "
            + "give it to root: chown root \(path)"
    }

    private var trusted: [uid_t] {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 4096)
        let status = getpwnam_r(ConfigurationLoader.serviceUser, &entry, &room, room.count, &found)
        return [0, geteuid()] + (status == 0 && found != nil ? [entry.pw_uid] : [])
    }
}

/// The folder of files that are read after the configuration, `FILE.d`.
struct DropInFolder: Sendable {
    let path: String

    /// The files `*.toml` in the order of their names, and what is wrong with the folder.
    func files() -> (files: [ConfigurationFile], faults: [SettingFault]) {
        guard let directory = opendir(path) else {
            return ([], errno == ENOENT ? [] : [fault(refusal(errno))])
        }
        defer { closedir(directory) }
        var faults: [SettingFault] = []
        var status = stat()
        if fstat(dirfd(directory), &status) == 0, let concern = FileRights(status).concern(path) {
            faults.append(fault(concern))
        }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard name.first != UInt8(ascii: "."), name.suffix(5).elementsEqual(".toml".utf8) else { continue }
            if let text = String(validating: name, as: UTF8.self) {
                names.append(text)
            } else {
                let shown = String(decoding: name, as: UTF8.self)
                faults.append(fault("has a file whose name is not UTF-8, \(shown.toml); rename or remove it"))
            }
        }
        // By bytes, as `ls` and `LC_ALL=C sort` have it, whatever the language.
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (
            names.map { ConfigurationFile(path: "\(path)/\($0)", isOptional: false, isInCheckedFolder: true) }, faults
        )
    }

    private func refusal(_ code: CInt) -> String {
        switch code {
        case ENOTDIR: "is a file; make it a directory, and put the file into it"
        case EACCES: "cannot be listed by user \(geteuid()); let that user read it: chmod or chgrp"
        default: "cannot be read: \(String(cString: strerror(code)))"
        }
    }

    private func fault(_ message: String) -> SettingFault {
        SettingFault(at: SettingPlace(file: path, line: 1, column: 1), message)
    }
}
