import CommandLineKit
import Configuration
import Archive
import EventFormats
import Glibc

/// Where the service keeps its things, by its configuration.
struct Service {
    let configuration: Configuration
    /// The root of the spool, an absolute path.
    var spool: String { configuration.spool.directory }
    /// The state directory, an absolute path.
    let state: String
    /// The archive's file.
    var archive: String { ArchiveReader.path(stateDirectory: state) }

    /// Reads the configuration. The plugins' tables are left to the daemon, which may have others than this tool knows.
    init(_ common: CommonOptions) throws(Failure) {
        do {
            configuration = try ConfigurationLoader(file: common.configurationFile, registry: nil).load()
        } catch {
            throw Failure(.configuration, error.description)
        }
        let inherited = Environment["STATE_DIRECTORY"].map { ["STATE_DIRECTORY": $0] } ?? [:]
        state = configuration.stateDirectory(environment: inherited)
    }

    /// Why nothing can be told of the spool.
    var spoolIsMissing: Failure {
        Failure(
            .unavailable,
            "there is no spool at \(spool.printable): is tidingsd installed, and is [spool] directory right?")
    }
}
