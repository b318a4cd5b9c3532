import PluginKit
import Testing

@testable import Pipeline

/// Transcripts of the machine: what happened, and what it says to do.
@Suite struct MachineTests {
    private func machine(stages: Int = 3, batches: Int = 5) -> Machine {
        Machine(stages: stages, limits: Machine.Limits(batch: 100, batches: batches))
    }

    @Test func aBatchPassesTheStagesInOrderAndIsFinished() {
        var m = machine()
        #expect(Machine.step(&m, .filesMayWait) == [.claim(1, limit: 100)])
        #expect(Machine.step(&m, .claimed(1, count: 7, more: false)) == [.process(1, stage: 0)])
        #expect(Machine.step(&m, .answered(1, remaining: 7)) == [.process(1, stage: 1)])
        #expect(Machine.step(&m, .answered(1, remaining: 6)) == [.process(1, stage: 2)])
        #expect(Machine.step(&m, .answered(1, remaining: 6)) == [.finish(1)])
        #expect(Machine.step(&m, .finished(1)) == [.rest])
    }

    @Test func theNextBatchIsClaimedWhileTheFirstIsInAStage() {
        var m = machine()
        _ = Machine.step(&m, .filesMayWait)
        #expect(
            Machine.step(&m, .claimed(1, count: 100, more: true)) == [.process(1, stage: 0), .claim(2, limit: 100)])
        #expect(Machine.step(&m, .claimed(2, count: 100, more: false)) == [])
        #expect(Machine.step(&m, .answered(1, remaining: 100)) == [.process(1, stage: 1), .process(2, stage: 0)])
    }

    @Test func noMoreBatchesAreClaimedThanTheLimitAllows() {
        var m = machine(batches: 2)
        _ = Machine.step(&m, .filesMayWait)
        #expect(Machine.step(&m, .claimed(1, count: 1, more: true)) == [.process(1, stage: 0), .claim(2, limit: 100)])
        #expect(Machine.step(&m, .claimed(2, count: 1, more: true)) == [])
        #expect(Machine.step(&m, .filesMayWait) == [])
    }

    @Test func aBatchWithNothingLeftSkipsTheOtherStages() {
        var m = machine()
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 2, more: false))
        #expect(Machine.step(&m, .answered(1, remaining: 0)) == [.finish(1)])
    }

    @Test func filesThatArriveDuringAClaimAreLookedForAfterIt() {
        var m = machine()
        #expect(Machine.step(&m, .filesMayWait) == [.claim(1, limit: 100)])
        #expect(Machine.step(&m, .filesMayWait) == [])
        #expect(Machine.step(&m, .claimed(1, count: 0, more: false)) == [.claim(2, limit: 100)])
        #expect(Machine.step(&m, .claimed(2, count: 0, more: false)) == [.rest])
    }

    @Test func anIllStageIsPausedWithEverythingBehindItAndRecovers() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 5, more: false))
        #expect(Machine.step(&m, .failed(1, .temporary)) == [.pause(stage: 0, .seconds(1))])
        #expect(Machine.step(&m, .filesMayWait) == [], "nothing is claimed for a stage that is ill")
        #expect(Machine.step(&m, .resumed(stage: 0)) == [.process(1, stage: 0), .claim(2, limit: 100)])
        #expect(Machine.step(&m, .failed(1, .temporary)) == [.pause(stage: 0, .seconds(2))], "twice as long")
        _ = Machine.step(&m, .claimed(2, count: 0, more: false))
        #expect(Machine.step(&m, .resumed(stage: 0)) == [.process(1, stage: 0)])
        #expect(Machine.step(&m, .answered(1, remaining: 5)) == [.recovered(stage: 0), .finish(1)])
    }

    @Test func theDeliveryThatMakesAStageFailForGoodIsFoundByHalving() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 3, more: false))
        #expect(
            Machine.step(&m, .failed(1, .permanent))
                == [.split(1, count: 1, first: 2, second: 3), .process(2, stage: 0)])
        #expect(Machine.step(&m, .answered(2, remaining: 1)) == [.finish(2), .process(3, stage: 0)])
        #expect(
            Machine.step(&m, .failed(3, .permanent))
                == [.split(3, count: 1, first: 4, second: 5), .process(4, stage: 0)])
        #expect(Machine.step(&m, .failed(4, .permanent)) == [.quarantine(4, stage: 0), .process(5, stage: 0)])
        #expect(Machine.step(&m, .answered(5, remaining: 1)) == [])
        #expect(Machine.step(&m, .finished(2)) == [.finish(4)])
        #expect(Machine.step(&m, .finished(4)) == [.finish(5)])
        #expect(Machine.step(&m, .finished(5)) == [.rest])
    }

    @Test func aStageThatFailsForEveryDeliveryIsIllItself() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 8, more: false))
        var quarantined = 0
        var pauses = 0
        var actions: [Machine.Action] = [.process(1, stage: 0)]
        while !actions.isEmpty, pauses == 0 {
            switch actions.removeFirst() {
            case .process(let id, _, _): actions += Machine.step(&m, .failed(id, .permanent))
            case .finish(let id): actions += Machine.step(&m, .finished(id))
            case .quarantine: quarantined += 1
            case .pause: pauses += 1
            default: break
            }
        }
        #expect(quarantined == 3)
        #expect(pauses == 1, "the rest waits for the stage instead of being set aside")
    }

    @Test func stopFinishesWhatIsInWorkAndClaimsNothing() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 1, more: false))
        #expect(Machine.step(&m, .stop) == [])
        #expect(Machine.step(&m, .filesMayWait) == [])
        #expect(Machine.step(&m, .answered(1, remaining: 1)) == [.finish(1)])
        #expect(Machine.step(&m, .finished(1)) == [.end])
    }

    @Test func theDeliveriesOfABatchThatOverranAreOfferedOneByOne() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 3, more: false))
        #expect(Machine.step(&m, .overran(1)) == [.scatter(1, into: [2, 3, 4]), .process(2, stage: 0, isTrial: true)])
        #expect(Machine.step(&m, .answered(2, remaining: 1)) == [.finish(2), .process(3, stage: 0, isTrial: true)])
        #expect(Machine.step(&m, .overran(3)) == [.setAside(3, stage: 0)])
        #expect(Machine.step(&m, .finished(2)) == [.finish(3)])
        #expect(
            Machine.step(&m, .finished(3)) == [.process(4, stage: 0, isTrial: true)],
            "not before it is noted that the third is set aside")
        #expect(Machine.step(&m, .answered(4, remaining: 1)) == [.finish(4)])
    }

    @Test func theOneThatOverrunsAloneIsHeld() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 1, more: false, alone: true))
        #expect(Machine.step(&m, .overran(1)) == [.quarantine(1, stage: 0), .finish(1)])
    }

    @Test func partsOfABatchAreOneBatchAgainBehindTheStageThatFailedForIt() {
        var m = machine(stages: 2)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 4, more: false))
        _ = Machine.step(&m, .overran(1))
        #expect(
            Machine.step(&m, .answered(2, remaining: 1))
                == [.process(2, stage: 1), .process(3, stage: 0, isTrial: true)])
        #expect(Machine.step(&m, .answered(3, remaining: 1)) == [.process(4, stage: 0, isTrial: true)])
        #expect(Machine.step(&m, .answered(4, remaining: 1)) == [.process(5, stage: 0, isTrial: true)])
        #expect(
            Machine.step(&m, .answered(2, remaining: 1))
                == [.finish(2), .join([3, 4], into: 6), .process(6, stage: 1)])
    }

    @Test(arguments: [PluginFailure.Kind.permanent, .temporary])
    func noNumberOfBadDeliveriesInARowHoldsUpTheGoodOneBehindThem(kind: PluginFailure.Kind) {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        // The bad ones come first, and nothing else comes to the stage meanwhile.
        var bad: [Machine.BatchID: Int] = [1: 7]
        var actions = Machine.step(&m, .claimed(1, count: 8, more: false))
        var finished = 0
        var steps = 0
        while finished == 0, !actions.isEmpty, steps < 1000 {
            steps += 1
            switch actions.removeFirst() {
            case .split(let id, let count, let first, let second):
                let all = bad[id] ?? 0
                (bad[first], bad[second]) = (min(all, count), max(0, all - count))
            case .process(let id, _, _):
                if bad[id] == 0 { finished += 1 }
                actions += Machine.step(&m, .failed(id, kind))
            case .claim(let id, _): actions += Machine.step(&m, .claimed(id, count: 0, more: false))
            case .finish(let id): actions += Machine.step(&m, .finished(id))
            case .pause(let stage, _): actions += Machine.step(&m, .resumed(stage: stage))
            default: break
            }
        }
        #expect(finished == 1, "the good one was never offered without the bad ones")
    }

    @Test func aBatchThatIsToBeAloneWaitsForTheOthersAndKeepsThemWaiting() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        #expect(Machine.step(&m, .claimed(1, count: 5, more: true)) == [.process(1, stage: 0), .claim(2, limit: 100)])
        #expect(Machine.step(&m, .claimed(2, count: 1, more: true, alone: true)) == [], "it waits for batch 1")
        #expect(Machine.step(&m, .answered(1, remaining: 5)) == [.finish(1)])
        #expect(Machine.step(&m, .finished(1)) == [.process(2, stage: 0)], "nothing is claimed beside it")
        #expect(Machine.step(&m, .answered(2, remaining: 1)) == [.finish(2)])
        #expect(Machine.step(&m, .finished(2)) == [.claim(3, limit: 100)])
    }

    @Test func whatIsDecidedAtTheDoorIsFinishedWithoutAStage() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        #expect(Machine.step(&m, .claimed(1, count: 0, decided: 2, more: false)) == [.finish(1)])
        #expect(Machine.step(&m, .finished(1)) == [.rest])
    }

    @Test func stopDoesNotWaitForAStageThatIsIll() {
        var m = machine(stages: 1)
        _ = Machine.step(&m, .filesMayWait)
        _ = Machine.step(&m, .claimed(1, count: 1, more: false))
        _ = Machine.step(&m, .failed(1, .temporary))
        #expect(Machine.step(&m, .stop) == [.end], "what is left is taken up at the next start")
    }

    @Test(arguments: 0..<200) func everyDeliveryIsFinishedWhateverTheOrder(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var m = machine(stages: 3, batches: 3)
        var waiting = 500
        var finished = 0
        var counts: [Machine.BatchID: Int] = [:]
        var aside: Set<Machine.BatchID> = []
        var running: [Machine.Action] = []
        var pending = Machine.step(&m, .filesMayWait)
        var steps = 0
        while !pending.isEmpty || !running.isEmpty {
            steps += 1
            if steps > 20_000 { break }
            for action in pending {
                switch action {
                case .split(let id, let count, let first, let second):
                    counts[first] = count
                    counts[second] = (counts.removeValue(forKey: id) ?? 0) - count
                case .scatter(let id, let ids):
                    counts[id] = nil
                    for id in ids { counts[id] = 1 }
                case .join(let ids, let into):
                    counts[into] = ids.reduce(0) { $0 + (counts.removeValue(forKey: $1) ?? 0) }
                case .setAside(let id, _): aside.insert(id)
                case .rest: break
                default: running.append(action)
                }
            }
            pending = []
            guard !running.isEmpty else { break }
            let action = running.remove(at: Int(random.next() % UInt64(running.count)))
            switch action {
            case .claim(let id, let limit):
                let count = min(waiting, 1 + Int(random.next() % UInt64(limit)))
                waiting -= count
                counts[id] = count
                pending = Machine.step(&m, .claimed(id, count: count, more: waiting > 0))
            case .process(let id, _, _):
                switch random.next() % 8 {
                case 0: pending = Machine.step(&m, .failed(id, .temporary))
                case 1: pending = Machine.step(&m, .failed(id, .permanent))
                case 2: pending = Machine.step(&m, .overran(id))
                default: pending = Machine.step(&m, .answered(id, remaining: counts[id] ?? 0))
                }
            case .finish(let id):
                let count = counts.removeValue(forKey: id) ?? 0
                if aside.contains(id) { waiting += count } else { finished += count }
                pending = Machine.step(&m, .finished(id))
                if aside.contains(id) { pending += Machine.step(&m, .filesMayWait) }
            case .pause(let stage, _): pending = Machine.step(&m, .resumed(stage: stage))
            case .split, .scatter, .join, .quarantine, .setAside, .recovered, .rest, .end: break
            }
            #expect(m.batchesInWork <= 3 * 101)
        }
        #expect(finished == 500)
        #expect(waiting == 0)
    }
}

/// Small, repeatable random numbers (splitmix64).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
