public import EventModel

/// What a reader knows about the file beside its bytes.
public struct ReadingContext: Sendable {
    /// When the file was dropped.
    public var receivedAt: Instant
    /// SHA-256 of the bytes in hexadecimal digits.
    public var sha256: String
    /// What the reader may spend.
    public var limits: ReadingLimits
    /// The year of a text's dates, where a person has said it.
    package var statedYear: Int?
    /// The language of a text, where a person has said it.
    package var statedLanguage: String?

    /// Makes a context.
    public init(receivedAt: Instant, sha256: String, limits: ReadingLimits = ReadingLimits()) {
        self.receivedAt = receivedAt
        self.sha256 = sha256
        self.limits = limits
    }
}
