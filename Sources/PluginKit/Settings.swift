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
    /// Faults that concern several settings together, or a text's form: sentences that begin with the key to change and
    /// say how; empty when all is well. Each is shown where that key stands. Nothing is asked of a table about keys that
    /// could not be read.
    func faults() -> [String]
}

extension SettingsTable {
    /// No rules between settings.
    public func faults() -> [String] { [] }
}

/// A plugin's table, `[plugins.NAME]`.
public typealias PluginSettings = SettingsTable

/// The table of a plugin that has nothing to set.
public struct NoSettings: PluginSettings, Hashable {
    /// Nothing.
    public init() {}
    /// No settings.
    public static var schema: [Setting<NoSettings>] { [] }
}

/// One setting: its key, its property, its type, range and prose.
public struct Setting<Table: SettingsTable>: Sendable {
    /// The key in the file, lower-case words joined by underscores.
    public let key: String
    /// The type, with its range, for people: `integer, 1 to 4096`.
    public let type: String
    /// What it does: a sentence or two.
    public let summary: String
    /// Whether it names a credential. What is written for it by mistake is never shown.
    public let isSecret: Bool
    /// The schema of the tables in it, for a list of tables; nil for a single value.
    public let nested: [SettingDescription]?

    let assign: @Sendable (inout Table, SettingValue, String, inout [SettingFault]) -> Void
    let render: @Sendable (Table) -> String
    let elements: @Sendable (Table) -> [[SettingDescription]]

    /// Declares a setting of one value.
    public init<Value: SettingConvertible>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, _ summary: String
    ) {
        self.init(key, path, type: Value.settingType, summary) { _ in nil }
    }

    /// Declares a setting of one value with its least and greatest.
    public init<Value: SettingConvertible & Comparable>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, in range: ClosedRange<Value>,
        _ summary: String
    ) {
        let bounds = "\(range.lowerBound.toml) to \(range.upperBound.toml)"
        self.init(key, path, type: "\(Value.settingType), \(bounds)", summary) { value in
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
            for value in values {
                guard case .table = value.content else {
                    faults.append(
                        SettingFault(at: value.place, "\(name) has \(value.words) in its list; write it as [[\(name)]]")
                    )
                    continue
                }
                table[keyPath: path].append(Element.decode(value, name: name, faults: &faults))
            }
        }
        render = { $0[keyPath: path].isEmpty ? "[]" : "…" }
        elements = { $0[keyPath: path].map(Element.describe) }
    }

    private init<Value: SettingConvertible>(
        _ key: String, _ path: any WritableKeyPath<Table, Value> & Sendable, type: String, _ summary: String,
        outside: @escaping @Sendable (Value) -> String?
    ) {
        self.key = key
        self.type = type
        self.summary = summary
        isSecret = Value.isSecret
        nested = nil
        elements = { _ in [] }
        assign = { table, value, name, faults in
            do throws(SettingMismatch) {
                let read = try Value(setting: value)
                if let bounds = outside(read) {
                    faults.append(SettingFault(at: value.place, "\(name) is \(value.words); it must be from \(bounds)"))
                } else {
                    table[keyPath: path] = read
                }
            } catch {
                faults.append(error.fault(of: name, value, isSecret: Value.isSecret))
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
    /// The value in TOML.
    public var value: String
    /// The prose.
    public var summary: String
    /// Whether it names a credential.
    public var isSecret: Bool
    /// The settings that a table in it has, with their defaults; nil where it is no list of tables.
    public var nested: [SettingDescription]?
    /// The tables in it.
    public var elements: [[SettingDescription]]

    /// Describes a setting of one value.
    public init(key: String, type: String, value: String, summary: String, isSecret: Bool = false) {
        self.init(key: key, type: type, value: value, summary: summary, isSecret: isSecret, nested: nil, elements: [])
    }

    init(
        key: String, type: String, value: String, summary: String, isSecret: Bool, nested: [SettingDescription]?,
        elements: [[SettingDescription]]
    ) {
        self.key = key
        self.type = type
        self.value = value
        self.summary = summary
        self.isSecret = isSecret
        self.nested = nested
        self.elements = elements
    }
}

extension SettingsTable {
    /// Reads a table. Every fault is added to the list; a faulty setting keeps its default. `owner` names the section
    /// that has a key which this one does not, so that a fault can say it.
    public static func decode(
        _ value: SettingValue, name: String, faults: inout [SettingFault], owner: (String) -> String? = { _ in nil }
    ) -> Self {
        var table = Self()
        guard case .table(let entries) = value.content else {
            faults.append(SettingFault(at: value.place, "\(name) is \(value.words); write it as a section [\(name)]"))
            return table
        }
        let schema = Self.schema
        var faulty: [String] = []
        for entry in entries {
            let before = faults.count
            if let setting = schema.first(where: { $0.key == entry.key }) {
                setting.assign(&table, entry.value, "\(name).\(entry.key)", &faults)
                if faults.count > before { faulty.append(entry.key) }
            } else {
                let meant = nearest(to: entry.key, among: schema.map(\.key))
                let remedy =
                    meant.map { "did you mean \($0)?" } ?? owner(entry.key).map { "it belongs to [\($0)]" }
                    ?? "remove it ('tidings reference' has them all)"
                let isSecret = schema.contains { $0.key == meant && $0.isSecret }
                faults.append(
                    SettingFault(
                        at: entry.place, "unknown setting \(name).\(entry.writtenKey); \(remedy)", isSecret: isSecret))
                if let meant { faulty.append(meant) }
            }
        }
        for rule in table.faults() {
            let words = rule.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            guard !words.contains(where: faulty.contains) else { continue }
            let isAboutAKey = schema.contains { $0.key == words.first && rule.hasPrefix($0.key) }
            let place = isAboutAKey ? entries.first { $0.key == words.first }?.value.place : nil
            let sentence = isAboutAKey ? "\(name).\(rule)" : "\(name): \(rule)"
            faults.append(SettingFault(at: place ?? value.place, sentence, isRule: true))
        }
        return table
    }

    /// The settings with the values of a table.
    public static func describe(_ table: Self) -> [SettingDescription] {
        schema.map {
            SettingDescription(
                key: $0.key, type: $0.type, value: $0.render(table), summary: $0.summary, isSecret: $0.isSecret,
                nested: $0.nested, elements: $0.elements(table))
        }
    }
}

extension SettingMismatch {
    /// The fault of a setting with this value.
    fileprivate func fault(of name: String, _ value: SettingValue, isSecret: Bool) -> SettingFault {
        let found = part ?? value
        let words = isSecret ? found.kind : found.words
        let sentence = part == nil ? "\(name) is \(words)" : "\(name) has \(words) in its list"
        return SettingFault(at: found.place, "\(sentence); expected \(expected)", isSecret: isSecret)
    }
}

/// The word nearest to a misspelt one, if any is near enough to be meant: at most a third of its letters differ.
public func nearest(to word: String, among words: [String]) -> String? {
    // A longer word is none that somebody misspelt, and would take its time.
    guard word.utf8.count <= 100 else { return nil }
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
