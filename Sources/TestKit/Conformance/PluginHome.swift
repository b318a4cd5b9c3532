import Glibc
import PluginKit

/// A directory with all that instances of one plugin have on disk, a clock and a journal: what the daemon gives a
/// plugin, for one run of the suite.
struct PluginHome: Sendable {
    let directory = TemporaryDirectory()
    let clock = HeldClock()
    let journal: RecordedJournal
    let manifest: PluginManifest
    let credentials: [String: [UInt8]]

    init(_ manifest: PluginManifest, credentials: [String: [UInt8]], journal: RecordedJournal) {
        self.manifest = manifest
        self.credentials = credentials
        self.journal = journal
        mkdir(stateDirectory, 0o750)
    }

    /// The plugin's own directory, `NAME` in the directory of the home.
    var stateDirectory: String { "\(directory.path)/\(manifest.name)" }

    /// A home with the same files, as a process that is killed now leaves them.
    func copy() -> PluginHome {
        let copy = PluginHome(manifest, credentials: credentials, journal: journal)
        DirectoryCopy.copy(directory.path, to: copy.directory.path)
        return copy
    }

    /// What is left open of the home's files.
    var openFiles: [String] { OpenDescriptors.below(directory.path) }

    /// The context of an instance; it may grant less than the manifest declares.
    func context(granting capabilities: Set<Capability>? = nil, stateDirectory: String? = nil) -> PluginContext {
        var granted = manifest
        granted.capabilities = capabilities ?? manifest.capabilities
        let credentials = credentials
        return PluginContext(
            manifest: granted, journal: journal.plugin, clock: clock,
            stateDirectory: stateDirectory ?? self.stateDirectory, credential: { credentials[$0] })
    }
}
