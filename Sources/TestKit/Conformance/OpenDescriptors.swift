import Glibc

/// The files that this process holds open below a directory, removed ones too.
///
/// Only those below a directory of the caller's own are looked at: what the rest of the process opens and closes
/// meanwhile is not the plugin's doing.
enum OpenDescriptors {
    /// Paths below the directory, relative to it, in order.
    static func below(_ directory: String) -> [String] {
        var found: [String] = []
        guard let stream = opendir("/proc/self/fd") else { return [] }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard Int32(name) != nil, let target = target(of: "/proc/self/fd/\(name)") else { continue }
            if target.hasPrefix(directory + "/") { found.append(String(target.dropFirst(directory.utf8.count + 1))) }
        }
        return found.sorted()
    }

    private static func target(of link: String) -> String? {
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            count = buffer.baseAddress.map { max(0, readlink(link, $0, buffer.count)) } ?? 0
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
