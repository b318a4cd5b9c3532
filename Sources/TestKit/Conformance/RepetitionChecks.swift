import PluginKit

/// What is answered when deliveries come in batches, come again, and come after a crash.
extension PluginConformance {
    /// The answers of an instance that gets one delivery after the other: what all others are compared with.
    func referenceAnswers() async throws(ContractViolation) -> [[Answer]] {
        let home = home()
        let plugin = try await build(in: home)
        let answers = try await offer(offered(), to: plugin, in: home, batch: 1)
        try await drain(plugin)
        return answers
    }

    func checkBatches(_ reference: [[Answer]]) async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        let deliveries = offered()
        let answers = try await offer(deliveries, to: plugin, in: home)
        guard let other = AnswerDifference(reference, answers) else { return }
        let size = min(answers.count, manifest.batchLimit)
        if isPermutation(reference.flatMap { $0 }, answers.flatMap { $0 }) {
            throw ContractViolation(
                .answers,
                "the answers to a batch of \(size) are in another order than its items: "
                    + "\(name(deliveries, other)) got \(other.words)")
        }
        throw ContractViolation(
            .batches,
            "in a batch of \(size), \(name(deliveries, other)) got \(other.words), its answer when its file comes alone"
        )
    }

    func checkAgain(_ reference: [[Answer]]) async throws(ContractViolation) {
        let (once, twice) = (home(), home())
        let deliveries = offered()
        for home in [once, twice] {
            let plugin = try await build(in: home)
            for delivery in deliveries {
                _ = try await offer([delivery], to: plugin, in: home)
                guard home.directory === twice.directory else { continue }
                _ = try await offer([delivery], to: plugin, in: home)
            }
            if home.directory === twice.directory {
                let again = try await offer(deliveries, to: plugin, in: home, batch: 1)
                if let other = AnswerDifference(reference, again) {
                    throw ContractViolation(
                        .again,
                        "\(name(deliveries, other)), offered again under the same id, got \(other.words); answer as before"
                    )
                }
            }
            try await settle(plugin, in: home)
        }
        try compareEffects(once, twice, .again, "offering each delivery twice under the same id")
    }

    func checkDuplicates(_ reference: [[Answer]]) async throws(ContractViolation) {
        let (once, twice) = (home(), home())
        for home in [once, twice] {
            let plugin = try await build(in: home)
            for (delivery, duplicate) in zip(offered(), duplicates()) {
                let first = try await offer([delivery], to: plugin, in: home)[0]
                guard home.directory === twice.directory else { continue }
                let second = try await offer([duplicate], to: plugin, in: home)[0]
                for (index, pair) in zip(first, second).enumerated() where pair.1.isWorse(than: pair.0) {
                    throw ContractViolation(
                        .duplicates,
                        "the content of \(name(delivery, item: index)) got \(pair.0.words), and in a second delivery "
                            + "\(pair.1.words); a duplicate flows through and changes nothing")
                }
            }
            try await settle(plugin, in: home)
        }
        try compareEffects(once, twice, .duplicates, "offering the content of each delivery twice")
    }

    func checkDurability(_ reference: [[Answer]]) async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        let deliveries = offered()
        _ = try await offer(deliveries, to: plugin, in: home)
        let (killed, killedToo) = (home.copy(), home.copy())
        let expected = try await offer(duplicates(), to: plugin, in: home, batch: 1)
        try await drain(plugin)

        let when = "init failed on what a killed process left"
        let other = try await build(in: killed, breaking: .durability, when)
        let after = try await offer(duplicates(), to: other, in: killed, batch: 1)
        try await drain(other)
        if let other = AnswerDifference(expected, after) {
            throw ContractViolation(
                .durability,
                "an instance that was killed has forgotten what it had answered: the content of "
                    + "\(name(deliveries, other)) then got \(other.words); write it to disk before answering")
        }
        let third = try await build(in: killedToo, breaking: .durability, when)
        let again = try await offer(deliveries, to: third, in: killedToo, batch: 1)
        try await settle(third, in: killedToo)
        if let other = AnswerDifference(reference, again) {
            throw ContractViolation(
                .durability,
                "\(name(deliveries, other)), answered, then offered again after a kill, got \(other.words)")
        }
        let once = self.home()
        let undisturbed = try await build(in: once)
        _ = try await offer(deliveries, to: undisturbed, in: once)
        try await settle(undisturbed, in: once)
        try compareEffects(once, killedToo, .durability, "a kill after the answers and offering again")
    }

    /// A reload builds the new instance before the old one is drained.
    func checkReload(_ reference: [[Answer]]) async throws(ContractViolation) {
        let home = home()
        let deliveries = offered()
        let half = deliveries.count / 2
        let old = try await build(in: home)
        var answers = try await offer(Array(deliveries[..<half]), to: old, in: home, batch: 1)
        let new = try await build(in: home, breaking: .reload, "init failed while an older instance is at work")
        try await drain(old)
        answers += try await offer(Array(deliveries[half...]), to: new, in: home, batch: 1)
        try await drain(new)
        if let other = AnswerDifference(reference, answers) {
            throw ContractViolation(.reload, "after a reload \(name(deliveries, other)) got \(other.words)")
        }
    }

    func compareEffects(
        _ expected: PluginHome, _ given: PluginHome, _ rule: ContractRule, _ what: String
    ) throws(ContractViolation) {
        guard let effects else { return }
        let (before, after): ([String], [String])
        do {
            (before, after) = (try effects(expected.stateDirectory), try effects(given.stateDirectory))
        } catch {
            throw ContractViolation(rule, "the suite's effects could not be read after \(what): \(error)")
        }
        guard before != after else { return }
        let added = after.first { !before.contains($0) }
        let missing = before.first { !after.contains($0) }
        let words =
            added.map { "there is \"\($0)\"" } ?? missing.map { "there is no \"\($0)\"" } ?? "lines come more than once"
        throw ContractViolation(rule, "\(what) has another effect than once: \(words)")
    }
}
