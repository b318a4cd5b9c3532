import PluginKit
import Synchronization
import TestKit
import Testing

@testable import Daemon

/// A plugin whose long-lived work ends as it is told: one word for each time it is begun.
private final class Outbox: Plugin {
    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    enum End: Sendable { case done, failure(PluginFailure.Kind), cancellation }

    static let manifest = PluginManifest(name: "outbox", summary: "Delivers.")
    private let ends: Mutex<[End]>
    private let clock: HeldClock

    init(_ ends: [End], clock: HeldClock) {
        self.ends = Mutex(ends)
        self.clock = clock
    }

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {
        ends = Mutex([])
        clock = HeldClock()
    }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts { Verdicts([]) }

    func run() async throws(PluginFailure) {
        switch ends.withLock({ $0.isEmpty ? End.done : $0.removeFirst() }) {
        case .done: return
        case .failure(let kind): throw PluginFailure(kind, "the mail server does not answer")
        case .cancellation:
            do throws(CancellationError) {
                try await clock.wait(.seconds(3600))
            } catch {
                throw PluginFailure(.temporary, "interrupted")
            }
        }
    }
}

@Suite struct LongLivedWorkTests {
    private let clock = HeldClock()

    private func work(
        _ ends: [Outbox.End], tell: @escaping @Sendable (PluginFailure, Duration) -> Void = { _, _ in }
    ) -> LongLivedWork {
        LongLivedWork(plugin: Outbox(ends, clock: clock), clock: clock, tell: tell)
    }

    @Test func workThatFailsIsBegunAgainAfterPausesThatDoubleUpToAMinute() async {
        let (pauses, told) = AsyncStream<Duration>.makeStream()
        let work = work(Array(repeating: .failure(.temporary), count: 8) + [.done]) { _, pause in told.yield(pause) }
        async let ended = work.run()
        var heard: [Duration] = []
        for await pause in pauses {
            heard.append(pause)
            await clock.untilSomebodyWaits()
            clock.advance(by: pause)
            if heard.count == 8 { break }
        }
        let failure = await ended
        #expect(failure?.kind == nil)
        #expect(heard == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    }

    @Test func workThatIsDoneIsNotBegunAgain() async {
        let failure = await work([.done, .failure(.permanent)]).run()
        #expect(failure?.kind == nil)
    }

    @Test func workThatMayHaveLostWhatItPromisedEndsTheService() async {
        #expect(await work([.failure(.durability)]).run()?.kind == .durability)
    }

    @Test func aFailureByCancellationIsNoFailure() async {
        let work = work([.cancellation]) { failure, _ in Issue.record("told of \(failure)") }
        let task = Task { await work.run() }
        await clock.untilSomebodyWaits()
        task.cancel()
        let failure = await task.value
        #expect(failure?.kind == nil)
    }

    @Test func theEndIsNotHeldUpByAPause() async {
        let work = work([.failure(.temporary)])
        let task = Task { await work.run() }
        await clock.untilSomebodyWaits()
        task.cancel()
        let failure = await task.value
        #expect(failure?.kind == nil)
    }
}
