public import PluginKit

/// Runs the machine: performs its actions, each as a child task, and tells it their ends.
public struct PipelineRunner: Sendable {
    private let stages: [PipelineStage]
    private let limits: Machine.Limits
    private let effects: PipelineEffects

    /// Makes a runner.
    public init(stages: [PipelineStage], limits: Machine.Limits, effects: PipelineEffects) {
        self.stages = stages
        self.limits = limits
        self.effects = effects
    }

    private enum Message: Sendable {
        case input(PipelineInput)
        case claimed(Machine.BatchID, Claimed)
        case lookAgain(at: Duration)
        case answered(Machine.BatchID, stage: Int, [Answer])
        case failed(Machine.BatchID, stage: Int, PluginFailure)
        case resumed(stage: Int)
        case finished(Machine.BatchID)
        case broken(PluginFailure)

        /// Whether a delivery has moved.
        var isMove: Bool {
            switch self {
            case .answered, .failed, .finished: true
            case .claimed(_, let claimed): !claimed.deliveries.isEmpty
            case .input, .lookAgain, .resumed, .broken: false
            }
        }
    }

    /// Works until it is told to stop and what is in work is finished. Throws when what was promised may not be on
    /// disk, or when claiming or finishing is impossible: the service must end and recover at its next start.
    public func run(_ inputs: AsyncStream<PipelineInput>) async throws(PluginFailure) {
        let (messages, mailbox) = AsyncStream<Message>.makeStream()
        let failure = await withDiscardingTaskGroup { group -> PluginFailure? in
            group.addTask {
                for await input in inputs { mailbox.yield(.input(input)) }
            }
            var work = Work(machine: Machine(stages: stages.count, limits: limits))
            for await message in messages {
                if case .broken(let failure) = message {
                    group.cancelAll()
                    return failure
                }
                if case .failed(_, _, let failure) = message, failure.kind == .durability {
                    group.cancelAll()
                    return failure
                }
                if case .claimed(_, let claimed) = message, let wait = claimed.lookAgain, wait > .zero {
                    lookAgain(after: wait, &work, in: &group, mailbox)
                }
                let isMove = message.isMove
                let actions = Machine.step(&work.machine, work.take(message, stages))
                for action in actions {
                    guard perform(action, &work, in: &group, mailbox) else {
                        effects.tell(.progress(isBusy: false, isMove: true))
                        group.cancelAll()
                        return nil
                    }
                }
                effects.tell(.progress(isBusy: work.machine.isBusy, isMove: isMove))
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// The machine, and the deliveries of its batches.
    private struct Work {
        var machine: Machine
        var batches: [Machine.BatchID: [Finished]] = [:]
        var lastFailure: [Int: PluginFailure] = [:]
        /// When the next claim is due by the clock; one timer for all that asked for it.
        var nextLook: Duration?

        mutating func take(_ message: Message, _ stages: [PipelineStage]) -> Machine.Event {
            switch message {
            case .input(.filesMayWait): return .filesMayWait
            case .input(.stop): return .stop
            case .claimed(let id, let claimed):
                if !claimed.deliveries.isEmpty { batches[id] = claimed.deliveries.map { Finished($0) } }
                return .claimed(id, count: claimed.deliveries.count, more: claimed.lookAgain == .zero)
            case .lookAgain(let time):
                if nextLook == time { nextLook = nil }
                return .filesMayWait
            case .answered(let id, let stage, let answers):
                return .answered(id, remaining: merge(answers, into: id, stage: stages[stage].manifest))
            case .failed(let id, let stage, let failure):
                lastFailure[stage] = failure
                return .failed(id, failure.kind)
            case .resumed(let stage): return .resumed(stage: stage)
            case .finished(let id):
                batches[id] = nil
                return .finished(id)
            case .broken: preconditionFailure("a broken pipeline takes no step")
            }
        }

        private mutating func merge(_ answers: [Answer], into id: Machine.BatchID, stage: PluginManifest) -> Int {
            guard var items = batches.removeValue(forKey: id) else { return 0 }
            var next = answers.makeIterator()
            var remaining = 0
            for index in items.indices where !items[index].isDecided {
                guard let answer = next.next() else { break }
                items[index].take(answer, of: stage)
                if !items[index].isDecided { remaining += 1 }
            }
            batches[id] = items
            return remaining
        }

        mutating func split(_ id: Machine.BatchID, count: Int, _ first: Machine.BatchID, _ second: Machine.BatchID) {
            let items = batches.removeValue(forKey: id) ?? []
            // Deliveries that are decided already stay with the first half; the count is of those that are not.
            var undecided = 0
            let cut = items.firstIndex { item in
                if item.isDecided { return false }
                undecided += 1
                return undecided > count
            }
            batches[first] = Array(items[..<(cut ?? items.endIndex)])
            batches[second] = Array(items[(cut ?? items.endIndex)...])
        }
    }

    private func lookAgain(
        after wait: Duration, _ work: inout Work, in group: inout DiscardingTaskGroup,
        _ mailbox: AsyncStream<Message>.Continuation
    ) {
        let time = effects.clock.uptime + wait
        if let earlier = work.nextLook, earlier <= time { return }
        work.nextLook = time
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

    /// Performs an action; false when the run is over.
    private func perform(
        _ action: Machine.Action, _ work: inout Work, in group: inout DiscardingTaskGroup,
        _ mailbox: AsyncStream<Message>.Continuation
    ) -> Bool {
        let effects = effects
        switch action {
        case .claim(let id, let limit):
            group.addTask {
                do throws(PluginFailure) {
                    mailbox.yield(.claimed(id, try await effects.claim(limit)))
                } catch { mailbox.yield(.broken(error)) }
            }
        case .process(let id, let index):
            let stage = stages[index]
            let batch = DeliveryBatch((work.batches[id] ?? []).filter { !$0.isDecided }.map(\.delivery))
            group.addTask { mailbox.yield(await PipelineRunner.ask(stage, index, batch, id)) }
        case .split(let id, let count, let first, let second): work.split(id, count: count, first, second)
        case .quarantine(let id, let index):
            let manifest = stages[index].manifest
            let why = work.lastFailure[index].map { "\($0)" } ?? "it failed"
            let answer = Answer(
                .hold, reason: "stage \(manifest.name) cannot work on this update and it was set aside: \(why)")
            for item in (work.batches[id] ?? []).indices where work.batches[id]?[item].isDecided == false {
                work.batches[id]?[item].take(answer, of: manifest)
            }
        case .finish(let id):
            let items = work.batches[id] ?? []
            group.addTask {
                do throws(PluginFailure) {
                    try await effects.finish(items)
                    mailbox.yield(.finished(id))
                } catch { mailbox.yield(.broken(error)) }
            }
        case .pause(let index, let duration):
            let failure = work.lastFailure[index] ?? PluginFailure(.temporary, "the stage failed")
            effects.tell(.paused(stage: stages[index].manifest.name, failure, duration))
            group.addTask {
                do throws(CancellationError) {
                    try await effects.clock.wait(duration)
                    mailbox.yield(.resumed(stage: index))
                } catch {
                    // ignoring: the run is over, nobody waits for the stage.
                }
            }
        case .recovered(let index): effects.tell(.recovered(stage: stages[index].manifest.name))
        case .rest: effects.tell(.atRest)
        case .end: return false
        }
        return true
    }

    private static func ask(
        _ stage: PipelineStage, _ index: Int, _ batch: DeliveryBatch, _ id: Machine.BatchID
    ) async -> Message {
        do throws(PluginFailure) {
            let answers = try await stage.plugin.process(batch).answers
            guard answers.count == batch.deliveries.count else {
                throw PluginFailure(
                    .permanent,
                    "plugin \(stage.manifest.name) gave \(answers.count) answers for \(batch.deliveries.count) "
                        + "deliveries; it must give exactly one for each")
            }
            return .answered(id, stage: index, answers)
        } catch {
            return .failed(id, stage: index, error)
        }
    }
}
