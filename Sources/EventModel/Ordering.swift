/// Who says something of an event, and how: sequences are compared within one source only.
public struct UpdateSource: Hashable, Sendable {
    /// Whom the submitter speaks for; empty where all submitters are one publisher.
    public var publisher: String
    /// The numeric user id of the submitter.
    public var submitter: UInt32
    /// The format.
    public var format: Format
    /// The program that wrote the file, as far as it says so; else empty.
    public var producer: String

    /// Makes a source.
    public init(publisher: String = "", submitter: UInt32 = 0, format: Format, producer: String = "") {
        self.publisher = publisher
        self.submitter = submitter
        self.format = format
        self.producer = producer
    }

    private static let loneMark = "uid:"

    /// The publisher that a submitter is who speaks for none of those configured: each is a publisher of its own.
    public static func lonePublisher(of user: UInt32) -> String { loneMark + String(user) }

    /// Whether a publisher is one submitter who speaks for none of those configured.
    public static func isLone(_ publisher: String) -> Bool { publisher.hasPrefix(loneMark) }

    /// Whether this source may speak of an event of that owner. Where no publishers are configured everybody may; what
    /// was announced at that time belongs to nobody in particular, and the first configured publisher takes it over.
    public func maySpeak(forEventOf owner: String) -> Bool {
        publisher.isEmpty || publisher == owner || owner.isEmpty && !UpdateSource.isLone(publisher)
    }
}

/// What a source may do to events of its publisher (`publishers.NAME.may`). The raw values are external.
public enum Permission: String, Sendable, CaseIterable {
    /// Make new ones known.
    case announce
    /// Say something else of known ones.
    case change
    /// Cancel them.
    case cancel
}

/// What was stated about a revision's place in the order of revisions.
public struct RevisionStamp: Hashable, Sendable {
    /// The sequence as stated.
    public var sequence: Int?
    /// The issue date as stated.
    public var issuedAt: Instant?
    /// Who stated it.
    public var source: UpdateSource

    /// Makes a stamp.
    public init(sequence: Int? = nil, issuedAt: Instant? = nil, source: UpdateSource) {
        self.sequence = sequence
        self.issuedAt = issuedAt
        self.source = source
    }

    /// The same, with a later sequence noted. Repetition is no news, whatever its date.
    public func noting(_ update: EventUpdate, from other: UpdateSource) -> RevisionStamp {
        var stamp = self
        if other == source, let sequence = update.sequence { stamp.sequence = max(sequence, self.sequence ?? sequence) }
        return stamp
    }
}

/// What stated facts prove about an update and the revision that is current.
public enum RevisionOrder: String, Sendable {
    /// The update replaces the revision.
    case newer
    /// It does, by its issue date alone: its sequence is the same.
    case newerWithSameSequence
    /// The revision replaced the update before it came.
    case older
    /// Both claim to be the same revision.
    case equal
    /// Nothing is proved.
    case unstated

    /// Whether the update replaces the revision.
    public var isNewer: Bool { self == .newer || self == .newerWithSameSequence }

    /// Compares an update with the current revision: sequences within one source (RFC 5546 §2.1.5), issue dates
    /// across sources. An issue date in the future counts as the time of receipt, and one of a source that moves it
    /// though nothing changes proves nothing.
    ///
    /// - Parameters:
    ///   - update: The update.
    ///   - source: Who says it.
    ///   - ownSequence: The highest sequence that the update's own source has stated before.
    ///   - base: What that source said last.
    ///   - current: What the current revision stated of itself.
    public static func of(
        _ update: EventUpdate, from source: UpdateSource, ownSequence: Int?, base: SourceBase? = nil,
        after current: RevisionStamp
    ) -> RevisionOrder {
        let isRestamped = base?.isRestamped ?? false
        let issued = update.provenIssue
        var update = update
        update.issuedAt = isRestamped ? nil : issued
        let isSameSource = source == current.source
        let known = isSameSource ? current.sequence ?? ownSequence : ownSequence
        if let sequence = update.sequence, let known {
            if sequence < known { return .older }
            if isSameSource, sequence > known { return .newer }
        }
        if let issuedAt = issued, let before = base?.issuedAt, issuedAt < before { return .older }
        guard isSameSource, update.sequence != nil, known != nil else {
            return byIssueDate(update, current, newer: .newer) ?? .unstated
        }
        return byIssueDate(update, current, newer: .newerWithSameSequence) ?? (isRestamped ? .unstated : .equal)
    }

    private static func byIssueDate(
        _ update: EventUpdate, _ current: RevisionStamp, newer: RevisionOrder
    ) -> RevisionOrder? {
        guard let issuedAt = update.issuedAt, let known = current.issuedAt, issuedAt != known else { return nil }
        return issuedAt > known ? newer : .older
    }
}

extension EventUpdate {
    /// How far behind the receipt an issue date may lie ahead: clocks differ.
    public static let clockTolerance = Duration.seconds(600)

    /// Whether it claims to be issued after it was received.
    public var isIssuedInFuture: Bool {
        issuedAt.map { $0 > receipt.receivedAt.adding(EventUpdate.clockTolerance) } ?? false
    }

    /// The issue date as far as it proves an order: one in the future counts as the time of receipt.
    public var provenIssue: Instant? { isIssuedInFuture ? receipt.receivedAt : issuedAt }
}
