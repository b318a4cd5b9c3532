import Daemon
import EventModel
import PluginKit
import TestKit

/// Does not answer for an event that is called `hang`: it heeds its cancellation, unless it is called `hang hard`.
struct Sleeper: Plugin {
    static let manifest = PluginManifest(
        name: "sleeper", summary: "Hangs when asked to.", requires: [], deadline: .milliseconds(200))
    static let trialDeadline = Duration.milliseconds(20)

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let names = batch.deliveries.flatMap(\.items).map(\.update.name.text)
        if names.contains(where: { $0.hasPrefix("hang") }) {
            await offered.deadlines.untilSomebodyWaits()
            offered.deadlines.advance(by: Sleeper.manifest.deadline)
        }
        if names.contains("hang hard") { await forEver() }
        if names.contains("hang") {
            do {
                try await SystemClock().wait(.seconds(3600))
            } catch {
                throw PluginFailure(.temporary, "it was cancelled", cause: error)
            }
        }
        offered.add(batch)
        return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }

    /// Waits for what never comes.
    private func forEver() async { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
}

/// The machine's clocks, but for the deadlines of the sleeper: they pass when it hangs, and not because the machine is slow.
struct RoomClock: ServiceClock {
    let offered: Offered
    private let system = SystemClock()

    init(_ offered: Offered) { self.offered = offered }

    var now: Instant { system.now }
    var uptime: Duration { system.uptime }

    func wait(_ duration: Duration) async throws(CancellationError) {
        let isDeadline = [Sleeper.manifest.deadline, Sleeper.trialDeadline].contains(duration)
        try await isDeadline ? offered.deadlines.wait(duration) : system.wait(duration)
    }
}
