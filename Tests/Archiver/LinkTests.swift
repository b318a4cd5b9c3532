import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Two uids that a person has said to be one event.
@Suite("Links")
struct LinkTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func order(
        _ action: EventOrder.Action, _ alias: String = "fest", to uid: String = "party", at time: Int64 = 7
    ) -> EventOrder {
        EventOrder(
            action, uid: alias, other: uid, decidedBy: 501, decidedAt: Instant(microseconds: time), comment: "same")
    }

    private func announce() async throws {
        #expect(try await bench.drop(party()).intent == "new")
        #expect(try await bench.drop(party("fest", day: 2) { $0.name.text = "Fest" }).intent == "new")
    }

    private func name(_ uid: String) throws -> String? { try bench.reader().event(uid: uid)?.state.name.text }

    private func listed() throws -> [String] { try bench.reader().events().map(\.uid) }

    @Test("What is said under the other uid is said of the event; to say again what was said before is no news")
    func linked() async throws {
        try await announce()
        #expect(try await bench.archiver.fault(of: order(.link)) == nil)
        for _ in 1...2 { try await bench.archiver.carryOut(order(.link)) }
        try await bench.kill()
        #expect(try listed() == ["party"])
        let repeated = try await bench.drop(party("fest", day: 2) { $0.name.text = "Fest" })
        #expect(repeated.intent == "unchanged")
        #expect(repeated.facts[Resolution.self]?.uid == "party")
        #expect(try await bench.drop(party()).intent == "unchanged")
        let renamed = try await bench.drop(party("fest", day: 2) { $0.name.text = "Summer Fest" })
        #expect(renamed.intent == "corrected")
        #expect(renamed.facts[Resolution.self]?.uid == "party")
        #expect(try name("party") == "Summer Fest")
        #expect(try name("fest") == "Summer Fest")
        // The same export states both, hour by hour.
        for _ in 1...2 {
            let answers = try await bench.dropTogether(
                party(), party("fest", day: 2) { $0.name.text = "Summer Fest" })
            #expect(answers.map(\.intent) == ["unchanged", "unchanged"])
        }
        #expect(try bench.reader().damage().isEmpty)
        #expect(try bench.reader().event(uid: "party")?.links.map(\.alias) == ["fest"])
        for uid in ["party", "fest"] {
            let story = try bench.reader().story(ofEvent: uid)
            #expect(story.count { $0.outcome == .linked } == 1)
            let link = try #require(story.first { $0.outcome == .linked })
            #expect(
                link.message
                    == "what is said of fest is said of party from now on; linked by user 501; “same”")
        }
    }

    @Test("Undone, the other event is as it was, and goes on from what its source said of it")
    func unlinked() async throws {
        try await announce()
        try await bench.archiver.carryOut(order(.link))
        #expect(try await bench.drop(party("fest", day: 2) { $0.name.text = "Summer Fest" }).intent == "corrected")
        #expect(try await bench.archiver.fault(of: order(.unlink, at: 9)) == nil)
        for _ in 1...2 { try await bench.archiver.carryOut(order(.unlink, at: 9)) }
        #expect(try await bench.archiver.fault(of: order(.unlink, at: 9)) == nil, "a kill may have come between")
        #expect(try await bench.archiver.fault(of: order(.unlink, at: 10))?.isGone == true)
        #expect(try Set(listed()) == ["fest", "party"])
        #expect(try name("fest") == "Fest")
        #expect(try await bench.drop(party("fest", day: 2) { $0.name.text = "Fest" }).intent == "unchanged")
        let answer = try await bench.drop(party("fest", day: 2) { $0.name.text = "Night Fest" })
        #expect(answer.facts[Resolution.self]?.uid == "fest")
        #expect(try name("fest") == "Night Fest")
        #expect(try name("party") == "Summer Fest")
        #expect(try bench.reader().damage().isEmpty)
    }

    @Test("A uid that nobody knows yet may be linked; unlinked, it announces an event of its own")
    func unknown() async throws {
        #expect(try await bench.drop(party()).intent == "new")
        try await bench.archiver.carryOut(order(.link))
        #expect(try await bench.drop(party("fest")).facts[Resolution.self]?.uid == "party")
        #expect(try listed() == ["party"])
        try await bench.archiver.carryOut(order(.unlink))
        #expect(try await bench.drop(party("fest")).intent == "new")
    }

    @Test("What waits of the other event is released as said of the event")
    func heldBefore() async throws {
        try await announce()
        try await bench.archiver.suspend(
            Suspension(of: .user(1000), decidedBy: 501, decidedAt: Instant(microseconds: 1)))
        let asking = bench.delivery(try party("fest", day: 2) { $0.name.text = "Summer Fest" })
        #expect(try await bench.offer(asking).codes == ["suspended"])
        try await bench.archiver.carryOut(order(.link))
        #expect(try bench.reader().damage().isEmpty)
        #expect(try await bench.offer(asking.releasing()).facts[Resolution.self]?.uid == "party")
        #expect(try name("party") == "Summer Fest")
        #expect(try bench.reader().heldItems().isEmpty)
    }

    @Test("What cannot be is refused with the reason")
    func faults() async throws {
        try await announce()
        _ = try await bench.drop(party("third"))
        func fault(_ action: EventOrder.Action, _ alias: String, _ uid: String) async throws -> String? {
            try await bench.archiver.fault(of: order(action, alias, to: uid, at: 20))?.message
        }
        #expect(try await fault(.link, "party", "party") == "both are party; name two uids")
        #expect(try await fault(.link, "fest", "nobody") == "no event is called nobody")
        #expect(try await fault(.unlink, "fest", "party") == "fest does not stand for party")
        try await bench.archiver.carryOut(order(.link))
        #expect(try await fault(.link, "fest", "party") == nil, "it is so already")
        #expect(
            try await fault(.link, "fest", "third")
                == "fest stands for party already; 'tidings unlink party fest' first")
        #expect(try await fault(.link, "third", "fest") == "fest stands for party itself; name that one")
        #expect(
            try await fault(.link, "party", "third") == "fest stands for party; 'tidings unlink party fest' first")
        for uid in ["party", "fest"] {
            #expect(
                try await fault(.forget, uid, "")
                    == "fest stands for party; 'tidings unlink party fest' first, and then forget both")
        }
        #expect(try await fault(.withdraw, "fest", "") == "fest stands for party; name that one")
        try await bench.archiver.carryOut(
            EventOrder(.forget, uid: "third", decidedBy: 501, decidedAt: Instant(microseconds: 30)))
        #expect(
            try await fault(.link, "third", "party")
                == "an event called third was forgotten, and is not to come back by another name")
    }
}
