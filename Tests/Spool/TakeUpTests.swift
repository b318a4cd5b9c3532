import EventModel
import Foundation
import Testing

@testable import Spool

@Suite struct TakeUpTests {
    private let report = Array("{}".utf8)

    private func taken(_ scratch: Scratch, _ folder: Folder, _ id: DeliveryID = .test(1)) throws -> ClaimedFile {
        let stored = try #require(try scratch.spool.find(id, in: folder))
        guard case .taken(let file) = try scratch.spool.takeUp(stored, from: folder, limit: 1 << 20) else {
            throw Scratch.NotClaimed(name: "\(stored.storedName)")
        }
        return file
    }

    @Test func whatWasInWorkIsFoundAtTheNextStart() throws {
        let scratch = try Scratch()
        for number in [3, 1, 2] as [UInt64] {
            try scratch.drop("n\(number)", "\(number)")
            _ = try scratch.claimed("n\(number)", as: .test(number))
        }
        let page = try scratch.spool.list(.active)
        #expect(page.files.map(\.id) == [.test(1), .test(2), .test(3)])
        #expect(page.strangers == [] && !page.hasMore)
        #expect(try scratch.spool.highestID() == .test(3))
        let file = try taken(scratch, .active, .test(2))
        #expect(file.file.id == .test(2) && file.bytes == Array("2".utf8) && file.file.origin == .recovered)
        #expect(file.file.fileName == FileName("n2") && file.file.submitter == geteuid())
        _ = scratch.spool.finish([Ending(file.file, .remove)])
        #expect(scratch.names(.active).count == 2)
    }

    @Test func aFolderIsListedInPages() throws {
        let scratch = try Scratch()
        for number in (0..<25).shuffled() {
            let stored = StoredFile(id: .test(UInt64(number)), name: FileName(trusted: Array("x".utf8)))
            try scratch.write("rejected/\(stored.storedName)", "")
            try scratch.write("rejected/\(StoredFile.reportName(stored.id))", "{}")
        }
        try scratch.write("rejected/README", "a stranger")
        var ids: [DeliveryID] = []
        var last: DeliveryID?
        while true {
            let page = try scratch.spool.list(.rejected, after: last, limit: 10)
            ids += page.files.map(\.id)
            last = page.files.last?.id
            #expect(page.strangers == [FileName("README")])
            if !page.hasMore { break }
        }
        #expect(ids == (0..<25).map { DeliveryID.test(UInt64($0)) })
    }

    @Test func aDeferredFileKeepsItsIDAndItsReportUntilItsEnd() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "bytes")
        let first = try scratch.claimed("a")
        _ = scratch.spool.finish([
            Ending(first.file, .defer(report: report, until: Instant(microseconds: 1_000_000)))
        ])
        let file = try taken(scratch, .deferred)
        #expect(file.file.origin == .takenUp(.deferred) && file.file.id == .test(1))
        #expect(file.receivedAt == first.receivedAt && file.sha256 == first.sha256)
        #expect(scratch.names(.deferred) == ["\(DeliveryID.test(1)).report.json"])
        #expect(try scratch.spool.report(.test(1), in: .deferred) == report)
        _ = scratch.spool.finish([Ending(file.file, .remove)])
        for folder in Folder.allCases { #expect(scratch.names(folder) == []) }
    }

    @Test func aFileDeferredAgainHasItsNewReport() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let first = try scratch.claimed("a")
        _ = scratch.spool.finish([Ending(first.file, .defer(report: report, until: Instant(microseconds: 1)))])
        let again = try taken(scratch, .deferred)
        let later = Instant(microseconds: 5_000_000)
        _ = scratch.spool.finish([Ending(again.file, .defer(report: Array("[2]".utf8), until: later))])
        #expect(try scratch.spool.report(.test(1), in: .deferred) == Array("[2]".utf8))
        #expect(scratch.names(.deferred).count == 2)
        let due = try scratch.spool.due(at: Instant(microseconds: 4_000_000), limit: 1)
        #expect(due.files.isEmpty && due.next == later)
    }

    @Test func theEarliestComeFirstAndTheRestIsAnnounced() throws {
        let scratch = try Scratch()
        for (number, second) in [(1, 30), (2, 10), (3, 20), (4, 99)] as [(UInt64, Int64)] {
            try scratch.drop("a")
            let file = try scratch.claimed("a", as: .test(number))
            let until = Instant(microseconds: second * 1_000_000)
            _ = scratch.spool.finish([Ending(file.file, .defer(report: report, until: until))])
        }
        let now = Instant(microseconds: 50_000_000)
        let (files, next) = try scratch.spool.due(at: now, limit: 2)
        #expect(files.map(\.file.id) == [.test(2), .test(3)])
        #expect(next == Instant(microseconds: 30_000_000))
        #expect(try scratch.spool.due(at: now, limit: 9).next == Instant(microseconds: 99_000_000))
    }

    @Test func aDeferredFileWithoutItsReportIsDueAtOnce() throws {
        let scratch = try Scratch()
        try scratch.write("deferred/\(DeliveryID.test(1))-a", "x")
        #expect(try scratch.spool.due(at: Instant(microseconds: 1), limit: 1).files.count == 1)
    }

    @Test(arguments: [Folder.held, .rejected]) func aPersonsDecisionTakesAFileUpAgain(_ folder: Folder) throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let first = try scratch.claimed("a")
        let disposition: Disposition = folder == .held ? .hold(report: report) : .reject(report: report)
        _ = scratch.spool.finish([Ending(first.file, disposition)])
        let file = try taken(scratch, folder)
        _ = scratch.spool.finish([Ending(file.file, .reject(report: Array("[]".utf8)))])
        #expect(scratch.names(.held) == [])
        #expect(scratch.names(.rejected) == ["\(DeliveryID.test(1))-a", "\(DeliveryID.test(1)).report.json"])
        #expect(try scratch.spool.report(.test(1), in: .rejected) == Array("[]".utf8))
    }

    @Test func aKillAfterTheReportLeavesNothingBehind() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let first = try scratch.claimed("a")
        // The end of the first life: the report was placed, a copy for readers too, and another report only begun.
        try scratch.spool.writeReport(.test(1), report, in: .rejected)
        try scratch.write("rejected/\(first.file.storedName)", "copy")
        try scratch.write("held/\(StoredFile.temporaryName(.test(1), StoredFile.reportSuffix))", "beg")
        #expect(try scratch.spool.sweep().unfinished == 1)
        let file = try taken(scratch, .active)
        _ = scratch.spool.finish([Ending(file.file, .remove)])
        for folder in Folder.allCases { #expect(scratch.names(folder) == []) }
    }

    @Test func aNoteInActiveGoesWithItsFile() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        _ = try scratch.claimed("a")
        try scratch.spool.writeReport(.test(1), Array(#"{"attempts":1}"#.utf8), in: .active)
        #expect(try scratch.spool.list(.active).files.count == 1)
        #expect(try scratch.spool.report(.test(1), in: .active) != nil)
        let file = try taken(scratch, .active)
        _ = scratch.spool.finish([Ending(file.file, .remove)])
        #expect(scratch.names(.active) == [])
    }

    @Test func aDiscardedFileIsGoneWithItsReport() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let file = try scratch.claimed("a")
        _ = scratch.spool.finish([Ending(file.file, .hold(report: report))])
        let stored = try #require(try scratch.spool.find(.test(1), in: .held))
        #expect(try scratch.spool.discard(stored, from: .held))
        #expect(try scratch.spool.isDiscarded(.test(1)), "who asked has not been told")
        #expect(try scratch.spool.list(.held).files.isEmpty && scratch.spool.report(.test(1), in: .held) == nil)
        #expect(try !scratch.spool.discard(stored, from: .held))
        try scratch.spool.forgetDiscarded(.test(1))
        #expect(try scratch.names(.held) == [] && !scratch.spool.isDiscarded(.test(1)))
    }

    @Test func whatNoDaemonPutThereStays() throws {
        let scratch = try Scratch()
        let stored = StoredFile(id: .test(1), name: FileName(trusted: Array("x".utf8)))
        #expect(symlink("/etc/passwd", "\(scratch.path)/active/\(stored.storedName)") == 0)
        guard case .stays(let notice) = try scratch.spool.takeUp(stored, from: .active, limit: 9) else {
            return #expect(Bool(false))
        }
        #expect(notice.reason == .kind(.symbolicLink) && notice.folder == .active)
        let gone = StoredFile(id: .test(2), name: FileName(trusted: Array("x".utf8)))
        guard case .gone = try scratch.spool.takeUp(gone, from: .held, limit: 9) else { return #expect(Bool(false)) }
    }
}
