import Configuration
import EventModel
import PluginKit
import Synchronization
import TestKit

@testable import Daemon
@testable import Pipeline
@testable import Spool

/// One life of a daemon under a random seed: what is dropped, when stages fall ill, when the process ends. The clock is
/// held, the disk and the stages are simulated; taking in, the pipeline and finishing are the real ones.
struct Simulation {
    enum Event {
        case drop
        case closed(FileName)
        case heard(Hints)
        case rescan
        case look
        case claim(Machine.BatchID, limit: Int)
        case call(Machine.BatchID, stage: Int, [Delivery], isTrial: Bool)
        case finish(Machine.BatchID, [Passage])
        case resume(stage: Int)
        case kill
        case cutPower
        case reload
        case stop
        case retryPostponed
        case trouble
        case start
    }

    struct Scheduled {
        let time: Duration
        let order: Int
        /// The run of the process it belongs to; nil for what happens whatever runs.
        let run: Int?
        let event: Event
    }

    /// What the pipeline is ended in order for.
    private enum Wanted { case reload, stop }

    let plan: Plan
    let clock = HeldClock()
    let spool: SimulatedSpool
    var random: SimulatedRandom
    var stages = SimulatedStages()
    var faults: [String] = []
    var trace = Trace()
    var agenda = Agenda()
    private var house: SimulatedHouse
    private var run = 0
    private var isRunning = false
    private var wanted: Wanted?
    var dropped = 0
    /// Drops whose file came to have other bytes while it was in work.
    var changedInWork: Set<Int> = []
    /// Drops in files whose former bytes ended the process: they may be held for that.
    var heirsOfKillers: Set<Int> = []
    /// Drops whose bytes the daemon has read.
    private(set) var read: Set<Int> = []
    var whole: [Int: Duration] = [:]
    var nextInode: UInt64 = 1

    init(seed: Int, damage: SimulatedSpool.Damage? = nil) throws {
        random = SimulatedRandom(seed: seed)
        plan = Plan(&random)
        spool = SimulatedSpool(clock, seed: seed)
        house = try SimulatedHouse(plan, spool, clock)
        spool.state.withLock { $0.damage = damage }
    }

    /// Lives until everything that was dropped has come to its end, and says what was wrong.
    mutating func live() async throws {
        schedule(.start, after: .zero)
        for _ in 0..<plan.drops { schedule(.drop, after: random.milliseconds(0...plan.span)) }
        for _ in 0..<plan.kills { schedule(.kill, after: random.milliseconds(1...plan.span)) }
        for _ in 0..<plan.powerCuts { schedule(.cutPower, after: random.milliseconds(1...plan.span)) }
        for _ in 0..<plan.reloads { schedule(.reload, after: random.milliseconds(1...plan.span)) }
        for _ in 0..<plan.stops { schedule(.stop, after: random.milliseconds(1...plan.span)) }
        for _ in 0..<plan.troubles { schedule(.trouble, after: random.milliseconds(1...plan.span)) }
        schedule(.rescan, after: plan.rescan)
        while let next = agenda.next() {
            clock.advance(by: max(.zero, next.time - clock.uptime))
            if let run = next.run, run != self.run { continue }
            try await happen(next.event)
            if spool.state.withLock({ $0.isDead }) { end(after: .seconds(1)) }
            if clock.uptime > plan.limit {
                let lying = spool.state.withLock { state in
                    state.disk.incoming.keys.map { "incoming/\($0)" }
                        + [Folder.active, .deferred].flatMap { folder in
                            state.disk[folder].values.map { "\(folder.rawValue)/\($0.name) (drop \($0.file.drop))" }
                        }
                }
                faults.append("not at rest after \(clock.uptime.words): \(lying)")
                return
            }
        }
    }

    mutating func schedule(_ event: Event, after wait: Duration, ofRun: Bool = false) {
        agenda.add(clock.uptime + wait, run: ofRun ? run : nil, event)
    }

    private mutating func look(after wait: Duration) {
        let time = clock.uptime + wait
        if let next = house.nextLook, next <= time { return }
        house.nextLook = time
        schedule(.look, after: wait, ofRun: true)
    }

    private mutating func retryPostponed() {
        guard house.completion.postponedCount > 0, !house.isRetryDue else { return }
        house.isRetryDue = true
        schedule(.retryPostponed, after: plan.configuration.spool.pause, ofRun: true)
    }

    private mutating func happen(_ event: Event) async throws {
        switch event {
        case .drop: drop()
        case .closed(let name): close(name)
        case .heard(let hints):
            house.hints.append(hints)
            try await step(.filesMayWait)
        case .rescan:
            guard !isAtRest else { return }
            schedule(.rescan, after: plan.rescan)
            // A stage that has failed for several in a row learns from good ones that it is not ill.
            if clock.uptime > .milliseconds(plan.span) + .seconds(60), dropped < plan.drops + 60 { drop(.good) }
            guard isRunning else { return }
            house.hints.append(Hints(isScanNeeded: true))
            try await step(.filesMayWait)
        case .look:
            if house.nextLook == clock.uptime { house.nextLook = nil }
            try await step(.filesMayWait)
        case .claim(let id, let limit):
            let claimed = try await house.claim(limit)
            trace.note("claimed", claimed.passages.map(SimulatedHouse.drop))
            for drop in claimed.passages.map(SimulatedHouse.drop) where whole[drop] == nil && !read.contains(drop) {
                faults.append("drop \(drop) was taken before it was whole")
            }
            read.formUnion(claimed.passages.map(SimulatedHouse.drop))
            check(claimed, limit)
            if let wait = claimed.lookAgain, wait > .zero { look(after: wait) }
            try await step(.claimed(id, claimed))
        case .call(let id, let stage, let deliveries, let isTrial): try await call(id, stage, deliveries, isTrial)
        case .finish(let id, let passages):
            let isLookDue = try await house.completion.finish(passages, for: house.reception)
            let through = passages.filter { $0.asideReason == nil }
            trace.note("finished", through.filter { !$0.hasMore }.map(SimulatedHouse.drop))
            trace.note("goes on", through.filter(\.hasMore).map(SimulatedHouse.drop))
            if isLookDue { try await step(.filesMayWait) }
            try await step(.finished(id))
            retryPostponed()
        case .retryPostponed:
            house.isRetryDue = false
            retryPostponed()
            if try await house.completion.retryPostponed(for: house.reception) { try await step(.filesMayWait) }
        case .resume(let stage): try await step(.resumed(stage: stage))
        case .kill: kill()
        case .cutPower:
            let lost = spool.state.withLock { $0.disk.cutPower(&random) }
            trace.note("power cut, \(lost) changes lost")
            end(after: .seconds(30))
        case .reload:
            guard isRunning, wanted == nil else { return }
            wanted = .reload
            try await step(.stop)
        case .stop:
            guard isRunning, wanted == nil else { return }
            wanted = .stop
            try await step(.stop)
        case .trouble: trouble()
        case .start: try await start()
        }
    }

    // MARK: The process

    private mutating func start() async throws {
        run += 1
        isRunning = true
        trace.note("start")
        spool.state.withLock { state in
            (state.isDead, state.changesLeft) = (false, nil)
            state.disk.recallUnanswered()
        }
        house = try SimulatedHouse(plan, spool, clock)
        await house.begin(plan)
        try await step(.filesMayWait)
    }

    private mutating func end(after pause: Duration) {
        guard isRunning else { return }
        isRunning = false
        wanted = nil
        run += 1
        trace.note("end")
        spool.state.withLock { $0.isDead = true }
        schedule(.start, after: pause)
    }

    /// Ends the process at once, or at one of its next changes of the disk.
    private mutating func kill() {
        guard isRunning else { return }
        if random.chance(30) { return end(after: .seconds(1)) }
        let left = random.int(0...12)
        spool.state.withLock { $0.changesLeft = left }
    }

    private mutating func step(_ event: PipelineState.Event) async throws {
        guard isRunning else { return }
        for action in PipelineState.step(&house.state, event) {
            switch action {
            case .claim(let id, let limit):
                schedule(.claim(id, limit: limit), after: random.milliseconds(0...3), ofRun: true)
            case .process(let id, let stage, let deliveries, let isTrial):
                schedule(
                    .call(id, stage: stage, deliveries, isTrial: isTrial), after: random.milliseconds(1...20),
                    ofRun: true)
            case .finish(let id, let passages):
                schedule(.finish(id, passages), after: random.milliseconds(1...10), ofRun: true)
            case .pause(let stage, _, let pause, _): schedule(.resume(stage: stage), after: pause, ofRun: true)
            case .end:
                switch wanted {
                case .reload:
                    wanted = nil
                    trace.note("reloaded")
                    try await house.reload(plan, spool, clock)
                    run += 1
                    try await step(.filesMayWait)
                case .stop:
                    await house.reception.leave()
                    end(after: .seconds(1))
                case nil: continue
                }
                return
            case .carryOut, .finishOrder, .recovered, .rest: continue
            }
        }
        if house.state.batchesInWork > plan.batches + plan.batch * plan.batches {
            faults.append("\(house.state.batchesInWork) batches are in work")
        }
    }

    private mutating func call(
        _ id: Machine.BatchID, _ stage: Int, _ deliveries: [Delivery], _ isTrial: Bool
    ) async throws {
        let drops = deliveries.map(SimulatedStages.drop)
        let outcome = stages.call(stage, deliveries, isTrial: isTrial, at: clock.uptime)
        trace.note("stage \(stage) \(outcome.word)", drops)
        switch outcome {
        case .answered(let answers): try await step(.answered(id, stage: stage, answers))
        case .failed(let kind): try await step(.failed(id, stage: stage, PluginFailure(kind, "ill")))
        case .overran:
            let limit = SimulatedStages.manifests[stage].deadline / (isTrial ? 10 : 1)
            clock.advance(by: limit)
            try await step(.overran(id, stage: stage, limit: limit))
        case .ended: end(after: .seconds(1))
        }
    }

    private mutating func check(_ claimed: Claimed, _ limit: Int) {
        if claimed.passages.count > limit { faults.append("\(claimed.passages.count) files claimed, limit \(limit)") }
        if claimed.isAlone, claimed.passages.count > 1 { faults.append("\(claimed.passages.count) files are alone") }
    }
}
