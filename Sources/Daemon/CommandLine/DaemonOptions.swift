import Configuration
import CommandLineKit

/// The options of `tidingsd`.
struct DaemonOptions: OptionTable {
    var config: String?
    var isOnce = false
    var isCheck = false
    var isEffective = false
    var reference: ReferenceForm?
    var isPlugins = false
    var isJSON = false
    var createsSpool = false
    var isVersion = false

    static let usage = CommandUsage(
        "tidingsd", "Take event updates out of the spool, pass them through the plugins, and tell the journal.",
        notes: [
            "Signals: SIGTERM finishes what is in work and ends; SIGHUP reads the configuration again.",
            "Exit status: 0; 1 with --once if something was rejected, held or deferred; 64, 69, 70, 72, 74, 78 as in "
                + "sysexits.h.",
        ])

    static var options: [Option<Self>] {
        [
            Option("config", "c", "FILE", \.config, "read FILE instead of \(ConfigurationLoader.defaultFile)"),
            Option("once", nil, \.isOnce, "work the backlog off and end"),
            Option("check", nil, \.isCheck, "check the configuration and end"),
            Option(
                "effective", nil, \.isEffective,
                "check the configuration, print what is in force and where each value comes from, and end"),
            Option(
                "reference", nil, "FORM", \.reference,
                "print the reference of all settings and end; text: for reading; toml: the file that is shipped; man: "
                    + "tidingsd.toml(5)"),
            Option(
                "plugins", nil, \.isPlugins, "print what is known of the plugins as JSON, one object a line, and end"),
            Option("json", nil, \.isJSON, "with --check, --effective or --reference: print JSON, one object a line"),
            Option("create-spool", nil, \.createsSpool, "make a private spool where there is none"),
            Option("version", nil, \.isVersion, "show the version"),
        ]
    }
}
