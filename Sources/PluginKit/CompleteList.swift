public import EventModel

/// That a file is the whole list of a publisher's events, as `publishers.NAME.complete` says, and was read whole.
public struct CompleteList: Hashable, Sendable {
    /// The pattern that the file's name matches: with the publisher it names the list.
    public var pattern: String
    /// The uids of all events that the file names, whatever becomes of what it says of them.
    public var uids: Set<String>
    /// The day on which the last of them begins; nil where none has a date. The list says nothing of what begins later.
    public var lastDay: LocalDate?
    /// The patterns of its publisher's lists, which may name it too: an event that stands in another one is not missing.
    public var others: Set<String> = []

    /// Makes a list.
    public init(_ pattern: String, uids: Set<String> = [], lastDay: LocalDate? = nil) {
        self.pattern = pattern
        self.uids = uids
        self.lastDay = lastDay
    }

    /// The list that a file is; nil unless it was read whole, without a remark about the file itself. A calendar without
    /// events is an empty list.
    public init?(_ pattern: String, of decoded: Decoded) {
        let ofFile = decoded.diagnostics.filter { $0.update.map(decoded.updates.indices.contains) != true }
        let isEmpty = decoded.updates.isEmpty
        guard decoded.format != nil, isEmpty ? decoded.isEmptyCalendar : ofFile.isEmpty,
            ofFile.allSatisfy({ $0.code == .noEvent })
        else { return nil }
        self.init(pattern)
        for decoded in decoded.updates {
            uids.formUnion(decoded.update.targets)
            for occurrence in decoded.update.occurrences {
                if let day = occurrence.when.start?.date { lastDay = max(lastDay ?? day, day) }
            }
        }
    }
}

/// What a complete list lacks: a fact of the one more answer that the stage which decides gives beside those to the items
/// of a delivery that has a ``Delivery/list``.
public struct ListComparison: Fact {
    /// The name in manifests.
    public static let name = "tidings.list"

    /// An event that is missing, and what a person is to decide about it.
    public struct Proposal: Sendable {
        /// The cancellation that waits for a person.
        public var update: EventUpdate
        /// Why it waits.
        public var finding: Diagnostic

        /// Makes a proposal.
        public init(_ update: EventUpdate, because finding: Diagnostic) {
            self.update = update
            self.finding = finding
        }
    }

    /// What is missing, and not asked about yet: the items 0 of the delivery, which are held, and decided together.
    public var missing: [Proposal]
    /// Earlier deliveries of which nobody need decide about what is missing any more.
    public var answered: [DeliveryID]

    /// Makes a comparison.
    public init(missing: [Proposal] = [], answered: [DeliveryID] = []) {
        self.missing = missing
        self.answered = answered
    }
}
