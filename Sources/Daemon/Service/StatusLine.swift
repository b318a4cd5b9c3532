import PluginKit
import Systemd

/// Keeps the line that `systemctl status` shows: what is in work, what was done, and how fast.
struct StatusLine: Sendable {
    /// How often it looks whether the line has to change.
    static let interval = Duration.seconds(5)

    let notifier: ServiceNotifier
    let house: House

    /// Runs until it is cancelled.
    func run() async {
        guard notifier.isSupervised else { return }
        var last = house.desk.outcomes
        var shown = ""
        do {
            while true {
                try await house.clock.wait(StatusLine.interval)
                let done = house.desk.outcomes
                let line = StatusLine.words(
                    inWork: house.desk.count, done: done, since: done - last, StatusLine.interval)
                last = done
                if line != shown { try notifier.status(line) }
                shown = line
            }
        } catch is CancellationError {
            // ignoring: the service ends.
        } catch {
            house.journal.write(.serviceFailed, "the status cannot be told: \(error)", priority: .warning)
        }
    }

    /// `working: 512 in work, 20480 done since the start, 4096 a second`, or `idle: …`.
    static func words(inWork: Int, done: Int, since: Int, _ interval: Duration) -> String {
        let all = "\(done) done since the start"
        if inWork == 0, since == 0 { return "idle: \(all)" }
        return "working: \(inWork) in work, \(all), \(since * 1000 / max(1, interval.milliseconds)) a second"
    }
}
