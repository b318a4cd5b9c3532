import Glibc

/// A directory of a test's own, removed with all that is in it when the last reference goes.
public final class TemporaryDirectory: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes the directory under `$TMPDIR`, else `/tmp`.
    public init() {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/tidings-test.XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "mkdtemp in \(parent): errno \(errno)")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { TemporaryDirectory.remove(path) }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
                }
                if name == [46, 0] || name == [46, 46, 0] { continue }
                removeChild(of: path, name)
            }
            closedir(directory)
        }
        rmdir(path)
    }

    private static func removeChild(of parent: String, _ name: [CChar]) {
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if unlinkat(descriptor, name, 0) == 0 { return }
        remove(parent + "/" + String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}
