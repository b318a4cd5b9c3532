public import PluginKit

/// The pipeline with the deliveries in it, without any effect: what happened goes in, what to do comes out. It keeps what
/// the stages said of each delivery; when and where a batch goes is the machine's.
public struct PipelineState: Sendable {
    /// What happened.
    public enum Event: Sendable {
        /// Files may be waiting.
        case filesMayWait
        /// A claim brought this.
        case claimed(Machine.BatchID, Claimed)
        /// The stage that had the batch answered: for each delivery it was offered, an answer an item; none for an order.
        case answered(Machine.BatchID, stage: Int, [[Answer]])
        /// The stage that had the batch failed.
        case failed(Machine.BatchID, stage: Int, PluginFailure)
        /// The stage that had the batch took longer than it may.
        case overran(Machine.BatchID, stage: Int, limit: Duration)
        /// The pause of a stage is over.
        case resumed(stage: Int)
        /// The outcomes of a batch have been carried out.
        case finished(Machine.BatchID)
        /// No more is to be claimed.
        case stop

        /// Whether a delivery has moved.
        public var isMove: Bool {
            switch self {
            case .answered, .failed, .overran, .finished: true
            case .claimed(_, let claimed): !claimed.passages.isEmpty || claimed.order != nil
            case .filesMayWait, .resumed, .stop: false
            }
        }
    }

    /// What to do.
    public enum Action: Sendable {
        /// Claim up to `limit` files.
        case claim(Machine.BatchID, limit: Int)
        /// Offer deliveries to a stage; a trial is given up early.
        case process(Machine.BatchID, stage: Int, [Delivery], isTrial: Bool = false)
        /// Have a stage carry out an order.
        case carryOut(Machine.BatchID, stage: Int, EventOrder)
        /// Carry out the outcomes of a batch. Deliveries that are set aside have none yet.
        case finish(Machine.BatchID, [Passage])
        /// An order is done, or a stage refused it for good.
        case finishOrder(Machine.BatchID, EventOrder, PluginFailure?)
        /// Tell `resumed` after that time. `isNews` says whether the stage has failed otherwise since it last worked.
        case pause(stage: Int, PluginFailure, Duration, isNews: Bool)
        /// A stage that was ill works again.
        case recovered(stage: Int)
        /// Nothing is in work, and nothing is known to wait.
        case rest
        /// The run is over.
        case end
    }

    private struct Batch {
        var passages: [Passage] = []
        var order: EventOrder?
        var refusal: PluginFailure?

        init() {}

        init(joining batches: [Batch]) { passages = batches.flatMap(\.passages) }

        func deliveries(for stage: Int) -> [Delivery] {
            passages.filter { $0.isFor(stage) }.map { $0.delivery(for: stage) }
        }

        var undecided: Int { order == nil ? passages.count { !$0.isDecided } : 1 }
    }

    private let manifests: [PluginManifest]
    private var machine: Machine
    private var batches: [Machine.BatchID: Batch] = [:]
    private var lastFailure: [Int: PluginFailure] = [:]
    /// What was said of stages that are ill.
    private var told: [Int: String] = [:]

    /// A pipeline with nothing in it.
    public init(_ manifests: [PluginManifest], limits: Machine.Limits = Machine.Limits()) {
        self.manifests = manifests
        machine = Machine(stages: manifests.count, limits: limits)
    }

    /// Whether anything is under way whose end will be told. A paused stage alone is not.
    public var isBusy: Bool { machine.isBusy }

    /// Batches that are claimed and not finished.
    public var batchesInWork: Int { machine.batchesInWork }

    /// Takes in what happened and gives what to do, in order.
    public static func step(_ state: inout PipelineState, _ event: Event) -> [Action] {
        var actions: [Action] = []
        // A stage that none of the deliveries is for answers at once, without being asked.
        var events = [state.take(event)]
        while !events.isEmpty {
            for action in Machine.step(&state.machine, events.removeFirst()) {
                state.translate(action, &actions, &events)
            }
        }
        return actions
    }

    private mutating func take(_ event: Event) -> Machine.Event {
        switch event {
        case .filesMayWait: return .filesMayWait
        case .claimed(let id, let claimed): return enter(id, claimed)
        case .answered(let id, let stage, let answers):
            merge(answers, into: id, stage)
            return .answered(id, remaining: batches[id]?.undecided ?? 0)
        case .failed(let id, let stage, let failure):
            lastFailure[stage] = failure
            return .failed(id, failure.kind)
        case .overran(let id, let stage, let limit):
            let words = "it did not finish within \(limit.words)"
            lastFailure[stage] = PluginFailure(.permanent, words)
            return .overran(id)
        case .resumed(let stage): return .resumed(stage: stage)
        case .finished(let id):
            batches[id] = nil
            return .finished(id)
        case .stop: return .stop
        }
    }

    private mutating func enter(_ id: Machine.BatchID, _ claimed: Claimed) -> Machine.Event {
        var batch = Batch()
        batch.order = claimed.order
        batch.passages = claimed.order == nil ? claimed.passages : []
        for index in batch.passages.indices { batch.passages[index].findSkipped(among: manifests) }
        let count = batch.undecided
        let decided = batch.order == nil ? batch.passages.count - count : 0
        if count + decided > 0 { batches[id] = batch }
        return .claimed(
            id, count: count, decided: decided, more: claimed.lookAgain == .zero, alone: claimed.isAlone,
            order: claimed.order != nil)
    }

    private mutating func merge(_ answers: [[Answer]], into id: Machine.BatchID, _ stage: Int) {
        var next = answers.makeIterator()
        let manifest = manifests[stage]
        forEachPassage(of: id, for: stage) { passage in
            if let answers = next.next() { passage.take(answers, of: manifest, at: stage) }
        }
    }

    private mutating func forEachPassage(
        of id: Machine.BatchID, for stage: Int, _ body: (inout Passage) -> Void
    ) {
        guard var batch = batches.removeValue(forKey: id) else { return }
        for index in batch.passages.indices where batch.passages[index].isFor(stage) { body(&batch.passages[index]) }
        batches[id] = batch
    }

    private mutating func translate(
        _ action: Machine.Action, _ actions: inout [Action], _ events: inout [Machine.Event]
    ) {
        switch action {
        case .claim(let id, let limit): actions.append(.claim(id, limit: limit))
        case .process(let id, let stage, let isTrial):
            let batch = batches[id] ?? Batch()
            let deliveries = batch.deliveries(for: stage)
            if let order = batch.order {
                actions.append(.carryOut(id, stage: stage, order))
            } else if deliveries.isEmpty {
                events.append(.skipped(id, remaining: batch.undecided))
            } else {
                actions.append(.process(id, stage: stage, deliveries, isTrial: isTrial))
            }
        case .join(let ids, let into):
            batches[into] = Batch(joining: ids.compactMap { batches.removeValue(forKey: $0) })
        case .setAside(let id, let stage): setAside(id, stage)
        case .split(let id, let count, let first, let second):
            let parts = cut(id, [count])
            (batches[first], batches[second]) = (parts[0], parts[1])
        case .scatter(let id, let ids):
            let parts = cut(id, Array(repeating: 1, count: ids.count - 1))
            for (id, part) in zip(ids, parts) { batches[id] = part }
        case .quarantine(let id, let stage): quarantine(id, stage)
        case .finish(let id):
            let batch = batches[id] ?? Batch()
            if let order = batch.order {
                actions.append(.finishOrder(id, order, batch.refusal))
            } else {
                actions.append(.finish(id, batch.passages))
            }
        case .pause(let stage, let duration):
            let failure = lastFailure[stage] ?? PluginFailure(.temporary, "the stage failed")
            let isNews = told.updateValue("\(failure)", forKey: stage) != "\(failure)"
            actions.append(.pause(stage: stage, failure, duration, isNews: isNews))
        case .recovered(let stage):
            told[stage] = nil
            actions.append(.recovered(stage: stage))
        case .rest: actions.append(.rest)
        case .end: actions.append(.end)
        }
    }

    /// Cuts a batch after so many deliveries that are not decided, again and again; the rest is the last part. Those that
    /// are decided stay with the part they stand in.
    private mutating func cut(_ id: Machine.BatchID, _ counts: [Int]) -> [Batch] {
        guard let batch = batches.removeValue(forKey: id) else { return counts.map { _ in Batch() } + [Batch()] }
        var parts = [Batch()]
        var undecided = 0
        for index in batch.passages.indices {
            let isDecided = batch.passages[index].isDecided
            if !isDecided, parts.count <= counts.count, undecided == counts[parts.count - 1] {
                parts.append(Batch())
                undecided = 0
            }
            if !isDecided { undecided += 1 }
            parts[parts.count - 1].passages.append(batch.passages[index])
        }
        return parts
    }

    private mutating func setAside(_ id: Machine.BatchID, _ stage: Int) {
        let failure = lastFailure[stage] ?? PluginFailure(.permanent, "it failed")
        let reason = "stage \(manifests[stage].name): \(failure)"
        forEachPassage(of: id, for: stage) { $0.setAside(reason) }
    }

    private mutating func quarantine(_ id: Machine.BatchID, _ stage: Int) {
        let name = manifests[stage].name
        let failure = lastFailure[stage] ?? PluginFailure(.permanent, "it failed")
        if batches[id]?.order != nil {
            batches[id]?.refusal = failure
            return
        }
        let reason = "stage \(name) cannot work on this update, and it is held: \(failure)"
        forEachPassage(of: id, for: stage) { $0.hold(reason, at: stage, named: name) }
    }
}
