import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// The rules of updates through the plugin, on a real file.
@Suite("The archiver")
struct ArchiverRuleTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    @Test("passes a new event on with what it decided")
    func new() async throws {
        let answer = try await bench.drop(party())
        #expect(answer.verdict == .pass)
        let resolution = try #require(answer.facts[Resolution.self])
        #expect(resolution.intent == .new && resolution.revision == 1 && resolution.uid == "party")
        #expect(resolution.before == nil && resolution.changes == [])
        #expect(try resolution.after?.content == party().content)
    }

    @Test("passes a duplicate on as unchanged, and keeps its receipt")
    func unchanged() async throws {
        _ = try await bench.drop(party(sequence: 0))
        let answer = try await bench.drop(party(sequence: 3))
        #expect(answer.verdict == .pass)
        #expect(answer.intent == "unchanged")
        #expect(answer.facts[Resolution.self]?.after?.name.text == "May party")
        let reader = try bench.reader()
        #expect(try reader.counts() == ArchiveCounts(deliveries: 2, events: 1))
        #expect(try reader.events().first?.sequence == 3)
        #expect(try reader.event(uid: "party")?.state.sequence == 3)
    }

    @Test("tells what changed, before and after")
    func changed() async throws {
        _ = try await bench.drop(party(sequence: 0))
        let answer = try await bench.drop(party(day: 2, sequence: 1))
        let resolution = try #require(answer.facts[Resolution.self])
        #expect(resolution.intent == .rescheduled && resolution.revision == 2)
        #expect(resolution.before?.sequence == 0 && resolution.after?.sequence == 1)
        #expect(
            resolution.changes.map(\.path) == [
                "status", "occurrences[1].when.start", "occurrences[1].previousStarts",
            ])
        #expect(resolution.changes[1].before == "2027-05-01T19:00:00")
    }

    @Test("does not let a delivery turn back what a later drop said while it waited")
    func aDeliveryThatWaitedDoesNotTurnBackWhatALaterOneSaid() async throws {
        _ = try await bench.drop(party())
        let deferred = bench.delivery(try party(day: 2))
        #expect(try await bench.drop(party(day: 3)).intent == "rescheduled")
        let answer = try await bench.offer(deferred)
        #expect(answer.verdict == .hold && answer.codes == ["revision-conflict"])
        #expect(answer.reason.contains("was dropped after this update and went on while this one waited"))
        #expect(try await bench.drop(party(day: 4)).intent == "rescheduled", "a later one is not overtaken")
    }

    @Test("absorbs what is stale, with the fact and the reason")
    func stale() async throws {
        _ = try await bench.drop(party(day: 2, sequence: 1))
        let answer = try await bench.drop(party(sequence: 0))
        #expect(answer.verdict == .absorb)
        #expect(answer.intent == "stale")
        #expect(answer.codes == ["stale-revision"])
        #expect(answer.reason.contains("a newer revision of party is known (sequence 1)"))
        #expect(try bench.reader().counts().deliveries == 2)
    }

    @Test("holds what a person must decide, says how, and changes nothing")
    func held() async throws {
        _ = try await bench.drop(party())
        _ = try await bench.drop(party(day: 2))
        let answer = try await bench.drop(party())
        #expect(answer.verdict == .hold)
        #expect(answer.codes == ["seen-before"])
        #expect(answer.diagnostics.first?.severity == .held)
        #expect(answer.reason.contains("raise its sequence, or an administrator accepts it with \"tidings release\""))
        #expect(answer.facts[Resolution.self] == nil)
        let reader = try bench.reader()
        #expect(try reader.event(uid: "party")?.history.count == 2)
        #expect(try reader.counts().deliveries == 2)
    }

    @Test("looks back as far as its setting says")
    func lookBack() async throws {
        var settings = ArchiverSettings()
        settings.lookBack = 2
        try await bench.reopen(settings)
        for day in 1...3 { _ = try await bench.drop(party(day: day)) }
        #expect(try await bench.drop(party(day: 2)).codes == ["seen-before"])
        #expect(try await bench.drop(party(day: 1)).intent == "rescheduled")
    }

    @Test("keeps a cancellation of an unknown event, so that an older original is stale")
    func tombstone() async throws {
        let cancelled = try await bench.drop(cancellation(sequence: 2))
        #expect(cancelled.intent == "cancelled")
        #expect(cancelled.codes == ["cancel-unknown-target"])
        try await bench.reopen()
        #expect(try await bench.drop(party(sequence: 1)).intent == "stale")
        #expect(try bench.reader().events().first?.isTombstone == true)
    }

    @Test("keeps the event's name and place when it is cancelled, and brings it back only when proved newer")
    func reinstated() async throws {
        _ = try await bench.drop(party(sequence: 0))
        #expect(try await bench.drop(cancellation(sequence: 1)).intent == "cancelled")
        #expect(try bench.reader().events().map(\.places) == [["Bern"]])
        #expect(try await bench.drop(party { $0.name.text = "Party" }).codes == ["ambiguous-intent"])
        #expect(try await bench.drop(party(sequence: 2)).intent == "reinstated")
        #expect(try bench.reader().events().map(\.status) == [.scheduled])
    }

    @Test("compares sequences within a source only, also after another source has spoken")
    func sources() async throws {
        _ = try await bench.drop(party(sequence: 5) { $0.issuedAt = Instant(microseconds: 10) })
        let other = try party(day: 2, sequence: 0) { $0.issuedAt = Instant(microseconds: 20) }
        #expect(try await bench.drop(other, format: .jsonld).intent == "rescheduled")
        let late = try party(day: 3, sequence: 4) { $0.issuedAt = Instant(microseconds: 30) }
        #expect(try await bench.drop(late).intent == "stale")
    }

    @Test("holds an update of another publisher's event")
    func foreign() async throws {
        _ = try await bench.drop(party(sequence: 0), facts: Facts([Publisher("venue")]))
        let answer = try await bench.drop(cancellation(sequence: 1), facts: Facts([Publisher("rival")]))
        #expect(answer.codes == ["foreign-event"])
        #expect(answer.reason.contains("belongs to venue"))
    }

    @Test("lets a later update of a delivery see an earlier one")
    func sameDelivery() async throws {
        let answers = try await bench.dropTogether(
            party(sequence: 0), party(day: 2, sequence: 1), party(sequence: 0))
        #expect(answers.map(\.intent) == ["new", "rescheduled", "stale"])
        #expect(answers.map(\.verdict) == [.pass, .pass, .absorb])
        #expect(try bench.reader().event(uid: "party")?.history.map(\.revision) == [1, 2, 2])
    }

    @Test("does what a person decided about a held delivery, and tells who it was")
    func released() async throws {
        _ = try await bench.drop(party())
        _ = try await bench.drop(party(day: 2))
        let delivery = try bench.delivery(party())
        #expect(try await bench.offer(delivery).verdict == .hold)
        #expect(try await bench.offer(delivery.releasing(comment: "the hall said so")).intent == "rescheduled")
        let story = try bench.reader().story(ofDelivery: delivery.id)
        #expect(story.map(\.outcome) == [.held, .accepted])
        #expect(story[0].codes == ["seen-before"])
        #expect(story[1].message.hasSuffix("released by user 501; “the hall said so”"))
        #expect(story[1].decidedBy == 501 && story[1].comment == "the hall said so")
    }

    @Test("gives an update that a person called new a uid of its own")
    func releasedAsNew() async throws {
        let text = { (day: Int) in try party(day: day) { $0.uidOrigin = .derived } }
        _ = try await bench.drop(text(1), format: .text)
        let delivery = try bench.delivery(text(28), format: .text)
        #expect(try await bench.offer(delivery).codes == ["same-event-or-new"])
        let answer = try await bench.offer(delivery.releasing(1, .new))
        #expect(answer.intent == "new")
        #expect(answer.facts[Resolution.self]?.uid == "party-2")
        #expect(try bench.reader().events().map(\.uid) == ["party", "party-2"])
    }

    @Test("says where in the file a finding stands")
    func positions() async throws {
        _ = try await bench.drop(party(day: 2, sequence: 1))
        var positions = FieldPositions()
        positions.note(FieldPath(.sequence), at: 5..<6)
        let update = DecodedUpdate(try party(sequence: 0), positions: positions)
        let plain = bench.delivery([], format: .icalendar)
        let delivery = Delivery(
            id: plain.id, file: plain.file, bytes: Array("a\nbc\nd".utf8), sha256: plain.sha256,
            submitter: plain.submitter, receivedAt: plain.receivedAt,
            decoded: Decoded(format: .icalendar, updates: [update]))
        let answer = try await bench.offer(delivery)
        #expect(answer.diagnostics.first?.position?.line == 3)
    }
}
