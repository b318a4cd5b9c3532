import EventModel
import PluginKit

/// How the suite talks to instances.
extension PluginConformance {
    var manifest: PluginManifest { P.manifest }

    /// The deliveries that have items, as they reach a stage: each item with the facts of earlier ones.
    func offered() -> [Delivery] {
        var stages = StageFacts()
        let isBehind = manifest.requires.contains(Resolution.name)
        return deliveries.filter { !$0.items.isEmpty }.map { delivery in
            var delivery = delivery
            for index in delivery.items.indices {
                let item = delivery.items[index]
                if isBehind { delivery.items[index].facts.add(Facts([stages.resolution(of: item.update)])) }
                delivery.items[index].facts.add(facts(item, delivery))
            }
            return delivery
        }
    }

    /// The same content in later deliveries.
    func duplicates() -> [Delivery] {
        let offered = offered()
        return offered.indices.map { DeliverySamples.again(offered[$0], number: deliveries.count + $0) }
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
    ) async throws(ContractViolation) -> [[Answer]] {
        let size = min(batch ?? .max, manifest.batchLimit)
        var answers: [[Answer]] = []
        var rest = deliveries[...]
        while !rest.isEmpty {
            answers += try await offer(DeliveryBatch(Array(rest.prefix(size))), to: plugin, in: home)
            rest = rest.dropFirst(size)
        }
        return answers
    }

    /// Offers deliveries one by one, each item in a slice of its own, and gives the answers.
    func offerItems(
        of deliveries: [Delivery], to plugin: P, in home: PluginHome
    ) async throws(ContractViolation) -> [[Answer]] {
        var answers: [[Answer]] = []
        for delivery in deliveries {
            let slices = try await offer(delivery.slices, to: plugin, in: home, batch: 1)
            answers.append(slices.flatMap { $0 })
        }
        return answers
    }

    /// Offers one batch. A plugin that waits on the clock meanwhile gets its time.
    private func offer(
        _ batch: DeliveryBatch, to plugin: P, in home: PluginHome
    ) async throws(ContractViolation) -> [[Answer]] {
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
        for (answers, delivery) in zip(verdicts.answers, batch.deliveries) {
            for (index, answer) in answers.enumerated()
            where answer.verdict != .pass && answer.reason.allSatisfy(\.isWhitespace) {
                throw ContractViolation(
                    .reasons,
                    "the verdict \(answer.verdict) on \(name(delivery, item: index)) has no reason; say in a sentence what "
                        + "a person can do")
            }
        }
    }

    /// A call's result or failure as a value.
    static func outcome<Value: Sendable>(
        _ call: @Sendable () async throws(PluginFailure) -> Value
    ) async -> Result<Value, PluginFailure> {
        do throws(PluginFailure) { return .success(try await call()) } catch { return .failure(error) }
    }

    /// The batch in words: `a batch of 15`, `"reading.jsonld"`.
    func words(_ batch: DeliveryBatch) -> String {
        batch.deliveries.count == 1 ? name(batch.deliveries[0]) : "a batch of \(batch.deliveries.count)"
    }

    /// The name of a delivery's file, fit to be printed.
    func name(_ delivery: Delivery) -> String {
        "\"" + String(decoding: delivery.file, as: UTF8.self).unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
            + "\""
    }

    /// The update at a place in a delivery: `"several.ics", item 2`; the file's name alone where it holds one update.
    func name(_ delivery: Delivery, item: Int) -> String {
        let number = delivery.items[item].number
        return delivery.items.count == 1 && number == 1 ? name(delivery) : "\(name(delivery)), item \(number)"
    }
}

extension Delivery {
    /// The delivery cut into slices of one item each. One whose good updates depend on the others is never cut.
    fileprivate var slices: [Delivery] {
        if facts[PartialPolicy.self] != nil { return [self] }
        return items.map { item in
            var slice = self
            slice.items = [item]
            return slice
        }
    }
}
