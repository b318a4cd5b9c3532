public import EventModel

/// Whom the submitter of a delivery speaks for, as the configuration's `publishers` say. Absent where none are
/// configured: then all submitters are one publisher.
public struct Publisher: Fact {
    /// The name in manifests.
    public static let name = "tidings.publisher"
    /// The publisher's name; for a submitter who speaks for none, `UpdateSource.lonePublisher(of:)`.
    public var publisher: String

    /// Makes the fact.
    public init(_ publisher: String) { self.publisher = publisher }
}

/// That a person released a delivery that was held, and what that person decided about it.
public struct Release: Fact, Hashable {
    /// The name in manifests.
    public static let name = "tidings.release"
    /// What was decided.
    public var ruling: Ruling
    /// The fields that the person corrected: the delivery's updates have these values already.
    public var corrections: [Correction]
    /// The numeric user id of the person.
    public var decidedBy: UInt32
    /// When.
    public var decidedAt: Instant

    /// Makes the fact.
    public init(_ ruling: Ruling, corrections: [Correction] = [], decidedBy: UInt32, decidedAt: Instant) {
        self.ruling = ruling
        self.corrections = corrections
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }
}
