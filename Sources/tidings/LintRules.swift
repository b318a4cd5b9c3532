import CommandLineKit
import Configuration
import EventModel
import PluginKit
import Validator

/// The validator's rules with the severities of the configuration.
struct LintRules {
    private let settings: ValidatorSettings

    /// Reads `[plugins.validator]`.
    init(_ configuration: Configuration) throws(Failure) {
        let name = Validator.manifest.name
        guard let table = configuration.pluginTables.first(where: { $0.key == name })?.value else {
            settings = ValidatorSettings()
            return
        }
        var faults: [SettingFault] = []
        settings = ValidatorSettings.decode(table, name: "plugins.\(name)", faults: &faults)
        if !faults.isEmpty { throw Failure(.configuration, faults.map(\.description).joined(separator: "\n")) }
    }

    /// What the reader and the rules find, in the order of the file.
    func findings(_ decoded: Decoded, bytes: [UInt8]) -> [Diagnostic] {
        Validator.examine(decoded, bytes: bytes, settings: settings, now: .now)
    }
}
