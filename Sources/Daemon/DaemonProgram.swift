import Configuration
import CommandLineKit
import Glibc
public import PluginKit
import Spool
import Systemd

/// `tidingsd`: the daemon as a program, with whatever plugins it is handed.
///
///     import BuiltIn
///     import Daemon
///     import PluginKit
///
///     DaemonProgram.run(plugins: BuiltIn.plugins + [Registration(MyPlugin.self)])
public enum DaemonProgram {
    /// Runs the daemon with the process's arguments and environment, and ends the process.
    public static func run(plugins: [Registration]) -> Never {
        StandardStreams.occupy()
        Signals.block()
        let options: DaemonOptions
        do throws(UsageFault) {
            switch try DaemonOptions.parse(Array(Argument.ofProcess().dropFirst())) {
            case .help: end(.ok, DaemonOptions.help)
            case .options(let given, _): options = given
            }
        } catch {
            end(.usage, "\(error)\n")
        }
        if options.isVersion { end(.ok, "tidingsd \(programVersion)\n") }
        let (signals, received) = AsyncStream<ServiceSignal>.makeStream()
        // A task without a parent: the main thread only waits for signals, and the task's end is the process's.
        Task.detached {
            let status = await start(options, plugins, signals)
            // All is written. What libraries do at exit would meet the threads of plugins, which still live.
            _exit(status.rawValue)
        }
        Signals.deliver { received.yield($0) }
    }

    /// Writes to standard output when all is well, else to standard error unless told otherwise, and ends the process.
    private static func end(_ status: ExitStatus, _ words: String, to output: CInt? = nil) -> Never {
        let descriptor = output ?? (status == .ok ? STDOUT_FILENO : STDERR_FILENO)
        var rest = Array(words.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR {
                // A reader that has gone has read enough.
                if errno == EPIPE || status != .ok { break }
                end(.inputOutput, "tidingsd: standard output cannot be written: \(String(cString: strerror(errno)))\n")
            }
            rest = rest.dropFirst(max(0, count))
        }
        exit(status.rawValue)
    }

    private static func start(
        _ options: DaemonOptions, _ plugins: [Registration], _ signals: AsyncStream<ServiceSignal>
    ) async -> ExitStatus {
        var journal = Journal(.auto)
        do {
            let registry = try Registry(plugins)
            if let form = options.reference {
                let reference = ReferenceText(registry)
                end(.ok, options.isJSON ? reference.json : Configuration.reference(registry, as: form))
            }
            let loader = ConfigurationLoader(file: options.config, registry: registry)
            let configuration = try loader.load()
            if options.isPlugins { end(.ok, PluginList.json(registry, configuration)) }
            if options.isEffective {
                end(.ok, options.isJSON ? configuration.effectiveJSON : configuration.effectiveTOML)
            }
            if options.isCheck {
                end(.ok, options.isJSON ? "" : "the configuration is good: \(configuration.origin)\n")
            }
            journal = Journal(configuration.service.destination, level: configuration.service.level)
            journal.write(.serviceStarted, "tidingsd starts with \(configuration.origin)")
            if configuration.files.isEmpty {
                journal.write(
                    .configurationDefaulted,
                    "there is no \(ConfigurationLoader.defaultFile); every setting has its default")
            }
            let environment = getenv("STATE_DIRECTORY").map { ["STATE_DIRECTORY": String(cString: $0)] } ?? [:]
            let house = try House.open(
                configuration, stateDirectory: configuration.stateDirectory(environment: environment),
                createsSpool: options.createsSpool, clock: SystemClock(), journal: journal)
            let status = try await Service(loader: loader, house: house, isOnce: options.isOnce)
                .run(configuration, signals)
            journal.write(
                .serviceStopped, "stopped; \(house.desk.count) deliveries in work are taken up at the next start")
            return status
        } catch let error as ConfigurationFaults {
            if options.isCheck || options.isEffective, options.isJSON {
                end(.configuration, error.json, to: STDOUT_FILENO)
            }
            if options.isCheck || options.isEffective || options.isPlugins { end(.configuration, error.shown + "\n") }
            for fault in error.faults { journal.write(.configurationFaulty, "\(fault)") }
            return .configuration
        } catch let error as SpoolError where error.isDurabilityLost {
            journal.write(.syncFailed, "the service ends and recovers at its next start: \(error)")
            return .inputOutput
        } catch let error as SpoolError {
            journal.write(error.operation == .lock ? .spoolOccupied : .spoolFaulty, "\(error)")
            return error.operation == .lock ? .unavailable : .systemFile
        } catch let error as PluginFailure where error.kind == .durability {
            journal.write(.syncFailed, "the service ends and recovers at its next start: \(error)")
            return .inputOutput
        } catch let error as PluginFailure {
            journal.write(.serviceFailed, "the service cannot start: \(error)")
            return error.kind == .settings ? .configuration : .software
        } catch {
            journal.write(.serviceFailed, "the service cannot start: \(error)")
            return .software
        }
    }
}

extension Configuration {
    /// Where it comes from, for people.
    var origin: String { files.isEmpty ? "the defaults" : files.joined(separator: ", ") }
}

extension ServiceSettings {
    var destination: LogDestination {
        switch log {
        case .auto: .auto
        case .journal: .journal
        case .console: .console
        case .json: .json
        }
    }

    var level: JournalPriority {
        switch logLevel {
        case .error: .error
        case .warning: .warning
        case .notice: .notice
        case .info: .info
        case .debug: .debug
        }
    }
}
