import CPosix
import EventFormats
import Glibc
import PluginKit

/// What a command line asks for.
public enum ParsedOptions<Table: OptionTable>: Sendable {
    /// `--help` was given; nothing else of the line was checked.
    case help
    /// The options and the operands.
    case options(Table, operands: [Argument])
}

extension OptionTable {
    /// Reads the words after the program's name with the C library's getopt_long(3): letters can be joined, long
    /// options cut where that is unambiguous, options and operands mixed, and `--` ends the options.
    ///
    /// With `stopAtOperand` everything from the first operand on is operands. `initial` is what holds before.
    public static func parse(
        _ arguments: [Argument], initial: Self = Self(), stopAtOperand: Bool = false
    ) throws(UsageFault) -> ParsedOptions<Self> {
        let all = switches
        let found = OptionScan(arguments, all, stopAtOperand: stopAtOperand)
        if found.words.contains(where: { $0.finding == .known && $0.index == options.count }) { return .help }
        var table = initial
        var operands: [Argument] = []
        for word in found.words {
            switch word.finding {
            case .operand: operands.append(word.text)
            case .known: try assign(options[word.index], word.text, to: &table)
            case .argument_missing:
                throw fault(
                    "option \(all[word.index].shown) needs a \(all[word.index].placeholder ?? "value") after it")
            case .argument_unexpected:
                throw fault("option --\(all[word.index].name) takes no value; leave out what follows the =")
            case .unknown: throw fault(unknown(word.text, among: all))
            }
        }
        if operands.count < usage.count.lowerBound {
            throw fault(
                usage.operands.contains(" ")
                    ? "\(usage.operands) is missing"
                    : "\(usage.operands) is missing; name \(usage.count.upperBound > 1 ? "at least one" : "one")")
        }
        if operands.count > usage.count.upperBound {
            let extra = operands[usage.count.upperBound].text.printable
            let limit = usage.count.upperBound == 0 ? "takes no operands" : "takes \(usage.count.upperBound)"
            throw fault("\"\(extra)\" is one operand too many; the command \(limit)")
        }
        return .options(table, operands: operands)
    }

    private static func fault(_ message: String) -> UsageFault { UsageFault(usage.name, message) }

    private static func assign(
        _ option: Option<Self>, _ argument: Argument, to table: inout Self
    ) throws(UsageFault) {
        do throws(SettingMismatch) {
            try option.assign(&table, argument)
        } catch {
            throw fault("option --\(option.name) is \"\(argument.text.printable)\"; expected \(error.expected)")
        }
    }

    private static func unknown(_ word: Argument, among all: [Switch]) -> String {
        let text = word.text
        guard text.hasPrefix("--") else { return "unknown option -\(text.printable)" }
        let name = String(text.dropFirst(2).prefix { $0 != "=" })
        let continued = all.map(\.name).filter { $0.hasPrefix(name) }
        if continued.count > 1 {
            return "option --\(name.printable) is ambiguous; write "
                + continued.map { "--\($0)" }.joined(separator: " or ")
        }
        let hint = nearest(to: name, among: all.map(\.name)).map { "; did you mean --\($0)?" } ?? ""
        return "unknown option --\(name.printable)\(hint)"
    }
}

/// The words of a command line, told apart.
private struct OptionScan {
    struct Word {
        let finding: tidings_option_finding
        let index: Int
        let text: Argument
    }

    private(set) var words: [Word] = []

    init(_ arguments: [Argument], _ switches: [Switch], stopAtOperand: Bool) {
        let names = switches.map { strdup($0.name) }
        var argv: [UnsafeMutablePointer<CChar>?] = ([Argument("")] + arguments).map { argument in
            strdup(argument.bytes.map { CChar(bitPattern: $0) } + [0])
        }
        defer {
            for name in names { free(name) }
            for word in argv { free(word) }
        }
        let options = zip(names, switches).map { name, option in
            tidings_option(
                name: name, letter: CInt(option.letter?.asciiValue ?? 0),
                takes_argument: option.placeholder == nil ? 0 : 1)
        }
        let collector = Collector()
        argv.append(nil)
        let next = tidings_parse_options(
            CInt(argv.count - 1), argv, options, CInt(options.count), stopAtOperand ? 1 : 0,
            { Collector.of($0).add($1, Int($2), $3) }, Unmanaged.passUnretained(collector).toOpaque())
        precondition(next >= 0, "no memory for the command line")
        words = collector.words
        if stopAtOperand {
            words += arguments.dropFirst(Int(next) - 1).map { Word(finding: .operand, index: -1, text: $0) }
        }
    }

    private final class Collector {
        var words: [Word] = []

        static func of(_ context: UnsafeMutableRawPointer?) -> Collector {
            guard let context else { preconditionFailure("getopt_long lost its context") }
            return Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
        }

        func add(_ finding: tidings_option_finding, _ index: Int, _ text: UnsafePointer<CChar>?) {
            let bytes = text.map { text in
                UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
            }
            words.append(Word(finding: finding, index: index, text: Argument(bytes ?? [])))
        }
    }
}
