import PluginKit
import Primitives

/// A plugin's long-lived work, which is begun again when it fails: after a second at first, each further time after twice
/// the pause, up to a minute.
struct LongLivedWork: Sendable {
    private static let pauses = Backoff(first: .seconds(1), longest: .seconds(60))

    let plugin: any Plugin
    let clock: any ServiceClock
    /// Told of each failure, and after what pause the work is begun again.
    let tell: @Sendable (PluginFailure, Duration) -> Void

    /// Works until the plugin has no more to do, or the task is cancelled. Gives the failure that must end the service:
    /// what was promised may not be on disk.
    func run() async -> PluginFailure? {
        var failures = 0
        while !Task.isCancelled {
            do throws(PluginFailure) {
                try await plugin.run()
                return nil
            } catch {
                if error.kind == .durability { return error }
                if Task.isCancelled { return nil }
                failures += 1
                let pause = LongLivedWork.pauses.wait(afterAttempt: failures, jitter: 0)
                tell(error, pause)
                do throws(CancellationError) {
                    try await clock.wait(pause)
                } catch {
                    return nil
                }
            }
        }
        return nil
    }
}
