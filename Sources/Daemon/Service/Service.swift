import Configuration
import CommandLineKit
import Pipeline
import PluginKit
import Spool
import Systemd

/// The daemon's life: open, recover, be ready, work, reload, stop.
struct Service: Sendable {
    let loader: ConfigurationLoader
    let house: House
    /// Work the backlog off and end.
    let isOnce: Bool
    private let notifier = ServiceNotifier()

    init(loader: ConfigurationLoader, house: House, isOnce: Bool) {
        self.loader = loader
        self.house = house
        self.isOnce = isOnce
    }

    private enum Event: Sendable {
        case signal(ServiceSignal)
        case heard
        case notice(PipelineNotice)
        case shiftEnded(PluginFailure?)
        case stopIsOverdue
    }

    /// Runs until it is told to stop, or with `isOnce` until the backlog is worked off.
    func run(_ configuration: Configuration, _ signals: AsyncStream<ServiceSignal>) async throws(PluginFailure)
        -> ExitStatus
    {
        let (events, mailbox) = AsyncStream<Event>.makeStream()
        let shift = try await Shift(configuration, in: house, tell: listener(mailbox))
        let status = await withTaskGroup(of: Void.self) { group in
            group.addTask { for await signal in signals { mailbox.yield(.signal(signal)) } }
            group.addTask { await listen(mailbox) }
            group.addTask { await StatusLine(notifier: notifier, house: house).run() }
            group.addTask {
                await Watchdog(
                    notifier: notifier, progress: house.progress, clock: house.clock, journal: house.journal
                ).run()
            }
            let status = await loop(events, mailbox, shift)
            house.ears.close()
            group.cancelAll()
            return status
        }
        return status
    }

    private func listener(_ mailbox: AsyncStream<Event>.Continuation) -> @Sendable (PipelineNotice) -> Void {
        { [progress = house.progress, clock = house.clock] notice in
            switch notice {
            case .progress(let isBusy, let isMove): progress.step(isBusy: isBusy, isMove: isMove)
            case .patience(let stage, let limit): progress.expectNothing(of: stage, until: clock.uptime + limit)
            default: mailbox.yield(.notice(notice))
            }
        }
    }

    private func listen(_ mailbox: AsyncStream<Event>.Continuation) async {
        await house.ears.listen { [house] heard in
            switch heard {
            case .hints(let hints): if house.hints.add(hints) { mailbox.yield(.heard) }
            case .trouble(let error): house.journal.write(error.watchEntry(rescan: house.rescan))
            case .mended(let error): house.journal.write(error.mendedEntry)
            }
        }
    }

    private func loop(
        _ events: AsyncStream<Event>, _ mailbox: AsyncStream<Event>.Continuation, _ first: Shift
    ) async -> ExitStatus {
        var shift = first
        var next: Shift?
        var isStopping = false
        var isReloadWanted = false
        var once = OnceRule(begin: house.clock.uptime, patience: first.configuration.spool.rescan)
        begin(shift, mailbox)
        ready()
        house.journal.write(.serviceReady, "ready: updates dropped into \(house.spool.path)/incoming are taken")
        for await event in events {
            switch event {
            case .heard: shift.look()
            case .signal(.stop):
                if !isStopping { stop(shift, mailbox) }
                isStopping = true
            case .signal(.reload):
                guard !isStopping else { continue }
                isReloadWanted = next != nil
                if isReloadWanted { continue }
                next = await reload(shift, mailbox)
                if next != nil { shift.end() }
            case .notice(let notice):
                report(notice)
                guard isOnce, !isStopping else { continue }
                switch await once.decide(notice, house, postponed: shift.completion.postponedCount) {
                case .goOn: continue
                case .end: break
                case .giveUp(let reason):
                    house.journal.write(
                        .serviceStopping, "what is left is not waited for: \(reason)", priority: .warning)
                }
                isStopping = true
                shift.end()
            case .stopIsOverdue:
                house.journal.write(
                    .serviceStopping, "work did not end within the stop timeout", priority: .warning)
                return isOnce ? .attention : .ok
            case .shiftEnded(let failure?):
                await next?.abandon()
                if failure.kind == .durability { await house.reception.leave() }
                return broken(failure)
            case .shiftEnded(nil):
                guard let following = next, !isStopping else {
                    await next?.abandon()
                    await house.reception.leave()
                    house.spool.release()
                    return isOnce && (once.hasGivenUp || house.desk.openOutcomes > 0 || house.desk.count > 0)
                        ? .attention : .ok
                }
                let postponed = shift.completion.postponedCount
                let change = ConfigurationChange(from: shift.configuration, to: following.configuration)
                (shift, next) = (following, nil)
                if house.desk.count + postponed > 0 { await house.reception.takeUpAgain() }
                begin(shift, mailbox)
                house.journal.level = shift.configuration.service.level
                house.journal.write(
                    .configurationReloaded, "reloaded: \(change.words ?? "no setting differs from before")")
                ready()
                if isReloadWanted { mailbox.yield(.signal(.reload)) }
                isReloadWanted = false
            }
        }
        return .ok
    }

    /// Begins a shift. It is a task without a parent: one that does not end must not hold up the end of the process.
    private func begin(_ shift: Shift, _ mailbox: AsyncStream<Event>.Continuation) {
        Task.detached { mailbox.yield(.shiftEnded(await shift.work())) }
        shift.look()
    }

    private func stop(_ shift: Shift, _ mailbox: AsyncStream<Event>.Continuation) {
        house.journal.write(.serviceStopping, "stopping: what is in work is finished first")
        tellManager { () throws(SystemdError) in try notifier.stopping(status: "finishing what is in work") }
        shift.end()
        let limit = Shutdown(shift.configuration.service).limit
        Task.detached { [clock = house.clock] in
            try await clock.wait(limit)
            mailbox.yield(.stopIsOverdue)
        }
    }

    /// The shift of the new configuration, or nil where the old one stays in force.
    private func reload(_ shift: Shift, _ mailbox: AsyncStream<Event>.Continuation) async -> Shift? {
        tellManager { () throws(SystemdError) in try notifier.reloading() }
        let refused = "reload refused, the old configuration stays in force: "
        do {
            let configuration = try loader.load()
            if let fixed = ConfigurationChange(from: shift.configuration, to: configuration).refusal {
                house.journal.write(.reloadRefused, refused + fixed)
            } else {
                return try await Shift(configuration, in: house, tell: listener(mailbox))
            }
        } catch let error as ConfigurationFaults {
            for fault in error.faults { house.journal.write(.reloadRefused, refused + "\(fault)") }
        } catch {
            house.journal.write(.reloadRefused, refused + "\(error)")
        }
        ready()
        return nil
    }

    private func broken(_ failure: PluginFailure) -> ExitStatus {
        let isDurability = failure.kind == .durability
        house.journal.write(
            isDurability ? .syncFailed : .serviceFailed,
            "the service ends and recovers at its next start: \(failure)")
        return isDurability ? .inputOutput : .software
    }

    private func ready() {
        tellManager { () throws(SystemdError) in try notifier.ready(status: "ready") }
    }

    private func report(_ notice: PipelineNotice) {
        guard let entry = notice.entry else { return }
        house.journal.write(entry)
    }

    private func tellManager(_ tell: () throws(SystemdError) -> Void) {
        do throws(SystemdError) {
            try tell()
        } catch {
            house.journal.write(.serviceFailed, "the service manager could not be told: \(error)", priority: .warning)
        }
    }
}
