/// How the programs end, by the numbers of sysexits.h.
public enum ExitStatus: Int32, Sendable, Comparable, CaseIterable {
    /// All is well.
    case ok = 0
    /// Something wants attention: a warning of `status --check`, open deliveries after `--once`.
    case attention = 1
    /// Something is badly wrong: the alarm of `status --check`.
    case alarm = 2
    /// It cannot be told how things are: the answer of `status --check` to a user who may see nothing.
    case unknown = 3
    /// The command line is wrong (EX_USAGE).
    case usage = 64
    /// What was read is wrong (EX_DATAERR).
    case data = 65
    /// A file to be read is not there or cannot be read (EX_NOINPUT).
    case noInput = 66
    /// Something that is needed is not there (EX_UNAVAILABLE).
    case unavailable = 69
    /// A fault of the program or of the system (EX_SOFTWARE).
    case software = 70
    /// A folder that the system has to provide is missing or has the wrong rights (EX_OSFILE).
    case systemFile = 72
    /// A file cannot be made (EX_CANTCREAT).
    case cannotCreate = 73
    /// Reading or writing failed (EX_IOERR).
    case inputOutput = 74
    /// Not now; try again later (EX_TEMPFAIL).
    case temporary = 75
    /// A right is missing (EX_NOPERM).
    case permission = 77
    /// The configuration is wrong (EX_CONFIG).
    case configuration = 78

    /// Lower numbers come first.
    public static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }
}
