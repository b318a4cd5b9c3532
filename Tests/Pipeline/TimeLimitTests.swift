import PluginKit
import Synchronization
import TestKit
import Testing

@testable import Pipeline

/// Calls that come back late, or not at all.
@Suite struct TimeLimitTests {
    private let clock = HeldClock()
    private let limit = TimeLimit(.seconds(10), grace: .seconds(2))

    @Test func aCallThatEndsInTimeIsNotDisturbed() async {
        let ended = await limit.run(clock: clock) { Task.isCancelled }
        guard case .ended(false) = ended else {
            Issue.record("\(ended)")
            return
        }
    }

    @Test func aCallIsCancelledAtItsDeadline() async {
        async let ended = limit.run(clock: clock) {
            do throws(CancellationError) {
                try await clock.wait(.seconds(3600))
                return "waited"
            } catch {
                return "cancelled"
            }
        }
        await clock.untilSomebodyWaits(count: 2)
        clock.advance(by: .seconds(10))
        guard case .endedLate("cancelled") = await ended else {
            Issue.record("it was not cancelled")
            return
        }
    }

    @Test func aCallThatIgnoresItsCancellationIsLeftBehind() async {
        async let ended = limit.run(clock: clock) {
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
        await clock.untilSomebodyWaits()
        clock.advance(by: .seconds(10))
        await clock.untilSomebodyWaits()
        clock.advance(by: .seconds(2))
        guard case .abandoned = await ended else {
            Issue.record("it was waited for")
            return
        }
    }
}
