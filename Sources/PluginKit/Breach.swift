import EventModel

extension Verdicts {
    /// How the answers to a batch break the contract: C-ANSWERS or C-FACTS; nil where they keep it.
    ///
    /// The daemon asks it about every batch and takes the breach for the stage's illness; the conformance suite asks it
    /// too.
    public func breach(by manifest: PluginManifest, answering batch: DeliveryBatch) -> PluginFailure? {
        guard answers.count == batch.deliveries.count else {
            return PluginFailure(
                breaking: .answers,
                "plugin \(manifest.name) gave answers for \(answers.count) deliveries of a batch of "
                    + "\(batch.deliveries.count); give a list for each delivery, in their order")
        }
        for (given, delivery) in zip(answers, batch.deliveries) {
            let isOfList = manifest.decides && delivery.list != nil && given.count == delivery.items.count + 1
            guard given.count == delivery.items.count || isOfList else {
                return PluginFailure(
                    breaking: .answers,
                    "plugin \(manifest.name) gave \(given.count) answers for the \(delivery.items.count) items of delivery "
                        + "\(delivery.id); give exactly one for each item, in their order")
            }
            for (answer, item) in zip(given, delivery.items) {
                if item.objection != nil, answer.verdict.rank < Verdict.hold.rank,
                    answer.facts[Resolution.self]?.changesEvent != false
                {
                    return PluginFailure(
                        breaking: .answers,
                        "plugin \(manifest.name) passed item \(delivery.id)/\(item.number), which an earlier stage held or "
                            + "refused; repeat that answer, or say that it is unchanged")
                }
                if let breach = answer.breach(by: manifest, for: "\(delivery.id)/\(item.number)") { return breach }
            }
        }
        return nil
    }
}

extension Answer {
    fileprivate func breach(by manifest: PluginManifest, for item: String) -> PluginFailure? {
        let given = facts.names
        if let undeclared = given.first(where: { !(manifest.provides + manifest.undeclared).contains($0) }) {
            return PluginFailure(
                breaking: .facts,
                "plugin \(manifest.name) gave the fact \(undeclared) with item \(item) without declaring it; add it to "
                    + "provides in its manifest")
        }
        guard verdict == .pass, let missing = manifest.provides.first(where: { !given.contains($0) }) else {
            return nil
        }
        return PluginFailure(
            breaking: .facts,
            "plugin \(manifest.name) passed item \(item) without the fact \(missing), which its manifest provides; add it to "
                + "the answer's facts")
    }
}
