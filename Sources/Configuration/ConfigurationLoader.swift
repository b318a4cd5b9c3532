public import PluginKit

/// Finds and reads the configuration: the same way at start, at reload and for `tidings check`.
public struct ConfigurationLoader: Sendable {
    /// The file that is read when nobody names another.
    public static let defaultFile = "/etc/tidingsd/tidingsd.toml"
    /// The largest configuration file.
    public static let maxFileBytes = ByteCount.mebibytes(1)
    /// The user that the shipped unit runs as; its files are trusted as root's are.
    static let serviceUser = "tidingsd"

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

    /// Reads and checks everything, and reports all faults at once. Where a file or a statement could not be read, what
    /// follows from several settings together is not judged: one of them may stand there.
    public func load() throws(ConfigurationFaults) -> Configuration {
        let dropIns = DropInFolder(path: file + ".d").files()
        var faults = dropIns.faults
        var sources: [ConfigurationSource] = []
        var documents: [SettingValue] = []
        for candidate in [ConfigurationFile(path: file, isOptional: !isNamed)] + dropIns.files {
            do throws(SettingFault) {
                guard let bytes = try candidate.read() else { continue }
                let reading = Toml.parse(bytes, file: candidate.path)
                sources.append(ConfigurationSource(file: candidate.path, text: bytes))
                faults += reading.faults
                if let root = reading.root { documents.append(root) }
            } catch {
                faults.append(error)
            }
        }
        let isWhole = faults.isEmpty
        var found: [SettingFault] = []
        var configuration = Configuration.read(documents, registry: registry, faults: &found)
        faults += found.filter { isWhole || !$0.isRule }
        guard faults.isEmpty else {
            throw ConfigurationFaults(faults, sources: sources, secretKeys: registry?.secretKeys ?? [])
        }
        configuration.files = sources.map(\.file)
        return configuration
    }
}
