import PluginKit

extension Configuration {
    /// The configuration file with every setting at its default, commented out and explained: what is shipped.
    public static func reference(_ registry: Registry) -> String {
        var text = """
            # Configuration of tidingsd(8). Every setting stands here with its default; remove the # to change it.
            # Files in tidingsd.toml.d/*.toml are read after this one, in the order of their names; each overrides setting by
            # setting, and replaces lists as a whole. tidings check says what is wrong, tidings check --effective what is in
            # force and why. systemctl reload tidingsd puts changes into force. tidingsd.toml(5) tells more.

            """
        for part in ReferenceSection.all(registry) { text += part.isNamedByHand ? example(part) : section(part) }
        return text
    }

    /// A section that is none until it is wanted, with its heading commented out too.
    private static func example(_ part: ReferenceSection) -> String {
        "\n" + comment(part.summary ?? "") + "#   [\(part.name)]\n"
            + part.settings.map { entry($0, indent: "  ") }.joined()
    }

    private static func section(_ part: ReferenceSection) -> String {
        var text = "\n[\(part.name)]\n"
        if let summary = part.summary { text += comment(summary) }
        for setting in part.values { text += entry(setting) }
        for (name, setting, nested) in part.lists {
            text += "\n" + comment(setting.summary) + "#   [[\(name)]]\n"
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
        filledLines(text, width: 110).map { "# \($0)\n" }.joined()
    }
}
