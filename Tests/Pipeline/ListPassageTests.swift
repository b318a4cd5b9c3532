import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of files that are whole lists: the stage that decides compares them once it has all of them.
@Suite struct ListPassageTests {
    private var pipeline = Transcript()

    private static func list(_ name: String, items: Int, policy: PartialPolicy? = nil) -> Delivery {
        var delivery = Transcript.delivery(name, items: items, facts: Facts(policy.map { [$0] } ?? []))
        delivery.list = CompleteList("*", uids: Set((0..<items).map { "\(name)-\($0 + 1)" }))
        return delivery
    }

    /// The answer to a list that lacks an event.
    private static func lacking(_ uid: String) -> Answer {
        let update = EventUpdate(
            uid: uid, name: LanguageText(uid),
            receipt: Receipt(
                receivedAt: Instant(microseconds: 0),
                source: Source(mediaType: "text/calendar", sha256: "", byteCount: 0)))
        let finding = Diagnostic(.missingFromList, severity: .held, field: "", message: "\(uid) is missing")
        return Answer(
            .pass,
            facts: Facts([
                ListComparison(
                    missing: [.init(update, because: finding)], answered: [DeliveryID(high: 0, low: 7)])
            ]))
    }

    @Test mutating func whatItLacksIsOneMoreItemThatIsHeld() {
        #expect(pipeline.claim(Passage(Self.list("a", items: 2))) == ["check 1: a/1,2"])
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .pass]])) == ["decide 1: a/1,2 as a list"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.pass, .pass, Self.lacking("gone")]])) == ["tell 1: a/1,2"])
        #expect(
            pipeline.step(.answered(1, stage: 2, [[.pass, .pass]]))
                == ["finish 1: a partial (accepted accepted held)"])
        let passage = pipeline.finished[0]
        #expect(passage.delivery.items.map(\.number) == [1, 2, 0])
        #expect(passage.items[2].decisive?.code == .missingFromList && passage.items[2].isInLog)
        #expect(passage.answered == [DeliveryID(high: 0, low: 7)])
    }

    @Test mutating func itIsComparedWithItsLastSlice() {
        _ = pipeline.claim(Passage(Self.list("a", items: 3), slice: 2))
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .pass]])) == ["decide 1: a/1,2"])
        _ = pipeline.step(.answered(1, stage: 1, [[.pass, .pass]]))
        _ = pipeline.step(.answered(1, stage: 2, [[.pass, .pass]]))
        _ = pipeline.step(.finished(1))
        var passage = pipeline.finished[0]
        passage.goOn()
        #expect(pipeline.claim(passage) == ["check 2: a/3"])
        // The last one is refused before the stage that decides sees it: the list is compared all the same.
        #expect(pipeline.step(.answered(2, stage: 0, [[.reject()]])) == ["decide 2: a/3! as a list"])
        #expect(
            pipeline.step(.answered(2, stage: 1, [[.reject(), Self.lacking("gone")]]))
                == ["finish 2: a partial (accepted accepted rejected held)"])
        #expect(!pipeline.finished[0].hasMore)
    }

    @Test(arguments: [PartialPolicy.hold, .reject])
    mutating func aFileThatIsHeldOrRefusedTogetherIsNoList(policy: PartialPolicy) {
        _ = pipeline.claim(Passage(Self.list("a", items: 2, policy: policy)))
        #expect(pipeline.step(.answered(1, stage: 0, [[.reject(), .pass]])) == ["decide 1: a/1!,2 as a list"])
        // It gives no answer to the list.
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.reject(), .hold()]])) == ["finish 1: a held (rejected held)"])
    }

    @Test(arguments: [PartialPolicy.hold, .reject])
    mutating func whatItLacksHoldsUpNoneOfItsEvents(policy: PartialPolicy) {
        _ = pipeline.claim(Passage(Self.list("a", items: 1, policy: policy)))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass]]))
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass, Self.lacking("gone")]])) == ["tell 1: a"])
        #expect(pipeline.step(.answered(1, stage: 2, [[.pass]])) == ["finish 1: a partial (accepted held)"])
    }

    @Test mutating func aListWithoutEventsIsForTheStageThatDecidesAlone() {
        #expect(pipeline.claim(Passage(Self.list("a", items: 0))) == ["decide 1: a/ as a list"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[Self.lacking("gone")]])) == ["finish 1: a held"])
        _ = pipeline.step(.finished(1))
        #expect(pipeline.claim(Passage(Self.list("b", items: 0))) == ["decide 2: b/ as a list"])
        let nothing = Answer(.pass, facts: Facts([ListComparison()]))
        #expect(pipeline.step(.answered(2, stage: 1, [[nothing]])) == ["finish 2: b unchanged ()"])
    }

    @Test mutating func whatALaterTryHasOfItIsJudgedByTheStageThatDecidesFirst() {
        var delivery = Transcript.delivery("a", items: 1)
        delivery.items.append(DeliveryItem(number: 0, update: delivery.items[0].update))
        let earlier = [EarlierItem(outcome: .accepted), EarlierItem()]
        #expect(pipeline.claim(Passage(delivery, earlier: earlier)) == ["decide 1: a/0"])
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass]])) == ["tell 1: a/0"])
        #expect(pipeline.step(.answered(1, stage: 2, [[.pass]])) == ["finish 1: a accepted (accepted accepted)"])
    }

    @Test mutating func aListThatTheStageCannotWorkOnIsHeld() {
        _ = pipeline.claim(Passage(Self.list("a", items: 0)))
        let actions = pipeline.step(.failed(1, stage: 1, PluginFailure(.permanent, "no")))
        #expect(actions.contains("finish 1: a held ()"), "\(actions)")
    }
}
