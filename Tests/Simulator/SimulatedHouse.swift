import EventModel
import PluginKit
import Systemd
import TestKit

@testable import Configuration
@testable import Daemon
@testable import Pipeline
@testable import Spool

/// What a seed is about.
struct Plan {
    let drops: Int
    /// The time in which things are dropped and go wrong, in milliseconds.
    let span: Int
    let kills: Int
    let powerCuts: Int
    let reloads: Int
    let stops: Int
    let troubles: Int
    let batch: Int
    let batches: Int
    let window: Int
    /// Events of a file that the stages see at once.
    let slice: Int
    let keepsBytes: Bool
    private let natures: [Nature]
    let rescan = Duration.seconds(30)
    /// When everything has to be at rest.
    let limit = Duration.seconds(6 * 3600)

    init(_ random: inout SimulatedRandom) {
        drops = random.int(1...24)
        span = random.int(50...30_000)
        kills = random.chance(60) ? random.int(0...3) : 0
        powerCuts = random.chance(15) ? 1 : 0
        reloads = random.chance(30) ? random.int(1...2) : 0
        stops = random.chance(20) ? random.int(1...2) : 0
        troubles = random.chance(40) ? random.int(1...2) : 0
        batch = random.int(1...8)
        batches = random.int(2...5)
        window = random.int(4...12)
        slice = random.int(1...3)
        keepsBytes = random.chance(70)
        let kinds: [[Nature]] = [[.good], [.good], [.good], Nature.allCases, [.good, .poison, .hang, .poison]]
        natures = kinds[random.int(0...kinds.count - 1)]
    }

    /// Whether something may go wrong that is nobody's drop.
    var hasTrouble: Bool { kills + powerCuts + reloads + stops + troubles > 0 }
    /// Whether some drops are not good.
    var hasBadDrops: Bool { natures.count > 1 }

    /// What the events of a drop do; one of them at most is felt by the others.
    func natures(_ random: inout SimulatedRandom) -> [Nature] {
        var natures: [Nature] = []
        for _ in 0..<(random.chance(60) ? 1 : random.int(2...5)) {
            let next = nature(&random)
            natures.append(next.isFelt && natures.contains(where: \.isFelt) ? .good : next)
        }
        return natures
    }

    private func nature(_ random: inout SimulatedRandom) -> Nature {
        natures.count == 1 || natures.count > 4 && random.chance(60)
            ? .good : natures[random.int(0...natures.count - 1)]
    }

    var configuration: Configuration {
        var configuration = Configuration()
        configuration.spool.window = window
        configuration.spool.replyAccepted = true
        configuration.spool.rescan = rescan
        configuration.pipeline.retryFirst = .seconds(1)
        configuration.pipeline.maxAttempts = 6
        configuration.pipeline.batch = batch
        configuration.pipeline.slice = slice
        if keepsBytes {
            var faults: [SettingFault] = []
            configuration.stages = [
                ConfiguredStage(
                    manifest: SimulatedStages.manifests[1],
                    configured: Registration(Nothing.self).configure(nil, &faults))
            ]
        }
        return configuration
    }

    var limits: Machine.Limits {
        Machine.Limits(batch: batch, batches: batches, firstPause: .seconds(1), longestPause: .seconds(60))
    }

    /// Stands for a plugin in the configuration; nobody builds it.
    private struct Nothing: Plugin {
        static let manifest = PluginManifest(name: "nothing", summary: "")
        struct Settings: PluginSettings { static var schema: [Setting<Self>] { [] } }
        init(settings: Settings, context: PluginContext) async throws(PluginFailure) {}
        func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts { Verdicts([]) }
    }
}

/// One process: what takes in, the pipeline, what finishes.
struct SimulatedHouse {
    var state: PipelineState
    var hints: [Hints] = []
    var nextLook: Duration?
    /// Whether postponed outcomes are going to be tried again.
    var isRetryDue = false
    let reception: Reception
    private(set) var completion: Completion
    private let desk = Desk()
    private static let silent = Journal(.json, level: .error, descriptor: -1)

    init(_ plan: Plan, _ spool: SimulatedSpool, _ clock: HeldClock) throws {
        state = PipelineState(SimulatedStages.manifests, limits: plan.limits)
        reception = try Reception(spool: spool, configuration: plan.configuration, desk: desk, clock: clock) { _ in }
        completion = SimulatedHouse.completion(plan, spool, desk, clock)
    }

    private static func completion(
        _ plan: Plan, _ spool: SimulatedSpool, _ desk: Desk, _ clock: HeldClock
    ) -> Completion {
        Completion(
            plan.configuration, spool: spool, desk: desk, progress: Progress(), clock: clock, journal: silent,
            jitter: { 0 })
    }

    mutating func claim(_ limit: Int) async throws -> Claimed {
        defer { hints = [] }
        return try await reception.take(hints, files: limit)
    }

    /// A shift begins.
    func begin(_ plan: Plan) async { await reception.begin(plan.configuration) }

    /// The next configuration takes over.
    mutating func reload(_ plan: Plan, _ spool: SimulatedSpool, _ clock: HeldClock) async throws {
        if desk.count + completion.postponedCount > 0 { await reception.takeUpAgain() }
        state = PipelineState(SimulatedStages.manifests, limits: plan.limits)
        completion = SimulatedHouse.completion(plan, spool, desk, clock)
        await begin(plan)
        (nextLook, isRetryDue) = (nil, false)
    }

    static func drop(_ passage: Passage) -> Int { SimulatedStages.drop(of: passage.delivery) }
}
