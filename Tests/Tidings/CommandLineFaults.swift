import Testing

@testable import tidings

/// A command line that is wrong, or meets something that is, and all that a person sees of it.
struct CommandLineFault: Sendable, CustomTestStringConvertible {
    /// The words after `tidings`; `''` is an empty one.
    let line: String
    let status: Int32
    /// What stands on standard error, each line whole.
    let says: String
    var testDescription: String { "tidings \(line)" }

    var words: [String] { line.split(separator: " ").map { $0 == "''" ? "" : String($0) } }

    /// The command line itself is wrong: EX_USAGE, and where to read more.
    static func usage(_ line: String, _ says: String, of command: String? = nil) -> CommandLineFault {
        let name = command.map { "tidings \($0)" } ?? "tidings"
        return CommandLineFault(line: line, status: 64, says: "\(name): \(says)\nTry '\(name) --help'.\n")
    }

    /// What it asks for fails.
    static func failure(_ line: String, _ status: Int32, _ says: String...) -> CommandLineFault {
        CommandLineFault(line: line, status: status, says: says.map { "\($0)\n" }.joined())
    }

    static let commands = CommandLineTool.commands.map(\.name).joined(separator: ", ")

    /// Words before the command, and commands that are none.
    static let ofTheTool = [
        usage("", "name a command: \(commands)"),
        usage("--json", "name a command: \(commands)"),
        usage("--config tidingsd.toml", "name a command: \(commands)"),
        usage("''", "unknown command \"\"; the commands are \(commands)"),
        usage("lst", "unknown command \"lst\"; did you mean \"list\"?"),
        usage("sumbit x", "unknown command \"sumbit\"; did you mean \"submit\"?"),
        usage("Status", "unknown command \"Status\"; did you mean \"status\"?"),
        usage("fetch", "unknown command \"fetch\"; the commands are \(commands)"),
        usage("-- --json", "unknown command \"--json\"; the commands are \(commands)"),
        usage("help sbmit", "unknown command \"sbmit\"; did you mean \"submit\"?"),
        usage("help submit now", "\"now\" is one operand too many; help takes the name of a command"),
        usage("--jsn status", "unknown option --jsn; did you mean --json?"),
        usage("--verbose", "unknown option --verbose"),
        usage("-x", "unknown option -x"),
        usage("--config", "option -c, --config needs a FILE after it"),
        usage("-c", "option -c, --config needs a FILE after it"),
        usage("--version=2", "option --version takes no value; leave out what follows the ="),
    ]

    /// Options and operands of commands.
    static let ofCommands = [
        usage("submit", "FILE… is missing; name at least one", of: "submit"),
        usage("submit --", "FILE… is missing; name at least one", of: "submit"),
        usage("-- submit", "FILE… is missing; name at least one", of: "submit"),
        usage("submit --wiat x", "unknown option --wiat; did you mean --wait?", of: "submit"),
        usage("submit --nothing x", "unknown option --nothing", of: "submit"),
        usage("submit -wx", "unknown option -x", of: "submit"),
        usage("submit --wait=yes x", "option --wait takes no value; leave out what follows the =", of: "submit"),
        usage("submit -t", "option -t, --timeout needs a DURATION after it", of: "submit"),
        usage("submit --timeout 3 -w x", "option --timeout is \"3\"; \(duration); did you mean \"3s\"?", of: "submit"),
        usage("submit --timeout=-1s -w x", "option --timeout is \"-1s\"; \(duration)", of: "submit"),
        usage("submit -wt soon x", "option --timeout is \"soon\"; \(duration)", of: "submit"),
        usage("submit -t 3s x", "option --timeout is for --wait; add --wait or leave it out", of: "submit"),
        usage("check --jsno", "unknown option --jsno; did you mean --json?", of: "check"),
        usage("decode", "FILE is missing; name one", of: "decode"),
        usage("decode a b", "\"b\" is one operand too many; the command takes 1", of: "decode"),
        usage("decode --as", "option --as needs a FORM after it", of: "decode"),
        usage("decode --as xml x", "option --as is \"xml\"; expected one of \(forms)", of: "decode"),
        usage("decode --as= x", "option --as is \"\"; expected one of \(forms)", of: "decode"),
        usage("status --c", "option --c is ambiguous; write --check or --critical-age or --config", of: "status"),
        usage("status --check=3", "option --check takes no value; leave out what follows the =", of: "status"),
        usage("status now", "\"now\" is one operand too many; the command takes no operands", of: "status"),
        usage(
            "status --warning-age 1h", "option --warning-age is for --check; add --check or leave it out", of: "status"),
        usage(
            "status --critical-age 1h", "option --critical-age is for --check; add --check or leave it out",
            of: "status"),
        usage("status --check --warning-age x", "option --warning-age is \"x\"; \(duration)", of: "status"),
        usage(
            "status --check --warning-age 1h --critical-age 1min",
            "--warning-age 1h is longer than --critical-age 1min; exchange them", of: "status"),
        usage("queue --list held", "\"held\" is one operand too many; the command takes no operands", of: "queue"),
        usage("list x y", "\"x\" is one operand too many; the command takes no operands", of: "list"),
        usage("list -c", "option -c, --config needs a FILE after it", of: "list"),
        usage("show", "UID is missing; name one", of: "show"),
        usage("show a b", "\"b\" is one operand too many; the command takes 1", of: "show"),
        usage("why", "ID[/N]|UID|FILE is missing; name one", of: "why"),
        usage("why a b", "\"b\" is one operand too many; the command takes 1", of: "why"),
        usage("retry", "ID[/N]… is missing; name at least one", of: "retry"),
        usage("retry gala", "gala is neither \(idForm)", of: "retry"),
        usage("release gala/3", "gala/3 is neither \(idForm)", of: "release"),
        usage("discard \(id)/-1", "\(id)/-1 is neither \(idForm)", of: "discard"),
        usage("discard \(id)/3/4", "\(id)/3/4 is neither \(idForm)", of: "discard"),
        usage("discard -t 3s x", "option --timeout is for --wait; add --wait or leave it out", of: "discard"),
        usage("release --as old x", "option --as is \"old\"; expected one of \"new\"", of: "release"),
        usage(
            "release --as new --update-of c1 x", "--as new and --update-of exclude each other; leave one out",
            of: "release"),
        usage(
            "release --set 2027 x", "option --set is \"2027\"; expected PATH=VALUE such as year=2027", of: "release"),
        usage("release --set a=1 --set a=2 x", "--set a is given twice; leave one out", of: "release"),
        usage(
            "release", "name updates by their ids, or give --since and either --user or --publisher", of: "release"),
        usage(
            "queue --list --code blast-radios", "no finding has the code blast-radios; did you mean blast-radius?",
            of: "queue"),
        usage(
            "queue --code blast-radius",
            "--user, --publisher, --since and --code are for --list; add --list or leave them out", of: "queue"),
        usage(
            "why ''", "the operand is empty; name a delivery's id, an event's uid, or a file that was dropped",
            of: "why"),
        usage("withdraw", "UID is missing; name one", of: "withdraw"),
        usage("withdraw --undo c1", "unknown option --undo", of: "withdraw"),
        usage("readmit", "UID is missing; name one", of: "readmit"),
        usage("readmit --yes c1", "unknown option --yes", of: "readmit"),
        usage("forget a b", "\"b\" is one operand too many; the command takes 1", of: "forget"),
        usage("plugins archiver", "\"archiver\" is one operand too many; the command takes no operands", of: "plugins"),
        usage("plugin", "new NAME is missing", of: "plugin"),
        usage("plugin nwe x", "unknown action \"nwe\"; did you mean \"new\"?", of: "plugin"),
        usage("plugin new", "NAME is missing; name the new plugin", of: "plugin"),
        usage("plugin new a b", "\"b\" is one operand too many; the command takes 2", of: "plugin"),
        usage(
            "check --effective x",
            "--effective is about the configuration; leave the files out, or name it by --config", of: "check"),
        usage(
            "reference --as html", "option --as is \"html\"; expected one of \"text\", \"toml\", \"man\"",
            of: "reference"),
        usage("completion", "SHELL is missing; name one", of: "completion"),
        usage("completion bash zsh", "\"zsh\" is one operand too many; the command takes 1", of: "completion"),
        usage(
            "completion tcsh", "no completion is known for the shell tcsh; name one of bash, zsh, fish",
            of: "completion"),
    ]

    private static let id = "01KB0000000000000000000000"
    private static let idForm =
        "a delivery's id, 26 digits and letters, nor one with the number of an update behind it, as in ID/3; 'tidings queue "
        + "--list', reports and the journal show them"
    private static let duration = "expected a duration such as \"500ms\", \"2s\" or \"1h\" (units ms, s, min, h, d)"
    private static let forms = "\"json\", \"jsonld\", \"ics\""

    /// Files, and what is not there. `tidingsd.toml` names a spool and a state directory that are there and empty,
    /// `nowhere.toml` a spool that is missing.
    static let ofFiles = [
        failure("decode gone.ics", 66, "tidings decode: gone.ics: No such file or directory; look for a misspelt name"),
        failure("decode ''", 66, "tidings decode: '': No such file or directory; look for a misspelt name"),
        failure("decode folder", 66, "tidings decode: folder: Is a directory; name the files in it"),
        failure("decode empty.ics/x", 66, "tidings decode: empty.ics/x: Not a directory; look for a misspelt path"),
        failure(
            "decode loop", 66, "tidings decode: loop: Too many levels of symbolic links; look for a misspelt path"),
        failure(
            "decode empty.ics", 65,
            "empty.ics: error: the file is empty; drop an iCalendar, a JSON-LD or a text file [unknown-format]"),
        failure("check gone.ics", 66, "tidings check: gone.ics: No such file or directory; look for a misspelt name"),
        failure("check folder", 66, "tidings check: folder: Is a directory; name the files in it"),
        failure(
            "submit -c tidingsd.toml gone.ics folder", 66,
            "tidings submit: gone.ics: No such file or directory; look for a misspelt name",
            "tidings submit: folder: Is a directory; name the files in it"),
        failure("submit -c tidingsd.toml /", 66, "tidings submit: /: Is a directory; name the files in it"),
        failure(
            "submit -c nowhere.toml empty.ics", 69,
            "tidings submit: empty.ics: cannot open {dir}/nowhere/incoming: No such file or directory (ENOENT). There is "
                + "no spool here: is tidingsd installed, and is [spool] directory right?"),
        failure(
            "submit -c nowhere.toml empty.ics empty.ics empty.ics", 69,
            "tidings submit: empty.ics: cannot open {dir}/nowhere/incoming: No such file or directory (ENOENT). There is "
                + "no spool here: is tidingsd installed, and is [spool] directory right?",
            "tidings submit: 2 further files not dropped either"),
        failure(
            "queue -c nowhere.toml", 69,
            "tidings queue: there is no spool at {dir}/nowhere: is tidingsd installed, and is [spool] directory right?"),
        failure(
            "list -c tidingsd.toml", 0, "tidings list: no events yet; 'tidings submit FILE' drops an update"),
        failure(
            "show -c tidingsd.toml gala", 66,
            "tidings show: no event is called gala; 'tidings list' shows all of them"),
        failure(
            "show -c tidingsd.toml ''", 66, "tidings show: no event is called ''; 'tidings list' shows all of them"),
        failure(
            "why -c tidingsd.toml gala", 66,
            "tidings why: nothing is known of gala; name a delivery's id, an event's uid, or a file that was dropped"),
        failure(
            "submit -c faulty.toml empty.ics", 78,
            "tidings submit: faulty.toml:2:1: unknown setting spool.windw; did you mean window?"),
        failure(
            "list -c faulty.toml", 78,
            "tidings list: faulty.toml:2:1: unknown setting spool.windw; did you mean window?"),
        failure(
            "status -c faulty.toml", 78,
            "tidings status: faulty.toml:2:1: unknown setting spool.windw; did you mean window?"),
    ]
}
