import Configuration
import CommandLineKit
import EventFormats
import EventModel
import PluginKit

/// The forms that updates can be shown in.
enum DecodedForm: String, SettingChoice {
    case json, jsonld, ics
}

/// `tidings decode`: what the updates of a file say.
struct DecodeCommand: Command {
    var common = CommonOptions()
    var form = DecodedForm.json

    static let usage = CommandUsage(
        "tidings decode", operands: "FILE", count: 1...1,
        "Shows what the updates in a file say; needs no daemon.",
        notes: [
            "FILE is iCalendar, JSON-LD or a plain-text announcement; '-' is standard input. The canonical JSON has one "
                + "update a line.",
            "If the file has errors, they go to standard error, what could be read is still shown, and the exit status "
                + "is 65.",
        ])

    static var options: [Option<Self>] {
        [
            Option(
                "as", nil, "FORM", \.form,
                "json: the canonical JSON (the default); jsonld: schema.org JSON-LD, indented unless --json is given; ics: iCalendar"
            )
        ] + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let settings = try Service(common).configuration.spool
        let file = try InputFile(operands[0], limit: settings.maxFileBytes)
        let decoded = file.read(limits: settings.readingLimits)
        UpdateForms.write(decoded.updates.map(\.update), as: form, isPretty: !common.json, console)
        guard decoded.updates.isEmpty || decoded.diagnostics.contains(where: { $0.severity == .error }) else {
            return .ok
        }
        for finding in decoded.diagnostics { console.complain(finding.line(file: file.shown).printable) }
        return .data
    }
}
