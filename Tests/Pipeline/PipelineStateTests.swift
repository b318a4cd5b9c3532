import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of the pipeline with deliveries in it.
@Suite struct PipelineStateTests {
    private static let manifests = [
        PluginManifest(name: "check", summary: ""),
        PluginManifest(name: "decide", summary: "", provides: ["test.decision"], decides: true),
        PluginManifest(name: "tell", summary: "", requires: ["test.decision"]),
    ]
    private var state = PipelineState(Self.manifests)

    private func delivery(_ name: String) -> Delivery {
        Delivery(
            id: DeliveryID(high: 1, low: UInt64(name.utf8.first ?? 0)), file: Array(name.utf8), bytes: [],
            sha256: "", submitter: 1, receivedAt: Instant(microseconds: 0), decoded: Decoded(format: nil))
    }

    /// Tells what happened and gives the actions as words.
    private mutating func step(_ event: PipelineState.Event) -> [String] {
        PipelineState.step(&state, event).map { action in
            switch action {
            case .claim(let id, _): "claim \(id)"
            case .process(let id, let stage, let deliveries, let isTrial):
                "\(Self.manifests[stage].name) \(id)\(isTrial ? " for a while" : ""): "
                    + deliveries.map { String(decoding: $0.file, as: UTF8.self) }.joined(separator: " ")
            case .carryOut(let id, let stage, let order):
                "\(Self.manifests[stage].name) \(id): \(order.action.rawValue) \(order.uid)"
            case .finish(let id, let passages):
                "finish \(id): "
                    + passages.map { passage in
                        let end = passage.asideReason.map { "aside: \($0)" } ?? "\(passage.verdict)"
                        return "\(String(decoding: passage.delivery.file, as: UTF8.self)) \(end)"
                    }.joined(separator: ", ")
            case .finishOrder(let id, _, let refusal): "finish \(id): \(refusal?.message ?? "done")"
            case .pause(let stage, _, _, let isNews): "pause \(Self.manifests[stage].name)\(isNews ? "" : " again")"
            case .recovered(let stage): "recovered \(Self.manifests[stage].name)"
            case .rest: "rest"
            case .end: "end"
            }
        }
    }

    @Test mutating func aRejectedDeliveryIsOfferedToNoOtherStage() {
        #expect(step(.filesMayWait) == ["claim 1"])
        let claimed = Claimed([Passage(delivery("a")), Passage(delivery("b"))])
        #expect(step(.claimed(1, claimed)) == ["check 1: a b"])
        #expect(step(.answered(1, stage: 0, [Answer(.reject, reason: "no"), .pass])) == ["decide 1: b"])
        #expect(step(.answered(1, stage: 1, [.pass])) == ["tell 1: b"])
        #expect(step(.answered(1, stage: 2, [.pass])) == ["finish 1: a reject, b pass"])
        #expect(step(.finished(1)) == ["rest"])
    }

    @Test mutating func aStageThatHasPassedADeliveryIsAskedAgainOnlyForItsFacts() {
        let passed = [StageAnswer(stage: "check", verdict: .pass), StageAnswer(stage: "decide", verdict: .pass)]
        _ = step(.filesMayWait)
        #expect(step(.claimed(1, Claimed([Passage(delivery("a"), passed: passed)]))) == ["decide 1: a"])
        #expect(step(.answered(1, stage: 1, [.pass])) == ["tell 1: a"])
        let actions = PipelineState.step(&state, .answered(1, stage: 2, [.pass]))
        guard case .finish(_, let passages) = actions.first else {
            Issue.record("not finished")
            return
        }
        #expect(passages[0].answers.map(\.stage) == ["check", "decide", "tell"])
    }

    @Test mutating func whatNoStageNeedsToSeeIsFinishedAtOnce() {
        let decided = Passage(delivery("a"), decided: Answer(.hold, reason: "why"))
        _ = step(.filesMayWait)
        #expect(step(.claimed(1, Claimed([decided]))) == ["finish 1: a hold"])
    }

    @Test mutating func theOneThatOverrunsEvenAloneIsSetAsideAndTheDecidedOnesWithItAreFinished() {
        _ = step(.filesMayWait)
        let decided = Passage(delivery("d"), decided: Answer(.hold, reason: "why"))
        _ = step(.claimed(1, Claimed([Passage(delivery("a")), decided, Passage(delivery("b"))])))
        #expect(step(.overran(1, stage: 0, limit: .seconds(10))) == ["check 2 for a while: a"])
        #expect(
            step(.overran(2, stage: 0, limit: .seconds(1))) == [
                "finish 2: a aside: stage check: it did not finish within 1s, d hold"
            ])
        #expect(step(.finished(2)) == ["check 3 for a while: b"])
        #expect(step(.answered(3, stage: 0, [.pass])) == ["decide 3: b"])
    }

    @Test mutating func anIllnessIsToldOfOnceAndAgainWhenItsCauseChanges() {
        func failed(_ words: String) -> PipelineState.Event {
            .failed(1, stage: 0, PluginFailure(.temporary, words))
        }
        _ = step(.filesMayWait)
        _ = step(.claimed(1, Claimed([Passage(delivery("a"))])))
        #expect(step(failed("full")) == ["pause check"])
        _ = step(.resumed(stage: 0))
        #expect(step(failed("full")) == ["pause check again"])
        _ = step(.resumed(stage: 0))
        #expect(step(failed("read-only")) == ["pause check"])
        _ = step(.resumed(stage: 0))
        #expect(step(.answered(1, stage: 0, [.pass])).contains("recovered check"))
        #expect(step(.answered(1, stage: 1, [.pass])) == ["tell 1: a"])
        #expect(step(.failed(1, stage: 2, PluginFailure(.temporary, "full"))) == ["pause tell"])
    }

    @Test mutating func anOrderPassesEveryStageAlone() {
        _ = step(.filesMayWait)
        let order = EventOrder(.forget, uid: "x", decidedBy: 7, decidedAt: Instant(microseconds: 0))
        #expect(step(.claimed(1, Claimed(order: order))) == ["check 1: forget x"], "nothing is claimed beside it")
        #expect(step(.answered(1, stage: 0, [])) == ["decide 1: forget x"])
        #expect(step(.failed(1, stage: 1, PluginFailure(.temporary, "busy"))) == ["pause decide"])
        #expect(step(.resumed(stage: 1)) == ["decide 1: forget x"])
        #expect(step(.answered(1, stage: 1, [])) == ["recovered decide", "tell 1: forget x"])
        #expect(step(.answered(1, stage: 2, [])) == ["finish 1: done"])
        #expect(step(.finished(1)) == ["claim 2"])
    }

    @Test mutating func anOrderThatAStageRefusesIsGivenBackWithTheReason() {
        _ = step(.filesMayWait)
        let order = EventOrder(.withdraw, uid: "x", decidedBy: 7, decidedAt: Instant(microseconds: 0))
        _ = step(.claimed(1, Claimed(order: order)))
        #expect(step(.failed(1, stage: 0, PluginFailure(.permanent, "damaged"))) == ["finish 1: damaged"])
    }
}
