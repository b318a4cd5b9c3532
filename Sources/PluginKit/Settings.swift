/// A table of the configuration that describes itself: one declaration yields parsing, checks and documentation.
///
///     struct PacerSettings: PluginSettings {
///         var syncEvery = 256
///         static var schema: [Setting<Self>] {
///             [Setting("sync_every", \.syncEvery, in: 1...4096, "Deliveries in one commit.")]
///         }
///     }
public protocol SettingsTable: Sendable {
    /// All defaults.
    init()
    /// The settings, in the order of the reference.
    static var schema: [Setting<Self>] { get }
    /// Faults that concern several settings together, as sentences; empty when all is well.
    func faults() -> [String]
}

extension SettingsTable {
    /// No rules between settings.
    public func faults() -> [String] { [] }
}

/// A plugin's table, `[plugins.NAME]`.
public typealias PluginSettings = SettingsTable

/// One setting: its key, its property, its type, range and prose.
public struct Setting<Table: SettingsTable>: Sendable {
    /// The key in the file, lower-case words joined by underscores.
    public let key: String
    /// The type, with its range, for people: `integer, 1 to 4096`.
    public let type: String
    /// What it does: a sentence or two.
    public let summary: String
    /// Whether values must not be shown.
    public let isSecret: Bool
    /// The schema of the tables in it, for a list of tables; nil for a single value.
    public let nested: [SettingDescription]?

    let assign: @Sendable (inout Table, SettingValue, String, inout [SettingFault]) -> Void
    let render: @Sendable (Table) -> String

    /// Declares a setting of one value.
    public init<Value: SettingConvertible>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, _ summary: String, isSecret: Bool = false
    ) {
        self.init(key, path, type: Value.settingType, summary, isSecret) { _ in nil }
    }

    /// Declares a setting of one value with its least and greatest.
    public init<Value: SettingConvertible & Comparable>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, in range: ClosedRange<Value>,
        _ summary: String
    ) {
        let bounds = "\(range.lowerBound.toml) to \(range.upperBound.toml)"
        self.init(key, path, type: "\(Value.settingType), \(bounds)", summary, false) { value in
            range.contains(value) ? nil : bounds
        }
    }

    /// Declares a list of tables, `[[table.key]]`.
    public init<Element: SettingsTable>(
        _ key: String, _ path: any WritableKeyPath<Table, [Element]> & Sendable, _ summary: String
    ) {
        self.key = key
        type = "list of tables"
        self.summary = summary
        isSecret = false
        nested = Element.describe(Element())
        assign = { table, value, name, faults in
            guard case .array(let values) = value.content else {
                faults.append(SettingFault(at: value.place, "\(name) is \(value.words); write it as [[\(name)]]"))
                return
            }
            table[keyPath: path] = values.map { Element.decode($0, name: name, faults: &faults) }
        }
        render = { $0[keyPath: path].isEmpty ? "[]" : "…" }
    }

    private init<Value: SettingConvertible>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, type: String, _ summary: String,
        _ isSecret: Bool, outside: @escaping @Sendable (Value) -> String?
    ) {
        self.key = key
        self.type = type
        self.summary = summary
        self.isSecret = isSecret
        nested = nil
        assign = { table, value, name, faults in
            do throws(SettingMismatch) {
                let read = try Value(setting: value)
                if let bounds = outside(read) {
                    faults.append(SettingFault(at: value.place, "\(name) is \(value.words); it must be from \(bounds)"))
                } else {
                    table[keyPath: path] = read
                }
            } catch {
                faults.append(SettingFault(at: value.place, "\(name) is \(value.words); expected \(error.expected)"))
            }
        }
        render = { $0[keyPath: path].toml }
    }
}

/// A setting as documentation and examples show it.
public struct SettingDescription: Sendable {
    /// The key.
    public var key: String
    /// The type and range.
    public var type: String
    /// The value in TOML; nil where it is secret.
    public var value: String?
    /// The prose.
    public var summary: String
    /// The settings of the tables in it.
    public var nested: [SettingDescription]?
}

extension SettingsTable {
    /// Reads a table. Every fault is added to the list; a faulty setting keeps its default.
    public static func decode(_ value: SettingValue, name: String, faults: inout [SettingFault]) -> Self {
        var table = Self()
        guard case .table(let entries) = value.content else {
            faults.append(SettingFault(at: value.place, "\(name) is \(value.words); expected a table"))
            return table
        }
        let schema = Self.schema
        for entry in entries {
            if let setting = schema.first(where: { $0.key == entry.key }) {
                setting.assign(&table, entry.value, "\(name).\(entry.key)", &faults)
            } else {
                let hint = nearest(to: entry.key, among: schema.map(\.key)).map { "; did you mean \($0)?" } ?? ""
                faults.append(SettingFault(at: entry.place, "unknown setting \(name).\(entry.key)\(hint)"))
            }
        }
        for fault in table.faults() { faults.append(SettingFault(at: value.place, "\(name): \(fault)")) }
        return table
    }

    /// The settings with the values of a table.
    public static func describe(_ table: Self) -> [SettingDescription] {
        schema.map {
            SettingDescription(
                key: $0.key, type: $0.type, value: $0.isSecret ? nil : $0.render(table), summary: $0.summary,
                nested: $0.nested)
        }
    }
}

/// The word nearest to a misspelt one, if any is near enough to be meant: at most a third of its letters differ.
public func nearest(to word: String, among words: [String]) -> String? {
    let ranked = words.map { ($0, editDistance(word, $0)) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = ranked, distance <= max(1, max(word.count, candidate.count) / 3) else {
        return nil
    }
    return candidate
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var cost = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
            row.append(cost)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
