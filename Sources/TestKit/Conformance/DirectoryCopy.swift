import Glibc

/// Copies of what a plugin has on disk.
enum DirectoryCopy {
    /// Copies a directory with all files and folders in it, as a killed process leaves them. The target must be there.
    static func copy(_ source: String, to target: String) {
        for name in names(in: source) {
            let (from, to) = ("\(source)/\(name)", "\(target)/\(name)")
            if isDirectory(from) {
                mkdir(to, 0o700)
                copy(from, to: to)
            } else if let bytes = read(from) {
                write(bytes, to: to)
            }
        }
    }

    /// The paths of all regular files below a directory, relative to it, in order.
    static func files(below directory: String) -> [String] {
        var found: [String] = []
        for name in names(in: directory) {
            if isDirectory("\(directory)/\(name)") {
                found += files(below: "\(directory)/\(name)").map { "\(name)/\($0)" }
            } else if isRegular("\(directory)/\(name)") {
                found.append(name)
            }
        }
        return found.sorted()
    }

    static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard isRegular(path) else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }
    private static func isRegular(_ path: String) -> Bool { kind(path) == S_IFREG }

    private static func kind(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }
}
