import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of deliveries of a publisher that wants all or nothing.
@Suite struct PartialTests {
    private var pipeline = Transcript()

    private func passage(_ policy: PartialPolicy, items: Int = 3) -> Passage {
        Passage(Transcript.delivery("a", items: items, facts: Facts([policy])), slice: 2)
    }

    @Test mutating func withHoldTheGoodOnesWaitForAPersonBesideARejectedOne() {
        #expect(pipeline.claim(passage(.hold)) == ["check 1: a/1,2,3"])
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .reject("no day"), .pass]]))
                == ["finish 1: a held (held rejected held)"], "no other stage sees any of it")
        let items = pipeline.finished[0].items
        #expect(items[1].reason == "no day")
        #expect(
            items[2].reason
                == "another event of the file is rejected, and its publisher's setting is partial = \"hold\"")
        #expect(items[2].stage == "check")
    }

    @Test mutating func withRejectOneThatIsRejectedTakesTheOthersWithIt() {
        _ = pipeline.claim(passage(.reject))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .pass, .reject()]]))
                == ["finish 1: a rejected (rejected rejected rejected)"])
    }

    @Test(arguments: [PartialPolicy.hold, .reject])
    mutating func besideOneThatIsHeldTheGoodOnesAreHeld(policy: PartialPolicy) {
        _ = pipeline.claim(passage(policy))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.hold(), .pass, .pass]])) == ["finish 1: a held (held held held)"])
    }

    @Test mutating func aLaterStageDecidesAboutAllThatIsLeft() {
        _ = pipeline.claim(passage(.reject))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .pass, .pass]]))
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.pass, .reject(), .pass]]))
                == ["finish 1: a rejected (rejected rejected rejected)"])
        #expect(pipeline.finished[0].items.map(\.stage) == ["decide", "decide", "decide"])
    }

    @Test mutating func withAcceptTheGoodOnesGoOn() {
        _ = pipeline.claim(passage(.accept))
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .pass]])) == ["decide 1: a/1,3"])
    }

    @Test(arguments: [PartialPolicy.hold, .reject])
    mutating func whereAllAreGoodNothingWaits(policy: PartialPolicy) {
        _ = pipeline.claim(passage(policy, items: 2))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, Answer(.absorb, reason: "older")]])) == ["decide 1: a"])
    }

    @Test mutating func aRetryDefersTheGoodOnesFirst() {
        _ = pipeline.claim(passage(.reject))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .retry(5)]]))
                == ["finish 1: a deferred (deferred rejected deferred)"])
    }

    @Test mutating func theOthersOfABatchDoNotShareItsFate() {
        _ = pipeline.claim(passage(.reject), Passage(Transcript.delivery("b", items: 2)))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .pass], [.reject(), .pass]])) == ["decide 1: b/2"])
    }

    @Test mutating func whatAPersonReleasedGoesOnThoughAnotherWasRejected() {
        var delivery = Transcript.delivery("a", items: 2, facts: Facts([PartialPolicy.hold]))
        _ = pipeline.claim(Passage(delivery))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .reject()]]))
        var left = pipeline.finished[0].left
        _ = pipeline.step(.finished(1))
        left[0] = EarlierItem()
        delivery.items[0].facts.add(Facts([Release(.accept, decidedBy: 1, decidedAt: Instant(microseconds: 0))]))
        #expect(pipeline.claim(Passage(delivery, earlier: left)) == ["check 2: a"])
        #expect(pipeline.step(.answered(2, stage: 0, [[.pass]])) == ["decide 2: a"])
    }
}
