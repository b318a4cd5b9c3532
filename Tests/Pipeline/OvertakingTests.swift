import PluginKit
import Testing

@testable import Pipeline

/// What was taken first stays first, whatever goes wrong with it: a later batch may speak of the same events.
@Suite struct OvertakingTests {
    private var m = Machine(stages: 1, limits: Machine.Limits(batch: 100, batches: 5))

    /// Two batches, the first in the stage and the second behind it.
    init() {
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 4, more: true))
        _ = Machine.step(&m, .claimed(2, count: 4, more: false))
    }

    @Test mutating func aBatchWhoseStageWasIllIsOfferedBeforeTheOneBehindIt() {
        #expect(Machine.step(&m, .failed(1, .temporary)) == [.pause(stage: 0, .seconds(1))])
        #expect(Machine.step(&m, .resumed(stage: 0)) == [.join([1, 2], into: 3), .process(3, stage: 0)])
    }

    @Test mutating func theHalvesOfABatchAreOfferedBeforeTheOneBehindIt() {
        #expect(
            Machine.step(&m, .failed(1, .permanent)) == [
                .split(1, count: 2, first: 3, second: 4), .process(3, stage: 0),
            ])
        #expect(Machine.step(&m, .answered(3, remaining: 2)) == [.finish(3), .process(4, stage: 0)])
    }

    @Test mutating func thePartsOfABatchThatOverranAreOfferedBeforeTheOneBehindIt() {
        #expect(
            Machine.step(&m, .overran(1)) == [.scatter(1, into: [3, 4, 5, 6]), .process(3, stage: 0, isTrial: true)])
        #expect(Machine.step(&m, .answered(3, remaining: 1)) == [.finish(3), .process(4, stage: 0, isTrial: true)])
    }
}
