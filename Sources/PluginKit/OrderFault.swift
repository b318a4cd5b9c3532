/// Why an order about an event cannot be carried out.
public struct OrderFault: Hashable, Sendable {
    /// A sentence with the remedy.
    public var message: String
    /// Whether there is nothing to be done any more, rather than something against it.
    public var isGone: Bool

    /// Makes a fault.
    public init(_ message: String, isGone: Bool = false) {
        self.message = message
        self.isGone = isGone
    }
}
