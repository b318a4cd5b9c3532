import CommandLineKit
import Foundation
import Systemd
import Testing

@testable import Daemon

/// One bad event does not sink the calendar that it stands in.
@Suite struct PartialTests {
    private let room = ServiceRoom()
    private let stages = "stages = [\"validator\", \"keeper\"]"

    @Test func theOthersPassAndTheBadOneIsNamedToItsSender() async throws {
        try room.drop("a.ics", saying: "one", "no day", "three")
        let offered = Offered()
        #expect(try await room.runOnce(stages, offered: offered) == .attention)
        #expect(offered.items(of: "a.ics") == [[1, 3]], "what one stage rejected, the next does not see")
        for folder in ["incoming", "active", "rejected", "held", "deferred", "accepted"] {
            #expect(try room.names(folder) == [], "the bytes are kept with what counts")
        }
        let reply = try #require(try room.replies(to: "a.ics").first)
        #expect(reply["outcome"] as? String == "partial")
        #expect(try room.outcomes(reply) == ["accepted", "rejected", "accepted"])
        let bad = try #require(reply["updates"] as? [[String: Any]])[1]
        let found = try #require((bad["diagnostics"] as? [[String: Any]])?.first)
        #expect(found["code"] as? String == "invalid-date" && found["item"] as? Int == 2)
        let line = Programme.startLine(ofItem: 2)
        #expect(found["line"] as? Int == line)
        let column = try #require(found["column"] as? Int)
        let id = try #require(reply["delivery"] as? String)
        let text = try String(
            contentsOfFile: "\(room.spool)/replies/\(getuid())/a.ics.\(id).txt", encoding: .utf8)
        #expect(
            text.hasPrefix(
                "a.ics: partial\n2 of 3 events count, 1 is rejected: item 2, line \(line), column \(column): "))
        #expect(text.contains("\n\(id)/2 a.ics-2: rejected\na.ics:\(line):\(column): error: "))
        #expect(!text.contains("\(id)/1") && !text.contains("\(id)/3"), "there is nothing to say about those")
    }

    @Test func theEntryCountsThem() async throws {
        try room.drop("a.ics", saying: "one", "no day", "three")
        _ = try await room.runOnce(stages)
        let message = try #require(try room.messages(.deliveryPartial).first)
        let line = Programme.startLine(ofItem: 2)
        #expect(message.hasPrefix("a.ics: partial: 2 of 3 events count, 1 is rejected: item 2, line \(line), column "))
        let ends = try room.entries().filter { $0["TIDINGS_OUTCOME"] != nil }
        #expect(ends.count == 1, "one entry ends a delivery")
        #expect(ends.first?["TIDINGS_OUTCOME"] as? String == "partial")
        #expect(ends.first?["TIDINGS_STAGE"] as? String == "validator")
        let (codes, priority) = (ends.first?["TIDINGS_CODE"] ?? "", ends.first?["PRIORITY"] ?? "")
        #expect("\(codes)".contains("invalid-date"))
        #expect("\(priority)" == "4")
    }

    @Test func theReportSaysAllOfEachUpdate() async throws {
        try room.drop("a.ics", saying: "one", "hold", "no day")
        _ = try await room.runOnce(stages)
        let report = try #require(try room.report("held"))
        #expect(report["schema"] as? String == "tidings-report/2")
        #expect((report["codes"] as? [String])?.first == "invalid-date")
        #expect(report["stages"] == nil && report["release"] == nil)
        #expect((report["diagnostics"] as? [Any])?.isEmpty == true, "there is nothing to say about the file")
        let updates = try #require(report["updates"] as? [[String: Any]])
        #expect(updates.map { $0["item"] as? Int } == [1, 2, 3])
        #expect(updates.map { $0["uid"] as? String } == ["a.ics-1", "a.ics-2", "a.ics-3"])
        #expect(Set(updates.compactMap { ($0["contentHash"] as? String)?.count }) == [64])
        #expect(Set(updates.compactMap { $0["contentHash"] as? String }).count == 3)
        let asked = updates.map { ($0["stages"] as? [[String: Any]])?.compactMap { $0["stage"] as? String } }
        #expect(asked == [["validator", "keeper"], ["validator", "keeper"], ["validator"]])
    }

    @Test func aHeldOneKeepsTheFileAndTheOthersCount() async throws {
        try room.drop("a.ics", saying: "one", "hold", "no day")
        #expect(try await room.runOnce(stages) == .attention)
        let report = try #require(try room.report("held"))
        #expect(report["outcome"] as? String == "partial")
        #expect(try room.outcomes(report) == ["accepted", "held", "rejected"])
        #expect(try room.names("held").count == 2 && room.names("rejected").isEmpty)
        let id = try #require(report["delivery"] as? String)
        let text = try String(
            contentsOfFile: "\(room.spool)/replies/\(getuid())/a.ics.\(id).txt", encoding: .utf8)
        #expect(text.contains("'tidings release \(id)/2'"))
    }

    @Test func whereNoStageKeepsTheBytesTheFileStaysWithWhatWasAccepted() async throws {
        try room.drop("a.ics", saying: "one", "no day")
        #expect(try await room.runOnce("stages = [\"validator\", \"sorter\"]") == .attention)
        #expect(try room.names("accepted").count == 1)
        #expect(try room.names("rejected").isEmpty && room.names("active").isEmpty)
    }

    @Test(arguments: [
        (["one", "absorb"], "accepted", ""), (["reject", "reject"], "rejected", "rejected"),
        (["hold", "reject"], "held", "held"), (["hold", "hold"], "held", "held"), (["one", "reject"], "partial", ""),
        (["one", "hold"], "partial", "held"), (["reject", "absorb"], "partial", ""),
        (["one", "reject", "retry"], "deferred", "deferred"),
    ])
    func theOutcomeFollowsFromThoseOfTheUpdates(names: [String], outcome: String, folder: String) async throws {
        try room.drop("a.ics", Programme.calendar(names, uid: "a"))
        _ = try await room.runOnce()
        let ends = try room.entries().compactMap { $0["TIDINGS_OUTCOME"] as? String }
        #expect(ends == [outcome])
        for name in ["rejected", "held", "deferred", "accepted", "active"] {
            #expect(try room.names(name).count == (name == folder ? 2 : 0), "\(name)")
        }
    }
}
