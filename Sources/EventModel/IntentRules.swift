extension Intent {
    /// The status that has to be told beside the intent, so that nobody takes an event for one that takes place because a
    /// change of it is announced: that of an event that is cancelled or postponed, where the intent says something else.
    public func untold(_ status: EventStatus) -> EventStatus? {
        switch (status, self) {
        case (.cancelled, .cancelled), (.postponed, .postponed), (_, .unchanged), (_, .stale): nil
        case (.cancelled, _), (.postponed, _): status
        default: nil
        }
    }

    /// What the first word on an event is to whoever hears it.
    public init(first event: EventContent) {
        switch event.status {
        case .cancelled: self = .cancelled
        case .postponed: self = .postponed
        case .rescheduled: self = .rescheduled
        case .movedOnline: self = .movedOnline
        case .scheduled, .tentative: self = .new
        }
    }

    /// What leads from one state to another; of several things, the one that people must hear first.
    public init(from before: EventContent, to after: EventContent) {
        let matching = OccurrenceMatching(from: before.occurrences, to: after.occurrences)
        let pairs = zip(before.occurrences, matching.partners).compactMap { old, partner in
            partner.map { (old: old, new: after.occurrences[$0]) }
        }
        let added = matching.added.map { after.occurrences[$0] }
        let appeared = { (status: EventStatus) in
            (after.status == status && before.status != status)
                || pairs.contains { $0.new.status == status && $0.old.status != status }
                || added.contains { $0.status == status }
        }
        if Resolver.bringsBack(before, after) {
            self = .reinstated
        } else if before.status == .cancelled, after.status == .cancelled {
            self = .corrected
        } else if appeared(.cancelled) {
            self = .cancelled
        } else if appeared(.postponed) {
            self = .postponed
        } else if pairs.contains(where: { $0.new.hasMoved(from: $0.old) }) || appeared(.rescheduled) {
            self = .rescheduled
        } else if appeared(.movedOnline) || (after.attendanceMode == .online && before.attendanceMode != .online) {
            self = .movedOnline
        } else {
            self = .corrected
        }
    }
}
