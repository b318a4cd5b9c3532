import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of the pipeline with deliveries of one item in it.
@Suite struct PipelineStateTests {
    private var pipeline = Transcript()

    private func passage(_ name: String) -> Passage { Passage(Transcript.delivery(name)) }

    @Test mutating func aRejectedDeliveryIsOfferedToTheStageThatDecidesAlone() {
        #expect(pipeline.step(.filesMayWait) == ["claim 1"])
        #expect(pipeline.step(.claimed(1, Claimed([passage("a"), passage("b")]))) == ["check 1: a b"])
        #expect(pipeline.step(.answered(1, stage: 0, [[.reject()], [.pass]])) == ["decide 1: a/1! b"])
        #expect(pipeline.step(.answered(1, stage: 1, [[.reject()], [.pass]])) == ["tell 1: b"])
        #expect(pipeline.step(.answered(1, stage: 2, [[.pass]])) == ["finish 1: a rejected, b accepted"])
        #expect(pipeline.step(.finished(1)) == ["rest"])
    }

    @Test mutating func aStageThatHasPassedADeliveryIsAskedAgainOnlyForItsFacts() {
        let passed = [StageAnswer(stage: "check", verdict: .pass), StageAnswer(stage: "decide", verdict: .pass)]
        let earlier = [EarlierItem(answers: passed)]
        #expect(pipeline.claim(Passage(Transcript.delivery("a"), earlier: earlier)) == ["decide 1: a"])
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass]])) == ["tell 1: a"])
        _ = pipeline.step(.answered(1, stage: 2, [[.pass]]))
        #expect(pipeline.finished[0].items[0].answers.map(\.stage) == ["check", "decide", "tell"])
    }

    @Test mutating func whatNoStageNeedsToSeeIsFinishedAtOnce() {
        let decided = Passage(Transcript.delivery("a"), decided: .hold())
        #expect(pipeline.claim(decided) == ["finish 1: a held"])
    }

    @Test mutating func theOneThatOverrunsEvenAloneIsSetAsideAndTheDecidedOnesWithItAreFinished() {
        let decided = Passage(Transcript.delivery("d"), decided: .hold())
        _ = pipeline.claim(passage("a"), decided, passage("b"))
        #expect(pipeline.step(.overran(1, stage: 0, limit: .seconds(10))) == ["check 2 for a while: a"])
        #expect(
            pipeline.step(.overran(2, stage: 0, limit: .seconds(1))) == [
                "finish 2: a aside: stage check: it did not finish within 1s, d held"
            ])
        #expect(pipeline.step(.finished(2)) == ["check 3 for a while: b"])
        #expect(pipeline.step(.answered(3, stage: 0, [[.pass]])) == ["decide 3: b"])
    }

    @Test mutating func anIllnessIsToldOfOnceAndAgainWhenItsCauseChanges() {
        func failed(_ words: String) -> PipelineState.Event {
            .failed(1, stage: 0, PluginFailure(.temporary, words))
        }
        _ = pipeline.claim(passage("a"))
        #expect(pipeline.step(failed("full")) == ["pause check"])
        _ = pipeline.step(.resumed(stage: 0))
        #expect(pipeline.step(failed("full")) == ["pause check again"])
        _ = pipeline.step(.resumed(stage: 0))
        #expect(pipeline.step(failed("read-only")) == ["pause check"])
        _ = pipeline.step(.resumed(stage: 0))
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass]])).contains("recovered check"))
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass]])) == ["tell 1: a"])
        #expect(pipeline.step(.failed(1, stage: 2, PluginFailure(.temporary, "full"))) == ["pause tell"])
    }

    @Test mutating func anOrderPassesEveryStageAlone() {
        _ = pipeline.step(.filesMayWait)
        let order = EventOrder(.forget, uid: "x", decidedBy: 7, decidedAt: Instant(microseconds: 0))
        #expect(
            pipeline.step(.claimed(1, Claimed(order: order))) == ["check 1: forget x"], "nothing is claimed beside it")
        #expect(pipeline.step(.answered(1, stage: 0, [])) == ["decide 1: forget x"])
        #expect(pipeline.step(.failed(1, stage: 1, PluginFailure(.temporary, "busy"))) == ["pause decide"])
        #expect(pipeline.step(.resumed(stage: 1)) == ["decide 1: forget x"])
        #expect(pipeline.step(.answered(1, stage: 1, [])) == ["recovered decide", "tell 1: forget x"])
        #expect(pipeline.step(.answered(1, stage: 2, [])) == ["finish 1: done"])
        #expect(pipeline.step(.finished(1)) == ["claim 2"])
    }

    @Test mutating func anOrderThatAStageRefusesIsGivenBackWithTheReason() {
        _ = pipeline.step(.filesMayWait)
        let order = EventOrder(.readmit, uid: "x", decidedBy: 7, decidedAt: Instant(microseconds: 0))
        _ = pipeline.step(.claimed(1, Claimed(order: order)))
        #expect(pipeline.step(.failed(1, stage: 0, PluginFailure(.permanent, "damaged"))) == ["finish 1: damaged"])
    }

    @Test func aFileThatIsWrongAsAWholeReachesNoStage() {
        let cut = Diagnostic(.truncated, severity: .error, message: "the file ends in the middle of an event")
        let held = Diagnostic(.ambiguousIntent, severity: .held, message: "this may be two notices")
        for (findings, items, words) in [
            ([cut], 2, "finish 1: a rejected (rejected rejected)"), ([cut, held], 0, "finish 1: a rejected ()"),
            ([held], 2, "finish 1: a held (held held)"), ([], 0, "finish 1: a rejected ()"),
        ] {
            var pipeline = Transcript()
            #expect(pipeline.claim(Passage(Transcript.delivery("a", items: items, findings: findings))) == [words])
        }
    }
}
