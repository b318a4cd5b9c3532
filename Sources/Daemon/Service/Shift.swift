import Configuration
import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd

/// One configuration at work: its plugins, the pipeline through them, and what carries out the outcomes. A reload ends
/// one shift and begins another.
struct Shift: Sendable {
    let configuration: Configuration
    let completion: Completion
    private let stages: Stages
    private let runner: PipelineRunner
    private let stream: AsyncStream<PipelineInput>
    private let inputs: AsyncStream<PipelineInput>.Continuation
    private let house: House

    /// Builds the plugins; nothing is taken in before ``work()``.
    init(
        _ configuration: Configuration, in house: House, tell: @escaping @Sendable (PipelineNotice) -> Void
    ) async throws(PluginFailure) {
        self.configuration = configuration
        self.house = house
        stages = try await Stages.build(
            configuration, stateDirectory: house.stateDirectory, clock: house.clock, journal: house.journal)
        (stream, inputs) = AsyncStream<PipelineInput>.makeStream()
        let completion = Completion(
            configuration, spool: house.spool, desk: house.desk, progress: house.progress, clock: house.clock,
            journal: house.journal, replies: house.replies, decisions: house.decisions, ledger: stages.ledger)
        self.completion = completion
        let effects = PipelineEffects(
            claim: { limit throws(PluginFailure) in
                try await house.reception.take(house.hints.takeAll(), files: limit)
            },
            finish: { batch throws(PluginFailure) in
                let mayWait = try await completion.finish(batch, for: house.reception)
                return mayWait || house.decisions.isLookDue
            },
            finishOrder: { order, refusal throws(PluginFailure) in try await completion.finish(order, refusal) },
            tell: tell, clock: house.clock)
        var limits = Machine.Limits()
        limits.batch = configuration.stages.map(\.manifest.batchLimit).reduce(configuration.pipeline.batch, min)
        limits.batches = configuration.stages.count + 2
        limits.firstPause = configuration.pipeline.firstPause
        limits.longestPause = configuration.pipeline.longestPause
        limits.failuresInARow = configuration.pipeline.failuresInARow
        let patience = StagePatience(
            grace: configuration.pipeline.cancelGrace, abandonedCalls: configuration.pipeline.maxAbandonedCalls,
            trialDivisor: configuration.pipeline.trialDivisor, orderDeadline: configuration.pipeline.orderDeadline)
        runner = PipelineRunner(stages: stages.list, limits: limits, patience: patience, effects: effects)
    }

    /// Files may be waiting.
    func look() { inputs.yield(.filesMayWait) }

    /// Ends the shift when what is in work is finished.
    func end() { inputs.yield(.stop) }

    /// Drains the plugins of a shift that never worked.
    func abandon() async { _ = await drain() }

    private func drain() async -> PluginFailure? {
        await stages.drain(
            within: Shutdown(configuration.service).limit(of: .drainStages), clock: house.clock, house.journal)
    }

    /// Works until the end is asked for, then drains the plugins. Gives what broke it, if something did.
    func work() async -> PluginFailure? {
        await house.reception.begin(configuration, ledger: stages.ledger)
        do throws(PluginFailure) {
            if let ledger = stages.ledger {
                let waiting = try inSpool()
                try await ledger.reconcile(waiting: waiting)
                await house.reception.noteAnswered(try await ledger.answered().filter(waiting.contains))
            }
        } catch {
            return await drain() ?? error
        }
        let failure = await withTaskGroup(of: Ended.self) { group -> PluginFailure? in
            for stage in stages.list { group.addTask { .plugin(await supervise(stage)) } }
            group.addTask {
                do throws(PluginFailure) {
                    try await runner.run(stream)
                    return .pipeline(nil)
                } catch {
                    return .pipeline(error)
                }
            }
            group.addTask { .plugin(await retryPostponed()) }
            defer { group.cancelAll() }
            for await ended in group {
                switch ended {
                case .plugin(nil): continue
                case .plugin(let failure), .pipeline(let failure): return failure
                }
            }
            return nil
        }
        await completion.retryReplies()
        return await drain() ?? failure
    }

    /// The deliveries that lie in the spool.
    private func inSpool() throws(PluginFailure) -> Set<DeliveryID> {
        do throws(SpoolError) {
            var ids: Set<DeliveryID> = []
            for folder in [Folder.active] + Folder.setAside {
                ids.formUnion(try house.spool.list(folder, after: nil, limit: .max).files.map(\.id))
            }
            return ids
        } catch {
            throw PluginFailure(
                error.isDurabilityLost ? .durability : .temporary, "the spool could not be listed", cause: error)
        }
    }

    /// Tries again and again what the spool could not take, until it is cancelled or promises may be broken.
    private func retryPostponed() async -> PluginFailure? {
        do {
            await completion.retryReplies()
            while true {
                try await house.clock.wait(configuration.spool.pause)
                let mayWait = try await completion.retryPostponed(for: house.reception)
                if mayWait || house.decisions.isLookDue { inputs.yield(.filesMayWait) }
            }
        } catch let failure as PluginFailure {
            return failure
        } catch {
            // ignoring: the shift is over.
            return nil
        }
    }

    private enum Ended: Sendable {
        /// A plugin has no long-lived work, or something may have lost what it promised.
        case plugin(PluginFailure?)
        case pipeline(PluginFailure?)
    }

    private func supervise(_ stage: PipelineStage) async -> PluginFailure? {
        let name = stage.manifest.name
        return await LongLivedWork(plugin: stage.plugin, clock: house.clock) {
            [journal = house.journal] failure, pause in
            journal.write(
                .stageFailed,
                "the long-lived work of stage \(name) failed and is begun again in \(pause.words): \(failure)",
                fields: [.init("TIDINGS_STAGE", name)])
        }.run()
    }
}
