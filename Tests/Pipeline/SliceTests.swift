import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of long deliveries, which go in slices so that others get between.
@Suite struct SliceTests {
    private var pipeline = Transcript()

    /// Passes what the pipeline has in work through all stages, and gives the last action.
    private mutating func passAll(_ id: Int, items: Int) -> [String] {
        let answers = [Array(repeating: Answer.pass, count: items)]
        _ = pipeline.step(.answered(id, stage: 0, answers))
        _ = pipeline.step(.answered(id, stage: 1, answers))
        return pipeline.step(.answered(id, stage: 2, answers))
    }

    /// What was finished, turned to what comes next.
    private mutating func next() -> Passage {
        var passage = pipeline.finished[0]
        passage.goOn()
        return passage
    }

    @Test mutating func aLongDeliveryPassesTheStagesSliceBySlice() {
        #expect(pipeline.claim(Passage(Transcript.delivery("a", items: 5), slice: 2)) == ["check 1: a/1,2"])
        #expect(passAll(1, items: 2) == ["finish 1: a accepted (accepted accepted accepted accepted accepted)"])
        #expect(pipeline.finished[0].hasMore, "what no stage has seen comes later")
        _ = pipeline.step(.finished(1))
        #expect(pipeline.claim(next()) == ["check 2: a/3,4"])
        _ = pipeline.step(.answered(2, stage: 0, [[.reject(), .pass]]))
        _ = pipeline.step(.answered(2, stage: 1, [[.reject(), .pass]]))
        _ = pipeline.step(.answered(2, stage: 2, [[.pass]]))
        #expect(pipeline.finished[0].hasMore)
        _ = pipeline.step(.finished(2))
        #expect(pipeline.claim(next()) == ["check 3: a/5"])
        #expect(passAll(3, items: 1) == ["finish 3: a partial (accepted accepted rejected accepted accepted)"])
        #expect(!pipeline.finished[0].hasMore)
    }

    @Test mutating func aSliceThatIsDecidedAtTheFirstStageDoesNotEndTheDelivery() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 4), slice: 2))
        #expect(pipeline.step(.answered(1, stage: 0, [[.reject(), .reject()]])) == ["decide 1: a/1!,2!"])
        #expect(
            pipeline.step(.answered(1, stage: 1, [[.reject(), .reject()]]))
                == ["finish 1: a partial (rejected rejected accepted accepted)"])
        #expect(pipeline.finished[0].hasMore)
        _ = pipeline.step(.finished(1))
        #expect(pipeline.claim(next()) == ["check 2: a/3,4"])
        _ = pipeline.step(.answered(2, stage: 0, [[.reject(), .reject()]]))
        #expect(
            pipeline.step(.answered(2, stage: 1, [[.reject(), .reject()]]))
                == ["finish 2: a rejected (rejected rejected rejected rejected)"])
    }

    @Test mutating func aRetryDefersTheSlicesThatNoStageHasSeenToo() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 6), slice: 2))
        _ = passAll(1, items: 2)
        _ = pipeline.step(.finished(1))
        _ = pipeline.claim(next())
        #expect(
            pipeline.step(.answered(2, stage: 0, [[.pass, .retry(5)]]))
                == ["finish 2: a deferred (accepted accepted deferred deferred deferred deferred)"])
        #expect(!pipeline.finished[0].hasMore, "nothing of it is undecided")
    }

    @Test mutating func atTheNextTryTheSlicesThatAreSettledArePassedOver() {
        let delivery = Transcript.delivery("a", items: 5)
        var earlier = Array(repeating: EarlierItem(outcome: .accepted), count: 5)
        earlier[3] = EarlierItem()
        var passage = Passage(delivery, earlier: earlier, slice: 2)
        #expect(passage.isDecided && passage.hasMore)
        passage.goOn()
        #expect(pipeline.claim(passage) == ["check 1: a/4"])
        _ = passAll(1, items: 1)
        #expect(!pipeline.finished[0].hasMore, "the fifth is settled")
    }

    @Test mutating func othersGetBetweenTheSlices() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 4), slice: 2))
        _ = passAll(1, items: 2)
        _ = pipeline.step(.finished(1))
        #expect(pipeline.claim(Passage(Transcript.delivery("b")), next()) == ["check 2: b a/3,4"])
        #expect(pipeline.step(.answered(2, stage: 0, [[.pass], [.reject(), .pass]])) == ["decide 2: b a/3!,4"])
    }

    @Test mutating func aStageThatCannotWorkOnASliceHoldsThatSliceAlone() {
        _ = pipeline.claim(Passage(Transcript.delivery("a", items: 3), slice: 2))
        #expect(
            pipeline.step(.failed(1, stage: 0, PluginFailure(.permanent, "damaged")))
                == ["finish 1: a partial (held held accepted)"])
        #expect(pipeline.finished[0].hasMore)
    }

    @Test func aSliceHasAtLeastOneItemAndAtMostTheRest() {
        for (limit, expected) in [(Int.min, 0..<1), (0, 0..<1), (1, 0..<1), (3, 0..<3), (4, 0..<3), (Int.max, 0..<3)] {
            #expect(Passage(Transcript.delivery("a", items: 3), slice: limit).slice == expected)
        }
        var passage = Passage(Transcript.delivery("a", items: 3), slice: 2)
        passage.goOn()
        #expect(passage.slice == 2..<3 && !passage.hasMore)
        passage.goOn()
        #expect(passage.slice.isEmpty && passage.isDecided, "there is nothing left to see")
    }

    @Test(arguments: 1...9) func everyItemIsSeenOnceHoweverItIsCut(slice: Int) {
        var passage = Passage(Transcript.delivery("a", items: 8), slice: slice)
        var seen = passage.delivery(for: 0).items.map(\.number)
        while passage.hasMore {
            passage.goOn()
            seen += passage.delivery(for: 0).items.map(\.number)
        }
        #expect(seen == Array(1...8))
    }

    @Test(arguments: PartialPolicy.allCases) func oneWhoseGoodUpdatesDependOnTheOthersIsNeverCut(policy: PartialPolicy)
    {
        let delivery = Transcript.delivery("a", items: 5, facts: Facts([policy]))
        #expect(Passage(delivery, slice: 2).slice == 0..<5)
    }
}
