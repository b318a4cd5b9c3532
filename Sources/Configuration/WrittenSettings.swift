import PluginKit

/// Looking into what the files say, and laying one file's word over another's.
extension SettingValue {
    /// The entries of a table; none of anything else.
    var entries: [Entry] {
        if case .table(let entries) = content { entries } else { [] }
    }

    /// As TOML writes it.
    var toml: String {
        switch content {
        case .string(let text): text.toml
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .boolean(let flag): String(flag)
        case .temporal(let text): text
        case .array(let values): "[" + values.map(\.toml).joined(separator: ", ") + "]"
        case .table(let entries):
            "{ " + entries.map { "\($0.writtenKey) = \($0.value.toml)" }.joined(separator: ", ") + " }"
        }
    }

    /// The value of a key of a table.
    subscript(key: String) -> SettingValue? { entries.first { $0.key == key }?.value }

    /// Tables are merged key by key; of anything else, lists too, the later value counts.
    func overridden(by later: SettingValue) -> SettingValue {
        guard case .table(var entries) = content, case .table(let overriding) = later.content else { return later }
        for entry in overriding {
            guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
                entries.append(entry)
                continue
            }
            let earlier = entries[index]
            entries[index] = .init(key: entry.key, place: entry.place, value: earlier.value.overridden(by: entry.value))
            entries[index].overridden = earlier.overridden + [earlier.value.place]
        }
        return SettingValue(.table(entries), at: later.place)
    }
}
