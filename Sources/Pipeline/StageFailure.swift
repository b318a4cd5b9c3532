import PluginKit

/// What becomes of a batch that a stage fails for, so that nothing that is dropped can hold up the others.
///
/// A stage that says the trouble may pass is paused with everything behind it. A batch that it fails for in spite of some
/// pauses, or for good, is halved until the one delivery is found that does it; one that it takes too long for is
/// scattered, and each delivery has a part of the deadline, since each overrun costs the others its time. What overruns
/// even that is set aside until the others are through, and then has all of the deadline for itself. A delivery that
/// nothing helps is held. When a stage fails for several in a row it may be ill itself: then it is paused, nothing more
/// is held, and the ones that it fails for are set aside, so that each pause tries another one.
extension Machine {
    /// The stage that had the batch failed.
    mutating func fail(_ id: BatchID, isForGood: Bool, _ actions: inout [Action]) {
        let index = stageRunning(id)
        guard let batch = stages[index].running else { return }
        stages[index].running = nil
        let isIll: Bool
        switch remedy(for: batch, index, isForGood) {
        case .tryAgain:
            stages[index].waiting.insert(batch, at: 0)
            isIll = true
        case .halve:
            halve(batch, index, &actions)
            isIll = !isForGood
        case .quarantine:
            stages[index].failures += 1
            quarantine(batch, index, &actions)
            isIll = false
        case .setAside:
            setAside(batch, index, &actions)
            isIll = true
        }
        if isIll { pause(index, &actions) }
    }

    private enum Remedy { case tryAgain, halve, quarantine, setAside }

    private func remedy(for batch: Batch, _ index: Int, _ isForGood: Bool) -> Remedy {
        if batch.isOrder { return isForGood ? .quarantine : .tryAgain }
        if !isForGood, stages[index].pauses < limits.failuresInARow { return .tryAgain }
        if batch.count > 1 { return .halve }
        return isForGood && stages[index].failures < limits.failuresInARow ? .quarantine : .setAside
    }

    /// The stage that had the batch took longer than it may.
    mutating func overrun(_ id: BatchID, _ actions: inout [Action]) {
        let index = stageRunning(id)
        guard let batch = stages[index].running, batch.count > 1 || batch.isTrial else {
            return fail(id, isForGood: true, &actions)
        }
        stages[index].running = nil
        if batch.isTrial {
            stages[index].overruns += 1
            setAside(batch, index, &actions)
            if stages[index].overruns > limits.failuresInARow { pause(index, &actions) }
            return
        }
        let single = (0..<batch.count).map { _ in Batch(id: takeID(), count: 1, isPart: true, isTrial: true) }
        stages[index].waiting.insert(contentsOf: single, at: 0)
        actions.append(.scatter(id, into: single.map(\.id)))
    }

    private mutating func halve(_ batch: Batch, _ index: Int, _ actions: inout [Action]) {
        let first = Batch(id: takeID(), count: batch.count / 2, isPart: true)
        let second = Batch(id: takeID(), count: batch.count - first.count, isPart: true)
        stages[index].waiting.insert(contentsOf: [first, second], at: 0)
        actions.append(.split(batch.id, count: first.count, first: first.id, second: second.id))
    }

    private mutating func quarantine(_ batch: Batch, _ index: Int, _ actions: inout [Action]) {
        toFinish.append(batch)
        actions.append(.quarantine(batch.id, stage: index))
    }

    private mutating func setAside(_ batch: Batch, _ index: Int, _ actions: inout [Action]) {
        var batch = batch
        batch.isPart = true
        toFinish.append(batch)
        stages[index].awaited = batch.id
        actions.append(.setAside(batch.id, stage: index))
    }

    private mutating func pause(_ index: Int, _ actions: inout [Action]) {
        stages[index].isPaused = true
        stages[index].pauses += 1
        let doublings = min(stages[index].pauses - 1, 16)
        actions.append(.pause(stage: index, min(limits.firstPause * (1 << doublings), limits.longestPause)))
    }
}
