import CommandLineKit
import Foundation
import Testing

@testable import Daemon

/// Files that are answered as a whole, before any stage sees them.
@Suite struct WholeFileTests {
    private let room = ServiceRoom()

    private func isAnsweredUnseen(_ offered: Offered) throws {
        #expect(offered.names == [])
        let entry = try #require(try room.entries().first { $0["TIDINGS_OUTCOME"] != nil })
        #expect(entry["TIDINGS_OUTCOME"] as? String == "rejected")
        #expect(entry["TIDINGS_STAGE"] == nil)
        #expect(try room.names("rejected").count == 2)
        #expect(try room.replies(to: "a.txt").count == 1)
    }

    @Test(arguments: [
        ("", "unknown-format"), ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "no-event"),
        ("{\"@context\":\"https://schema.org\",\"@type\":\"Person\",\"name\":\"A\"}", "no-event"),
        ("{\"a\":", "truncated"),
    ])
    func oneWithoutAnyUpdateIsRejected(text: String, code: String) async throws {
        try room.drop("a.txt", text)
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .attention)
        try isAnsweredUnseen(offered)
        let report = try #require(try room.report("rejected"))
        #expect((report["codes"] as? [String])?.first == code)
        #expect((report["updates"] as? [Any])?.isEmpty == true)
        let found = try #require((report["diagnostics"] as? [[String: Any]])?.first)
        #expect(found["code"] as? String == code && found["item"] == nil)
        #expect((found["message"] as? String).map { (report["message"] as? String)?.contains($0) == true } == true)
    }

    @Test func aCalendarThatIsCutPublishesNothing() async throws {
        let calendar = Programme.calendar(["one", "two"], uid: "a")
        try room.drop("a.txt", String(calendar.dropLast("END:VCALENDAR\n".count)))
        let offered = Offered()
        #expect(try await room.runOnce(offered: offered) == .attention)
        try isAnsweredUnseen(offered)
        let report = try #require(try room.report("rejected"))
        #expect((report["codes"] as? [String])?.first == "truncated")
        #expect(try Set(room.outcomes(report)).isSubset(of: ["rejected"]))
    }
}
