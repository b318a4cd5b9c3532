import PluginKit

/// A section of the configuration as the reference shows it, in whatever form.
struct ReferenceSection {
    /// The name between the brackets: `spool`, `plugins.notifier`.
    let name: String
    /// What it is about; nil where its settings say it.
    let summary: String?
    /// Its settings, in order.
    let settings: [SettingDescription]
    /// Whether it is no section until somebody gives it a name.
    var isNamedByHand = false

    /// The sections of a daemon with these plugins, in the order of the shipped file.
    static func all(_ registry: Registry) -> [ReferenceSection] {
        [
            ReferenceSection(name: "service", summary: nil, settings: ServiceSettings.describe(ServiceSettings())),
            ReferenceSection(name: "spool", summary: nil, settings: SpoolSettings.describe(SpoolSettings())),
            ReferenceSection(name: "pipeline", summary: nil, settings: PipelineSettings.describe(PipelineSettings())),
            ReferenceSection(
                name: "publishers.NAME", summary: Publishers.summary, settings: Publishers.settings(nil),
                isNamedByHand: true),
        ]
            + registry.plugins.map { plugin in
                ReferenceSection(
                    name: "plugins.\(plugin.manifest.name)", summary: plugin.manifest.summary, settings: plugin.defaults
                )
            }
    }

    /// The settings that have one value.
    var values: [SettingDescription] { settings.filter { $0.nested == nil } }

    /// The lists of tables, each with the name of its tables and their settings.
    var lists: [(name: String, setting: SettingDescription, nested: [SettingDescription])] {
        settings.compactMap { setting in
            setting.nested.map { ("\(name).\(setting.key)", setting, $0) }
        }
    }
}

/// A form of the reference.
package enum ReferenceForm: String, SettingChoice {
    /// For reading on a terminal.
    case text
    /// The file that is shipped.
    case toml
    /// The manual page tidingsd.toml(5), in mdoc(7).
    case man
}

extension Configuration {
    /// The reference of all settings, made from their declarations.
    package static func reference(_ registry: Registry, as form: ReferenceForm) -> String {
        switch form {
        case .text: ReferenceText(registry).text
        case .toml: reference(registry)
        case .man: ReferenceManual(registry).page
        }
    }
}
