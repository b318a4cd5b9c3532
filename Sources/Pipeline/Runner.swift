public import PluginKit
import Synchronization

/// Runs the pipeline: performs its actions, each as a child task, and tells it their ends.
public struct PipelineRunner: Sendable {
    private let stages: [PipelineStage]
    private let limits: Machine.Limits
    private let patience: StagePatience
    private let effects: PipelineEffects
    private let abandoned = AbandonedCalls()

    /// Makes a runner.
    public init(
        stages: [PipelineStage], limits: Machine.Limits, patience: StagePatience = StagePatience(),
        effects: PipelineEffects
    ) {
        self.stages = stages
        self.limits = limits
        self.patience = patience
        self.effects = effects
    }

    private enum Message: Sendable {
        case event(PipelineState.Event)
        case lookAgain(at: Duration)
        case broken(PluginFailure)
    }

    /// Works until it is told to stop and what is in work is finished. Throws when what was promised may not be on
    /// disk, when claiming or finishing is impossible, or when too many calls of plugins had to be left behind: the
    /// service must end and recover at its next start.
    public func run(_ inputs: AsyncStream<PipelineInput>) async throws(PluginFailure) {
        let (messages, mailbox) = AsyncStream<Message>.makeStream()
        let failure = await withDiscardingTaskGroup { group -> PluginFailure? in
            defer { group.cancelAll() }
            group.addTask {
                for await input in inputs {
                    switch input {
                    case .filesMayWait: mailbox.yield(.event(.filesMayWait))
                    case .stop: mailbox.yield(.event(.stop))
                    }
                }
            }
            var state = PipelineState(stages.map(\.manifest), limits: limits)
            var looks = Looks()
            for await message in messages {
                let event: PipelineState.Event
                switch message {
                case .broken(let failure): return failure
                case .lookAgain(let time):
                    looks.came(at: time)
                    event = .filesMayWait
                case .event(.claimed(let id, let claimed)):
                    if let wait = claimed.lookAgain, wait > .zero {
                        lookAgain(after: wait, &looks, in: &group, mailbox)
                    }
                    event = .claimed(id, claimed)
                case .event(.failed(_, _, let failure)) where failure.kind == .durability: return failure
                case .event(let other): event = other
                }
                for action in PipelineState.step(&state, event) {
                    if case .end = action {
                        effects.tell(.progress(isBusy: false, isMove: true))
                        return nil
                    }
                    perform(action, in: &group, mailbox)
                }
                effects.tell(.progress(isBusy: state.isBusy, isMove: event.isMove))
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// When the next claim is due by the clock; one timer for all that asked for it.
    private struct Looks {
        private var next: Duration?

        mutating func wants(at time: Duration) -> Bool {
            if let next, next <= time { return false }
            next = time
            return true
        }

        mutating func came(at time: Duration) {
            if next == time { next = nil }
        }
    }

    private func lookAgain(
        after wait: Duration, _ looks: inout Looks, in group: inout DiscardingTaskGroup,
        _ mailbox: AsyncStream<Message>.Continuation
    ) {
        let time = effects.clock.uptime + wait
        guard looks.wants(at: time) else { return }
        let clock = effects.clock
        group.addTask {
            do throws(CancellationError) {
                try await clock.wait(wait)
                mailbox.yield(.lookAgain(at: time))
            } catch {
                // ignoring: the run is over, nobody looks again.
            }
        }
    }

    private func perform(
        _ action: PipelineState.Action, in group: inout DiscardingTaskGroup,
        _ mailbox: AsyncStream<Message>.Continuation
    ) {
        switch action {
        case .claim(let id, let limit):
            group.addTask {
                await tell(mailbox) { () throws(PluginFailure) in .claimed(id, try await effects.claim(limit)) }
            }
        case .process(let id, let index, let deliveries, let isTrial):
            let batch = DeliveryBatch(deliveries)
            let manifest = stages[index].manifest
            let deadline = isTrial ? manifest.deadline / patience.trialDivisor : manifest.deadline
            group.addTask {
                mailbox.yield(
                    await ask(index, id, within: deadline, deliveries: deliveries.count) {
                        plugin throws(PluginFailure) in
                        let verdicts = try await plugin.process(batch)
                        if let breach = verdicts.breach(by: manifest, answering: batch) { throw breach }
                        return verdicts.answers
                    })
            }
        case .carryOut(let id, let index, let order):
            group.addTask {
                mailbox.yield(
                    await ask(index, id, within: patience.orderDeadline, deliveries: 0) {
                        plugin throws(PluginFailure) in
                        try await plugin.carryOut(order)
                        return []
                    })
            }
        case .finish(let id, let passages):
            group.addTask {
                await tell(mailbox) { () throws(PluginFailure) in
                    // Told before the end of the batch, so that nobody takes it for the end of all.
                    if try await effects.finish(passages) { mailbox.yield(.event(.filesMayWait)) }
                    return .finished(id)
                }
            }
        case .finishOrder(let id, let order, let refusal):
            group.addTask {
                await tell(mailbox) { () throws(PluginFailure) in
                    try await effects.finishOrder(order, refusal)
                    mailbox.yield(.event(.filesMayWait))
                    return .finished(id)
                }
            }
        case .pause(let index, let failure, let duration, let isNews):
            effects.tell(.paused(stage: stages[index].manifest.name, failure, duration, isNews: isNews))
            group.addTask {
                do throws(CancellationError) {
                    try await effects.clock.wait(duration)
                    mailbox.yield(.event(.resumed(stage: index)))
                } catch {
                    // ignoring: the run is over, nobody waits for the stage.
                }
            }
        case .recovered(let index): effects.tell(.recovered(stage: stages[index].manifest.name))
        case .rest: effects.tell(.atRest)
        case .end: break
        }
    }

    private func tell(
        _ mailbox: AsyncStream<Message>.Continuation,
        _ event: @Sendable () async throws(PluginFailure) -> PipelineState.Event
    ) async {
        do throws(PluginFailure) {
            mailbox.yield(.event(try await event()))
        } catch {
            mailbox.yield(.broken(error))
        }
    }

    /// Calls a stage under a deadline.
    private func ask(
        _ index: Int, _ id: Machine.BatchID, within deadline: Duration, deliveries: Int,
        _ call: @escaping @Sendable (any Plugin) async throws(PluginFailure) -> [[Answer]]
    ) async -> Message {
        let stage = stages[index]
        let limit = TimeLimit(deadline, grace: patience.grace)
        effects.tell(.patience(stage: stage.manifest.name, limit.deadline + limit.grace))
        let ended = await limit.run(clock: effects.clock) { () -> Result<[[Answer]], PluginFailure> in
            do throws(PluginFailure) {
                return .success(try await call(stage.plugin))
            } catch {
                return .failure(error)
            }
        }
        switch ended {
        case .ended(let result): return .event(event(result, index, id))
        case .endedLate(let result):
            effects.tell(.overran(stage: stage.manifest.name, deadline: limit.deadline, deliveries: deliveries))
            // Who answers in spite of the cancellation has done the work; who throws has given it up.
            if case .failure(let failure) = result, failure.kind != .durability {
                return .event(.overran(id, stage: index, limit: deadline))
            }
            return .event(event(result, index, id))
        case .abandoned:
            let count = abandoned.count()
            effects.tell(.abandoned(stage: stage.manifest.name, count: count))
            if count <= patience.abandonedCalls { return .event(.overran(id, stage: index, limit: deadline)) }
            return .broken(
                PluginFailure(
                    .permanent,
                    "stage \(stage.manifest.name) did not answer within \(limit.deadline.words) and ignored its "
                        + "cancellation; that makes \(count) calls left behind"))
        }
    }

    private func event(
        _ result: Result<[[Answer]], PluginFailure>, _ index: Int, _ id: Machine.BatchID
    ) -> PipelineState.Event {
        switch result {
        case .success(let answers): return .answered(id, stage: index, answers)
        case .failure(let failure): return .failed(id, stage: index, failure)
        }
    }
}

/// How long stages are waited for beyond their deadlines.
public struct StagePatience: Sendable {
    /// How long a call may take to heed its cancellation.
    public var grace: Duration
    /// Calls that may be left behind; one more ends the service.
    public var abandonedCalls: Int
    /// A delivery of a batch that overran has this part of the deadline at its trial alone.
    public var trialDivisor: Int
    /// How long carrying out an order may take: erasing an event may rewrite a whole archive.
    public var orderDeadline: Duration

    /// Makes a patience.
    public init(
        grace: Duration = .seconds(2), abandonedCalls: Int = 1, trialDivisor: Int = 10,
        orderDeadline: Duration = .seconds(1800)
    ) {
        self.trialDivisor = trialDivisor
        self.orderDeadline = orderDeadline
        self.grace = grace
        self.abandonedCalls = abandonedCalls
    }
}

/// Counts the calls that were left behind.
private final class AbandonedCalls: Sendable {
    private let calls = Atomic<Int>(0)

    /// Counts one more, and gives how many there are.
    func count() -> Int { calls.wrappingAdd(1, ordering: .relaxed).newValue }
}
