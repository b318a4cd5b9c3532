/// What a source said of an event last. Only what differs from it in the source's next statement is news: repetition
/// changes nothing, whatever its stamp.
public struct SourceBase: Sendable {
    /// All that the source has said of it; nil where only that it spoke is known.
    public var content: EventUpdate?
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
        content: EventUpdate?, contentHash: [UInt8], issuedAt: Instant? = nil, isRestamped: Bool = false,
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
    public func said(of known: KnownEvent?) -> EventUpdate? {
        let before = base?.content
        if update.isCancellation {
            guard let before else { return nil }
            // ignoring: what contradicts itself was released by a person, and says nothing else that could count later
            return (try? EventRevision.cancelled(update, before).content) ?? before
        }
        let occurrences = before?.occurrences ?? known?.state.occurrences ?? []
        guard source.format == .icalendar, EventRevision.isInstances(update.occurrences, of: occurrences) else {
            return update.content
        }
        return before.map { EventRevision.withInstances(update, on: $0).content }
    }
}

/// What follows for an event from the news of a statement.
struct News {
    /// The statement with all that it leaves out, and all that is no news, as it is known.
    let update: EventUpdate

    /// The news against what the same source said last.
    init(_ update: EventUpdate, since base: EventUpdate, on state: EventUpdate) {
        var (earlier, later) = (base, update)
        News.align(&later, with: &earlier, on: state)
        let changes = difference(from: earlier, to: later).changes.filter(\.concernsEvent)
        var merged = apply(ChangeSet(changes), to: state)
        News.replace(state.occurrences, byAddedOf: changes, in: &merged)
        self.update = News.carry(update, onto: merged, keeping: state, changed: changes)
    }

    /// What the source adds may be known, cancelled perhaps: then it is said of that, and no second one.
    private static func replace(_ known: [Occurrence], byAddedOf changes: [Change], in merged: inout EventUpdate) {
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

    /// The first statement of a source: what it leaves out changes nothing.
    init(first update: EventUpdate, on state: EventUpdate, isNewer: Bool) {
        var merged = state
        merged.take(update) { $0.concernsEvent && $0.isStated($1) }
        if isNewer { merged.status = update.status }
        if update.name.text.isEmpty { merged.name = state.name }
        merged.extensions = state.extensions + update.extensions.filter { !state.extensions.contains($0) }
        merged.occurrences = News.occurrences(update.occurrences, over: state.occurrences)
        let changes = difference(from: state, to: merged).changes
        self.update = News.carry(update, onto: merged, keeping: state, changed: changes)
    }

    /// What a statement says of itself, with the event that follows.
    private static func carry(
        _ update: EventUpdate, onto event: EventUpdate, keeping state: EventUpdate, changed: [Change]
    ) -> EventUpdate {
        var merged = event
        merged.take(update) { field, _ in !field.concernsEvent }
        let paths = Set(changed.map { $0.evidencePath(in: state.occurrences) })
        let kept = state.evidence.filter { evidence in
            !paths.contains { evidence.fieldPath == $0 || evidence.fieldPath.hasPrefix($0 + ".") }
        }
        let known = Set(kept.map(\.fieldPath))
        merged.evidence = kept + update.evidence.filter { !known.contains($0.fieldPath) }
        return merged
    }

    /// Gives the occurrences of two statements of a source the ids under which the event has them.
    private static func align(_ update: inout EventUpdate, with base: inout EventUpdate, on state: EventUpdate) {
        let between = OccurrenceMatching(from: base.occurrences, to: update.occurrences)
        let toState = OccurrenceMatching(from: base.occurrences, to: state.occurrences)
        for (index, partner) in toState.partners.enumerated() {
            let later = between.partners[index]
            let id = partner.map { state.occurrences[$0].id } ?? base.occurrences[index].id
            base.rename(index, to: id)
            if let later { update.rename(later, to: id) }
        }
    }

    private static func occurrences(_ stated: [Occurrence], over known: [Occurrence]) -> [Occurrence] {
        let matching = OccurrenceMatching(from: known, to: stated)
        var merged = known
        for (index, partner) in matching.partners.enumerated() {
            if let partner { merged[index].state(stated[partner]) }
        }
        return merged + matching.added.map { stated[$0] }
    }
}

extension EventUpdate {
    fileprivate mutating func rename(_ index: Int, to id: String) {
        let stated = occurrences[index].id
        guard stated != id, !occurrences.contains(where: { $0.id == id }) else { return }
        occurrences[index].id = id
        for item in extensions.indices where extensions[item].scope == stated { extensions[item].scope = id }
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
