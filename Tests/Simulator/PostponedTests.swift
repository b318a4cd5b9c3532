import EventModel
import Pipeline
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

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
        var configuration = Configuration()
        configuration.spool.pause = .seconds(7)
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
        let claimed = try await completion.claim(from: reception, [Hints(isScanNeeded: true)], files: 10)
        let passages = claimed.passages.map { Passage($0.delivery, decided: Answer(verdict, reason: "decided")) }
        _ = try await completion.finish(passages)
    }

    @Test func theyAreTriedEveryPauseAndNotWithEveryBatch() async throws {
        spool.state.withLock { $0.refusing = [.rejected] }
        try await finishOne(0, .reject)
        #expect(spool.state.withLock { $0.refusals } == 1)
        for number in 1...20 { try await finishOne(number, .hold) }
        #expect(spool.state.withLock { $0.refusals } == 1, "others do not pay for it")
        #expect(spool.state.withLock { $0.disk[.held].count } == 20)
        clock.advance(by: .seconds(6))
        #expect(try await completion.claim(from: reception, [], files: 10).lookAgain == .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(try await completion.claim(from: reception, [], files: 10).lookAgain == .seconds(7))
        #expect(spool.state.withLock { $0.refusals } == 2)
        spool.state.withLock { $0.refusing = [] }
        clock.advance(by: .seconds(7))
        #expect(try await completion.claim(from: reception, [], files: 10).lookAgain == nil)
        #expect(spool.state.withLock { $0.disk[.rejected].count } == 1)
        #expect(completion.postponedCount == 0)
    }
}
