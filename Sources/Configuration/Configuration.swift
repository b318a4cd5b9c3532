public import PluginKit

/// What is in force: every setting with its value, checked.
public struct Configuration: Sendable {
    /// `[service]`.
    public var service = ServiceSettings()
    /// `[spool]`.
    public var spool = SpoolSettings()
    /// `[pipeline]`.
    public var pipeline = PipelineSettings()
    /// `[publishers.NAME]`: who speaks for whom.
    public var publishers = Publishers()
    /// The stages of the pipeline, ready to be built.
    public var stages: [ConfiguredStage] = []
    /// `[plugins.NAME]`, the tables as they were written, whether or not the plugin is known.
    public var pluginTables: [SettingValue.Entry] = []
    /// The files that were read, in order; empty where there are only defaults.
    public var files: [String] = []
    /// What the files say, the later ones over the earlier; nil where there are only defaults.
    var written: SettingValue?
    /// The settings of every plugin that is known, in the order of the list.
    var plugins: [(name: String, settings: [SettingDescription])] = []

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

extension Configuration {
    /// Reads a configuration from parsed files, the later ones over the earlier, and checks all of it; without a
    /// registry all but what belongs to the plugins.
    static func read(
        _ documents: [SettingValue], registry: Registry?, faults: inout [SettingFault]
    ) -> Configuration {
        var configuration = Configuration()
        configuration.written = documents.dropFirst().reduce(documents.first) { $0?.overridden(by: $1) }
        let owner = owner(of:)
        for section in configuration.written?.entries ?? [] {
            switch section.key {
            case "service":
                configuration.service = .decode(section.value, name: "service", faults: &faults, owner: owner)
            case "spool": configuration.spool = .decode(section.value, name: "spool", faults: &faults, owner: owner)
            case "pipeline":
                configuration.pipeline = .decode(section.value, name: "pipeline", faults: &faults, owner: owner)
            case "publishers": configuration.publishers = .read(section.value, &faults)
            case "plugins":
                if case .table(let entries) = section.value.content {
                    configuration.pluginTables = entries
                } else {
                    faults.append(
                        .init(
                            at: section.value.place,
                            "plugins is \(section.value.words); write a section [plugins.NAME] for each plugin"))
                }
            default: faults.append(unknown(section, registry))
            }
        }
        if let registry { configuration.readPlugins(registry, &faults) }
        return configuration
    }

    /// A section or, before the first one, a setting that is known nowhere at this place.
    private static func unknown(_ entry: SettingValue.Entry, _ registry: Registry?) -> SettingFault {
        let key = entry.writtenKey
        guard case .table = entry.value.content else {
            let remedy =
                owner(of: entry.key).map { "put it below [\($0)]" } ?? "put it below the section that it belongs to"
            return SettingFault(at: entry.place, "\(key) stands before any [section]; \(remedy)")
        }
        if let plugin = registry?[entry.key]?.manifest.name {
            return SettingFault(at: entry.place, "unknown section [\(key)]; write [plugins.\(plugin)]")
        }
        let known = sections.map(\.name) + ["publishers", "plugins"]
        let remedy = nearest(to: entry.key, among: known).map { "did you mean [\($0)]?" }
        let names = "the sections are [service], [spool], [pipeline], [publishers.NAME] and [plugins.NAME]"
        return SettingFault(at: entry.place, "unknown section [\(key)]; \(remedy ?? names)")
    }

    private static func owner(of key: String) -> String? { sections.first { $0.keys.contains(key) }?.name }

    private static var sections: [(name: String, keys: [String])] {
        [
            ("service", ServiceSettings.schema.map(\.key)), ("spool", SpoolSettings.schema.map(\.key)),
            ("pipeline", PipelineSettings.schema.map(\.key)),
        ]
    }

    private mutating func readPlugins(_ registry: Registry, _ faults: inout [SettingFault]) {
        for entry in pluginTables where registry[entry.key] == nil {
            let names = registry.plugins.map(\.manifest.name)
            let remedy = nearest(to: entry.key, among: names).map { "did you mean [plugins.\($0)]?" }
            faults.append(
                SettingFault(
                    at: entry.place,
                    "[plugins.\(entry.writtenKey)] is for no plugin of this daemon; "
                        + (remedy ?? "it has \(names.joined(separator: ", "))")))
        }
        readPipeline(registry, &faults)
        for plugin in registry.plugins {
            let value = pluginTables.first { $0.key == plugin.manifest.name }?.value
            let configured = plugin.configure(value, &faults)
            if pipeline.stages.contains(plugin.manifest.name) {
                stages.append(ConfiguredStage(manifest: plugin.manifest, configured: configured))
            }
            plugins.append((plugin.manifest.name, configured.effective))
        }
        let order = pipeline.stages
        stages.sort { (order.firstIndex(of: $0.manifest.name) ?? 0) < (order.firstIndex(of: $1.manifest.name) ?? 0) }
    }

    /// The stages, each fault at the name it is about where the list is written.
    private func readPipeline(_ registry: Registry, _ faults: inout [SettingFault]) {
        let list = written?["pipeline"]?["stages"]
        var names: [SettingValue] = []
        if case .array(let elements) = list?.content { names = elements }
        for fault in registry.faults(ofPipeline: pipeline.stages) {
            let place = fault.index.flatMap { names.indices.contains($0) ? names[$0].place : nil } ?? list?.place
            faults.append(SettingFault(at: place, fault.message, isRule: list == nil))
        }
    }
}
