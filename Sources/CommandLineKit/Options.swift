public import PluginKit

/// The options of a program or subcommand, as a table that describes itself: one declaration yields parsing, checks and
/// the help text.
///
///     struct SubmitOptions: OptionTable {
///         var wait = false
///         static let usage = CommandUsage("tidings submit", operands: "FILE…", count: 1..., "Drop files.")
///         static var options: [Option<Self>] { [Option("wait", "w", \.wait, "Wait for the answer.")] }
///     }
public protocol OptionTable: Sendable {
    /// Nothing given.
    init()
    /// What the program or subcommand is, for its help.
    static var usage: CommandUsage { get }
    /// The options, in the order of the help. `--help` is added to them.
    static var options: [Option<Self>] { get }
}

/// What a program or subcommand is.
public struct CommandUsage: Sendable {
    /// The words that start it: `tidings submit`.
    public var name: String
    /// Its operands as the help shows them: `FILE…`; empty where it takes none.
    public var operands: String
    /// How many operands it takes.
    public var count: ClosedRange<Int>
    /// What it does: a sentence.
    public var summary: String
    /// Further paragraphs of the help, after the options.
    public var notes: [String]

    /// Describes a command without an upper limit of operands.
    public init(
        _ name: String, operands: String, count: PartialRangeFrom<Int>, _ summary: String, notes: [String] = []
    ) {
        self.init(name, operands: operands, count: count.lowerBound...Int.max, summary, notes: notes)
    }

    /// Describes a command.
    public init(
        _ name: String, operands: String = "", count: ClosedRange<Int> = 0...0, _ summary: String,
        notes: [String] = []
    ) {
        self.name = name
        self.operands = operands
        self.count = count
        self.summary = summary
        self.notes = notes
    }
}

/// One option: its long name, its letter, its argument, and what it does.
public struct Option<Table>: Sendable {
    /// The long name, without the hyphens: lower-case words joined by hyphens.
    public let name: String
    /// The letter of the short form, if it has one.
    public let letter: Character?
    /// What stands for the argument in the help, in capitals; nil where it takes none.
    public let placeholder: String?
    /// What it does: a phrase or a sentence.
    public let summary: String
    /// The words that it takes as its argument; empty where it takes others or none.
    public let choices: [String]

    let assign: @Sendable (inout Table, Argument) throws(SettingMismatch) -> Void

    /// Declares a flag.
    public init(
        _ name: String, _ letter: Character? = nil, _ path: any WritableKeyPath<Table, Bool> & Sendable,
        _ summary: String
    ) {
        self.init(name: name, letter: letter, placeholder: nil, summary: summary, choices: []) { table, _ in
            table[keyPath: path] = true
        }
    }

    /// Declares an option with an argument; of several of one name the last counts.
    public init<Value: SettingConvertible>(
        _ name: String, _ letter: Character? = nil, _ placeholder: String,
        _ path: any WritableKeyPath<Table, Value> & Sendable, _ summary: String
    ) {
        self.init(
            name: name, letter: letter, placeholder: placeholder, summary: summary, choices: Value.optionChoices
        ) { table, argument throws(SettingMismatch) in
            table[keyPath: path] = try Value(option: argument)
        }
    }

    /// Declares an option that may be given several times: its arguments are gathered in their order.
    public init(
        _ name: String, _ letter: Character? = nil, _ placeholder: String,
        gatheredIn path: any WritableKeyPath<Table, [String]> & Sendable, _ summary: String
    ) {
        self.init(name: name, letter: letter, placeholder: placeholder, summary: summary, choices: []) {
            table, argument throws(SettingMismatch) in
            table[keyPath: path].append(argument.text)
        }
    }

    /// Declares an option with an argument that has no default.
    public init<Value: SettingConvertible>(
        _ name: String, _ letter: Character? = nil, _ placeholder: String,
        _ path: any WritableKeyPath<Table, Value?> & Sendable, _ summary: String
    ) {
        self.init(
            name: name, letter: letter, placeholder: placeholder, summary: summary, choices: Value.optionChoices
        ) { table, argument throws(SettingMismatch) in
            table[keyPath: path] = try Value(option: argument)
        }
    }

    private init(
        name: String, letter: Character?, placeholder: String?, summary: String, choices: [String],
        assign: @escaping @Sendable (inout Table, Argument) throws(SettingMismatch) -> Void
    ) {
        self.name = name
        self.letter = letter
        self.placeholder = placeholder
        self.summary = summary
        self.choices = choices
        self.assign = assign
    }

    /// The same option in a table that has this one as a part: how commands share options.
    public func part<Whole>(of path: any WritableKeyPath<Whole, Table> & Sendable) -> Option<Whole> {
        Option<Whole>(name: name, letter: letter, placeholder: placeholder, summary: summary, choices: choices) {
            [assign] whole, argument throws(SettingMismatch) in
            try assign(&whole[keyPath: path], argument)
        }
    }
}

extension SettingConvertible {
    /// The words of a setting with a fixed set of them.
    fileprivate static var optionChoices: [String] { (Self.self as? any SettingChoice.Type)?.optionWords ?? [] }

    /// Reads an option's argument: the text, or the number where a setting of this type takes one.
    fileprivate init(option argument: Argument) throws(SettingMismatch) {
        let place = SettingPlace(file: "", line: 1, column: 1)
        if let number = Int(argument.text) {
            do throws(SettingMismatch) {
                try self.init(setting: SettingValue(.integer(number), at: place))
                return
            } catch {
                // ignoring: a text of digits may still be meant as a text
            }
        }
        try self.init(setting: SettingValue(.string(argument.text), at: place))
    }
}

extension SettingChoice {
    fileprivate static var optionWords: [String] { allCases.map(\.rawValue) }
}

/// What is wrong with a command line: the thing and the remedy.
public struct UsageFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The words that start the program or subcommand: `tidings submit`.
    public let command: String
    /// What is wrong: a sentence without a full stop.
    public let message: String

    /// Makes a fault.
    public init(_ command: String, _ message: String) {
        self.command = command
        self.message = message
    }

    /// The two lines that a person sees.
    public var description: String { "\(command): \(message)\nTry '\(command) --help'." }
}
