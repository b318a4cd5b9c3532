import EventFormats
public import PluginKit

/// Everything that is wrong with a configuration.
public struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    /// Faults that are told, at most.
    static let maxFaults = 100

    /// The faults, in the order of the files and of their lines; what has no place comes last.
    public let faults: [SettingFault]
    private let sources: [ConfigurationSource]
    private let secretKeys: Set<String>

    init(_ faults: [SettingFault], sources: [ConfigurationSource], secretKeys: Set<String>) {
        let order = Dictionary(sources.enumerated().map { ($1.file, $0) }) { first, _ in first }
        func rank(_ fault: SettingFault) -> (Int, Int, Int) {
            guard let place = fault.place else { return (Int.max, 0, 0) }
            return (order[place.file] ?? -1, place.line, place.column)
        }
        var ordered = faults.enumerated().sorted { a, b in
            let (left, right) = (rank(a.element), rank(b.element))
            return left == right ? a.offset < b.offset : left < right
        }.map(\.element)
        let untold = ordered.count - ConfigurationFaults.maxFaults
        if untold > 0 {
            ordered.removeLast(untold)
            ordered.append(SettingFault(at: nil, "there are \(untold) more faults; correct these first"))
        }
        self.faults = ordered
        self.sources = sources
        self.secretKeys = secretKeys
    }

    /// One fault a line.
    public var description: String { faults.map(\.description).joined(separator: "\n") }

    /// For people: each fault with the line that it is about, and a mark below it.
    public var shown: String {
        faults.map { fault in
            guard let place = fault.place, let source = sources.first(where: { $0.file == place.file }),
                let excerpt = source.excerpt(at: place, hidesValue: fault.isSecret, secretKeys: secretKeys)
            else { return fault.description }
            return fault.description + "\n" + excerpt
        }.joined(separator: "\n")
    }

    /// One JSON object a line, with the keys of the findings of `tidings check`.
    package var json: String {
        var json = JSONWriter()
        for fault in faults {
            json.object { json in
                json.key("file")
                if let file = fault.place?.file { json.string(file) } else { json.null() }
                json.key("code")
                json.string("configuration")
                json.key("severity")
                json.string("error")
                json.key("field")
                json.null()
                json.key("line")
                if let line = fault.place?.line { json.integer(line) } else { json.null() }
                json.key("column")
                if let column = fault.place?.column { json.integer(column) } else { json.null() }
                json.key("item")
                json.null()
                json.key("message")
                json.string(fault.message)
            }
            json.newline()
        }
        return json.text
    }
}

/// A configuration file's text, for showing the line that a fault is about.
struct ConfigurationSource: Sendable {
    /// Characters of a line that are shown, at most.
    static let maxShownCharacters = 100

    let file: String
    private let lines: TomlLines

    init(file: String, text: [UInt8]) {
        self.file = file
        lines = TomlLines(text)
    }

    /// The line and, below it, a mark at the column; nil for a line without anything. Of a setting that is, or is nearly
    /// called, as one that names a credential only the key is shown.
    func excerpt(at place: SettingPlace, hidesValue: Bool, secretKeys: Set<String>) -> String? {
        var characters = Array(lines[place.line].unicodeScalars)
        let controls = characters.count { $0.properties.generalCategory == .control && $0 != "\t" }
        guard controls < 2, characters.contains(where: { $0 != " " && $0 != "\t" }) else { return nil }
        var column = min(max(place.column - 1, 0), characters.count)
        let key = lines.key(lines.statement(at: place.line))
        let isNearASecret = key.map { nearest(to: $0, among: Array(secretKeys)) != nil } ?? false
        if hidesValue || isNearASecret {
            let equals = lines.isAssignment(place.line) ? characters.firstIndex(of: "=") : nil
            characters = (equals.map { Array(characters[...$0]) + [" "] } ?? []) + ["…"]
            column = min(column, characters.count - 1)
        }
        if characters.count > ConfigurationSource.maxShownCharacters {
            let start = max(0, min(column - 60, characters.count - ConfigurationSource.maxShownCharacters))
            let end = min(characters.count, start + ConfigurationSource.maxShownCharacters)
            characters = (start > 0 ? ["…"] : []) + characters[start..<end] + (end < characters.count ? ["…"] : [])
            column += (start > 0 ? 1 : 0) - start
        }
        let number = String(place.line)
        var text = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        var mark = String(repeating: " ", count: text.count - 2) + "| "
        for (index, character) in characters.enumerated() {
            let isControl = character.properties.generalCategory == .control && character != "\t"
            text.unicodeScalars.append(isControl ? "\u{FFFD}" : character)
            if index < column { mark.unicodeScalars.append(character == "\t" ? "\t" : " ") }
        }
        return text + "\n" + mark + "^"
    }
}
