public import PluginKit

/// The pipeline's decisions, without any effect: what happened goes in, what to do comes out.
///
/// Batches pass the stages in order, one batch in a stage at a time, so that stages overlap and deliveries that speak
/// of the same event are never in work side by side. What a stage fails at is the concern of `StageFailure.swift`.
public struct Machine: Sendable {
    /// Names a batch; never reused within a run.
    public typealias BatchID = Int

    /// What happened.
    public enum Event: Hashable, Sendable {
        /// Files may be waiting.
        case filesMayWait
        /// The claim of a batch brought that many deliveries, of which `count` are for the stages; `more` says that others
        /// are waiting, `alone` that nothing else may be in work beside the batch, and `order` that it is no delivery.
        case claimed(BatchID, count: Int, decided: Int = 0, more: Bool, alone: Bool = false, order: Bool = false)
        /// The stage that had the batch answered; that many deliveries go on to the next.
        case answered(BatchID, remaining: Int)
        /// The stage that was to have the batch has nothing to say about its deliveries, and was not asked.
        case skipped(BatchID, remaining: Int)
        /// The stage that had the batch failed.
        case failed(BatchID, PluginFailure.Kind)
        /// The stage that had the batch took longer than its deadline.
        case overran(BatchID)
        /// The pause of a stage is over.
        case resumed(stage: Int)
        /// The outcomes of a batch have been carried out.
        case finished(BatchID)
        /// No more is to be claimed.
        case stop
    }

    /// What to do.
    public enum Action: Hashable, Sendable {
        /// Claim up to `limit` files as a new batch.
        case claim(BatchID, limit: Int)
        /// Offer a batch to a stage; a trial is given up early.
        case process(BatchID, stage: Int, isTrial: Bool = false)
        /// Make one batch of several, in their order.
        case join([BatchID], into: BatchID)
        /// Make two batches of one: the first `count` of its deliveries, and the rest.
        case split(BatchID, count: Int, first: BatchID, second: BatchID)
        /// Make a batch of each of its deliveries.
        case scatter(BatchID, into: [BatchID])
        /// Hold the deliveries of a batch: the stage cannot work on them.
        case quarantine(BatchID, stage: Int)
        /// Take the deliveries of a batch out of the pipeline at its end: they are claimed again when others are through.
        case setAside(BatchID, stage: Int)
        /// Carry out the outcomes of a batch.
        case finish(BatchID)
        /// Tell the machine `resumed` after that time.
        case pause(stage: Int, Duration)
        /// A stage that was ill works again.
        case recovered(stage: Int)
        /// Nothing is in work, and nothing is known to wait.
        case rest
        /// The run is over.
        case end
    }

    /// The named limits of a pipeline.
    public struct Limits: Sendable {
        /// Deliveries in one batch.
        public var batch: Int
        /// Batches in work at once.
        public var batches: Int
        /// The first pause of an ill stage; each further one is twice as long.
        public var firstPause: Duration
        /// The longest pause of an ill stage.
        public var longestPause: Duration
        /// So many deliveries in a row that a stage fails for mean that the stage itself may be ill; so many pauses, that it
        /// may be the deliveries.
        public var failuresInARow: Int

        /// The defaults for a number of stages.
        public init(
            batch: Int = 512, batches: Int = 5, firstPause: Duration = .seconds(1),
            longestPause: Duration = .seconds(60), failuresInARow: Int = 3
        ) {
            self.batch = batch
            self.batches = batches
            self.firstPause = firstPause
            self.longestPause = longestPause
            self.failuresInARow = failuresInARow
        }
    }

    struct Batch {
        let id: BatchID
        var count: Int
        var isAlone = false
        var isOrder = false
        /// Parts of a batch that a stage failed for stay apart until they have left it.
        var isPart = false
        /// Alone with a stage that its batch kept too long.
        var isTrial = false

        var mayJoin: Bool { !isAlone && !isPart }
    }

    struct Stage {
        var running: Batch?
        var waiting: [Batch] = []
        var isPaused = false
        var pauses = 0
        /// Deliveries in a row that it failed for.
        var failures = 0
        /// Trials in a row that overran.
        var overruns = 0
        /// Set aside by it, and to be noted as such before its next call, which may end the process.
        var awaited: BatchID?
    }

    let limits: Limits
    var stages: [Stage]
    var toFinish: [Batch] = []
    private var finishing: Batch?
    private var claiming: BatchID?
    /// Waits until nothing else is in work.
    private var solitary: Batch?
    private var isAlone = false
    private var filesMayWait = false
    private var isStopping = false
    private var isOver = false
    private var nextBatch = 0

    /// A machine with nothing in work.
    public init(stages: Int, limits: Limits = Limits()) {
        self.limits = limits
        self.stages = Array(repeating: Stage(), count: stages)
    }

    /// Batches that are claimed and not finished.
    public var batchesInWork: Int {
        toFinish.count + (finishing == nil ? 0 : 1) + (solitary == nil ? 0 : 1)
            + stages.reduce(0) { $0 + $1.waiting.count + ($1.running == nil ? 0 : 1) }
    }

    /// Whether anything is under way whose end will be told to the machine. A paused stage alone is not.
    public var isBusy: Bool {
        claiming != nil || finishing != nil || stages.contains { $0.running != nil }
    }

    /// Takes in what happened and gives what to do, in order.
    public static func step(_ machine: inout Machine, _ event: Event) -> [Action] {
        var actions: [Action] = []
        machine.take(event, &actions)
        machine.advance(&actions)
        return actions
    }

    private mutating func take(_ event: Event, _ actions: inout [Action]) {
        switch event {
        case .filesMayWait: filesMayWait = true
        case .claimed(let id, let count, let decided, let more, let alone, let order):
            precondition(claiming == id, "batch \(id) was not being claimed")
            claiming = nil
            if more { filesMayWait = true }
            guard count + decided > 0 else { return }
            let batch = Batch(id: id, count: count, isAlone: alone, isOrder: order)
            if alone { solitary = batch } else { enter(batch, stage: count == 0 ? stages.count : 0) }
        case .answered(let id, let remaining):
            let stage = stageRunning(id)
            (stages[stage].failures, stages[stage].overruns) = (0, 0)
            if stages[stage].pauses > 0 {
                stages[stage].pauses = 0
                actions.append(.recovered(stage: stage))
            }
            leave(stage, remaining)
        case .skipped(let id, let remaining): leave(stageRunning(id), remaining)
        case .failed(let id, let kind): fail(id, isForGood: kind == .permanent, &actions)
        case .overran(let id): overrun(id, &actions)
        case .resumed(let stage): stages[stage].isPaused = false
        case .finished(let id):
            precondition(finishing?.id == id, "batch \(id) was not being finished")
            if finishing?.isAlone == true { isAlone = false }
            finishing = nil
            for index in stages.indices where stages[index].awaited == id { stages[index].awaited = nil }
        case .stop: isStopping = true
        }
    }

    /// The batch of a stage goes on to the next.
    private mutating func leave(_ stage: Int, _ remaining: Int) {
        guard var batch = stages[stage].running else { return }
        stages[stage].running = nil
        batch.count = remaining
        (batch.isPart, batch.isTrial) = (false, false)
        enter(batch, stage: remaining == 0 ? stages.count : stage + 1)
    }

    /// A batch in front of a stage, or in front of its end.
    private mutating func enter(_ batch: Batch, stage: Int) {
        if stage < stages.count { stages[stage].waiting.append(batch) } else { toFinish.append(batch) }
    }

    func stageRunning(_ id: BatchID) -> Int {
        guard let stage = stages.firstIndex(where: { $0.running?.id == id }) else {
            preconditionFailure("batch \(id) is in no stage")
        }
        return stage
    }

    mutating func takeID() -> BatchID {
        nextBatch += 1
        return nextBatch
    }

    private mutating func advance(_ actions: inout [Action]) {
        if let batch = solitary, batchesInWork == 1 {
            solitary = nil
            isAlone = true
            enter(batch, stage: batch.count == 0 ? stages.count : 0)
        }
        if finishing == nil, !toFinish.isEmpty {
            let batch = Machine.join(limits.takeFirst(of: &toFinish), as: &nextBatch, &actions)
            finishing = batch
            actions.append(.finish(batch.id))
        }
        for index in stages.indices.reversed() where stages[index].running == nil && !stages[index].isPaused {
            guard !stages[index].waiting.isEmpty, stages[index].awaited == nil, canLeave(stage: index) else { continue }
            let batch = Machine.join(limits.takeFirst(of: &stages[index].waiting), as: &nextBatch, &actions)
            stages[index].running = batch
            actions.append(.process(batch.id, stage: index, isTrial: batch.isTrial))
        }
        if !isStopping, filesMayWait, claiming == nil, solitary == nil, !isAlone, batchesInWork < limits.batches,
            !(stages.contains { $0.isPaused })
        {
            filesMayWait = false
            let id = takeID()
            claiming = id
            actions.append(.claim(id, limit: limits.batch))
        }
        guard !isBusy, !isOver else { return }
        if isStopping {
            isOver = true
            actions.append(.end)
        } else if batchesInWork == 0, !filesMayWait {
            actions.append(.rest)
        }
    }

    /// One batch of those.
    private static func join(_ batches: [Batch], as next: inout BatchID, _ actions: inout [Action]) -> Batch {
        guard batches.count > 1 else { return batches[0] }
        next += 1
        actions.append(.join(batches.map(\.id), into: next))
        return Batch(id: next, count: batches.reduce(0) { $0 + $1.count })
    }

    /// A stage takes the next batch only when the one it finished has moved on, so that batches do not pile up. Small ones
    /// may: they are joined.
    private func canLeave(stage: Int) -> Bool {
        let next = stage + 1 < stages.count ? stages[stage + 1].waiting : toFinish
        return next.count < 2 || next.reduce(0) { $0 + max(1, $1.count) } < limits.batch
    }
}

extension Machine.Limits {
    /// Takes the first of a line, and those behind it that it can be one batch with.
    fileprivate func takeFirst(of line: inout [Machine.Batch]) -> [Machine.Batch] {
        let first = line.removeFirst()
        guard first.mayJoin else { return [first] }
        var count = first.count
        let others = line.prefix { other in
            count += other.count
            return other.mayJoin && count <= batch
        }
        line.removeFirst(others.count)
        return [first] + others
    }
}
