extension Verdicts {
    /// How the answers to a batch break the contract: C-ANSWERS or C-FACTS; nil where they keep it.
    ///
    /// The daemon asks it about every batch and takes the breach for the stage's illness; the conformance suite asks it
    /// too.
    public func breach(by manifest: PluginManifest, answering batch: DeliveryBatch) -> PluginFailure? {
        guard answers.count == batch.deliveries.count else {
            return PluginFailure(
                breaking: .answers,
                "plugin \(manifest.name) gave \(answers.count) answers for a batch of \(batch.deliveries.count); give exactly "
                    + "one for each delivery, in their order")
        }
        for (answer, delivery) in zip(answers, batch.deliveries) {
            let given = answer.facts.names
            if let undeclared = given.first(where: { !manifest.provides.contains($0) }) {
                return PluginFailure(
                    breaking: .facts,
                    "plugin \(manifest.name) gave the fact \(undeclared) with delivery \(delivery.id) without declaring it; "
                        + "add it to provides in its manifest")
            }
            guard answer.verdict == .pass else { continue }
            if let missing = manifest.provides.first(where: { !given.contains($0) }) {
                return PluginFailure(
                    breaking: .facts,
                    "plugin \(manifest.name) passed delivery \(delivery.id) without the fact \(missing), which its manifest "
                        + "provides; add it to the answer's facts")
            }
        }
        return nil
    }
}
