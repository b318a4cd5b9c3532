/// A revision that an update replaces.
public struct Reference: Record {
    /// The event.
    public var uid: String
    /// Its sequence, if stated.
    public var sequence: Int?
    /// Its issue date, if stated.
    public var issuedAt: Instant?

    /// Makes a reference.
    public init(uid: String, sequence: Int? = nil, issuedAt: Instant? = nil) {
        self.uid = uid
        self.sequence = sequence
        self.issuedAt = issuedAt
    }

    /// A reference to nothing.
    public static var blank: Reference { Reference(uid: "") }

    /// Its fields.
    public static let fields: [Field<Reference>] = [
        Field("uid", \.uid, .statement),
        Field("sequence", \.sequence, .statement),
        Field("issuedAt", \.issuedAt, .statement),
    ]
}
