import Configuration
import Glibc
import Pipeline
import PluginKit
import Systemd
import Primitives

/// The plugins of one configuration, built.
struct Stages: Sendable {
    let list: [PipelineStage]

    /// The log of the stage that decides; nil where none does, or keeps one.
    var ledger: (any LedgerKeeper)? {
        list.first { $0.manifest.decides }.flatMap { $0.plugin as? any LedgerKeeper }
    }

    /// Builds the plugins in order. When one fails, those before it are drained and its failure is thrown,
    /// or that of a drain after which what was promised may not be on disk.
    static func build(
        _ configuration: Configuration, stateDirectory: String, clock: any ServiceClock, journal: Journal
    ) async throws(PluginFailure) -> Stages {
        var list: [PipelineStage] = []
        do throws(PluginFailure) {
            try makeDirectory(stateDirectory)
            for stage in configuration.stages {
                let name = stage.manifest.name
                let directory = "\(stateDirectory)/\(name)"
                if stage.manifest.capabilities.contains(.stateDirectory) { try makeDirectory(directory) }
                let context = PluginContext(
                    manifest: stage.manifest, journal: pluginJournal(name, journal), clock: clock,
                    stateDirectory: directory, credential: readCredential)
                list.append(PipelineStage(stage.manifest, try await stage.configured.make(context)))
            }
        } catch {
            let lost = await Stages(list: list).drain(
                within: Shutdown(configuration.service).limit(of: .drainStages), clock: clock, journal)
            throw lost ?? error
        }
        return Stages(list: list)
    }

    /// Lets every plugin finish what it has promised; a failure is reported and does not keep the others from it, nor
    /// does one that takes longer than what is left of the limit. Gives the first failure that says that what was
    /// promised may not be on disk.
    func drain(within limit: Duration, clock: any ServiceClock, _ journal: Journal) async -> PluginFailure? {
        var lost: PluginFailure?
        let end = clock.uptime + limit
        for stage in list {
            let left = max(end - clock.uptime, .milliseconds(100))
            let ended = await TimeLimit(left, grace: .zero).run(clock: clock) { () -> PluginFailure? in
                do throws(PluginFailure) {
                    try await stage.plugin.drain()
                    return nil
                } catch {
                    return error
                }
            }
            switch ended {
            case .ended(nil), .endedLate(nil): continue
            case .ended(let failure?), .endedLate(let failure?):
                if failure.kind == .durability { lost = lost ?? failure }
                Stages.report("could not finish: \(failure)", stage, journal)
            case .abandoned: Stages.report("did not finish within \(limit.words) and is left as it is", stage, journal)
            }
        }
        return lost
    }

    private static func report(_ what: String, _ stage: PipelineStage, _ journal: Journal) {
        journal.write(
            .stageFailed, "stage \(stage.manifest.name) \(what)", fields: [.init("TIDINGS_STAGE", stage.manifest.name)])
    }

    private static func makeDirectory(_ path: String) throws(PluginFailure) {
        if mkdir(path, 0o750) != 0, errno != EEXIST {
            let reason = String(cString: strerror(errno))
            throw PluginFailure(
                .settings, "the directory \(path) cannot be made: \(reason); make it, or set service.state_directory")
        }
        // What plugins make durable in it is lost with its name. One that is there may be left from an unclean end.
        let parent = open("\(path)/..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A parent that may not be read is the system's, and so is what lies in it.
        guard parent >= 0 else { return }
        defer { close(parent) }
        do throws(Errno) {
            try SystemCall.flush(parent)
        } catch {
            if error == .invalid { return }
            throw PluginFailure(.durability, "the name of the directory \(path) may not be on disk: \(error)")
        }
    }

    @Sendable private static func readCredential(_ name: String) throws(PluginFailure) -> [UInt8]? {
        do throws(SystemdError) {
            return try Credentials().read(name)
        } catch {
            throw PluginFailure(.settings, "\(error)", cause: error)
        }
    }

    private static func pluginJournal(_ name: String, _ journal: Journal) -> PluginJournal {
        PluginJournal { level, message, fields, file, line in
            journal.write(
                JournalEntry(
                    .pluginMessage, "\(name): \(message)",
                    priority: JournalPriority(rawValue: level.rawValue) ?? .info,
                    fields: [.init("TIDINGS_STAGE", name)] + fields.map { .init($0.0, $0.1) },
                    file: file, line: line, function: name))
        }
    }
}
