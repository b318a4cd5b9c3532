import CommandLineKit
import Foundation
import Systemd
import Testing

@testable import Daemon

/// Who hears of an outcome, and what stays in the spool of it.
@Suite struct AnswerTests {
    private let room = ServiceRoom()

    private func names() throws -> [String] {
        FileManager.default.fileExists(atPath: "\(room.spool)/replies/\(getuid())")
            ? try room.names("replies/\(getuid())") : []
    }

    /// The answers that are files of their own.
    private func replies() throws -> [String] { try names().filter { !$0.hasSuffix(".jsonl") } }

    /// The lines about accepted files.
    private func lines() throws -> [[String: Any]] {
        try names().filter { $0.hasPrefix("accepted-") && $0.hasSuffix(".jsonl") }.flatMap { name in
            try String(contentsOfFile: "\(room.spool)/replies/\(getuid())/\(name)", encoding: .utf8).split(
                separator: "\n")
        }.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    }

    @Test func anAcceptedFileIsALineAndAFileOfItsOwnWhereItsSenderAskedForIt() async throws {
        try room.drop("quiet.ics", saying: "pass")
        try room.drop("asked.ics", saying: "pass")
        // The sticky bit is how tidings submit --wait asks.
        #expect(chmod("\(room.incoming)/asked.ics", 0o1644) == 0)
        #expect(try await room.runOnce() == .ok)
        let names = try replies()
        #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("asked.ics.") })
        let lines = try lines()
        #expect(lines.map { $0["file"] as? String } == ["quiet.ics"])
        #expect(lines.first?["outcome"] as? String == "accepted")
    }

    @Test func acceptedFilesAreNotAnsweredWhereASettingSaysSo() async throws {
        try room.drop("quiet.ics", saying: "pass")
        try room.drop("open.ics", saying: "pass", "hold")
        #expect(try await room.runOnce(spool: "reply_accepted = false") == .attention)
        #expect(try names().count == 2 && names().allSatisfy { $0.hasPrefix("open.ics.") })
    }

    @Test(arguments: ["reject", "hold", "retry"]) func whatIsNotAcceptedIsAlwaysAnswered(_ word: String) async throws {
        try room.drop("a.ics", saying: word)
        #expect(try await room.runOnce() == .attention)
        #expect(try replies().count == 2)
    }

    @Test func whatAnEventsNameTurnsAroundIsShownInTheReplyAndInTheJournal() async throws {
        let name = "Gala \u{202E}dellecnac"
        try room.drop("a.jsonld", DecisionRoom.concert("gala", name: name))
        #expect(chmod("\(room.incoming)/a.jsonld", 0o1644) == 0)
        #expect(try await room.runOnce("stages = [\"validator\", \"archiver\"]") == .ok)
        let replies = try self.replies().map {
            try String(contentsOfFile: "\(room.spool)/replies/\(getuid())/\($0)", encoding: .utf8)
        }
        let shown = "Gala \\u{202e}dellecnac"
        #expect(replies.count == 2 && replies[0].contains(name), "as data")
        #expect(replies.last?.contains(shown) == true && replies.last?.contains(name) == false, "for people")
        #expect(try room.messages(.deliveryAccepted).first?.contains(shown) == true)
    }

    @Test(.enabled(if: geteuid() == 0, "needs another user"))
    func theOwnerOfTheFileIsItsSubmitterWhateverItSays() async throws {
        try room.drop("a.ics", saying: "reject submitter: 0, publisher: desk")
        #expect(chown("\(room.incoming)/a.ics", 4711, 4711) == 0)
        #expect(try await room.runOnce() == .attention)
        #expect(try room.report("rejected")?["submitter"] as? Int == 4711)
        #expect(try room.names("replies") == ["4711"] && room.names("replies/4711").count == 2)
        let entry = try #require(try room.entries().first { $0["TIDINGS_OUTCOME"] != nil })
        #expect(entry["TIDINGS_SUBMITTER"] as? String == "4711")
    }

    @Test func whereNoStageKeepsTheBytesAcceptedFilesStay() async throws {
        let calendar = Programme.calendar(["pass"], uid: "a")
        try room.drop("a.ics", calendar)
        #expect(try await room.runOnce("stages = [\"sorter\"]") == .ok)
        let kept = try room.names("accepted")
        #expect(kept.count == 1 && kept.allSatisfy { $0.hasSuffix("-a.ics") })
        #expect(
            try String(contentsOfFile: "\(room.spool)/accepted/\(kept.first ?? "")", encoding: .utf8) == calendar)
        #expect(try room.names("active") == [])
    }

    @Test func theReportKeepsAllBytesOfANameThatWasCut() async throws {
        let name = [UInt8](repeating: 0xBF, count: 251) + Array(".ics".utf8)
        try room.drop("a.ics", saying: "reject")
        let status = name.withUnsafeBytes { bytes in
            "\(room.incoming)/".withCString { folder in
                var path = [CChar](repeating: 0, count: strlen(folder) + bytes.count + 1)
                strcpy(&path, folder)
                for (index, byte) in bytes.enumerated() { path[strlen(folder) + index] = CChar(bitPattern: byte) }
                return rename("\(room.incoming)/a.ics", path)
            }
        }
        #expect(status == 0)
        #expect(try await room.runOnce() == .attention)
        let report = try #require(try room.report("rejected"))
        #expect((report["fileBytes"] as? [Int])?.map { UInt8($0) } == name)
        let entry = try #require(try room.entries().first { $0["TIDINGS_OUTCOME"] != nil })
        #expect((entry["MESSAGE"] as? String)?.hasPrefix("\\xbf\\xbf") == true, "harmless for a terminal")
    }
}
