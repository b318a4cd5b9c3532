import PluginKit

extension Configuration {
    /// The configuration file with every setting at its default, commented out and explained: what is shipped.
    public static func reference(_ registry: Registry) -> String {
        var text = """
            # Configuration of tidingsd(8). Every setting stands here with its default; remove the # to change it.
            # Files in tidingsd.toml.d/*.toml are read after this one, in the order of their names.
            # tidingsd --check says what is wrong. systemctl reload tidingsd puts changes into force.

            """
        text += section("service", ServiceSettings.describe(ServiceSettings()))
        text += section("spool", SpoolSettings.describe(SpoolSettings()))
        text += section("pipeline", PipelineSettings.describe(PipelineSettings()))
        for plugin in registry.plugins {
            text += section("plugins.\(plugin.manifest.name)", plugin.defaults, summary: plugin.manifest.summary)
        }
        return text
    }

    private static func section(_ name: String, _ settings: [SettingDescription], summary: String? = nil) -> String {
        var text = "\n[\(name)]\n"
        if let summary { text += comment(summary) }
        for setting in settings where setting.nested == nil { text += entry(setting) }
        for setting in settings {
            guard let nested = setting.nested else { continue }
            text += "\n" + comment(setting.summary) + "#   [[\(name).\(setting.key)]]\n"
            for setting in nested { text += entry(setting, indent: "  ") }
        }
        return text
    }

    /// Settings of tables in a list stand indented: they belong together with their heading or not at all.
    private static func entry(_ setting: SettingDescription, indent: String = "") -> String {
        "\n" + comment("\(setting.summary) (\(setting.type))")
            + "# \(indent)\(setting.key) = \(setting.value)\n"
    }

    private static func comment(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 110 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.map { "# \($0)\n" }.joined()
    }
}
