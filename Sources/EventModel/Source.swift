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
