import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of deliveries with several items: an answer for each.
@Suite struct ItemTests {
    private var pipeline = Transcript()

    @Test mutating func oneItemIsRejectedAndTheOthersGoOn() {
        #expect(pipeline.claim(Passage(Transcript.delivery("a", items: 3))) == ["check 1: a/1,2,3"])
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .reject("no day"), .pass]])) == ["decide 1: a/1,2!,3"])
        #expect(pipeline.step(.answered(1, stage: 1, [[.pass, .reject("no day"), .pass]])) == ["tell 1: a/1,3"])
        #expect(
            pipeline.step(.answered(1, stage: 2, [[.pass, .pass]]))
                == ["finish 1: a partial (accepted rejected accepted)"])
        let items = pipeline.finished[0].items
        #expect(items.map(\.stage) == ["decide", "check", "decide"])
        #expect(items.map(\.reason) == ["", "no day", ""])
        #expect(items[1].answers == [StageAnswer(stage: "check", verdict: .reject, reason: "no day")])
    }

    @Test mutating func whatEndsAtALaterStageLeavesTheOthersAlone() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 4)), Passage(Transcript.delivery("b")))
        #expect(
            pipeline.step(.answered(1, stage: 0, [[.pass, .pass, .pass, .pass], [.pass]])) == ["decide 1: a/1,2,3,4 b"])
        let absorbed = Answer(.absorb, reason: "older")
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.pass, .hold(), absorbed, .reject()], [.pass]])) == ["tell 1: a b"],
            "of a only the first goes on")
        #expect(
            pipeline.step(.answered(1, stage: 2, [[.pass], [.pass]]))
                == ["finish 1: a partial (accepted held accepted rejected), b accepted"])
    }

    @Test mutating func aDeliveryOfWhichNothingIsLeftSkipsTheOtherStages() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 2)))
        #expect(pipeline.step(.answered(1, stage: 0, [[.pass, .pass]])) == ["decide 1: a/1,2"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.reject(), .hold()]])) == ["finish 1: a held (rejected held)"])
    }

    @Test mutating func aRetryOfOneDefersWhatIsUndecidedBeforeTheNextStageSeesAnyOfIt() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 4)), Passage(Transcript.delivery("b")))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .pass, .reject(), .pass], [.pass]]))
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.pass, .retry(20, "no network"), .reject(), .retry(5)], [.pass]]))
                == ["tell 1: b"])
        #expect(
            pipeline.step(.answered(1, stage: 2, [[.pass]]))
                == ["finish 1: a deferred (deferred deferred rejected deferred), b accepted"])
        let passage = pipeline.finished[0]
        #expect(passage.retryAfter == .seconds(20), "the later of two")
        #expect(passage.items[0].reason == "no network" && passage.items[0].stage == "decide")
    }

    @Test mutating func atTheNextTryOnlyTheStagesThatHaveNotPassedAnItemSeeIt() {
        let delivery = Transcript.delivery("a", items: 3)
        _ = pipeline.claim(Passage(delivery))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .retry(5)]]))
        _ = pipeline.step(.answered(1, stage: 1, [[.reject()]]))
        let left = pipeline.finished[0].left
        _ = pipeline.step(.finished(1))
        #expect(pipeline.claim(Passage(delivery, earlier: left)) == ["check 2: a/3"], "it has passed the first")
        #expect(pipeline.step(.answered(2, stage: 0, [[.pass]])) == ["decide 2: a/1,3"])
        #expect(pipeline.step(.answered(2, stage: 1, [[.pass, .pass]])) == ["tell 2: a/1,3"])
        #expect(
            pipeline.step(.answered(2, stage: 2, [[.pass, .pass]]))
                == ["finish 2: a partial (accepted rejected accepted)"])
    }

    @Test mutating func anItemThatWasSettledEarlierIsNotOfferedAgain() {
        let earlier = [
            EarlierItem(outcome: .accepted, intent: .corrected), EarlierItem(),
            EarlierItem(
                outcome: .rejected, answers: [StageAnswer(stage: "check", verdict: .reject, reason: "no day")]),
            EarlierItem(outcome: .discarded),
        ]
        #expect(
            pipeline.claim(Passage(Transcript.delivery("a", items: 4), earlier: earlier)) == ["check 1: a/2"])
        _ = pipeline.step(.answered(1, stage: 0, [[.hold()]]))
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.hold()]])) == [
                "finish 1: a partial (accepted held rejected discarded)"
            ])
        let items = pipeline.finished[0].items
        #expect(items[2].stage == "check" && items[2].reason == "no day")
        #expect(items[0].intent == .corrected)
    }

    @Test mutating func oneOfWhichAllIsSettledIsFinishedAtOnce() {
        let earlier = [EarlierItem(outcome: .unchanged), EarlierItem(outcome: .discarded)]
        #expect(
            pipeline.claim(Passage(Transcript.delivery("a", items: 2), earlier: earlier))
                == ["finish 1: a partial (unchanged discarded)"])
    }

    @Test mutating func aDeliveryThatAStageCannotWorkOnIsHeldButForWhatIsDecided() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 3)))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .pass]]))
        #expect(
            pipeline.step(.failed(1, stage: 1, PluginFailure(.permanent, "it is damaged")))
                == ["finish 1: a held (held rejected held)"])
        let item = pipeline.finished[0].items[2]
        #expect(item.stage == "decide")
        #expect(item.reason == "stage decide cannot work on this update, and it is held: it is damaged")
    }

    @Test mutating func theOutcomeOfAnItemFollowsItsIntent() {
        func resolved(_ intent: Intent) -> Answer {
            Answer(
                .pass,
                facts: Facts([Resolution(uid: "x", intent: intent, revision: 1, before: nil, after: nil, changes: [])]))
        }
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 3)), Passage(Transcript.delivery("b", items: 2)))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .pass, .pass], [.pass, .pass]]))
        _ = pipeline.step(
            .answered(
                1, stage: 1,
                [
                    [resolved(.unchanged), resolved(.rescheduled), resolved(.stale)],
                    [resolved(.stale), resolved(.unchanged)],
                ]))
        #expect(
            pipeline.step(.answered(1, stage: 2, [[.pass, .pass, .pass], [.pass, .pass]]))
                == ["finish 1: a accepted (unchanged accepted stale), b unchanged (stale unchanged)"])
        #expect(pipeline.finished[0].items.map(\.intent) == [.unchanged, .rescheduled, .stale])
    }

    @Test mutating func whatAStageFoundOutTravelsWithItsItem() {
        func decision(_ revision: Int) -> Answer {
            Answer(
                .pass,
                facts: Facts([
                    Resolution(uid: "x", intent: .new, revision: revision, before: nil, after: nil, changes: [])
                ]))
        }
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 3)))
        _ = pipeline.step(.answered(1, stage: 0, [[.pass, .reject(), .pass]]))
        _ = pipeline.step(.answered(1, stage: 1, [[decision(7), .reject(), decision(8)]]))
        _ = pipeline.step(.answered(1, stage: 2, [[.pass, .pass]]))
        let revisions = pipeline.finished[0].delivery.items.map { $0.facts[Resolution.self]?.revision }
        #expect(revisions == [7, nil, 8])
    }

    @Test mutating func aPersonDecidesAboutWhatWasTriedTooOften() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 3)))
        _ = pipeline.step(.answered(1, stage: 0, [[.retry(5), .reject(), .pass]]))
        _ = pipeline.step(.answered(1, stage: 1, [[.reject()]]))
        var passage = pipeline.finished[0]
        passage.giveUp("it was tried 10 times")
        #expect(passage.items.map(\.outcome) == [.held, .rejected, .deferred])
        #expect(
            passage.items.map(\.reason) == ["it was tried 10 times", "no", "busy"],
            "what waits for its sake alone goes on")
    }
}
