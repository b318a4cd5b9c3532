/// When and in which bytes a statement came.
public struct Receipt: Hashable, Sendable {
    /// When it was dropped.
    public var receivedAt: Instant
    /// The bytes.
    public var source: Source

    /// Makes a receipt.
    public init(receivedAt: Instant, source: Source) {
        self.receivedAt = receivedAt
        self.source = source
    }

    /// Nothing came.
    public static var blank: Receipt { Receipt(receivedAt: Instant(microseconds: 0), source: .blank) }
}

/// The dropped bytes an update was read from.
public struct Source: Record {
    /// `text/calendar`, `application/ld+json` or `text/plain`.
    public var mediaType: String
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public var sha256: String
    /// Length in bytes.
    public var byteCount: Int

    /// Makes a source.
    public init(mediaType: String, sha256: String, byteCount: Int) {
        self.mediaType = mediaType
        self.sha256 = sha256
        self.byteCount = byteCount
    }

    /// No source.
    public static var blank: Source { Source(mediaType: "", sha256: "", byteCount: 0) }

    /// Its fields.
    public static let fields: [Field<Source>] = [
        Field("mediaType", \.mediaType, .aside),
        Field("sha256", \.sha256, .aside),
        Field("byteCount", \.byteCount, .aside),
    ]
}
