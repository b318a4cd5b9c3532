import EventFormats
import PluginKit
import Systemd

/// One setting in force, and the file that says so.
struct EffectiveSetting {
    /// The full name, tables of a list counted from 1: `plugins.notifier.channel[1].title`.
    let name: String
    let setting: SettingDescription
    /// Where it is written; nil for the default.
    let source: SettingPlace?
    /// Where earlier files set it, which this value overrides.
    let overridden: [SettingPlace]

    fileprivate init(_ name: String, _ setting: SettingDescription, _ entry: SettingValue.Entry?) {
        self.name = name
        self.setting = setting
        source = entry?.value.place
        overridden = entry?.overridden ?? []
    }
}

/// A table in force.
struct EffectiveSection {
    /// As it stands between the brackets, which are two for a table of a list.
    let heading: String
    /// Where the table of a list is written.
    let place: SettingPlace?
    let settings: [EffectiveSetting]
    /// Lists of tables in it that are empty.
    let emptyLists: [String]
}

extension Configuration {
    /// Everything that is in force, in the order of the reference.
    var effective: [EffectiveSection] {
        var sections: [EffectiveSection] = []
        func add(_ name: String, _ settings: [SettingDescription]) {
            let table = name.split(separator: ".").reduce(written) { $0?[String($1)] }
            func entry(_ key: String) -> SettingValue.Entry? { table?.entries.first { $0.key == key } }
            let lists = settings.filter { $0.nested != nil }
            sections.append(
                EffectiveSection(
                    heading: "[\(name)]", place: nil,
                    settings: settings.filter { $0.nested == nil }.map {
                        EffectiveSetting("\(name).\($0.key)", $0, entry($0.key))
                    },
                    emptyLists: lists.filter(\.elements.isEmpty).map { "[[\(name).\($0.key)]]" }))
            for list in lists {
                var tables: [SettingValue] = []
                if case .array(let values) = entry(list.key)?.value.content { tables = values }
                for (index, element) in list.elements.enumerated() {
                    let value = tables.indices.contains(index) ? tables[index] : nil
                    sections.append(
                        EffectiveSection(
                            heading: "[[\(name).\(list.key)]]", place: value?.place,
                            settings: element.map { setting in
                                EffectiveSetting(
                                    "\(name).\(list.key)[\(index + 1)].\(setting.key)", setting,
                                    value?.entries.first { $0.key == setting.key })
                            }, emptyLists: []))
                }
            }
        }
        add("service", ServiceSettings.describe(service))
        add("spool", SpoolSettings.describe(spool))
        add("pipeline", PipelineSettings.describe(pipeline))
        let everybody = written?["publishers"]?.entries.first { $0.key == Publishers.everybody }?.value
        for publisher in written?["publishers"]?.entries ?? [] {
            let name = "publishers.\(publisher.writtenKey)"
            sections.append(
                EffectiveSection(
                    heading: "[\(name)]", place: publisher.value.place,
                    settings: Publishers.settings(publisher.value, else: everybody).map { setting in
                        EffectiveSetting(
                            "\(name).\(setting.key)", setting,
                            publisher.value.entries.first { $0.key == setting.key })
                    }, emptyLists: []))
        }
        for plugin in plugins { add("plugins.\(plugin.name)", plugin.settings) }
        return sections
    }

    /// What is in force as a configuration file, each value with its source behind it.
    package var effectiveTOML: String {
        let read = files.isEmpty ? ["no file: every setting has its default"] : files.map(\.printable)
        var text = "# What is in force, and where each value comes from. Read, in this order:\n"
        for file in read { text += "#   \(file)\n" }
        for section in effective {
            text += "\n" + section.heading + (section.place.map { "  # \($0.fileAndLine)" } ?? "") + "\n"
            let lines = section.settings.map { "\($0.setting.key) = \($0.setting.value)" }
            let width = lines.map(\.count).filter { $0 <= 40 }.max() ?? 0
            for (line, setting) in zip(lines, section.settings) {
                let space = String(repeating: " ", count: max(0, width - line.count))
                text += "\(line)\(space)  # \(setting.origin)\n"
            }
            for list in section.emptyLists { text += "# no \(list)\n" }
        }
        return text
    }

    /// What is in force, one object a setting and line: setting, value, source (default or file), file, line, column and
    /// overrides (the places of earlier files).
    package var effectiveJSON: String {
        var json = JSONWriter()
        for setting in effective.flatMap(\.settings) {
            json.object { json in
                json.key("setting")
                json.string(setting.name)
                json.key("value")
                json.setting(setting.setting.value)
                json.key("source")
                json.string(setting.source == nil ? "default" : "file")
                json.key("file")
                if let file = setting.source?.file { json.string(file) } else { json.null() }
                json.key("line")
                if let line = setting.source?.line { json.integer(line) } else { json.null() }
                json.key("column")
                if let column = setting.source?.column { json.integer(column) } else { json.null() }
                json.key("overrides")
                json.array { json in for place in setting.overridden { json.string("\(place)") } }
            }
            json.newline()
        }
        return json.text
    }
}

extension EffectiveSetting {
    /// `default`, or the file and line, and what it overrides.
    fileprivate var origin: String {
        guard let source else { return "default" }
        let earlier = overridden.map(\.fileAndLine)
        return source.fileAndLine + (earlier.isEmpty ? "" : ", over \(earlier.joined(separator: ", "))")
    }
}

extension SettingPlace {
    /// `file:line`.
    fileprivate var fileAndLine: String { "\(file.printable):\(line)" }
}
