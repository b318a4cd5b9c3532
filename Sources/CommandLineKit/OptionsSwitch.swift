/// An option without the table that it belongs to: what help, completions and manual pages are made from.
public struct Switch: Sendable {
    /// The long name, without the hyphens.
    public let name: String
    /// The letter of the short form, if it has one.
    public let letter: Character?
    /// What stands for the argument in the help; nil where it takes none.
    public let placeholder: String?
    /// What it does.
    public let summary: String
    /// The words that it takes as its argument; empty where it takes others or none.
    public let choices: [String]

    /// `--help`, which every table has.
    static let help = Switch(name: "help", letter: "h", placeholder: nil, summary: "show this help", choices: [])

    /// `-w, --wait`.
    var shown: String { letter.map { "-\($0), --\(name)" } ?? "--\(name)" }
}

extension OptionTable {
    /// All options of the table, `--help` at the end.
    public static var switches: [Switch] {
        options.map { option in
            Switch(
                name: option.name, letter: option.letter, placeholder: option.placeholder, summary: option.summary,
                choices: option.choices)
        } + [.help]
    }
}
