import EventModel
import Pipeline
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Spool

/// When what was deferred is looked for.
@Suite struct DueTests {
    @Test func aDeferredFileIsLookedForWhenItsTimeComes() async throws {
        let clock = HeldClock()
        let spool = SimulatedSpool(clock, seed: 1)
        let reception = try Reception(spool: spool, configuration: Configuration(), desk: Desk(), clock: clock) { _ in }
        #expect(try await reception.take([], files: 10).lookAgain == nil, "nothing is known to wait")
        await reception.deferred(until: clock.now.adding(.seconds(70)))
        await reception.deferred(until: clock.now.adding(.seconds(90)))
        #expect(try await reception.take([], files: 10).lookAgain == .seconds(70))
    }
}
