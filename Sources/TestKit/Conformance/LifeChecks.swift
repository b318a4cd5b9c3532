import EventModel
import Glibc
import PluginKit

/// Beginning and end: cancellation, long-lived work, drain, orders, a failing init.
extension PluginConformance {
    func checkCancellation(_ reference: [[Answer]]) async throws(ContractViolation) {
        let home = home()
        let deliveries = offered()
        let plugin = try await build(in: home)
        let batch = DeliveryBatch(Array(deliveries.prefix(manifest.batchLimit)))
        let ended = await limited(to: patience, cancelAtOnce: true) {
            await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.process(batch) }
        }
        guard ended != nil else {
            throw ContractViolation(
                .cancellation,
                "process did not end within \(patience.words) after its task was cancelled; throw or answer soon")
        }
        let answers = try await offer(deliveries, to: plugin, in: home, batch: 1)
        if let other = AnswerDifference(reference, answers) {
            throw ContractViolation(
                .cancellation,
                "after a batch was cancelled and offered again one by one, \(name(deliveries, other)) got \(other.words)"
            )
        }
        try await drain(plugin)
    }

    func checkRun() async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        let work = Task { await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.run() } }
        let answers = await outcomeOfOffer(plugin, home)
        work.cancel()
        let ended = await limited(to: patience) { await work.value }
        switch ended {
        case nil:
            throw ContractViolation(.run, "run did not end within \(patience.words) after its task was cancelled")
        case .failure(let failure)?:
            throw ContractViolation(failure, breaking: .run, "run failed with nothing wrong")
        case .success?: break
        }
        _ = try answers.get()
        try await drain(plugin)
    }

    private func outcomeOfOffer(_ plugin: P, _ home: PluginHome) async -> Result<[[Answer]], ContractViolation> {
        do throws(ContractViolation) {
            return .success(try await offer(offered(), to: plugin, in: home))
        } catch {
            return .failure(error)
        }
    }

    func checkDrain() async throws(ContractViolation) {
        let home = home()
        try await liveAndDie(in: home)
        if let left = await leftOpen(in: home) {
            throw ContractViolation(
                .drain, "\(left) is still open after drain, when the instance is gone; close it there")
        }
    }

    /// Nobody holds the instance afterwards.
    private func liveAndDie(in home: PluginHome) async throws(ContractViolation) {
        let plugin = try await build(in: home)
        _ = try await offer(offered(), to: plugin, in: home)
        try await drain(plugin)
    }

    func checkOrders() async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        _ = try await offer(offered(), to: plugin, in: home)
        let known = deliveries.lazy.flatMap(\.items).first?.update.uid
        let orders = EventOrder.Action.allCases.flatMap { action in
            ["nobody-knows@example.org", known].compactMap { $0 }.map {
                EventOrder(action, uid: $0, decidedBy: 0, decidedAt: home.clock.now)
            }
        }
        for order in orders {
            for time in ["", " a second time"] {
                let ended = await limited(to: patience) {
                    await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.carryOut(order)
                    }
                }
                let words = "the order to \(order.action) \(order.uid)"
                switch ended {
                case nil: throw ContractViolation(.orders, "\(words) was not carried out within \(patience.words)")
                case .failure(let failure)?:
                    throw ContractViolation(failure, breaking: .orders, "\(words) failed\(time)")
                case .success?: break
                }
            }
        }
        let killed = home.copy()
        try await settle(plugin, in: home)
        let other = try await build(
            in: killed, breaking: .orders, "init failed on what a process killed after orders left")
        try await settle(other, in: killed)
        try compareEffects(home, killed, .orders, "a kill after orders were carried out")
    }

    /// Lets `init` fail in every way the suite knows, and looks whether it leaves anything open.
    func checkRelease() async throws(ContractViolation) {
        if !manifest.capabilities.isEmpty {
            try await fail("whose context refuses every capability", home()) { $0.context(granting: []) }
        }
        guard manifest.capabilities.contains(.stateDirectory) else { return }
        try await fail("whose state directory is missing", home()) {
            $0.context(stateDirectory: $0.directory.path + "/missing")
        }
        try await fail("whose state directory is a file", home()) { home in
            let path = home.directory.path + "/file"
            DirectoryCopy.write([0x0A], to: path)
            return home.context(stateDirectory: path)
        }
        let used = home()
        let plugin = try await build(in: used)
        _ = try await offer(offered(), to: plugin, in: used)
        try await drain(plugin)
        for file in DirectoryCopy.files(below: used.stateDirectory) {
            try await fail("whose file \(file) is damaged", used.copy()) { home in
                let noise = (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
                DirectoryCopy.write(noise, to: "\(home.stateDirectory)/\(file)")
                return home.context()
            }
        }
    }

    /// Builds an instance that may fail. One that does must say why and leave nothing open.
    private func fail(
        _ how: String, _ home: PluginHome, _ context: (PluginHome) -> PluginContext
    ) async throws(ContractViolation) {
        let failure: PluginFailure
        do throws(PluginFailure) {
            let plugin = try await P(settings: settings, context: context(home))
            // ignoring: an instance that could be built on a damaged ground may fail to be drained.
            _ = await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.drain() }
            return
        } catch {
            failure = error
        }
        if failure.message.isEmpty {
            throw ContractViolation(
                .reasons, "init of an instance \(how) failed without a message; say what happened and what to do")
        }
        if let left = await leftOpen(in: home) {
            throw ContractViolation(
                .release, "init of an instance \(how) failed and left \(left) open; close it before throwing")
        }
    }

    func checkJournal() async throws(ContractViolation) {
        if let fault = journal.fault() { throw ContractViolation(.journal, fault) }
    }

    /// A file of the home that is still open. What an actor's last job holds goes with that job: it is given a moment.
    private func leftOpen(in home: PluginHome) async -> String? {
        let deadline = ContinuousClock.now + min(patience, .seconds(1))
        while let first = home.openFiles.first {
            if ContinuousClock.now >= deadline { return first }
            // ignoring: cancelled with the whole suite; the next look ends it.
            try? await ContinuousClock().sleep(for: .milliseconds(5))
        }
        return nil
    }
}
