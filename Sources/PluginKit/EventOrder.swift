public import EventModel

/// What a person asks to be done to an event as a whole, whatever was dropped about it.
public struct EventOrder: Hashable, Sendable {
    /// What is asked.
    public enum Action: String, Sendable, CaseIterable {
        /// The event, its past places and its entries leave every output; what is known of it stays known.
        case withdraw
        /// The event may reach outputs again, from its next update on.
        case readmit
        /// The event's bytes, revisions and search entries are erased; the digests of what was erased stay, so that the
        /// same bytes do not bring it back.
        case forget
        /// What is said under the uid is said of another event from now on. The event that the uid had is kept as it is and
        /// leaves every output, and nobody is told: it was the same.
        case link
        /// The uid has its own event again, which is as it was and reaches outputs again.
        case unlink
    }

    /// What is asked.
    public let action: Action
    /// The event.
    public let uid: String
    /// Of `link` and `unlink` the event that the uid stands for; nil for the others.
    public let other: String?
    /// The numeric user id of the person who asks.
    public let decidedBy: UInt32
    /// When that person asked.
    public let decidedAt: Instant
    /// What that person said to it.
    public let comment: String

    /// Makes an order.
    public init(
        _ action: Action, uid: String, other: String? = nil, decidedBy: UInt32, decidedAt: Instant, comment: String = ""
    ) {
        self.action = action
        self.uid = uid
        self.other = other
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.comment = comment
    }
}
