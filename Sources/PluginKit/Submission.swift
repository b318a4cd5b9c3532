public import EventModel

/// Whom the submitter of a delivery speaks for, as the configuration's `publishers` say. Absent where none are
/// configured: then all submitters are one publisher, which may do everything.
public struct Publisher: Fact {
    /// The name in manifests.
    public static let name = "tidings.publisher"
    /// The publisher's name; for a submitter who speaks for none, `UpdateSource.lonePublisher(of:)`.
    public var publisher: String
    /// What it may do to its events.
    public var may: Set<Permission>

    /// Makes the fact.
    public init(_ publisher: String, may: Set<Permission> = Set(Permission.allCases)) {
        self.publisher = publisher
        self.may = may
    }
}

/// What becomes of the good updates of a file that has others (`publishers.NAME.partial`). Absent for `accept`.
public enum PartialPolicy: String, Fact, CaseIterable {
    /// Each update is decided by itself.
    case accept
    /// They wait for a person, as long as one of the others is rejected or held.
    case hold
    /// They are rejected with one that is rejected, and wait with one that is held.
    case reject

    /// The name in manifests.
    public static let name = "tidings.partial"

    /// What the good ones get for the sake of the others; nil where they go on.
    public func answer(beside verdicts: [Verdict]) -> Answer? {
        if self == .accept { return nil }
        let isRejected = verdicts.contains(.reject)
        guard isRejected || verdicts.contains(.hold) else { return nil }
        let reason =
            "another event of the file is \(isRejected ? "rejected" : "held"), and its publisher's setting is "
            + "partial = \"\(rawValue)\""
        let code: DiagnosticCode = isRejected && self == .reject ? .rejectedTogether : .heldTogether
        let finding = Diagnostic(code, severity: code.defaultSeverity(in: nil), field: "", message: reason)
        return Answer(code == .rejectedTogether ? .reject : .hold, reason: reason, diagnostics: [finding])
    }
}

/// That a person released an update that was held, and what that person decided about it.
public struct Release: Fact, Hashable {
    /// The name in manifests.
    public static let name = "tidings.release"
    /// What was decided.
    public var ruling: Ruling
    /// The fields that the person corrected: the update has these values already.
    public var corrections: [Correction]
    /// The numeric user id of the person.
    public var decidedBy: UInt32
    /// When.
    public var decidedAt: Instant
    /// What the person said to it.
    public var comment: String

    /// Makes the fact.
    public init(
        _ ruling: Ruling, corrections: [Correction] = [], decidedBy: UInt32, decidedAt: Instant, comment: String = ""
    ) {
        self.ruling = ruling
        self.corrections = corrections
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.comment = comment
    }
}
