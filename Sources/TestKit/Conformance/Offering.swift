import PluginKit

/// How the suite talks to instances.
extension PluginConformance {
    var manifest: PluginManifest { P.manifest }

    /// The deliveries with the facts of earlier stages.
    func offered() -> [Delivery] {
        let resolutions = manifest.requires.contains(Resolutions.name) ? StageFacts.resolutions(of: deliveries) : []
        return deliveries.enumerated().map { index, delivery in
            var delivery = delivery
            if resolutions.indices.contains(index) { delivery.facts.add(Facts([resolutions[index]])) }
            delivery.facts.add(facts(delivery))
            return delivery
        }
    }

    /// The same content in later deliveries.
    func duplicates() -> [Delivery] {
        let offered = offered()
        return offered.indices.map { DeliverySamples.again(offered[$0], number: offered.count + $0) }
    }

    func home() -> PluginHome { PluginHome(manifest, credentials: credentials, journal: journal) }

    /// Builds an instance; a failure breaks the given rule.
    func build(
        in home: PluginHome, breaking rule: ContractRule = .initialisation, _ when: String = "init failed"
    ) async throws(ContractViolation) -> P {
        do throws(PluginFailure) {
            return try await P(settings: settings, context: home.context())
        } catch {
            throw ContractViolation(error, breaking: rule, when)
        }
    }

    /// Drains an instance; a failure breaks C-DRAIN.
    func drain(_ plugin: P, _ when: String = "drain failed") async throws(ContractViolation) {
        let ended = await limited(to: patience) {
            await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.drain() }
        }
        switch ended {
        case .success?: return
        case .failure(let failure)?: throw ContractViolation(failure, breaking: .drain, when)
        case nil: throw ContractViolation(.drain, "drain did not end within \(patience.words)")
        }
    }

    /// Lets an instance do its long-lived work until it has nothing to do for now, and drains it.
    func settle(_ plugin: P, in home: PluginHome) async throws(ContractViolation) {
        let work = Task { await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.run() } }
        let rest = Task { await home.clock.untilSomebodyWaits() }
        // Work that waits for something else than the clock is given a second.
        _ = await limited(to: min(patience, .seconds(1))) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await work.value }
                group.addTask { await rest.value }
                await group.next()
                work.cancel()
                rest.cancel()
            }
        }
        work.cancel()
        rest.cancel()
        try await drain(plugin)
    }

    /// Offers deliveries in batches, the largest that the manifest allows unless told otherwise, and gives the answers.
    func offer(
        _ deliveries: [Delivery], to plugin: P, in home: PluginHome, batch: Int? = nil
    ) async throws(ContractViolation) -> [Answer] {
        let size = min(batch ?? .max, manifest.batchLimit)
        var answers: [Answer] = []
        var rest = deliveries[...]
        while !rest.isEmpty {
            answers += try await offer(DeliveryBatch(Array(rest.prefix(size))), to: plugin, in: home)
            rest = rest.dropFirst(size)
        }
        return answers
    }

    /// Offers one batch. A plugin that waits on the clock meanwhile gets its time.
    private func offer(
        _ batch: DeliveryBatch, to plugin: P, in home: PluginHome
    ) async throws(ContractViolation) -> [Answer] {
        let clock = home.clock
        let pump = Task {
            while !Task.isCancelled {
                await clock.untilSomebodyWaits()
                if !Task.isCancelled { clock.advance(by: .seconds(1)) }
                await Task.yield()
            }
        }
        defer { pump.cancel() }
        let begin = ContinuousClock.now
        let limit = max(patience, manifest.deadline)
        let ended = await limited(to: limit) {
            await PluginConformance.outcome { () async throws(PluginFailure) in try await plugin.process(batch) }
        }
        let elapsed = ContinuousClock.now - begin
        switch ended {
        case nil:
            throw ContractViolation(.deadline, "process did not answer \(words(batch)) within \(limit.words)")
        case .failure(let failure)?:
            throw ContractViolation(
                failure, breaking: .verdicts,
                "process failed for \(words(batch)); a bad update is a verdict, not a failure")
        case .success(let verdicts)?:
            try check(verdicts, for: batch)
            if elapsed > manifest.deadline {
                throw ContractViolation(
                    .deadline,
                    "process took \(elapsed.words) for \(words(batch)); the deadline of the manifest is "
                        + "\(manifest.deadline.words): raise it, or lower batchLimit")
            }
            return verdicts.answers
        }
    }

    private func check(_ verdicts: Verdicts, for batch: DeliveryBatch) throws(ContractViolation) {
        if let breach = verdicts.breach(by: manifest, answering: batch), let rule = breach.rule {
            throw ContractViolation(rule, breach.message)
        }
        for (answer, delivery) in zip(verdicts.answers, batch.deliveries)
        where answer.verdict != .pass && answer.reason.allSatisfy(\.isWhitespace) {
            throw ContractViolation(
                .reasons,
                "the verdict \(answer.verdict) on \(name(delivery)) has no reason; say in a sentence what a person can do"
            )
        }
    }

    /// A call's result or failure as a value.
    static func outcome<Value: Sendable>(
        _ call: @Sendable () async throws(PluginFailure) -> Value
    ) async -> Result<Value, PluginFailure> {
        do throws(PluginFailure) { return .success(try await call()) } catch { return .failure(error) }
    }

    /// The batch in words: `a batch of 15`, `reading.jsonld`.
    func words(_ batch: DeliveryBatch) -> String {
        batch.deliveries.count == 1 ? name(batch.deliveries[0]) : "a batch of \(batch.deliveries.count)"
    }

    /// The name of a delivery's file, fit to be printed.
    func name(_ delivery: Delivery) -> String {
        "\"" + String(decoding: delivery.file, as: UTF8.self).unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
            + "\""
    }
}
