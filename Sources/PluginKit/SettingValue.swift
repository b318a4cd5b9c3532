/// Where a value stands in a configuration file.
public struct SettingPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file's path.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1.
    public var column: Int

    /// Makes a place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// A value of a configuration file, as written (TOML 1.0).
public struct SettingValue: Sendable {
    /// The value's kinds.
    public indirect enum Content: Sendable {
        case string(String)
        case integer(Int)
        case double(Double)
        case boolean(Bool)
        case array([SettingValue])
        case table([Entry])
    }

    /// A key of a table and its value.
    public struct Entry: Sendable {
        /// The key.
        public var key: String
        /// Where the key stands.
        public var place: SettingPlace
        /// The value.
        public var value: SettingValue

        /// Makes an entry.
        public init(key: String, place: SettingPlace, value: SettingValue) {
            self.key = key
            self.place = place
            self.value = value
        }
    }

    /// The value.
    public var content: Content
    /// Where it stands.
    public var place: SettingPlace

    /// Makes a value.
    public init(_ content: Content, at place: SettingPlace) {
        self.content = content
        self.place = place
    }

    /// What it is, for messages: `the string "x"`, `the number 3`, `a table`.
    public var words: String {
        switch content {
        case .string(let text): "the string \"\(text)\""
        case .integer(let number): "the number \(number)"
        case .double(let number): "the number \(number)"
        case .boolean(let flag): "\(flag)"
        case .array: "an array"
        case .table: "a table"
        }
    }
}

/// One fault of a configuration: where, what, and the remedy.
public struct SettingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where; nil where something is absent.
    public var place: SettingPlace?
    /// What is wrong and what to do: a sentence.
    public var message: String

    /// Makes a fault.
    public init(at place: SettingPlace?, _ message: String) {
        self.place = place
        self.message = message
    }

    /// `file:line:column: message`.
    public var description: String { place.map { "\($0): \(message)" } ?? message }
}

/// Why a value does not fit its setting: `expected …`, without the place.
public struct SettingMismatch: Error, Sendable {
    /// What the setting takes.
    public var expected: String

    /// Makes a mismatch.
    public init(expected: String) { self.expected = expected }
}

/// A type that settings can have.
public protocol SettingConvertible: Sendable {
    /// The type for people: `integer`, `duration`, `size`.
    static var settingType: String { get }
    /// Reads a value.
    init(setting value: SettingValue) throws(SettingMismatch)
    /// The value in TOML.
    var toml: String { get }
}

/// A setting with a fixed set of words.
public protocol SettingChoice: SettingConvertible, CaseIterable, RawRepresentable where RawValue == String {}

extension SettingChoice {
    /// The words.
    public static var settingType: String { allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " | ") }

    /// Reads one of the words.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .string(let text) = value.content, let match = Self(rawValue: text) else {
            throw SettingMismatch(
                expected: "one of " + Self.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        }
        self = match
    }

    /// The quoted word.
    public var toml: String { rawValue.toml }
}

extension String: SettingConvertible {
    /// `string`.
    public static var settingType: String { "string" }

    /// Reads a string.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .string(let text) = value.content else { throw SettingMismatch(expected: "a string in quotes") }
        self = text
    }

    /// A basic string, escaped.
    public var toml: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

extension Int: SettingConvertible {
    /// `integer`.
    public static var settingType: String { "integer" }

    /// Reads an integer.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .integer(let number) = value.content else { throw SettingMismatch(expected: "a whole number") }
        self = number
    }

    /// Decimal digits.
    public var toml: String { String(self) }
}

extension Bool: SettingConvertible {
    /// `boolean`.
    public static var settingType: String { "boolean" }

    /// Reads true or false.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .boolean(let flag) = value.content else { throw SettingMismatch(expected: "true or false") }
        self = flag
    }

    /// `true` or `false`.
    public var toml: String { String(self) }
}

extension Array: SettingConvertible where Element: SettingConvertible {
    /// `list of …`.
    public static var settingType: String { "list of \(Element.settingType)" }

    /// Reads an array whose elements all fit.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .array(let values) = value.content else {
            throw SettingMismatch(expected: "a \(Self.settingType) in brackets")
        }
        self = []
        for element in values { append(try Element(setting: element)) }
    }

    /// An array on one line.
    public var toml: String { "[" + map(\.toml).joined(separator: ", ") + "]" }
}
