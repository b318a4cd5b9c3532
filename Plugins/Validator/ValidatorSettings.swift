public import EventModel
public import PluginKit

/// The settings of the validator, `[plugins.validator]`.
public struct ValidatorSettings: PluginSettings {
    /// Severities other than MODEL's.
    public var severities: [SeveritySetting] = []
    /// How long an event with times may last before it is called implausible.
    public var longestTimedEvent: Duration = .seconds(7 * 86_400)
    /// How long an event of whole days may last before it is called implausible.
    public var longestWholeDayEvent: Duration = .seconds(400 * 86_400)
    /// The longest identifier, in bytes.
    public var identifierBytes = ByteCount(1024)
    /// Findings of one file that are kept.
    public var maxDiagnostics = 1000

    /// All defaults.
    public init() {}

    /// The settings, for parsing and documentation.
    public static var schema: [Setting<Self>] {
        [
            Setting(
                "severity", \.severities,
                "Raises or lowers the severity of a diagnostic; of several that fit, the last counts."),
            Setting(
                "longest_timed_event", \.longestTimedEvent, in: .seconds(60)...(.seconds(36_500 * 86_400)),
                "An event with times of day that lasts longer gets the warning implausible-duration."),
            Setting(
                "longest_whole_day_event", \.longestWholeDayEvent, in: .seconds(86_400)...(.seconds(36_500 * 86_400)),
                "An event of whole days that lasts longer gets the warning implausible-duration."),
            Setting(
                "identifier_size", \.identifierBytes, in: ByteCount(16)...ByteCount.kibibytes(64),
                "The longest uid; a longer one is an invalid-identifier."),
            Setting(
                "max_diagnostics", \.maxDiagnostics, in: 1...100_000,
                "Findings of one file that are kept; beyond that only the first for which an update is rejected or held."
            ),
        ]
    }
}

/// One severity that differs from MODEL's, `[[plugins.validator.severity]]`.
public struct SeveritySetting: SettingsTable {
    /// Which diagnostic.
    public var code = CodeSetting()
    /// In which format; `any` for all.
    public var format = FormatSetting.any
    /// The severity.
    public var severity = SeverityWord.warning

    /// A table that names no diagnostic and does nothing.
    public init() {}

    /// The settings, for parsing and documentation.
    public static var schema: [Setting<Self>] {
        [
            Setting("code", \.code, "The diagnostic, such as missing-location. Required."),
            Setting("format", \.format, "The format it is found in."),
            Setting(
                "severity", \.severity,
                "ignored: not reported; warning: reported; held: a person decides; error: rejected."),
        ]
    }

    /// Diagnostics without which there is nothing to work with.
    private static let fixed: Set<DiagnosticCode> = [
        .noEvent, .invalidIdentifier, .invalidUTF8, .tooLarge, .unknownFormat, .truncated,
    ]

    /// A missing code, or a severity that cannot be lowered.
    public func faults() -> [String] {
        guard let code = code.code else {
            // A table that sets nothing at all, as in the reference, does nothing.
            guard format != .any || severity != .warning else { return [] }
            return ["code is missing; name a diagnostic such as missing-location"]
        }
        if SeveritySetting.fixed.contains(code), severity != .error {
            return [
                "severity of \(code.rawValue) is always error, for nothing can be done with such an update; remove this"
            ]
        }
        return []
    }
}

/// The name of a diagnostic in settings.
public struct CodeSetting: SettingConvertible, Hashable {
    /// The diagnostic; nil where none is named.
    public var code: DiagnosticCode?

    /// Names a diagnostic, or none.
    public init(_ code: DiagnosticCode? = nil) { self.code = code }

    /// `diagnostic code`.
    public static var settingType: String { "diagnostic code" }

    /// Reads a name; an empty one names none.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .string(let text) = value.content else { throw SettingMismatch(expected: "a code in quotes") }
        guard !text.isEmpty else {
            code = nil
            return
        }
        guard let code = DiagnosticCode(rawValue: text) else {
            let hint = nearest(to: text, among: DiagnosticCode.all.map(\.rawValue))
            throw SettingMismatch(expected: "a diagnostic code" + (hint.map { "; did you mean \"\($0)\"?" } ?? ""))
        }
        self.code = code
    }

    /// The quoted name.
    public var toml: String { (code?.rawValue ?? "").toml }
}

/// A format in settings.
public enum FormatSetting: String, SettingChoice {
    case any, jsonld, icalendar, text
}

/// A severity in settings.
public enum SeverityWord: String, SettingChoice {
    case ignored, warning, held, error

    /// The severity.
    public var severity: Severity {
        switch self {
        case .ignored: .ignored
        case .warning: .warning
        case .held: .held
        case .error: .error
        }
    }
}
