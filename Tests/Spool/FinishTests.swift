import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct FinishTests {
    private func finish(_ scratch: Scratch, _ file: ClaimedFile, _ disposition: Disposition) throws -> Finished {
        try #require(scratch.spool.finish([Ending(file.file, disposition)]).first)
    }

    private let report = Array(#"{"outcome":"x"}"#.utf8)

    @Test func aRemovedFileIsGone() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        guard case .done = try finish(scratch, try scratch.claimed("a"), .remove) else { return #expect(Bool(false)) }
        for folder in Folder.allCases { #expect(scratch.names(folder) == []) }
    }

    @Test func anAcceptedFileMovesWithoutAReport() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        guard case .done = try finish(scratch, try scratch.claimed("a"), .accept) else { return #expect(Bool(false)) }
        #expect(scratch.names(.accepted) == ["\(DeliveryID.test(1))-a"])
    }

    @Test(arguments: [Folder.rejected, .held, .deferred]) func aFiledFileHasItsReportBesideIt(_ folder: Folder) throws {
        let scratch = try Scratch()
        try scratch.drop("a", "bytes")
        let file = try scratch.claimed("a")
        let until = Instant(microseconds: 1_800_000_000_123_456)
        let disposition: Disposition =
            switch folder {
            case .rejected: .reject(report: report)
            case .held: .hold(report: report)
            default: .defer(report: report, until: until)
            }
        guard case .done = try finish(scratch, file, disposition) else { return #expect(Bool(false)) }
        let id = DeliveryID.test(1)
        #expect(scratch.names(folder) == ["\(id)-a", "\(id).report.json"])
        #expect(scratch.text("\(folder.rawValue)/\(id)-a") == "bytes")
        #expect(try scratch.spool.report(id, in: folder) == report)
        #expect(scratch.names(.active) == [])
        if folder == .deferred {
            #expect(try scratch.spool.due(at: until.adding(.microseconds(-1)), limit: 9).next == until)
            #expect(try scratch.spool.due(at: until, limit: 9).files.map(\.file.id) == [id])
        }
    }

    @Test func whatMovedAndWasNotToldOfComesBackToWork() throws {
        let scratch = try Scratch()
        for name in ["a", "b"] { try scratch.drop(name, name) }
        let told = Ending(try scratch.claimed("a").file, .reject(report: report))
        _ = scratch.spool.finish([told])
        let moved = Ending(try scratch.claimed("b", as: .test(2)).file, .hold(report: report))
        try scratch.spool.noteUnanswered([moved])
        _ = scratch.spool.finish([moved])
        #expect(try scratch.spool.recallUnanswered() == 1)
        #expect(scratch.names(.active) == ["\(DeliveryID.test(2))-b"])
        #expect(scratch.names(.rejected).count == 2)
        let file = try #require(try scratch.spool.find(.test(2), in: .active))
        guard case .taken(let again) = try scratch.spool.takeUp(file, from: .active, limit: 9) else {
            return #expect(Bool(false))
        }
        _ = scratch.spool.finish([Ending(again.file, .hold(report: report))])
        #expect(scratch.names(.held) == ["\(DeliveryID.test(2))-b", "\(DeliveryID.test(2)).report.json"])
        #expect(try scratch.spool.recallUnanswered() == 0)
    }

    @Test func whatWasNotedAndHasNotMovedStaysInWork() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        try scratch.spool.noteUnanswered([Ending(try scratch.claimed("a").file, .reject(report: report))])
        #expect(try scratch.spool.recallUnanswered() == 0)
        #expect(scratch.names(.active) == ["\(DeliveryID.test(1))-a"])
    }

    @Test func whatIsToldOfStaysWhereItIs() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let ending = Ending(try scratch.claimed("a").file, .reject(report: report))
        try scratch.spool.noteUnanswered([ending])
        _ = scratch.spool.finish([ending])
        try scratch.spool.noteUnanswered([])
        #expect(try scratch.spool.recallUnanswered() == 0)
        #expect(scratch.names(.rejected).count == 2)
    }

    @Test(arguments: [true, false]) func aFileChangedAfterItsReadingIsANewDelivery(_ isRemoved: Bool) throws {
        let scratch = try Scratch()
        try scratch.drop("a", "one")
        let file = try scratch.claimed("a")
        try scratch.write("active/\(file.file.storedName)", "two!")
        let answer = try finish(scratch, file, isRemoved ? .remove : .reject(report: report))
        guard case .changedAfterReading(let name) = answer else { return #expect(Bool(false), "\(answer)") }
        #expect(name == FileName("a"))
        #expect(scratch.text("incoming/a") == "two!")
        #expect(scratch.names(.active) == [] && scratch.names(.rejected) == [])
    }

    @Test func aChangeOfTheSameSizeIsSeenByItsCtime() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "one")
        let file = try scratch.claimed("a")
        // A writer that came too late for the claim, and put the old mtime back.
        let place = "\(scratch.path)/active/\(file.file.storedName)"
        var before = stat()
        stat(place, &before)
        while true {
            try scratch.write("active/\(file.file.storedName)", "two")
            var now = stat()
            stat(place, &now)
            if now.st_ctim.tv_nsec != before.st_ctim.tv_nsec { break }
        }
        guard case .changedAfterReading = try finish(scratch, file, .remove) else { return #expect(Bool(false)) }
    }

    @Test func aChangedFileWhoseNameIsTakenKeepsBoth() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "one")
        let file = try scratch.claimed("a")
        try scratch.drop("a", "second delivery")
        try scratch.write("active/\(file.file.storedName)", "one and more")
        guard case .changedAfterReading(let name) = try finish(scratch, file, .remove) else {
            return #expect(Bool(false))
        }
        #expect(scratch.text("incoming/a") == "second delivery")
        #expect(scratch.text("incoming/\(name)") == "one and more")
    }

    @Test func aFileThatSomebodyTookAwayIsMissing() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let file = try scratch.claimed("a")
        unlink("\(scratch.path)/active/\(file.file.storedName)")
        guard case .missing = try finish(scratch, file, .reject(report: report)) else { return #expect(Bool(false)) }
        #expect(scratch.names(.rejected) == [])
    }

    @Test func aBatchAnswersEachInItsPlace() throws {
        let scratch = try Scratch()
        var files: [ClaimedFile] = []
        for number in 0..<5 {
            try scratch.drop("\(number)")
            files.append(try scratch.claimed("\(number)", as: .test(UInt64(number))))
        }
        unlink("\(scratch.path)/active/\(files[1].file.storedName)")
        try scratch.write("active/\(files[3].file.storedName)", "changed")
        let answers = scratch.spool.finish([
            Ending(files[0].file, .remove), Ending(files[1].file, .remove),
            Ending(files[2].file, .hold(report: report)), Ending(files[3].file, .accept),
            Ending(files[4].file, .reject(report: report)),
        ])
        #expect(answers.map(\.word) == ["done", "missing", "done", "changed", "done"])
        #expect(scratch.names(.active) == [])
        #expect(scratch.names(.held).count == 2 && scratch.names(.rejected).count == 2)
        #expect(scratch.names(.incoming) == ["3"])
    }

    @Test(.enabled(if: isRoot, needsRoot)) func whatCannotBeFiledStaysInWork() throws {
        let scratch = try Scratch()
        scratch.letEverybody(into: [.incoming, .active])
        try scratch.drop("a")
        try scratch.drop("b")
        let (a, b) = (try scratch.claimed("a"), try scratch.claimed("b", as: .test(2)))
        let answers = try asUser(4711) {
            scratch.spool.finish([Ending(a.file, .reject(report: report)), Ending(b.file, .remove)])
        }
        guard case .failed(let error) = try #require(answers.first) else { return #expect(Bool(false)) }
        #expect(error.errno == Errno(EACCES) && !error.isDurabilityLost)
        #expect(answers.last?.word == "done", "its neighbour is not held up")
        #expect(scratch.names(.active) == ["\(DeliveryID.test(1))-a"])
    }

    @Test func theReportIsThereBeforeTheFile() throws {
        // A kill between the two leaves the file in work: the order of the names' appearance proves it.
        let scratch = try Scratch()
        try scratch.drop("a")
        let file = try scratch.claimed("a")
        let inotify = inotify_init1(Int32(IN_NONBLOCK))
        defer { close(inotify) }
        #expect(inotify_add_watch(inotify, "\(scratch.path)/rejected", UInt32(IN_MOVED_TO)) >= 0)
        _ = try finish(scratch, file, .reject(report: report))
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(inotify, &buffer, buffer.count)
        var collector = HintCollector(watches: WatchNumbers(incoming: 1), capacity: 10)
        buffer[..<max(0, count)].withUnsafeBytes { collector.collect($0) }
        let id = DeliveryID.test(1)
        #expect(collector.hints.names.map(\.name.description) == ["\(id).report.json", "\(id)-a"])
    }

    @Test(.enabled(if: isRoot, needsRoot)) func aFileThatAdministratorsCouldNotReadIsCopied() throws {
        let scratch = try Scratch()
        let list = AccessControlList([
            .init(subject: .owner, rights: 6), .init(subject: .owningGroup, rights: 4),
            .init(subject: .group(4242), rights: 4), .init(subject: .mask, rights: 4),
            .init(subject: .other, rights: 0),
        ])
        try list.set(on: scratch.spool[.rejected], .inherited)
        try scratch.drop("moved", "private")
        let place = "\(scratch.path)/incoming/moved"
        #expect(chown(place, 4711, 4711) == 0 && chmod(place, 0o600) == 0)
        let file = try scratch.claimed("moved")
        guard case .done = try finish(scratch, file, .reject(report: report)) else { return #expect(Bool(false)) }
        let stored = file.file.storedName
        let copy = try #require(try scratch.spool.statusIfAny(.rejected, stored))
        #expect(copy.owner == 0 && copy.identity != file.file.before.identity)
        #expect(scratch.text("rejected/\(stored)") == "private")
        #expect(scratch.names(.active) == [])
        let descriptor = open("\(scratch.path)/rejected/\(stored)", O_RDONLY)
        defer { close(descriptor) }
        #expect(try AccessControlList.of(descriptor, .access)?.readingGroups == [4242])
        // Taken up again, it is still the file of the one who dropped it.
        let again = try scratch.spool.takeUp(
            StoredFile(id: .test(1), name: try #require(FileName("moved"))), from: .rejected, limit: 99)
        guard case .taken(let taken) = again else { return #expect(Bool(false)) }
        #expect(taken.file.submitter == 4711)
    }

    @Test(.enabled(if: isRoot, needsRoot)) func aFileThatInheritedTheRightsIsMoved() throws {
        let scratch = try Scratch()
        let list = AccessControlList([
            .init(subject: .owner, rights: 6), .init(subject: .owningGroup, rights: 4),
            .init(subject: .group(4242), rights: 4), .init(subject: .mask, rights: 4),
            .init(subject: .other, rights: 0),
        ])
        try list.set(on: scratch.spool[.rejected], .inherited)
        try list.set(on: scratch.spool[.incoming], .inherited)
        try scratch.drop("a")
        let file = try scratch.claimed("a")
        _ = try finish(scratch, file, .reject(report: report))
        let now = try #require(try scratch.spool.statusIfAny(.rejected, file.file.storedName))
        #expect(now.identity == file.file.before.identity)
    }
}

extension Finished {
    var word: String {
        switch self {
        case .done: "done"
        case .changedAfterReading: "changed"
        case .missing: "missing"
        case .failed(let error): "\(error)"
        }
    }
}
