import Glibc
public import PluginKit

/// Finds and reads the configuration: the same way at start, at reload and for `tidings check`.
public struct ConfigurationLoader: Sendable {
    /// The file that is read when nobody names another.
    public static let defaultFile = "/etc/tidingsd/tidingsd.toml"
    /// The largest configuration file.
    public static let maxFileBytes = ByteCount.mebibytes(1)

    private let file: String
    private let isNamed: Bool
    private let registry: Registry?

    /// Reads `file` and `file.d/*.toml` in the order of their names. Nil stands for ``defaultFile``, which may be absent.
    /// Without a registry the plugins' tables are not checked: for programs that have to agree with a daemon of any
    /// plugins on where things lie.
    public init(file: String?, registry: Registry?) {
        self.file = file ?? ConfigurationLoader.defaultFile
        isNamed = file != nil
        self.registry = registry
    }

    /// Reads and checks everything, and reports all faults at once.
    public func load() throws(ConfigurationFaults) -> Configuration {
        var documents: [SettingValue] = []
        var files: [String] = []
        var faults: [SettingFault] = []
        for path in [file] + dropIns() {
            do throws(SettingFault) {
                guard let bytes = try read(path) else { continue }
                documents.append(try Toml.parse(bytes, file: path))
                files.append(path)
            } catch {
                faults.append(error)
            }
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults: faults) }
        var configuration = try Configuration.read(documents, registry: registry)
        configuration.files = files
        return configuration
    }

    private func dropIns() -> [String] {
        guard let directory = opendir(file + ".d") else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".toml"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted().map { "\(file).d/\($0)" }
    }

    /// The file's bytes; nil for the default file where there is none.
    private func read(_ path: String) throws(SettingFault) -> [UInt8]? {
        let place = SettingPlace(file: path, line: 1, column: 1)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == ENOENT, path == file, !isNamed { return nil }
            throw SettingFault(at: place, "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: ConfigurationLoader.maxFileBytes.bytes + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else {
                throw SettingFault(at: place, "cannot be read: \(String(cString: strerror(errno)))")
            }
            if read == 0 { break }
            count += read
        }
        guard count < bytes.count else {
            throw SettingFault(at: place, "is larger than \(ConfigurationLoader.maxFileBytes); make it shorter")
        }
        return Array(bytes[..<count])
    }
}
