import PluginKit

/// Values as settings show their defaults: strings, numbers, booleans, and arrays and inline tables of them on one line.
enum SettingValues {
    static let place = SettingPlace(file: "reference", line: 1, column: 1)

    /// Reads a value; nil where it is none of those.
    static func read(_ toml: String) -> SettingValue? {
        var rest = Substring(toml)
        guard let content = content(&rest), rest.isEmpty else { return nil }
        return SettingValue(content, at: place)
    }

    static func isKey(_ text: String) -> Bool {
        text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        }
    }

    private static func content(_ rest: inout Substring) -> SettingValue.Content? {
        switch rest.first {
        case "\"": return string(&rest).map { .string($0) }
        case "[": return array(&rest)
        case "{": return table(&rest)
        default: return bare(&rest)
        }
    }

    private static func bare(_ rest: inout Substring) -> SettingValue.Content? {
        let word = rest.prefix { $0 != "," && $0 != "]" && $0 != " " }
        rest = rest.dropFirst(word.count)
        if word == "true" || word == "false" { return .boolean(word == "true") }
        if let number = Int(word) { return .integer(number) }
        return Double(word).map { .double($0) }
    }

    private static func array(_ rest: inout Substring) -> SettingValue.Content? {
        var values: [SettingValue] = []
        rest = rest.dropFirst()
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            if rest.first == "]" {
                rest = rest.dropFirst()
                return .array(values)
            }
            guard let element = content(&rest) else { return nil }
            values.append(SettingValue(element, at: place))
        }
    }

    private static func table(_ rest: inout Substring) -> SettingValue.Content? {
        var entries: [SettingValue.Entry] = []
        rest = rest.dropFirst()
        while true {
            rest = rest.drop { $0 == " " || $0 == "," }
            if rest.first == "}" {
                rest = rest.dropFirst()
                return .table(entries)
            }
            let key = rest.prefix { $0 != " " && $0 != "=" }
            rest = rest.dropFirst(key.count).drop { $0 == " " || $0 == "=" }
            guard !key.isEmpty, let value = content(&rest) else { return nil }
            entries.append(.init(key: String(key), place: place, value: SettingValue(value, at: place)))
        }
    }

    private static let escapes: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r", "\"": "\"", "\\": "\\"]

    private static func string(_ rest: inout Substring) -> String? {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            if character == "\"" { return text }
            guard character == "\\" else {
                text.append(character)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let plain = escapes[escape] {
                text.append(plain)
            } else {
                guard escape == "u", let scalar = UInt32(rest.prefix(4), radix: 16).flatMap(Unicode.Scalar.init) else {
                    return nil
                }
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(4)
            }
        }
        return nil
    }
}
