import Glibc
import PluginKit

/// A file of lines, each there once. Changes are on disk when they return: the file is replaced as a whole.
struct LedgerFile {
    let directory: String
    let name: String
    private var path: String { "\(directory)/\(name)" }

    init(directory: String, name: String) {
        self.directory = directory
        self.name = name
    }

    func makeIfMissing() throws(PluginFailure) {
        if access(path, F_OK) != 0 { try replace([]) }
    }

    func add(_ lines: [String]) throws(PluginFailure) {
        let kept = try read()
        var known = Set(kept)
        let new = lines.filter { known.insert($0).inserted }
        if !new.isEmpty { try replace(kept + new) }
    }

    func remove(where isGone: (String) -> Bool) throws(PluginFailure) {
        let kept = try read()
        let left = kept.filter { !isGone($0) }
        if left.count < kept.count { try replace(left) }
    }

    private func read() throws(PluginFailure) -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func replace(_ lines: [String]) throws(PluginFailure) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure("written") }
        defer { close(descriptor) }
        var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("written") }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure("flushed", .durability) }
        guard rename(temporary, path) == 0 else { throw failure("replaced") }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("flushed", .durability) }
    }

    private func failure(_ what: String, _ kind: PluginFailure.Kind = .temporary) -> PluginFailure {
        PluginFailure(kind, "the ledger \(path) cannot be \(what): \(String(cString: strerror(errno)))")
    }
}
