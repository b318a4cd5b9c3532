import Archive
import Archiver
import EventFormats
import EventModel
import PluginKit
import Testing

/// What a source says later replaces what it asked before.
extension SourceTests {
    private func waiting() throws -> [DeliveryID] { try bench.reader().heldItems().compactMap(\.delivery) }

    @Test("What a source says later replaces its question, whether it counts, says nothing new or asks something else")
    func replaced() async throws {
        let first = try await contradict()
        let second = try export("01T1200", ("a", show(14)))
        let answer = try await bench.offer(second)
        #expect(answer.codes == ["ambiguous-intent"])
        let reason = "replaced by \(second.id)/1, which its source said later"
        #expect(answer.facts[Replacement.self]?.items == [ReplacedItem(first.id, 1, reason: reason)])
        #expect(try waiting() == [second.id])
        let third = try export("01T1300", ("a", show(10)))
        #expect(try await bench.offer(third).facts[Replacement.self]?.items.map(\.delivery) == [second.id])
        #expect(try waiting().isEmpty)
        #expect(try event("a").occurrences.first?.when.start?.description.hasPrefix("2027-05-11") == true)
        let story = try bench.reader().story(ofItem: 1, of: first.id)
        #expect(story.map(\.outcome) == [.held, .replaced])
        #expect(story.last?.message == reason)
        #expect(try await bench.archiver.replaced(among: [first.id, second.id, third.id]).count == 2)
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("What other sources say, and what is stale, replaces nothing")
    func notReplaced() async throws {
        let asking = try await contradict()
        #expect(try await intents(export("01T1030", by: 1001, ("a", show(11, "DESCRIPTION:Soon.")))) == ["corrected"])
        #expect(
            try await intents(export("01T1200", program: "-//Other//EN", ("a", show(11, "DESCRIPTION:Soon.")))) == [
                "unchanged"
            ])
        #expect(try waiting() == [asking.id])
    }

    @Test("A release of what was replaced changes nothing and says why, before and after a kill")
    func releasedLate() async throws {
        let asking = try await contradict()
        let later = try export("01T1200", ("a", show(10, "DESCRIPTION:Soon.")))
        #expect(try await bench.offer(later).intent == "corrected")
        try await bench.kill()
        for (offered, isReleased) in [(asking, false), (asking.releasing(), true)] {
            let answer = try await bench.offer(offered)
            #expect(answer.verdict == .hold)
            #expect((answer.reason == "replaced by \(later.id)/1, which its source said later") == isReleased)
            #expect(answer.facts[Replacement.self]?.items.map(\.delivery) == [asking.id])
        }
        #expect(try event("a").occurrences.first?.when.start?.description.hasPrefix("2027-05-11") == true)
        // Its source goes on from what it said last.
        #expect(try await intents(export("01T1300", ("a", show(10, "DESCRIPTION:Soon.")))) == ["unchanged"])
        #expect(try waiting().isEmpty)
    }

    @Test("The bytes of a replaced file are kept when the daemon hands them over, once")
    func bytesOfReplaced() async throws {
        let asking = try await contradict()
        _ = try await bench.offer(export("01T1200", ("a", show(10))))
        #expect(try bench.reader().bytes(of: asking.id) == nil)
        for _ in 1...2 { try await bench.archiver.keep(asking.bytes, of: DeliveryHeader(asking)) }
        #expect(try bench.reader().bytes(of: asking.id) == asking.bytes)
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("A question about one date of a series stays when its source speaks of another date")
    func datesOfASeries() async throws {
        func date(_ day: Int, at hour: Int, room: String) -> [String] {
            [
                "SUMMARY:Course", "LOCATION:\(room)", "RECURRENCE-ID;TZID=Europe/Zurich:202705\(day)T190000",
                "DTSTART;TZID=Europe/Zurich:202705\(day)T\(hour)0000",
            ]
        }
        let series = [
            "SUMMARY:Course", "LOCATION:Room 1", "DTSTART;TZID=Europe/Zurich:20270503T190000",
            "RRULE:FREQ=WEEKLY;COUNT=8",
        ]
        _ = try await intents(export("01T0900", ("s", series)))
        _ = try await intents(export("01T1030", by: 1001, ("s", series)))
        try await bench.archiver.suspend(
            Suspension(of: .user(1001), decidedBy: 501, decidedAt: Instant(microseconds: 1)))
        let one = try export("01T1100", by: 1001, ("s", date(10, at: 20, room: "Room 1")))
        #expect(try await intents(one) == ["held suspended"])
        let other = try export("01T1200", by: 1001, ("s", date(17, at: 20, room: "Room 1")))
        #expect(try await intents(other) == ["held suspended"])
        #expect(try waiting() == [one.id, other.id])
        let again = try export("01T1300", by: 1001, ("s", date(10, at: 21, room: "Room 1")))
        #expect(try await intents(again) == ["held suspended"])
        #expect(try waiting() == [other.id, again.id])
    }
}
