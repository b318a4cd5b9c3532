import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// What a person takes back, and whom a person holds back.
@Suite("Taking back")
struct ReversalTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    /// Takes back what an item did, as the daemon asks for it: by a delivery of its own.
    private func revert(_ id: DeliveryID, item: Int = 1, uid: String = "party") async throws -> Answer {
        try await bench.offer(bench.delivery(try party(uid)).releasing(1, .revert(id, item: item)))
    }

    /// An event that was moved to the next day, and back by a person.
    private func takeBackAMove() async throws {
        _ = try await bench.drop(party(sequence: 1))
        let moved = bench.delivery(try party(day: 2, sequence: 2))
        _ = try await bench.offer(moved)
        _ = try await revert(moved.id)
    }

    private func state(_ uid: String = "party") throws -> Event {
        try #require(try bench.reader().event(uid: uid)).state
    }

    @Test("of a cancellation gives the event back as it was, and the repeated cancellation is no news")
    func cancellationBack() async throws {
        let announced = try party(sequence: 1) { $0.description = LanguageText("Bring cake", language: "en") }
        _ = try await bench.drop(announced)
        let before = try state()
        let false1 = bench.delivery(try cancellation(sequence: 2))
        #expect(try await bench.offer(false1).intent == "cancelled")
        #expect(try await bench.archiver.reversible(false1.id, items: []).map(\.number) == [1])
        #expect(try await revert(false1.id).intent == "reinstated")
        #expect(try state().content == before.content)
        #expect(try await bench.archiver.reversible(false1.id, items: []).isEmpty)
        #expect(try await bench.drop(cancellation(sequence: 2)).intent == "unchanged")
        // Its announcer goes on as before.
        #expect(try await bench.drop(announced).intent == "unchanged")
        #expect(try await bench.drop(party(day: 3, sequence: 3)).intent == "rescheduled")
        let story = try bench.reader().story(ofEvent: "party").map(\.message)
        #expect(story.contains { $0.hasSuffix("user 501 took back what \(false1.id)/1 did") })
    }

    @Test("leaves what has changed since, and the announcer has the last word again where nothing has")
    func laterChangesStay() async throws {
        _ = try await bench.drop(party(sequence: 1))
        let moved = bench.delivery(
            try party(day: 2, sequence: 2) { $0.occurrences[0].place = Place(name: "Wrong hall") })
        #expect(try await bench.offer(moved).intent == "rescheduled")
        let later = try party(day: 2, sequence: 3) { $0.occurrences[0].place = Place(name: "New hall") }
        #expect(try await bench.drop(later).verdict == .pass)
        #expect(try await revert(moved.id).intent == "rescheduled")
        #expect(try state().occurrences[0].when == party().occurrences[0].when)
        #expect(try state().occurrences[0].place?.name == "New hall")
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("of an announcement cancels the event; asked twice, or of what changed nothing, it does nothing")
    func announcementBack() async throws {
        let announced = bench.delivery(try party(sequence: 1))
        _ = try await bench.offer(announced)
        let again = bench.delivery(try party(sequence: 1))
        #expect(try await bench.offer(again).intent == "unchanged")
        #expect(try await bench.archiver.reversible(again.id, items: []).isEmpty)
        #expect(try await revert(announced.id).intent == "cancelled")
        #expect(try state().status == .cancelled)
        #expect(try await revert(announced.id).intent == "unchanged")
        #expect(try await bench.archiver.reversible(DeliveryID(high: 1, low: 1), items: []).isEmpty)
    }

    @Test("asks where the source insists on it beside other news, and only then")
    func insistence() async throws {
        try await takeBackAMove()
        let insisting = try party(day: 2, sequence: 3) { $0.name.text = "Big party" }
        #expect(try await bench.drop(insisting).codes == ["seen-before"])
        #expect(try state().name.text == "May party")
        let yielding = try party(sequence: 4) { $0.name.text = "Big party" }
        #expect(try await bench.drop(yielding).intent == "corrected")
        #expect(try await bench.drop(party(day: 5, sequence: 5)).intent == "rescheduled", "that is another move")
    }

    @Test("counts anew where a person releases it after all")
    func released() async throws {
        try await takeBackAMove()
        let again = bench.delivery(try party(day: 2, sequence: 2) { $0.issue(9) })
        #expect(try await bench.offer(again).codes == ["seen-before"])
        #expect(try await bench.offer(again.releasing()).intent == "rescheduled")
        #expect(try state().occurrences[0].when == party(day: 2).occurrences[0].when)
    }

    @Test("is the same when it is offered twice, and after a kill")
    func twice() async throws {
        _ = try await bench.drop(party(sequence: 1))
        let gone = bench.delivery(try cancellation(sequence: 2))
        _ = try await bench.offer(gone)
        let asked = bench.delivery(try party()).releasing(1, .revert(gone.id, item: 1))
        let first = try await bench.offer([asked])
        let log = try bench.reader().logPosition().number
        try await bench.kill()
        #expect(try await bench.offer([asked]).fingerprints == first.fingerprints)
        #expect(try bench.reader().logPosition().number == log)
    }

    @Test(
        "Who is suspended is held whatever is said, and what says nothing new is answered as before",
        arguments: [true, false])
    func suspended(byUser: Bool) async throws {
        let publisher = Facts([Publisher("venue", may: Set(Permission.allCases))])
        _ = try await bench.drop(party(sequence: 1), facts: publisher)
        let origin: Origin = byUser ? .user(1000) : .publisher("venue")
        let suspension = Suspension(of: origin, decidedBy: 501, decidedAt: Instant(microseconds: 9))
        try await bench.archiver.suspend(suspension)
        try await bench.archiver.suspend(suspension)
        try await bench.kill()
        #expect(try bench.reader().suspensions() == [suspension])
        #expect(try await bench.drop(party(sequence: 1), facts: publisher).intent == "unchanged")
        for update in [try party(day: 2, sequence: 2), try party("other", sequence: 1)] {
            let held = bench.delivery([update], facts: publisher)
            let answer = try await bench.offer(held)
            #expect(answer.verdict == .hold && answer.codes == ["suspended"])
            #expect(
                answer.reason.hasPrefix("\(origin) has been suspended since 1970-01-01T00:00:00.000009Z"),
                "\(answer.reason)")
            #expect(try await bench.offer(held.releasing()).verdict == .pass)
        }
        var over = suspension
        (over.isOver, over.decidedAt) = (true, Instant(microseconds: 10))
        try await bench.archiver.suspend(over)
        #expect(try bench.reader().suspensions().isEmpty)
        #expect(try await bench.drop(party(day: 4, sequence: 4), facts: publisher).intent == "rescheduled")
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("A cancellation that is meant this time asks where the same one was taken back, and is never passed over")
    func meantThisTime() async throws {
        _ = try await bench.drop(party { $0.issue(1) })
        let false1 = bench.delivery(
            try party(sequence: 99) {
                ($0.kind, $0.status) = (.cancel, .cancelled)
                $0.issue(2)
            })
        #expect(try await bench.offer(false1).intent == "cancelled")
        #expect(try await revert(false1.id).intent == "reinstated")
        // The same file again says what was taken back.
        #expect(try await bench.offer(bench.delivery(false1.items.map(\.update))).intent == "unchanged")
        for sequence in [1, 99, 100] {
            let again = try party(sequence: sequence) {
                ($0.kind, $0.status) = (.cancel, .cancelled)
                $0.issue(3 + sequence)
            }
            let answer = try await bench.drop(again)
            #expect(
                answer.verdict == .hold || answer.reason.contains("waits for a person already") || !answer.codes.isEmpty
            )
            #expect(try state().status == .scheduled)
        }
        // Its numbers bind nobody.
        let moved = try party(day: 2, sequence: 1) { $0.issue(200) }
        let answer = try await bench.drop(moved)
        #expect(answer.intent == "rescheduled", "\(answer)")
    }

    @Test("Two reverts, the later first, give back the stamp of the first word")
    func theStampToo() async throws {
        _ = try await bench.drop(party { $0.issue(1) })
        let falses = try [(5, 2), (6, 3)].map { sequence, day in
            bench.delivery(try party(day: day, sequence: sequence) { $0.issue(10 + sequence) })
        }
        for one in falses { #expect(try await bench.offer(one).intent == "rescheduled") }
        for one in falses.reversed() { _ = try await revert(one.id) }
        #expect(try state().occurrences == party().occurrences)
        let other = try party(day: 4) { $0.issue(3) }
        #expect(try await bench.drop(other, format: .jsonld).intent == "rescheduled")
    }

    @Test("What was inferred is inferred again")
    func inferred() async throws {
        let announced = try party(sequence: 1) { update in
            var geneva = Place(name: "Geneva", kind: .city)
            geneva.country = "CH"
            update.occurrences.append(
                Occurrence(id: "geneva", when: update.occurrences[0].when, place: geneva))
            update.evidence = [
                Evidence(fieldPath: "occurrences[1].place.country", basis: .inferred, rule: "gazetteer"),
                Evidence(fieldPath: "occurrences[0].place.name", basis: .stated, rule: "x"),
            ]
        }
        _ = try await bench.drop(announced)
        let moved = bench.delivery(
            try party(sequence: 2) { $0.occurrences[0].place = Place(name: "Hamburg") })
        #expect(try await bench.offer(moved).verdict == .pass)
        _ = try await revert(moved.id)
        #expect(try state().occurrences == announced.occurrences)
        #expect(Set(try state().evidence.map(\.fieldPath)) == Set(announced.evidence.map(\.fieldPath)))
    }
}

extension EventUpdate {
    /// Issued some hours after a day in 2026, and received a long time later.
    fileprivate mutating func issue(_ hour: Int) {
        issuedAt = Instant(microseconds: 1_789_000_000_000_000 + Int64(hour) * 3_600_000_000)
        receipt.receivedAt = Instant(microseconds: 1_795_000_000_000_000)
    }
}
