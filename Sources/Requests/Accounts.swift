package import PluginKit

extension DecidedItems {
    /// Why nothing can be decided about these, as far as the log tells; nil where it tells nothing against it.
    ///
    /// - Parameter account: What the log knows of the delivery; nil where it has never met it.
    package func fault(_ account: DeliveryAccount?) -> String? {
        guard let account else { return "no delivery \(delivery) is known" }
        if account.count > 0, let number = items.first(where: { $0 > account.count }) {
            return missing(number, of: account.count)
        }
        let asked = account.replaced.filter { contains($0.number) }
        guard let first = asked.first, asked.count == (items.isEmpty ? account.count : items.count) else { return nil }
        return replaced(first.number, first.reason)
    }

    /// That a file has no update of that number.
    package func missing(_ number: Int, of count: Int) -> String {
        "\(delivery) has \(count) update\(count == 1 ? "" : "s"); there is no item \(number)"
    }

    /// That an update waits no more.
    package func replaced(_ number: Int, _ reason: String) -> String {
        "item \(number) of \(delivery) was \(reason)"
    }
}
