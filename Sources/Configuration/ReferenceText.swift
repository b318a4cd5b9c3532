import EventFormats
import PluginKit

/// The reference for reading on a terminal, and for programs.
package struct ReferenceText {
    private let sections: [ReferenceSection]

    package init(_ registry: Registry) { sections = ReferenceSection.all(registry) }

    /// Section after section, each setting with its default, type and prose, at most 80 columns wide.
    var text: String {
        sections.map { section in
            var text = "[\(section.name)]\n"
            if let summary = section.summary { text += filled(summary, indent: 2) }
            for setting in section.values { text += entry(setting) }
            for list in section.lists {
                text += "\n[[\(list.name)]]\n" + filled(list.setting.summary, indent: 2)
                for setting in list.nested { text += entry(setting) }
            }
            return text
        }.joined(separator: "\n")
    }

    private func entry(_ setting: SettingDescription) -> String {
        "\n  \(setting.key) = \(setting.value)\n" + filled("\(setting.summary) (\(setting.type))", indent: 6)
    }

    private func filled(_ text: String, indent: Int) -> String {
        filledLines(text, width: 80 - indent).map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
    }

    /// One object a setting and line: setting (its full name, `[]` behind a list of tables), type, default, secret and
    /// summary.
    package var json: String {
        var json = JSONWriter()
        for section in sections {
            for setting in section.settings {
                write(setting, "\(section.name).\(setting.key)", &json)
                for nested in setting.nested ?? [] {
                    write(nested, "\(section.name).\(setting.key)[].\(nested.key)", &json)
                }
            }
        }
        return json.text
    }

    private func write(_ setting: SettingDescription, _ name: String, _ json: inout JSONWriter) {
        json.object { json in
            json.key("setting")
            json.string(name)
            json.key("type")
            json.string(setting.type)
            json.key("default")
            json.setting(setting.nested == nil ? setting.value : "[]")
            json.key("secret")
            json.bool(setting.isSecret)
            json.key("summary")
            json.string(setting.summary)
        }
        json.newline()
    }
}

/// Breaks text at spaces into lines of at most so many characters; a longer word has its own line.
func filledLines(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
        if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + 1 + word.count > width { lines.append("") }
        lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines
}

extension JSONWriter {
    /// Writes a value as TOML has it; what is no single value, as an object.
    mutating func setting(_ toml: String) {
        let value = Toml.parse(Array("value = \(toml)\n".utf8), file: "").root?["value"]
        if let value { content(value.content) } else { string(toml) }
    }

    private mutating func content(_ content: SettingValue.Content) {
        switch content {
        case .string(let text), .temporal(let text): string(text)
        case .integer(let number): integer(number)
        case .double(let value): number(value)
        case .boolean(let flag): bool(flag)
        case .array(let values): array { json in for value in values { json.content(value.content) } }
        case .table(let entries):
            object { json in
                for entry in entries {
                    json.key(dynamic: entry.key)
                    json.content(entry.value.content)
                }
            }
        }
    }
}
