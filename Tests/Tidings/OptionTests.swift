import CommandLineKit
import Daemon
import PluginKit
import Testing

/// The layer of options that both programs share.
@Suite struct OptionTests {
    struct Tea: OptionTable {
        var isHot = false
        var cups = 1
        var sort: String?
        var steep = Duration.seconds(180)

        static let usage = CommandUsage("tea", operands: "GUEST…", count: 0...3, "Makes tea.")
        static var options: [Option<Self>] {
            [
                Option("hot", "H", \.isHot, "make it hot"), Option("cups", "n", "COUNT", \.cups, "how many"),
                Option("sort", nil, "NAME", \.sort, "which tea"), Option("steep", nil, "TIME", \.steep, "how long"),
            ]
        }
    }

    static func parse(_ words: [Argument], stopAtOperand: Bool = false) throws -> (Tea, [Argument]) {
        guard case .options(let tea, let operands) = try Tea.parse(words, stopAtOperand: stopAtOperand) else {
            throw UsageFault("tea", "help")
        }
        return (tea, operands)
    }

    @Test(
        arguments: [
            ["-Hn3", "ann"], ["--hot", "--cups=3", "ann"], ["ann", "--cups", "3", "-H"],
            ["-n", "7", "-n3", "-H", "ann"],
            ["--ho", "--cu", "3", "ann"],
        ] as [[Argument]])
    func shortLongJoinedAndMixed(_ words: [Argument]) throws {
        let (tea, operands) = try Self.parse(words)
        #expect(tea.isHot)
        #expect(tea.cups == 3)
        #expect(operands == ["ann"])
    }

    @Test func twoHyphensEndTheOptions() throws {
        let (tea, operands) = try Self.parse(["--", "--hot", "-", "-n"])
        #expect(!tea.isHot)
        #expect(operands == ["--hot", "-", "-n"])
    }

    @Test func whatFollowsTheFirstOperandCanBeLeftAlone() throws {
        let (tea, operands) = try Self.parse(["-H", "ann", "--cups", "9"], stopAtOperand: true)
        #expect(tea.isHot)
        #expect(tea.cups == 1)
        #expect(operands == ["ann", "--cups", "9"])
        #expect(try Self.parse(["-H"], stopAtOperand: true).1 == [])
        #expect(try Self.parse(["--", "-H"], stopAtOperand: true).1 == ["-H"])
    }

    @Test func valuesAreThoseOfSettings() throws {
        let (tea, _) = try Self.parse(["--steep", "4min", "--sort", "007"])
        #expect(tea.steep == .seconds(240))
        #expect(tea.sort == "007")
    }

    @Test func operandsAreBytes() throws {
        let name = Argument([0xFF, 0x2F, 0xC3])
        #expect(try Self.parse([name]).1 == [name])
    }

    @Test(
        arguments: [
            (["--cups", "many"], "option --cups is \"many\"; expected a whole number"),
            (["--steep=4"], "option --steep is \"4\"; expected a duration such as"),
            (["--s", "x"], "option --s is ambiguous; write --sort or --steep"),
            (["--cup5", "x"], "unknown option --cup5; did you mean --cups?"),
            (["--hot=yes"], "option --hot takes no value; leave out what follows the ="),
            (["-z"], "unknown option -z"), (["-Hz"], "unknown option -z"), (["--zebra"], "unknown option --zebra"),
            (["-n"], "option -n, --cups needs a COUNT after it"), (["--sort"], "option --sort needs a NAME after it"),
            (["a", "b", "c", "d"], "\"d\" is one operand too many; the command takes 3"),
        ] as [([Argument], String)])
    func aFaultSaysWhatAndWhatToDo(_ words: [Argument], _ says: String) throws {
        let fault = #expect(throws: UsageFault.self) { try Tea.parse(words) }
        #expect(fault?.message.hasPrefix(says) == true, "\(fault?.message ?? "")")
        #expect(fault?.description.hasSuffix("\nTry 'tea --help'.") == true)
    }

    @Test func helpWinsOverFaults() throws {
        guard case .help = try Tea.parse(["--cups", "many", "--help"]) else {
            Issue.record("--help was not seen")
            return
        }
        #expect(Tea.help.contains("  -n, --cups=COUNT          how many\n"))
    }
}
