import Foundation
import TestKit
import Testing

/// What `tidings` has said to be in the spool survives a power cut: every call that touches the spool is traced by the
/// library that Deploy/kill-points uses.
@Suite(.enabled(if: Shim.canBeMade, "there is no C compiler to make the library of Tests/Kill with"))
struct DurableSubmissionTests {
    private let service: PrivateService
    private let shim: Shim

    private static let whole = ["made in incoming", "written in incoming", "flushed a file in incoming"]

    init() throws {
        service = try PrivateService()
        shim = try Shim(service)
    }

    @Test func aFileIsFlushedThenNamedThenItsFolderIsFlushed() throws {
        let file = try service.file("choir.jsonld")
        #expect(try shim.run(["submit", file]).status == 0)
        #expect(try shim.story("incoming") == Self.whole + ["named incoming/choir.jsonld", "flushed incoming"])
    }

    @Test func aRequestIsFlushedThenNamedThenItsFolderIsFlushed() throws {
        #expect(try shim.run(["forget", "c1", "--yes"]).status == 0)
        let story = try shim.story("requests")
        #expect(story.prefix(3) == ["made in requests", "written in requests", "flushed a file in requests"])
        #expect(story.count == 5 && story[3].hasPrefix("named requests/forget-") && story[4] == "flushed requests")
    }

    @Test(.enabled(if: geteuid() == 0 && Shim.canChangeUser, "acting as another user needs root and setpriv"))
    func whoMayNotListTheFolderFlushesItsFilesystem() throws {
        let file = try service.file("choir.jsonld")
        let incoming = "\(service.spool)/incoming"
        for path in [service.folder.path, service.spool, file] { #expect(chmod(path, 0o755) == 0) }
        #expect(chown(incoming, 0, 4242) == 0 && chmod(incoming, 0o3730) == 0)
        #expect(try shim.run(["submit", file], user: 4711, group: 4242).status == 0)
        // The filesystem is flushed by way of the file, which has its name by then.
        #expect(
            try shim.story("incoming") == Self.whole + ["named incoming/choir.jsonld", "flushed a file in incoming"])
    }

    @Test(arguments: [1, 2]) func aFlushThatFailsIsNoSuccess(_ flush: Int) throws {
        let file = try service.file("choir.jsonld")
        let ended = try shim.run(["submit", file], failingFlush: flush)
        #expect(ended.status != 0)
        #expect(ended.output == "" && ended.complaints.contains("Input/output error (EIO)"))
    }
}
