import Foundation
import Testing

@testable import Systemd

struct LogDestinationTests {
    struct Case: Sendable {
        var wanted: LogDestination
        var hasJournal: Bool
        var isErrorTheJournal: Bool
        var isErrorATerminal: Bool
        var goesTo: LogDestination
    }

    @Test(arguments: [
        // A service of systemd.
        Case(wanted: .auto, hasJournal: true, isErrorTheJournal: true, isErrorATerminal: false, goesTo: .journal),
        // A background process with its output in a file, on a machine with a journal.
        Case(wanted: .auto, hasJournal: true, isErrorTheJournal: false, isErrorATerminal: false, goesTo: .journal),
        // A developer's terminal.
        Case(wanted: .auto, hasJournal: true, isErrorTheJournal: false, isErrorATerminal: true, goesTo: .console),
        // A container.
        Case(wanted: .auto, hasJournal: false, isErrorTheJournal: false, isErrorATerminal: false, goesTo: .console),
        // $JOURNAL_STREAM matches, yet journald is not reachable.
        Case(wanted: .auto, hasJournal: false, isErrorTheJournal: true, isErrorATerminal: false, goesTo: .console),
        Case(wanted: .journal, hasJournal: true, isErrorTheJournal: false, isErrorATerminal: true, goesTo: .journal),
        Case(wanted: .journal, hasJournal: false, isErrorTheJournal: false, isErrorATerminal: false, goesTo: .console),
        Case(wanted: .console, hasJournal: true, isErrorTheJournal: true, isErrorATerminal: false, goesTo: .console),
        Case(wanted: .json, hasJournal: true, isErrorTheJournal: true, isErrorATerminal: false, goesTo: .json),
    ])
    func entriesGoWhereSomebodyReadsThem(_ example: Case) {
        let surroundings = LogSurroundings(
            hasJournal: example.hasJournal, isErrorTheJournal: example.isErrorTheJournal,
            isErrorATerminal: example.isErrorATerminal)
        #expect(example.wanted.resolved(in: surroundings) == example.goesTo)
    }

    @Test func theStreamIsComparedByDeviceAndInode() {
        #expect(LogSurroundings.matches(stream: "8:4711", device: 8, inode: 4711))
        #expect(!LogSurroundings.matches(stream: "8:471", device: 8, inode: 4711))
        #expect(!LogSurroundings.matches(stream: "", device: 0, inode: 0))
    }

    @Test func aSocketCountsOnlyWhileSomebodyListens() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/socket"
        #expect(!LogSurroundings.accepts(path))
        var listener: DatagramSocket? = try DatagramSocket(path: path)
        #expect(listener != nil && LogSurroundings.accepts(path))
        listener = nil
        #expect(!LogSurroundings.accepts(path), "a socket's file that its daemon left behind")
    }

    @Test func aPathTooLongForASocketIsNoJournal() {
        #expect(!LogSurroundings.accepts("/" + String(repeating: "x", count: 200)))
    }
}
