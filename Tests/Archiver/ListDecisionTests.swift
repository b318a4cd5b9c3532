import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// What people decide about what a whole list lacks, and what is not theirs to decide any more.
@Suite("What a complete list lacks")
struct ListDecisionTests: ListSuite {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    @Test("that lacks an event asks about it by name; a release cancels it, and the log says who decided")
    func released() async throws {
        let first = try shows([1, 2, 3, 4, 5])
        #expect(try await compare(first).missing.isEmpty)
        let second = try shows([1, 2, 4, 5])
        let answer = try await compare(second)
        #expect(answer.missing == ["show-3"])
        let finding = try #require(answer.facts[ListComparison.self]?.missing.first?.finding)
        #expect(finding.code == .missingFromList && finding.severity == .held)
        #expect(
            finding.message
                == "a coming event that the list before this one (\(first.id)) had is missing from \"venue-*.ics\": "
                + "\"Show 3\" (2027-05-03); 'tidings release \(second.id)/0' cancels it, 'tidings discard "
                + "\(second.id)/0' keeps it, and a list that has it again withdraws this question")
        #expect(try status("show-3") == .scheduled, "nothing is cancelled before somebody says so")
        let released = try await judge(second, ["show-3"])
        #expect(released.map(\.intent) == ["cancelled"])
        #expect(try status("show-3") == .cancelled)
        let story = try bench.reader().story(ofItem: 0, of: second.id)
        #expect(story.map(\.outcome) == [.held, .accepted])
        #expect(story.map(\.uid) == ["show-3", "show-3"])
        #expect(story.last?.decidedBy == 501)
        #expect(try await compare(shows([1, 2, 4, 5])).missing.isEmpty)
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("that has it again withdraws the question, and a release that comes too late does nothing")
    func returned() async throws {
        _ = try await compare(shows([1, 2, 3]))
        let lacking = try shows([1, 3])
        #expect(try await compare(lacking).missing == ["show-2"])
        let again = try shows([1, 2, 3])
        let answer = try await compare(again)
        #expect(answer.missing.isEmpty && answer.answered == [lacking.id])
        #expect(try await bench.archiver.answered() == [lacking.id])
        let late = try await judge(lacking, ["show-2"])
        #expect(late.map(\.intent) == ["unchanged"])
        #expect(late.map(\.reason) == ["“Show 2” is in the list again (\(again.id)) and stays as it is"])
        #expect(try status("show-2") == .scheduled)
        #expect(try bench.reader().story(ofItem: 0, of: lacking.id).map(\.outcome) == [.held, .lapsed])
    }

    @Test("does not ask about what a person keeps")
    func kept() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let lacking = try shows([1, 4])
        _ = try await compare(lacking)
        try await discard(lacking, "show-2")
        try await discard(lacking, "show-3")
        #expect(try await compare(shows([1, 4])).missing.isEmpty)
        #expect(try status("show-2") == .scheduled)
        // What comes again is expected again.
        _ = try await compare(shows([1, 2, 4]))
        #expect(try await compare(shows([1, 4])).missing == ["show-2"])
    }

    @Test("leaves what has changed since it asked as it is, and asks about it again")
    func changedMeanwhile() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let lacking = try shows([1, 4])
        _ = try await compare(lacking)
        #expect(
            try await bench.drop(show(2, sequence: 5) { $0.name.text = "Gala" }, facts: Self.venue).intent
                == "corrected")
        #expect(try await judge(lacking, ["show-2", "show-3"]).map(\.intent) == ["unchanged", "cancelled"])
        #expect(try status("show-2") == .scheduled)
        #expect(try await compare(shows([1, 4])).missing == ["show-2"])
    }

    @Test("whose missing events were cancelled is taken back as a whole")
    func reverted() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let lacking = try shows([1, 4])
        _ = try await compare(lacking)
        _ = try await judge(lacking, ["show-2", "show-3"])
        let items = try await bench.archiver.reversible(lacking.id, items: [])
        #expect(items.map(\.number) == [0, 0])
        for item in items {
            let back = bench.delivery(item.update).releasing(1, .revert(lacking.id, item: 0))
            #expect(try await bench.offer(back).intent == "reinstated")
        }
        #expect(try status("show-2") == .scheduled)
        #expect(try status("show-3") == .scheduled)
        #expect(try await bench.archiver.reversible(lacking.id, items: []).isEmpty)
    }

    @Test("that names a cancelled event again asks whether it takes place")
    func reinstating() async throws {
        _ = try await compare(shows([1, 2, 3]))
        let lacking = try shows([1, 3])
        _ = try await compare(lacking)
        _ = try await judge(lacking, ["show-2"])
        let answers = try await bench.answers(shows([1, 2, 3]))
        #expect(answers[1].verdict == .hold && answers[1].codes == ["ambiguous-intent"])
    }

    @Test("forgets with an event that it was expected, and what named it")
    func forgotten() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let lacking = try shows([1, 4])
        #expect(try await compare(lacking).listWords.contains("\"Show 3\""))
        try await bench.archiver.carryOut(
            EventOrder(.forget, uid: "show-3", decidedBy: 501, decidedAt: Instant(microseconds: 9)))
        let told = try bench.reader().story(ofDelivery: lacking.id)
        #expect(!told.contains { $0.message.contains("Show 3") || $0.uid == "show-3" })
        let late = try await judge(lacking, ["show-2", "show-3"])
        #expect(late.map(\.intent) == ["cancelled", nil])
        #expect(try await compare(shows([1, 4])).missing.isEmpty)
        #expect(try bench.reader().damage().isEmpty)
    }
}
