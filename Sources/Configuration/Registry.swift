public import PluginKit
import EventModel

/// The plugins that a daemon knows, by name. A value: nothing registers itself.
public struct Registry: Sendable {
    /// The plugins, in the order of the list.
    public let plugins: [Registration]

    /// Takes the list. A name that stands in it twice, a manifest that is not valid, or a setting for a secret that the
    /// manifest does not allow to be read, is a fault of the program that made the list.
    public init(_ plugins: [Registration]) throws(RegistryFault) {
        var names: Set<String> = []
        for plugin in plugins {
            let name = plugin.manifest.name
            if let fault = plugin.manifest.faults.first {
                throw RegistryFault("the manifest of plugin \"\(name)\" is not valid: \(fault)")
            }
            if !plugin.manifest.capabilities.contains(.credentials),
                let key = Registry.secretKeys(plugin.defaults).first
            {
                throw RegistryFault(
                    "plugin \"\(name)\" has the setting \(key), which names a credential; add credentials to the "
                        + "capabilities of its manifest")
            }
            if !names.insert(name).inserted {
                throw RegistryFault("two plugins are called \"\(name)\"; rename one in its manifest")
            }
        }
        self.plugins = plugins
    }

    /// The plugin of that name.
    public subscript(name: String) -> Registration? { plugins.first { $0.manifest.name == name } }

    /// The keys of all settings of all plugins that name a credential.
    var secretKeys: Set<String> { Set(plugins.flatMap { Registry.secretKeys($0.defaults) }) }

    private static func secretKeys(_ settings: [SettingDescription]) -> [String] {
        settings.flatMap { ($0.isSecret ? [$0.key] : []) + secretKeys($0.nested ?? []) }
    }

    /// Faults of a pipeline: names that are not known or stand in it twice, facts that no earlier stage provides or that
    /// two provide, and more than one stage that decides. Each with the index of the stage that it is about.
    func faults(ofPipeline stages: [String]) -> [(index: Int?, message: String)] {
        var faults: [(Int?, String)] = []
        var providers: [String: String] = [:]
        var deciding: String?
        if stages.isEmpty { faults.append((nil, "pipeline.stages is empty; name at least one plugin")) }
        for (index, name) in stages.enumerated() {
            guard let manifest = self[name]?.manifest else {
                let names = plugins.map(\.manifest.name)
                let hint = nearest(to: name, among: names).map { "; did you mean \($0.toml)?" } ?? ""
                let known = names.joined(separator: ", ")
                faults.append(
                    (index, "pipeline.stages names \(name.toml), which is no plugin of this daemon (\(known))\(hint)"))
                continue
            }
            if stages[..<index].contains(name) {
                faults.append((index, "pipeline.stages names \"\(name)\" twice; a plugin has one place"))
            }
            for fact in manifest.requires where providers[fact] == nil {
                let provider = plugins.first { $0.manifest.provides.contains(fact) }?.manifest.name
                let remedy = provider.map { "put \"\($0)\" before it" } ?? "no plugin of this daemon provides it"
                faults.append(
                    (index, "stage \"\(name)\" requires the fact \(fact), which no earlier stage provides; \(remedy)"))
            }
            if manifest.decides {
                if let deciding {
                    faults.append((index, "stages \"\(deciding)\" and \"\(name)\" both decide; keep one of them"))
                }
                deciding = name
            }
            for fact in manifest.provides {
                if let other = providers[fact], other != name, fact != Resolution.name {
                    faults.append(
                        (index, "stages \"\(other)\" and \"\(name)\" both provide the fact \(fact); keep one of them"))
                }
                providers[fact] = name
            }
        }
        return faults
    }
}

/// What is wrong with the list of plugins that a program hands to the daemon.
public struct RegistryFault: Error, CustomStringConvertible {
    /// A sentence with the remedy.
    public let description: String

    init(_ description: String) { self.description = description }
}
