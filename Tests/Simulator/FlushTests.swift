import Pipeline
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Spool

/// After a flush that failed nothing is tried again: the run ends, and the next start recovers.
@Suite struct FlushTests {
    private let clock = HeldClock()
    private let desk = Desk()

    private func reception(_ spool: SimulatedSpool) throws -> Reception {
        try Reception(spool: spool, configuration: Configuration(), desk: desk, clock: clock) { _ in }
    }

    @Test func whileAnOutcomeIsCarriedOut() async throws {
        let spool = SimulatedSpool(clock, seed: 1)
        spool.state.withLock { state in
            state.disk.incoming[FileName(trusted: Array("a".utf8))] = SimulatedFile(
                inode: 1, drop: 0, owner: 1, size: 1, changedAt: 0)
        }
        let passages = try await reception(spool).take([Hints(isScanNeeded: true)], files: 10).passages
        #expect(passages.count == 1)
        spool.state.withLock { $0.failsToFlush = true }
        let completion = Completion(
            Configuration(), spool: spool, desk: desk, progress: Progress(), clock: clock,
            journal: Journal(.json, level: .error, descriptor: -1))
        let failure = await #expect(throws: PluginFailure.self) { _ = try await completion.finish(passages) }
        #expect(failure?.kind == .durability)
        #expect(completion.postponedCount == 0)
    }

    @Test func whileFilesAreTaken() async throws {
        let spool = SimulatedSpool(clock, seed: 1)
        let reception = try reception(spool)
        spool.state.withLock { $0.failsToFlush = true }
        let failure = await #expect(throws: PluginFailure.self) { _ = try await reception.take([], files: 10) }
        #expect(failure?.kind == .durability)
    }
}
