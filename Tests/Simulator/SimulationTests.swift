import Foundation
import Testing

/// Lives of the daemon under random seeds, on a simulated clock and disk, with simulated stages. `TIDINGS_SEED` tells the
/// story of one seed, `TIDINGS_SEEDS` how many are tried (4,000).
@Suite struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds = environment["TIDINGS_SEEDS"].flatMap { Int($0) } ?? 4000
    private static let seed = environment["TIDINGS_SEED"].flatMap { Int($0) }

    private func live(
        _ seed: Int, tells: Bool = false, damage: SimulatedSpool.Damage? = nil
    ) async throws -> (faults: [String], trace: Trace) {
        var simulation = try Simulation(seed: seed, damage: damage)
        simulation.trace.isKept = tells
        try await simulation.live()
        simulation.checkOutcomes()
        return (simulation.faults, simulation.trace)
    }

    @Test(.enabled(if: seed == nil)) func nothingIsLostDoubledOrStarvedUnderAnySeed() async throws {
        let workers = 2
        let failed = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var failed: [String] = []
                    for seed in stride(from: worker, to: Self.seeds, by: workers) where failed.count < 5 {
                        let faults = try await live(seed).faults
                        if let first = faults.first { failed.append("TIDINGS_SEED=\(seed): \(first)") }
                    }
                    return failed
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(failed == [])
    }

    @Test(.enabled(if: seed == nil), arguments: SimulatedSpool.Damage.allCases)
    func aFaultIsFound(_ damage: SimulatedSpool.Damage) async throws {
        for seed in 0..<1000 where try await !live(seed, damage: damage).faults.isEmpty { return }
        Issue.record("a spool that \(damage) passed")
    }

    @Test(.enabled(if: seed == nil)) func aSeedReplaysExactly() async throws {
        for seed in 0..<200 {
            let (first, second) = (try await live(seed), try await live(seed))
            #expect(first.trace.digest == second.trace.digest, "seed \(seed)")
        }
    }

    @Test(.enabled(if: seed != nil, "set TIDINGS_SEED to a seed to be told its story"))
    func theStoryOfOneSeed() async throws {
        let (faults, trace) = try await live(try #require(Self.seed), tells: true)
        print(trace.lines.joined(separator: "\n"))
        #expect(faults == [])
    }
}
