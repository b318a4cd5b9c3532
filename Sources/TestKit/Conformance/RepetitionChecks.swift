import PluginKit

/// What is answered when deliveries come in batches, come again, and come after a crash.
extension PluginConformance {
    /// The answers of an instance that gets one delivery after the other: what all others are compared with.
    func referenceAnswers() async throws(ContractViolation) -> [Answer] {
        let home = home()
        let plugin = try await build(in: home)
        let answers = try await offer(offered(), to: plugin, in: home, batch: 1)
        try await drain(plugin)
        return answers
    }

    func checkBatches(_ reference: [Answer]) async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        let answers = try await offer(offered(), to: plugin, in: home)
        guard let (index, words) = firstDifference(reference, answers) else { return }
        let size = min(answers.count, manifest.batchLimit)
        if isPermutation(reference, answers) {
            throw ContractViolation(
                .answers,
                "the answers to a batch of \(size) are in another order than its deliveries: \(name(deliveries[index])) got "
                    + words)
        }
        throw ContractViolation(
            .batches, "in a batch of \(size), \(name(deliveries[index])) got \(words), its answer when it comes alone")
    }

    func checkAgain(_ reference: [Answer]) async throws(ContractViolation) {
        let (once, twice) = (home(), home())
        for home in [once, twice] {
            let plugin = try await build(in: home)
            for delivery in offered() {
                _ = try await offer([delivery], to: plugin, in: home)
                guard home.directory === twice.directory else { continue }
                _ = try await offer([delivery], to: plugin, in: home)
            }
            if home.directory === twice.directory {
                let again = try await offer(offered(), to: plugin, in: home, batch: 1)
                if let (index, words) = firstDifference(reference, again) {
                    throw ContractViolation(
                        .again,
                        "\(name(deliveries[index])), offered again under the same id, got \(words); answer as before")
                }
            }
            try await settle(plugin, in: home)
        }
        try compareEffects(once, twice, .again, "offering each delivery twice under the same id")
    }

    func checkDuplicates(_ reference: [Answer]) async throws(ContractViolation) {
        let (once, twice) = (home(), home())
        for home in [once, twice] {
            let plugin = try await build(in: home)
            for (delivery, duplicate) in zip(offered(), duplicates()) {
                let first = try await offer([delivery], to: plugin, in: home)
                guard home.directory === twice.directory else { continue }
                let second = try await offer([duplicate], to: plugin, in: home)
                if second[0].isWorse(than: first[0]) {
                    throw ContractViolation(
                        .duplicates,
                        "the content of \(name(delivery)) got \(first[0].words), and in a second delivery "
                            + "\(second[0].words); a duplicate flows through and changes nothing")
                }
            }
            try await settle(plugin, in: home)
        }
        try compareEffects(once, twice, .duplicates, "offering the content of each delivery twice")
    }

    func checkDurability(_ reference: [Answer]) async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        _ = try await offer(offered(), to: plugin, in: home)
        let (killed, killedToo) = (home.copy(), home.copy())
        let expected = try await offer(duplicates(), to: plugin, in: home, batch: 1)
        try await drain(plugin)

        let when = "init failed on what a killed process left"
        let other = try await build(in: killed, breaking: .durability, when)
        let after = try await offer(duplicates(), to: other, in: killed, batch: 1)
        try await drain(other)
        if let (index, words) = firstDifference(expected, after) {
            throw ContractViolation(
                .durability,
                "an instance that was killed has forgotten what it had answered: the content of "
                    + "\(name(deliveries[index])) then got \(words); write it to disk before answering")
        }
        let third = try await build(in: killedToo, breaking: .durability, when)
        let again = try await offer(offered(), to: third, in: killedToo, batch: 1)
        try await settle(third, in: killedToo)
        if let (index, words) = firstDifference(reference, again) {
            throw ContractViolation(
                .durability,
                "\(name(deliveries[index])), answered, then offered again after a kill, got \(words)")
        }
        let once = self.home()
        let undisturbed = try await build(in: once)
        _ = try await offer(offered(), to: undisturbed, in: once)
        try await settle(undisturbed, in: once)
        try compareEffects(once, killedToo, .durability, "a kill after the answers and offering again")
    }

    /// A reload builds the new instance before the old one is drained.
    func checkReload(_ reference: [Answer]) async throws(ContractViolation) {
        let home = home()
        let deliveries = offered()
        let half = deliveries.count / 2
        let old = try await build(in: home)
        var answers = try await offer(Array(deliveries[..<half]), to: old, in: home, batch: 1)
        let new = try await build(in: home, breaking: .reload, "init failed while an older instance is at work")
        try await drain(old)
        answers += try await offer(Array(deliveries[half...]), to: new, in: home, batch: 1)
        try await drain(new)
        if let (index, words) = firstDifference(reference, answers) {
            throw ContractViolation(.reload, "after a reload \(name(deliveries[index])) got \(words)")
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

    /// The first answer that differs, but for those to deliveries that the stage wanted again.
    private func firstDifference(_ expected: [Answer], _ given: [Answer]) -> (Int, String)? {
        for index in expected.indices where !expected[index].isRetry {
            if let words = difference(expected[index], given[index]) { return (index, words) }
        }
        return nil
    }

    private func isPermutation(_ expected: [Answer], _ given: [Answer]) -> Bool {
        func sorted(_ answers: [Answer]) -> [String] {
            answers.map { "\($0.words) \($0.facts) \($0.diagnostics)" }.sorted()
        }
        return sorted(expected) == sorted(given)
    }
}

extension Answer {
    /// Whether a duplicate got a worse answer than the first.
    fileprivate func isWorse(than first: Answer) -> Bool {
        if first.isRetry { return false }
        return verdict.rank > max(first.verdict.rank, Verdict.absorb.rank)
    }
}
