public import EventModel

/// One dropped file being worked on. Plugins read it and never alter it.
public struct Delivery: Sendable {
    /// Never reused, in the order of time.
    public let id: DeliveryID
    /// The file's name as dropped: any bytes but NUL and `/`.
    public let file: [UInt8]
    /// The dropped bytes, whole.
    public let bytes: [UInt8]
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public let sha256: String
    /// The numeric user id of the file's owner.
    public let submitter: UInt32
    /// When the file was claimed.
    public let receivedAt: Instant
    /// What the bytes say.
    public let decoded: Decoded
    /// What earlier stages found out.
    public var facts: Facts

    /// Makes a delivery.
    public init(
        id: DeliveryID, file: [UInt8], bytes: [UInt8], sha256: String, submitter: UInt32, receivedAt: Instant,
        decoded: Decoded, facts: Facts = Facts()
    ) {
        self.id = id
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.submitter = submitter
        self.receivedAt = receivedAt
        self.decoded = decoded
        self.facts = facts
    }
}

/// Deliveries that are worked on together, oldest first. Effects of a batch share one commit.
public struct DeliveryBatch: Sendable {
    /// The deliveries, at least one.
    public let deliveries: [Delivery]

    /// Makes a batch.
    public init(_ deliveries: [Delivery]) { self.deliveries = deliveries }
}
