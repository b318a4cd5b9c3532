import EventModel
import Pipeline
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Spool

/// Outcomes that the spool cannot take for a while.
@Suite struct PostponedTests {
    private let clock = HeldClock()
    private let spool: SimulatedSpool
    private let reception: Reception
    private let completion: Completion

    init() throws {
        spool = SimulatedSpool(clock, seed: 1)
        let configuration = Configuration()
        let desk = Desk()
        reception = try Reception(spool: spool, configuration: configuration, desk: desk, clock: clock) { _ in }
        completion = Completion(
            configuration, spool: spool, desk: desk, progress: Progress(), clock: clock,
            journal: Journal(.json, level: .error, descriptor: -1))
    }

    private func finishOne(_ number: Int, _ verdict: Verdict) async throws {
        spool.state.withLock { state in
            state.disk.incoming[FileName(trusted: Array("f\(number)".utf8))] = SimulatedFile(
                inode: UInt64(number + 1), drop: number, owner: 1, size: 1, changedAt: 0)
        }
        let claimed = try await reception.take([Hints(isScanNeeded: true)], files: 10)
        let passages = claimed.passages.map { Passage($0.delivery, decided: Answer(verdict, reason: "decided")) }
        _ = try await completion.finish(passages, for: reception)
    }

    @Test func theyAreTriedAgainAndNotWithEveryBatch() async throws {
        spool.state.withLock { $0.refusing = [.rejected] }
        try await finishOne(0, .reject)
        #expect(spool.state.withLock { $0.refusals } == 1)
        for number in 1...20 { try await finishOne(number, .hold) }
        #expect(spool.state.withLock { $0.refusals } == 1, "others do not pay for it")
        #expect(spool.state.withLock { $0.disk[.held].count } == 20)
        _ = try await completion.retryPostponed(for: reception)
        #expect(spool.state.withLock { $0.refusals } == 2)
        spool.state.withLock { $0.refusing = [] }
        _ = try await completion.retryPostponed(for: reception)
        #expect(spool.state.withLock { $0.disk[.rejected].count } == 1)
        #expect(completion.postponedCount == 0)
    }
}
