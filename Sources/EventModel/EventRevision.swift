/// The state of an event after an update: what the update says, and what follows from what was known.
enum EventRevision {
    /// Why the state cannot be told: what the update says of itself and what it changes disagree.
    struct Ambiguity: Error {
        var field: String
        var message: String
    }

    /// The first that is heard of an event.
    static func first(_ update: EventUpdate) -> Event {
        var after = Event(update)
        if update.isCancellation { after.status = .cancelled }
        for index in after.occurrences.indices {
            settle(&after.occurrences[index], was: nil, eventStatus: after.status)
        }
        return after
    }

    /// The state after an update of a known event.
    ///
    static func next(
        _ update: EventUpdate, news: News, on known: KnownEvent
    ) throws(Ambiguity) -> Event {
        var after = known.state
        after.note(update)
        if update.isCancellation {
            after.content = try cancelled(update, known.state.content)
        } else if isInstances(update, of: known.state.occurrences) {
            after.content = withInstances(update, on: known.state.content)
        } else {
            after.content = try settled(news.content, known.state.content)
            after.evidence = news.evidence
        }
        return after
    }

    /// What is said, with what follows from what was known.
    private static func settled(_ said: EventContent, _ old: EventContent) throws(Ambiguity) -> EventContent {
        var after = said
        let matching = OccurrenceMatching(from: old.occurrences, to: said.occurrences)
        for (earlier, later) in matching.partners.enumerated() {
            guard let later else { continue }
            settle(&after.occurrences[later], was: old.occurrences[earlier], eventStatus: said.status)
            keepID(old.occurrences[earlier].id, of: later, in: &after)
        }
        for index in matching.added { settle(&after.occurrences[index], was: nil, eventStatus: said.status) }
        try settleStatus(&after, said, old, matching)
        keepCancelled(old, matching, &after)
        return after
    }

    /// Postponed: the old start moves to the previous ones, and there is none. Moved: the old start is appended.
    private static func settle(_ occurrence: inout Occurrence, was old: Occurrence?, eventStatus: EventStatus) {
        var previous = old?.previousStarts ?? []
        for start in occurrence.previousStarts { append(start, to: &previous) }
        if let start = old?.when.start, !start.agrees(with: occurrence.when.start) { append(start, to: &previous) }
        if (occurrence.status ?? eventStatus) == .postponed {
            if let start = occurrence.when.start { append(start, to: &previous) }
            occurrence.when.start = nil
            occurrence.when.recurrenceSet = nil
            occurrence.when.end = nil
        }
        // What is as it was to be before is no move from there.
        if let start = occurrence.when.start { previous.removeAll { $0.agrees(with: start) } }
        occurrence.previousStarts = previous
    }

    /// An occurrence that is known under one id keeps it, though another source names it otherwise.
    private static func keepID(_ id: String, of index: Int, in update: inout EventContent) {
        let stated = update.occurrences[index].id
        guard stated != id, !update.occurrences.contains(where: { $0.id == id }) else { return }
        update.occurrences[index].id = id
        for item in update.extensions.indices where update.extensions[item].scope == stated {
            update.extensions[item].scope = id
        }
    }

    private static func append(_ start: Moment, to previous: inout [Moment]) {
        if !previous.contains(where: { start.agrees(with: $0) }) { previous.append(start) }
    }

    /// A cancelled occurrence that an update leaves out stays, cancelled: leaving it out does not bring it back.
    private static func keepCancelled(_ old: EventContent, _ matching: OccurrenceMatching, _ after: inout EventContent)
    {
        for (index, partner) in matching.partners.enumerated() where partner == nil {
            guard old.occurrences[index].status == .cancelled else { continue }
            after.occurrences.insert(old.occurrences[index], at: min(index, after.occurrences.count))
        }
    }

    /// iCalendar cannot say postponed, rescheduled or moved online, and many sources never do: a moved start makes a
    /// rescheduled event, and such a status stays until an update says something else about time or place.
    private static func settleStatus(
        _ after: inout EventContent, _ update: EventContent, _ old: EventContent, _ matching: OccurrenceMatching
    ) throws(Ambiguity) {
        var moved: [Int] = []
        var matched = 0
        for (earlier, later) in matching.partners.enumerated() {
            guard let later else { continue }
            matched += 1
            let was = old.occurrences[earlier]
            if after.occurrences[later].hasMoved(from: was) {
                moved.append(later)
            } else if update.occurrences[later].status == nil, was.status == .rescheduled {
                after.occurrences[later].status = .rescheduled
            }
        }
        switch update.status {
        case .scheduled where !moved.isEmpty && moved.count == matched: after.status = .rescheduled
        case .scheduled where !moved.isEmpty:
            for index in moved where after.occurrences[index].status == nil {
                after.occurrences[index].status = .rescheduled
            }
            if old.status == .rescheduled { after.status = .rescheduled }
        case .scheduled where old.status == .rescheduled: after.status = .rescheduled
        case .scheduled where old.status == .movedOnline && update.attendanceMode == old.attendanceMode:
            after.status = .movedOnline
        case .postponed: try checkPostponed(update, old, matching)
        case .rescheduled where moved.isEmpty && old.status != .rescheduled:
            guard update.occurrences.contains(where: { $0.statesMove }) else {
                throw Ambiguity(
                    field: "status", message: "it says rescheduled, and no start differs from what is known")
            }
        default: break
        }
    }

    private static func checkPostponed(
        _ update: EventContent, _ old: EventContent, _ matching: OccurrenceMatching
    ) throws(Ambiguity) {
        for (earlier, later) in matching.partners.enumerated() {
            guard let later, let stated = update.occurrences[later].when.start else { continue }
            let was = old.occurrences[earlier]
            let starts = was.previousStarts + (was.when.start.map { [$0] } ?? [])
            if !starts.isEmpty, !starts.contains(where: { stated.agrees(with: $0) }) {
                throw Ambiguity(
                    field: "occurrences[\(later)].when.start",
                    message: "it says postponed, and gives a start, \(stated), that was not known before")
            }
        }
    }
}

extension EventUpdate {
    /// Whether it cancels its event, or the occurrences it names.
    public var isCancellation: Bool { kind == .cancel || content.status == .cancelled }
}

extension Moment {
    /// Whether both are the same start as far as both say: a date agrees with any time on it, and times of which both
    /// state the offset agree when they are the same instant.
    public func agrees(with other: Moment?) -> Bool {
        guard let other else { return false }
        guard let a = time, let b = other.time else { return date == other.date }
        if let aOffset = offset, let bOffset = other.offset {
            return Instant(a, offset: aOffset) == Instant(b, offset: bOffset)
        }
        return a == b
    }
}

extension Occurrence {
    /// Whether it now starts at another time than before.
    func hasMoved(from old: Occurrence) -> Bool {
        guard let start = when.start else { return false }
        if let was = old.when.start { return !start.agrees(with: was) }
        return old.previousStarts.last.map { !start.agrees(with: $0) } ?? false
    }

    /// Whether it says by itself that it was to start at another time.
    var statesMove: Bool { previousStarts.contains { !$0.agrees(with: when.start) } }
}
