import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of what a stage before the one that decides holds or refuses: that one has the last word on it, and on the
/// good ones of a publisher that wants all or nothing.
@Suite struct PartialTests {
    private var pipeline = Transcript()

    private func passage(_ policy: PartialPolicy, items: Int = 3) -> Passage {
        Passage(Transcript.delivery("a", items: items, facts: Facts([policy])), slice: 2)
    }

    @Test(arguments: PartialPolicy.allCases)
    mutating func theStageThatDecidesSeesWhatWasRefusedBesideTheOthers(policy: PartialPolicy) {
        #expect(pipeline.claim(passage(policy, items: 2)) == ["check 1: a/1,2"])
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .reject("no day")]])) == ["decide 1: a/1,2!"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.hold("with the other"), .reject("no day, again")]]))
                == ["finish 1: a held (held rejected)"], "the stage behind it sees neither")
        let items = pipeline.finished[0].items
        #expect(items.map(\.stage) == ["decide", "check"], "who repeats what was said has not said it")
        #expect(items.map(\.reason) == ["with the other", "no day, again"])
        #expect(items.map(\.isInLog) == [true, true])
    }

    @Test mutating func whatItKnowsAgainIsNoQuestion() {
        let finding = Diagnostic(.unknownStatus, severity: .held, field: "status", message: "which?")
        _ = pipeline.claim(Passage(Transcript.delivery("a")))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[Answer(.hold, reason: "which?", diagnostics: [finding])]]))
                == ["decide 1: a/1!"])
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass]])) == ["tell 1: a"])
        #expect(pipeline.step(.answered(1, stage: 2, [[.pass]])) == ["finish 1: a accepted"])
        #expect(pipeline.finished[0].items[0].diagnostics.isEmpty, "nobody is asked")
    }

    @Test mutating func whatItCannotWorkOnStaysAsItWas() {
        _ = pipeline.claim(passage(.hold, items: 2))
        _ = pipeline.step(.answered(1, stage: 0, [[.reject("no day"), .pass]]))
        let actions = pipeline.step(.failed(1, stage: 1, PluginFailure(.permanent, "no")))
        #expect(actions.contains("finish 1: a held (rejected held)"), "\(actions)")
        #expect(!pipeline.finished[0].items[0].isInLog)
    }

    @Test mutating func aRetryDefersTheOthersOfSuchAFileToo() {
        _ = pipeline.claim(passage(.reject))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .retry(5)]]))
                == ["finish 1: a deferred (deferred deferred deferred)"])
    }

    @Test mutating func beforeARetryWhatIsRefusedIsDecided() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 2)))
        #expect(pipeline.step(.answered(1, stage: 0, [[.reject(), .retry(5)]])) == ["decide 1: a/1!"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.reject()]])) == ["finish 1: a deferred (rejected deferred)"])
    }

    @Test mutating func whatAPersonReleasedGoesOnThoughAnotherWasRejected() {
        var delivery = Transcript.delivery("a", items: 2, facts: Facts([PartialPolicy.hold]))
        _ = pipeline.claim(Passage(delivery))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .reject()]]))
        _ = pipeline.step(.answered(1, stage: 1, [[.hold(), .reject()]]))
        var left = pipeline.finished[0].left
        _ = pipeline.step(.finished(1))
        left[0] = EarlierItem()
        delivery.items[0].facts.add(Facts([Release(.accept, decidedBy: 1, decidedAt: Instant(microseconds: 0))]))
        #expect(pipeline.claim(Passage(delivery, earlier: left)) == ["check 2: a"])
        #expect(pipeline.step(.answered(2, stage: 0, [[.pass]])) == ["decide 2: a"])
    }
}
