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
        /// A text.
        case string(String)
        /// A whole number.
        case integer(Int)
        /// A number with a fraction, infinite or none.
        case double(Double)
        /// True or false.
        case boolean(Bool)
        /// A date, a time or both.
        case temporal(String)
        /// Values in brackets.
        case array([SettingValue])
        /// Keys with values.
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
        /// Where earlier files set the same key, which this one overrides.
        public var overridden: [SettingPlace] = []

        /// Makes an entry.
        public init(key: String, place: SettingPlace, value: SettingValue) {
            self.key = key
            self.place = place
            self.value = value
        }

        /// The key as TOML writes it: bare, or in quotes.
        public var writtenKey: String {
            let isBare = key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
            return isBare && !key.isEmpty ? key : key.toml
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

    /// Its kind, for messages that must not repeat it: `a string`, `a number`.
    public var kind: String {
        switch content {
        case .string: "a string"
        case .integer, .double: "a number"
        case .boolean: "true or false"
        case .temporal: "a date"
        case .array: "an array"
        case .table: "a table"
        }
    }

    /// What it is, for messages: `the string "x"`, `the number 3`, `a table`.
    public var words: String {
        switch content {
        case .string(let text): "the string \(text.count > 60 ? (text.prefix(59) + "…").toml : text.toml)"
        case .integer(let number): "the number \(number)"
        case .double(let number): "the number \(number)"
        case .boolean(let flag): "\(flag)"
        case .temporal(let text): "the date \(text)"
        case .array, .table: kind
        }
    }
}

/// One fault of a configuration: where, what, and the remedy.
public struct SettingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where; nil where something is absent.
    public var place: SettingPlace?
    /// What is wrong and what to do: a sentence.
    public var message: String
    /// Whether it follows from several settings together, and so from defaults too.
    public var isRule: Bool
    /// Whether what stands at the place may be a secret and must not be shown.
    public var isSecret: Bool

    /// Makes a fault.
    public init(at place: SettingPlace?, _ message: String, isRule: Bool = false, isSecret: Bool = false) {
        self.place = place
        self.message = message
        self.isRule = isRule
        self.isSecret = isSecret
    }

    /// `file:line:column: message`.
    public var description: String { place.map { "\($0): \(message)" } ?? message }
}

/// Why a value does not fit its setting: `expected …`, without the place.
public struct SettingMismatch: Error, Sendable {
    /// What the setting takes.
    public var expected: String
    /// The part of the value that does not fit; nil for the whole.
    public var part: SettingValue?

    /// Makes a mismatch.
    public init(expected: String, part: SettingValue? = nil) {
        self.expected = expected
        self.part = part
    }
}

/// A type that settings can have.
public protocol SettingConvertible: Sendable {
    /// The type for people: `integer`, `duration`, `size`.
    static var settingType: String { get }
    /// Whether what is written for it by mistake may be a secret, and must never be shown.
    static var isSecret: Bool { get }
    /// Reads a value.
    init(setting value: SettingValue) throws(SettingMismatch)
    /// The value in TOML.
    var toml: String { get }
}

extension SettingConvertible {
    /// No secret.
    public static var isSecret: Bool { false }
}

/// A setting with a fixed set of words.
public protocol SettingChoice: SettingConvertible, CaseIterable, RawRepresentable where RawValue == String {}

extension SettingChoice {
    /// The words.
    public static var settingType: String { allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " | ") }

    /// Reads one of the words.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        if case .string(let text) = value.content {
            if let match = Self(rawValue: text) {
                self = match
                return
            }
            let hint = nearest(to: text, among: Self.allCases.map(\.rawValue)).map { "; did you mean \"\($0)\"?" }
            throw SettingMismatch(expected: Self.choices + (hint ?? ""))
        }
        throw SettingMismatch(expected: Self.choices)
    }

    private static var choices: String { "one of " + allCases.map(\.toml).joined(separator: ", ") }

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
            case _ where scalar.properties.generalCategory == .control:
                let hex = String(scalar.value, radix: 16)
                let width = hex.count > 4 ? 8 : 4
                out += (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - hex.count) + hex
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
        guard case .integer(let number) = value.content else {
            guard case .string(let text) = value.content, let meant = Int(text) else {
                throw SettingMismatch(expected: "a whole number")
            }
            throw SettingMismatch(expected: "a whole number; did you mean \(meant), without quotes?")
        }
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
        guard case .boolean(let flag) = value.content else {
            guard case .string(let text) = value.content, text == "true" || text == "false" else {
                throw SettingMismatch(expected: "true or false")
            }
            throw SettingMismatch(expected: "true or false; did you mean \(text), without quotes?")
        }
        self = flag
    }

    /// `true` or `false`.
    public var toml: String { String(self) }
}

extension Array: SettingConvertible where Element: SettingConvertible {
    /// `list of …`.
    public static var settingType: String {
        let element = Element.settingType
        return "list of \(element)" + (element.last?.isLetter ?? false ? "s" : "")
    }
    /// As its elements.
    public static var isSecret: Bool { Element.isSecret }

    /// Reads an array whose elements all fit.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .array(let values) = value.content else {
            // ignoring: where the value fits no element either, there is nothing to suggest
            let single = Self.isSecret ? nil : try? Element(setting: value)
            throw SettingMismatch(
                expected: "a list in brackets" + (single.map { "; did you mean [\($0.toml)]?" } ?? ""))
        }
        self = []
        for element in values {
            do throws(SettingMismatch) {
                append(try Element(setting: element))
            } catch {
                throw SettingMismatch(expected: error.expected, part: error.part ?? element)
            }
        }
    }

    /// An array on one line.
    public var toml: String { "[" + map(\.toml).joined(separator: ", ") + "]" }
}
