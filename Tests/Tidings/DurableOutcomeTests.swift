import Foundation
import Testing

/// What the daemon has told of survives a power cut: every call that touches the spool is traced by the library that
/// Deploy/kill-points uses.
@Suite(.enabled(if: Shim.canBeMade, "there is no C compiler to make the library of Tests/Kill with"))
struct DurableOutcomeTests {
    @Test func theReportThenTheFileAreOnDiskBeforeItsSenderHears() throws {
        let service = try PrivateService()
        let shim = try Shim(service)
        let file = try service.file("bad.jsonld", Samples.concert.replacingOccurrences(of: "-06-02T", with: "-06-32T"))
        #expect(rename(file, "\(service.spool)/incoming/bad.jsonld") == 0)
        #expect(try shim.run(["--once"], program: "tidingsd").status == 1)
        let rejected = try FileManager.default.contentsOfDirectory(atPath: "\(service.spool)/rejected")
        let name = try #require(rejected.first { $0.hasSuffix("-bad.jsonld") })
        // Notes in active/ are for kills, which lose nothing that was written.
        let story = try shim.story("rejected", "active", "replies")
            .filter { !$0.hasSuffix(" in active") && !$0.hasPrefix("named active/.") }
        #expect(
            story.prefix { !$0.contains("replies") } == [
                "made in rejected", "written in rejected", "flushed a file in rejected",
                "named rejected/\(name.prefix(26)).report.json", "flushed rejected",
                "named rejected/\(name)", "flushed rejected", "flushed active",
            ])
        #expect(story.contains { $0.hasPrefix("named replies/\(getuid())/bad.jsonld.") })
    }

    /// The flushes of what stages keep and publish, in a run of two batches; perhaps one of them fails.
    private func flushes(failing number: Int, status: Int32) throws -> [String] {
        let service = try PrivateService(settings: "[pipeline]\nbatch = 1\n")
        let shim = try Shim(service)
        for uid in ["a", "b"] {
            let concert = Samples.concert.replacingOccurrences(of: "harbour-choir-2028", with: uid)
            #expect(rename(try service.file(uid, concert), "\(service.spool)/incoming/\(uid)") == 0)
        }
        let places = ["site", "notifier/notifier.sqlite-wal", "archiver/archive.sqlite-wal"]
        let ended = try shim.run(
            ["--once"], program: "tidingsd", flushesOf: places.map { "\(service.state)/\($0)" }, failingFlush: number)
        #expect(ended.status == status)
        return try shim.flushes().map { String($0.dropFirst(service.state.count)) }
    }

    @Test func aFlushThatFailedIsNotMadeAgain() throws {
        let all = try flushes(failing: 0, status: 0)
        #expect(Set(all).count == 7)
        for path in Set(all) {
            let numbers = all.indices.filter { all[$0] == path }
            let number = numbers[numbers.count / 2] + 1
            // The stages work side by side: another path may have this number now.
            let some = try flushes(failing: number, status: 74)
            try #require(some.count >= number)
            let failed = some[number - 1]
            #expect(!some.dropFirst(number).contains(failed), "\(failed) was flushed again")
        }
    }
}
