import PluginKit

/// What is answered to each update of a delivery, in whichever slices they come.
extension PluginConformance {
    /// Offers the items of each delivery one by one, and compares with what they got together.
    func checkItems(_ reference: [[Answer]]) async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(in: home)
        let deliveries = offered()
        let alone = try await offerItems(of: deliveries, to: plugin, in: home)
        try await drain(plugin)
        guard let other = AnswerDifference(alone, reference) else { return }
        let delivery = deliveries[other.delivery]
        let (together, apart) = (reference[other.delivery], alone[other.delivery])
        if isPermutation(apart, together) {
            throw ContractViolation(
                .answers,
                "the answers to \(name(delivery)) are in another order than its items: item "
                    + "\(delivery.items[other.item].number) got \(other.words)")
        }
        let item = name(delivery, item: other.item)
        let isWorse = together[other.item].isRefusal && !apart[other.item].isRefusal
        if isWorse, let bad = apart.firstIndex(where: \.isRefusal) {
            throw ContractViolation(
                .verdicts,
                "\(item) got \(other.words), because item \(delivery.items[bad].number) beside it is bad; a bad update is "
                    + "a verdict about itself alone")
        }
        throw ContractViolation(
            .batches,
            "\(item) got \(other.words), its answer in a slice of its own; what comes in one slice need not be all that the "
                + "file holds")
    }

    /// Offers items again in other slices than before: alone after they were together, and together after they were
    /// alone.
    func checkItemsAgain(_ reference: [[Answer]]) async throws(ContractViolation) {
        let (once, twice, apart) = (home(), home(), home())
        let deliveries = offered()
        let undisturbed = try await build(in: once)
        _ = try await offer(deliveries, to: undisturbed, in: once, batch: 1)
        try await settle(undisturbed, in: once)

        let together = try await build(in: twice)
        _ = try await offer(deliveries, to: together, in: twice, batch: 1)
        let alone = try await offerItems(of: deliveries, to: together, in: twice)
        try compare(reference, alone, of: deliveries, "offered again alone")
        try await settle(together, in: twice)
        try compareEffects(once, twice, .again, "offering the updates of each delivery again, one by one,")

        let sliced = try await build(in: apart)
        _ = try await offerItems(of: deliveries, to: sliced, in: apart)
        let again = try await offer(deliveries, to: sliced, in: apart, batch: 1)
        try compare(reference, again, of: deliveries, "offered again with the others of its file")
        try await drain(sliced)
    }

    private func compare(
        _ reference: [[Answer]], _ given: [[Answer]], of deliveries: [Delivery], _ how: String
    ) throws(ContractViolation) {
        guard let other = AnswerDifference(reference, given) else { return }
        throw ContractViolation(
            .again,
            "\(name(deliveries, other)), \(how) under the same id and number, got \(other.words); answer as before")
    }

    /// The update at which answers differ.
    func name(_ deliveries: [Delivery], _ other: AnswerDifference) -> String {
        name(deliveries[other.delivery], item: other.item)
    }
}
