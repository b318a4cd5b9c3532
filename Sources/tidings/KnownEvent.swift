import CommandLineKit
import Archive
import EventFormats
import Glibc

/// Whether an event is known, where this user may look into the archive.
struct KnownEvent {
    private let service: Service

    init(_ service: Service) { self.service = service }

    /// The event; nil where it is not known, or this user may not look.
    func event(_ uid: String) -> EventRecord? {
        // ignoring: what this user may not look into the daemon finds out
        (try? Archive(service).event(uid)) ?? nil
    }

    /// Whether the archive can be asked and has no such event.
    func isUnknown(_ uid: String) -> Bool {
        do throws(Failure) {
            return try Archive(service).event(uid) == nil
        } catch {
            // ignoring: what this user may not look into the daemon finds out
            return false
        }
    }

    func check(_ uid: String) throws(Failure) {
        if isUnknown(uid) {
            throw Failure(
                .noInput, "no event is called \"\(uid.printable)\"; 'tidings list' shows all of them")
        }
    }
}

/// Asks a person on a terminal whether to go on.
enum Confirmation {
    /// Says what will happen and asks, unless told not to; gives what is still to be said then. Where there is nobody to ask,
    /// nothing is done.
    static func ask(_ warning: String, isSure: Bool, _ console: Console) throws(Failure) -> String? {
        if isSure { return warning }
        console.complain(warning)
        guard isatty(STDIN_FILENO) == 1, console.isErrorATerminal else {
            throw Failure(.usage, "nothing is done, since there is no terminal to ask at; add --yes if that is meant")
        }
        console.complain("Go on? Type yes:")
        guard let answer = readLine(), ["yes", "y"].contains(answer.lowercased()) else {
            throw Failure(.temporary, "nothing is done")
        }
        return nil
    }
}
