/// What a source said of an event last. Only what differs from it in the source's next statement is news: repetition
/// changes nothing, whatever its stamp.
public struct SourceBase: Sendable {
    /// All that the source has said of it; nil where only that it spoke is known.
    public var content: EventContent?
    /// The hash of what it said last.
    public var contentHash: [UInt8]
    /// When that was issued.
    public var issuedAt: Instant?
    /// Whether the source has moved its issue date though nothing changed: then that date proves nothing.
    public var isRestamped: Bool

    /// Whether a person has taken back what it did.
    public var isReverted: Bool

    /// Makes a base.
    public init(
        content: EventContent?, contentHash: [UInt8], issuedAt: Instant? = nil, isRestamped: Bool = false,
        isReverted: Bool = false
    ) {
        self.isReverted = isReverted
        self.content = content
        self.contentHash = contentHash
        self.issuedAt = issuedAt
        self.isRestamped = isRestamped
    }
}

extension Statement {
    /// All that the source has said of the event once this statement counts. One that names only what changes is laid over
    /// what the source said before; nil where nothing is known of that.
    public func said(of known: KnownEvent?) -> EventContent? {
        let before = base?.content
        if update.isCancellation {
            guard let before else { return nil }
            // ignoring: what contradicts itself was released by a person, and says nothing else that could count later
            return (try? EventRevision.cancelled(update, before)) ?? before
        }
        guard update.extent == .partial else { return update.content.withoutDerived }
        if EventRevision.isInstances(update, of: (before ?? known?.state.content)?.occurrences ?? []) {
            return before.map { EventRevision.withInstances(update, on: $0).withoutDerived }
        }
        return before.map { $0.taking(update.content, isNewer: update.statesStatus).withoutDerived }
            ?? update.content.withoutDerived
    }
}

/// What follows for an event from the news of a statement.
struct News {
    /// What the statement states, and what it leaves out or what is no news as it is known.
    let content: EventContent
    /// Why the fields have their values.
    let evidence: [Evidence]

    /// All that the statement states is news.
    init(all update: EventUpdate) {
        content = update.content
        evidence = update.evidence
    }

    /// The news against what the same source said last.
    init(_ update: EventUpdate, since base: EventContent, on state: Event) {
        var (earlier, later) = (base, update.content)
        News.align(&later, with: &earlier, on: state.content)
        let changes = difference(from: earlier, to: later).changes
        var merged = apply(ChangeSet(changes), to: state.content)
        News.replace(state.occurrences, byAddedOf: changes, in: &merged)
        if state.status == .postponed, merged.status != .postponed { News.giveStarts(of: later, to: &merged) }
        self.init(merged, of: update, on: state, changed: changes)
    }

    /// What a source says that has said nothing of the event before, or names only what changes: what it leaves out stays.
    init(over state: Event, _ update: EventUpdate, isNewer: Bool) {
        let merged = state.content.taking(update.content, isNewer: isNewer && update.statesStatus)
        let changes = difference(from: state.content, to: merged).changes
        self.init(merged, of: update, on: state, changed: changes)
    }

    /// What is changed has the evidence of the statement, and all else that of the event.
    private init(_ content: EventContent, of update: EventUpdate, on state: Event, changed: [Change]) {
        let paths = Set(changed.map { $0.evidencePath(in: state.occurrences) })
        let kept = state.evidence.filter { evidence in
            !paths.contains { evidence.fieldPath == $0 || evidence.fieldPath.hasPrefix($0 + ".") }
        }
        let known = Set(kept.map(\.fieldPath))
        self.content = content
        evidence = kept + update.evidence.filter { !known.contains($0.fieldPath) }
    }

    /// What is postponed no more takes place when its source says: that it has said so all the time is no reason to leave it
    /// out.
    private static func giveStarts(of stated: EventContent, to merged: inout EventContent) {
        for index in merged.occurrences.indices where merged.occurrences[index].when.start == nil {
            guard let said = stated.occurrences.first(where: { $0.id == merged.occurrences[index].id }) else {
                continue
            }
            merged.occurrences[index].when = said.when
        }
    }

    /// What the source adds may be known, cancelled perhaps: then it is said of that, and no second one.
    private static func replace(_ known: [Occurrence], byAddedOf changes: [Change], in merged: inout EventContent) {
        let added = changes.compactMap { change -> Occurrence? in
            guard change.field.isEmpty, change.from == nil, case .occurrence(let added) = change.to else { return nil }
            return added
        }
        if added.isEmpty { return }
        for (index, partner) in OccurrenceMatching(from: known, to: added).partners.enumerated() {
            guard let partner,
                let old = merged.occurrences.firstIndex(where: { $0.id == known[index].id && $0 != added[partner] })
            else { continue }
            merged.occurrences.remove(at: old)
        }
    }

    /// Gives the occurrences of two statements of a source the ids under which the event has them.
    private static func align(_ update: inout EventContent, with base: inout EventContent, on state: EventContent) {
        let between = OccurrenceMatching(from: base.occurrences, to: update.occurrences)
        let toState = OccurrenceMatching(from: base.occurrences, to: state.occurrences)
        for (index, partner) in toState.partners.enumerated() {
            let later = between.partners[index]
            let id = partner.map { state.occurrences[$0].id } ?? base.occurrences[index].id
            base.rename(index, to: id)
            if let later { update.rename(later, to: id) }
        }
    }
}

extension EventUpdate {
    /// Whether it says another time, place or status than an event has.
    public func contradicts(_ event: Event) -> Bool {
        if isCancellation { return event.status != .cancelled }
        let changes = difference(from: event.content, to: News(over: event, self, isNewer: true).content).changes
        return changes.contains { $0.isMajor && ($0.path != "status" || event.status.basic != content.status.basic) }
    }

    /// Whether its status is its word on that, also where it is what goes without saying.
    fileprivate var statesStatus: Bool {
        extent == .whole || evidence.contains { $0.fieldPath == "status" && $0.basis == .stated }
    }
}

extension EventContent {
    fileprivate mutating func rename(_ index: Int, to id: String) {
        let stated = occurrences[index].id
        guard stated != id, !occurrences.contains(where: { $0.id == id }) else { return }
        occurrences[index].id = id
        for item in extensions.indices where extensions[item].scope == stated { extensions[item].scope = id }
    }

    /// This with what another states laid over it.
    fileprivate func taking(_ other: EventContent, isNewer: Bool) -> EventContent {
        var merged = self
        merged.take(other) { $0.isStated($1) }
        if isNewer { merged.status = other.status }
        if other.name.text.isEmpty { merged.name = name }
        merged.extensions = extensions + other.extensions.filter { !extensions.contains($0) }
        let matching = OccurrenceMatching(from: occurrences, to: other.occurrences)
        merged.occurrences = occurrences
        for (index, partner) in matching.partners.enumerated() {
            if let partner { merged.occurrences[index].state(other.occurrences[partner]) }
        }
        merged.occurrences += matching.added.map { other.occurrences[$0] }
        return merged
    }
}

extension Occurrence {
    /// Takes over what another source states of it.
    fileprivate mutating func state(_ other: Occurrence) {
        status = other.status ?? status
        if let start = other.when.start {
            // A date agrees with the time that is known of it.
            let refines = when.start.map { $0.agrees(with: start) && start.time == nil } ?? false
            if !refines {
                let end = other.when.end
                let isUnmoved = when.start?.agrees(with: start) ?? false
                let (knownEnd, knownZone) = (when.end, when.timeZone)
                when = other.when
                if isUnmoved {
                    when.end = end ?? knownEnd
                    when.timeZone = other.when.timeZone ?? knownZone
                }
            }
        }
        for former in other.previousStarts where !previousStarts.contains(where: { $0.agrees(with: former) }) {
            previousStarts.append(former)
        }
        if let place = other.place { self.place = self.place.map { $0.stating(place) } ?? place }
        onlineURL = other.onlineURL ?? onlineURL
        if other.dayAssignment != .each { dayAssignment = other.dayAssignment }
    }
}

extension Place {
    /// The place as another source states it: another name is another place.
    fileprivate func stating(_ other: Place) -> Place {
        guard other.name == name else { return other }
        var place = self
        place.take(other) { $0.isStated($1) }
        place.kind = kind
        return place
    }
}

extension Record {
    /// Takes over the fields of another that `isTaken`.
    fileprivate mutating func take(_ other: Self, where isTaken: (Field<Self>, UnsafePointer<Self>) -> Bool) {
        withUnsafePointer(to: other) { other in
            for field in Self.fields where isTaken(field, other) { field.copy(other, &self) }
        }
    }
}

extension Change {
    /// The path of its field in evidence, where occurrences are counted from 0.
    func evidencePath(in occurrences: [Occurrence]) -> String {
        guard let occurrence else { return field }
        let index = occurrenceKeys(occurrences).firstIndex(of: occurrence).map(String.init) ?? occurrence
        return field.isEmpty ? "occurrences[\(index)]" : "occurrences[\(index)].\(field)"
    }
}

extension EventStatus {
    /// The status without what was before: what is rescheduled or has moved is to take place, as what is scheduled.
    fileprivate var basic: EventStatus { self == .rescheduled || self == .movedOnline ? .scheduled : self }
}
