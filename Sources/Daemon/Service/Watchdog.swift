import PluginKit
import Synchronization
import Systemd

/// What the watchdog looks at: whether something is under way, and whether it has moved.
final class Progress: Sendable {
    private let steps = Atomic<Int>(0)
    private let isBusy = Atomic<Bool>(false)
    private let patientUntil = Mutex<[String: Duration]>([:])

    /// A step was made, and perhaps something has moved.
    func step(isBusy busy: Bool, isMove: Bool) {
        if isMove { steps.wrappingAdd(1, ordering: .relaxed) }
        isBusy.store(busy, ordering: .relaxed)
    }

    /// A stage was asked that may take until then, by the monotonic clock.
    func expectNothing(of stage: String, until time: Duration) { patientUntil.withLock { $0[stage] = time } }

    /// Whether a stage is still within its time.
    func isPatient(at time: Duration) -> Bool { patientUntil.withLock { $0.values.contains { time < $0 } } }

    /// How often something has moved so far; nil while nothing is under way.
    var count: Int? { isBusy.load(ordering: .relaxed) ? steps.load(ordering: .relaxed) : nil }
}

/// Feeds the service manager's watchdog only while work progresses, so that a hang ends in a restart.
struct Watchdog: Sendable {
    let notifier: ServiceNotifier
    let progress: Progress
    let clock: any ServiceClock
    let journal: Journal

    /// Runs until it is cancelled. Returns at once where no watchdog is wanted.
    func run() async {
        do {
            guard let interval = try notifier.watchdogInterval() else { return }
            var last: Int?
            var stuckChecks = 0
            while true {
                let count = progress.count
                if count == nil || count != last || progress.isPatient(at: clock.uptime) {
                    try notifier.watchdog()
                    stuckChecks = 0
                } else {
                    stuckChecks += 1
                }
                if stuckChecks == 2 {
                    journal.write(
                        .progressLost,
                        "no step in \((interval / 2).words) although work is under way; without one the service "
                            + "manager restarts the service within \(interval.words)")
                }
                last = count
                try await clock.wait(interval / 4)
            }
        } catch is CancellationError {
            // ignoring: the service ends.
        } catch {
            journal.write(.serviceFailed, "the watchdog cannot be fed: \(error)")
        }
    }
}
