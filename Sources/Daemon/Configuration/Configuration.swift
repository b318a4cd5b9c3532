import EventFormats
public import PluginKit

/// What is in force: every setting with its value, checked.
public struct Configuration: Sendable {
    /// `[service]`.
    public var service = ServiceSettings()
    /// `[spool]`.
    public var spool = SpoolSettings()
    /// `[pipeline]`.
    public var pipeline = PipelineSettings()
    /// The stages of the pipeline, ready to be built.
    public var stages: [ConfiguredStage] = []
    /// `[plugins.NAME]`, the tables as they were written, whether or not the plugin is known.
    public var pluginTables: [SettingValue.Entry] = []
    /// The files that were read, in order; empty where there are only defaults.
    public var files: [String] = []

    /// Makes a configuration of defaults without stages.
    public init() {}

    /// Where plugins keep their state, given the process's environment.
    public func stateDirectory(environment: [String: String]) -> String {
        if !service.stateDirectory.isEmpty { return service.stateDirectory }
        return environment["STATE_DIRECTORY"]?.split(separator: ":").first.map(String.init) ?? "/var/lib/tidingsd"
    }
}

/// A stage whose settings have been read.
public struct ConfiguredStage: Sendable {
    /// The plugin's manifest.
    public let manifest: PluginManifest
    /// The plugin's settings, and what builds it.
    public let configured: Registration.Configured
}

/// Everything that is wrong with a configuration.
public struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    /// The faults, in the order of the files.
    public let faults: [SettingFault]

    /// One fault a line.
    public var description: String { faults.map(\.description).joined(separator: "\n") }

    /// One JSON object a line, with the keys of the findings of `tidings check`.
    var json: String {
        var json = JSONWriter()
        for fault in faults {
            json.object { json in
                json.key("file")
                if let file = fault.place?.file { json.string(file) } else { json.null() }
                json.key("code")
                json.string("configuration")
                json.key("severity")
                json.string("error")
                json.key("line")
                if let line = fault.place?.line { json.integer(line) } else { json.null() }
                json.key("column")
                if let column = fault.place?.column { json.integer(column) } else { json.null() }
                json.key("message")
                json.string(fault.message)
            }
            json.newline()
        }
        return json.text
    }
}

extension Configuration {
    /// Reads a configuration from parsed files, the later ones over the earlier, and checks all of it; without a
    /// registry all but what belongs to the plugins.
    static func read(_ documents: [SettingValue], registry: Registry?) throws(ConfigurationFaults) -> Configuration {
        var faults: [SettingFault] = []
        var configuration = Configuration()
        let merged = documents.dropFirst().reduce(documents.first) { earlier, later in
            earlier.map { merge($0, later) }
        }
        if let merged, case .table(let sections) = merged.content {
            for section in sections {
                switch section.key {
                case "service": configuration.service = .decode(section.value, name: "service", faults: &faults)
                case "spool": configuration.spool = .decode(section.value, name: "spool", faults: &faults)
                case "pipeline": configuration.pipeline = .decode(section.value, name: "pipeline", faults: &faults)
                case "plugins":
                    if case .table(let entries) = section.value.content {
                        configuration.pluginTables = entries
                    } else {
                        faults.append(
                            .init(at: section.value.place, "plugins is \(section.value.words); expected a table"))
                    }
                default:
                    let known = ["service", "spool", "pipeline", "plugins"]
                    let hint = nearest(to: section.key, among: known).map { "; did you mean [\($0)]?" } ?? ""
                    faults.append(SettingFault(at: section.place, "unknown section [\(section.key)]\(hint)"))
                }
            }
        }
        if let registry { configuration.readPlugins(registry, &faults) }
        if !faults.isEmpty { throw ConfigurationFaults(faults: faults) }
        return configuration
    }

    private mutating func readPlugins(_ registry: Registry, _ faults: inout [SettingFault]) {
        for entry in pluginTables where registry[entry.key] == nil {
            let hint = nearest(to: entry.key, among: registry.plugins.map(\.manifest.name))
            faults.append(
                SettingFault(
                    at: entry.place,
                    "[plugins.\(entry.key)] is for no plugin of this daemon"
                        + (hint.map { "; did you mean [plugins.\($0)]?" } ?? "")))
        }
        for fault in registry.faults(ofPipeline: pipeline.stages) { faults.append(SettingFault(at: nil, fault)) }
        for plugin in registry.plugins {
            let value = pluginTables.first { $0.key == plugin.manifest.name }?.value
            let configured = plugin.configure(value, &faults)
            if pipeline.stages.contains(plugin.manifest.name) {
                stages.append(ConfiguredStage(manifest: plugin.manifest, configured: configured))
            }
        }
        let order = pipeline.stages
        stages.sort { (order.firstIndex(of: $0.manifest.name) ?? 0) < (order.firstIndex(of: $1.manifest.name) ?? 0) }
    }

    /// Tables are merged key by key; of anything else the later value counts.
    private static func merge(_ earlier: SettingValue, _ later: SettingValue) -> SettingValue {
        guard case .table(var entries) = earlier.content, case .table(let overriding) = later.content else {
            return later
        }
        for entry in overriding {
            if let index = entries.firstIndex(where: { $0.key == entry.key }) {
                let value = merge(entries[index].value, entry.value)
                entries[index] = .init(key: entry.key, place: entry.place, value: value)
            } else {
                entries.append(entry)
            }
        }
        return SettingValue(.table(entries), at: later.place)
    }
}

extension Configuration {
    /// What a reload cannot change, as a sentence; nil where a reload will do.
    func difference(notReloadableFrom running: Configuration) -> String? {
        let fixed: [(String, Bool)] = [
            ("service.state_directory", service.stateDirectory != running.service.stateDirectory),
            ("service.log", service.log != running.service.log),
            ("[spool]", spool != running.spool),
        ]
        let changed = fixed.filter(\.1).map(\.0)
        return changed.isEmpty
            ? nil : "\(changed.joined(separator: ", ")) cannot change by a reload; restart the service"
    }
}
