import CommandLineKit
import PluginKit

/// The forms that the daemon has the reference in.
enum ShownReference: String, SettingChoice {
    case text, toml, man
}

/// `tidings reference`: all settings of the daemon, with their defaults.
struct ReferenceCommand: Command {
    var common = CommonOptions()
    var form = ShownReference.text

    static let usage = CommandUsage(
        "tidings reference", "Shows all settings of the daemon and its plugins.",
        notes: [
            "Runs 'tidingsd --reference', which knows the plugins that it was built with. The configuration is not read."
        ])

    static var options: [Option<Self>] {
        [
            Option(
                "as", nil, "FORM", \.form,
                "text: for reading (the default); toml: a configuration file with every setting commented out; man: "
                    + "tidingsd.toml(5)")
        ] + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        throw DaemonBinary.exec("--reference=\(form.rawValue)", common, console)
    }
}
