import EventModel
import Foundation
import Testing

@testable import Spool

/// What an end of the process leaves behind, and what the next start makes of it.
@Suite struct SweepTests {
    private let id = DeliveryID.test(1)

    @Test(arguments: [Folder.active, .rejected, .held, .deferred]) func aReportWithoutItsFileGoes(_ folder: Folder)
        throws
    {
        let scratch = try Scratch()
        try scratch.write("\(folder.rawValue)/\(id).report.json", "{}")
        try scratch.write("\(folder.rawValue)/\(DeliveryID.test(2)).report.json", "{}")
        try scratch.write("\(folder.rawValue)/\(DeliveryID.test(2))-a", "a")
        let swept = try scratch.spool.sweep()
        #expect(swept.orphans == 1 && swept.unfinished == 0)
        #expect(
            scratch.names(folder).filter { !$0.hasPrefix(".") } == [
                "\(DeliveryID.test(2))-a", "\(DeliveryID.test(2)).report.json",
            ])
        #expect(try scratch.spool.sweep().isEmpty)
    }

    @Test func answersToAcceptedFilesGoOneByOneHoweverManyThereAre() throws {
        let scratch = try Scratch()
        let day = try #require(LocalDate(year: 2027, month: 5, day: 1))
        let lines = (0..<2000).map { "{\"n\":\($0)}\n" }
        try scratch.spool.addAccepted(Array(lines.joined().utf8), of: day, to: getuid())
        try scratch.spool.removeReplies { String(decoding: $0, as: UTF8.self) == "{\"n\":1234}" }
        let left = try String(
            contentsOfFile: "\(scratch.path)/replies/\(getuid())/accepted-2027-05-01.jsonl", encoding: .utf8)
        #expect(left == lines.filter { $0 != "{\"n\":1234}\n" }.joined())
    }

    @Test func theReportOfAFileThatIsInWorkStays() throws {
        let scratch = try Scratch()
        try scratch.write("active/\(id)-a", "a")
        for folder in ["active", "held", "rejected"] { try scratch.write("\(folder)/\(id).report.json", "{}") }
        #expect(try scratch.spool.sweep().isEmpty)
        #expect(try scratch.spool.report(id, in: .held) != nil && scratch.spool.report(id, in: .rejected) != nil)
    }

    @Test func whatWasNotFinishedGoesInEveryFolder() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/replies/1", withIntermediateDirectories: false)
        var places = ["active", "rejected", "held", "deferred", "accepted"].map { "\($0)/.\(id).report.json.tmp" }
        places += [
            "held/.\(id).tmp", "active/.\(id).owed.tmp", "replies/1/.\(id).json.tmp", "replies/1/.\(id).txt.tmp",
        ]
        for place in places { try scratch.write(place, "half") }
        #expect(try scratch.spool.sweep().unfinished == places.count)
        for place in places { #expect(scratch.text(place) == nil, "\(place)") }
    }

    @Test func whatIsNotOursStays() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/replies/1", withIntermediateDirectories: false)
        // The last one is of a program that is at work now.
        let places = [
            "held/.note", "held/notes.tmp", "held/.\(id)", "rejected/x.report.json", "replies/1/.mine.tmp",
            "replies/1/a.\(id).json", "incoming/.\(id).submit.tmp", "requests/.half", "requests/.\(id).submit.tmp",
        ]
        for place in places { try scratch.write(place, "mine") }
        #expect(try scratch.spool.sweep().isEmpty)
        for place in places { #expect(scratch.text(place) == "mine", "\(place)") }
    }

    @Test func theMarkOfADiscardStaysUntilNobodyAsks() throws {
        let scratch = try Scratch()
        try scratch.write("held/.\(id).discarded", "{}")
        try scratch.write("requests/discard.json", "{}")
        #expect(try scratch.spool.sweep().isEmpty)
        unlink("\(scratch.path)/requests/discard.json")
        #expect(try scratch.spool.sweep().orphans == 1)
        #expect(scratch.names(.held) == [])
    }

    @Test func aFileThatWasNotDiscardedYetHasItsReportAgain() throws {
        let scratch = try Scratch()
        try scratch.write("held/\(id)-a", "a")
        try scratch.write("held/.\(id).discarded", "{report}")
        #expect(try scratch.spool.sweep().isEmpty)
        #expect(try scratch.spool.report(id, in: .held) == Array("{report}".utf8))
    }
}
