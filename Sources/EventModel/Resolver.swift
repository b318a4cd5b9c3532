/// Decides what an update does to an event: a pure function of what is known and what is said. Nothing that it holds
/// back changes anything.
public enum Resolver {
    /// Decides about an update. `known` is the event it speaks of; nil where the archive has none.
    public static func resolve(_ statement: Statement, known: KnownEvent?) -> Decision {
        guard let known, statement.ruling != .new else {
            if case .update(let target) = statement.ruling { return .held(Decision.noTarget(target)) }
            return allowed(first(statement), statement)
        }
        let order = RevisionOrder.of(
            statement.update, from: statement.source, ownSequence: statement.ownSequence,
            base: statement.base, after: known.stamp)
        if statement.ruling == nil {
            if !statement.source.maySpeak(forEventOf: known.owner) { return held(.foreignEvent, statement, known) }
            let isNotSaid = statement.update.announcesUnderDerivedUID
            if let base = statement.base, base.isReverted, base.contentHash == statement.contentHash,
                known.contentHash != statement.contentHash
            {
                let isRepeated = base.issuedAt == statement.update.provenIssue
                return isRepeated ? .unchanged(known.stamp) : held(.seenBefore, statement, known)
            }
            if isRepeated(statement, known) { return unchanged(statement, known) }
            if isNotSaid || order == .older, repeats(statement.update, known.state) {
                return unchanged(statement, known)
            }
            if isNotSaid { return held(.sameEventOrNew, statement, known) }
            if order == .older { return .stale(Decision.stale(statement.update, known)) }
        }
        do throws(EventRevision.Ambiguity) {
            var after = try EventRevision.next(
                statement.update, news: news(statement, known, order), on: known)
            let changes = difference(from: known.state.content, to: after.content)
            if changes.isEmpty { return unchanged(statement, known) }
            after.keepDecisions(of: known.state, but: changes)
            if statement.ruling != nil { after.noteCancellation(of: known.state) }
            if statement.ruling == nil, let doubt = doubt(statement, known, order, after, changes) { return doubt }
            return allowed(.accepted(accept(statement, known, order, after, changes)), statement)
        } catch {
            if statement.ruling != nil { return .accepted(force(statement, known)) }
            return .held(Decision.ambiguous(statement.update, error.message, field: error.field))
        }
    }

    /// The statement with what it leaves out, and what is no news, as it is known. Where nobody else has spoken since,
    /// that is what it says.
    private static func news(_ statement: Statement, _ known: KnownEvent, _ order: RevisionOrder) -> News {
        if known.isTombstone { return News(all: statement.update) }
        if statement.update.extent == .partial {
            return News(over: known.state, statement.update, isNewer: order.isNewer)
        }
        guard let base = statement.base else {
            return News(over: known.state, statement.update, isNewer: order.isNewer)
        }
        // A person lets pass what a person has taken back: all of it is meant.
        if base.isReverted, statement.ruling != nil {
            return News(over: known.state, statement.update, isNewer: true)
        }
        // The last word on the event may be the source's own, and what others said before it stands all the same.
        if let content = base.content, content != known.state.content.withoutDerived {
            return News(statement.update, since: content, on: known.state)
        }
        if base.contentHash == known.contentHash { return News(all: statement.update) }
        return News(over: known.state, statement.update, isNewer: order.isNewer)
    }

    /// The decision, as far as the source may do what it does; a person may do all.
    private static func allowed(_ decision: Decision, _ statement: Statement) -> Decision {
        guard statement.ruling == nil, case .accepted(let acceptance) = decision else { return decision }
        let permission: Permission
        switch acceptance.intent {
        case .new: permission = .announce
        case .cancelled: permission = .cancel
        default: permission = .change
        }
        return statement.may.contains(permission) ? decision : .held(Decision.notAllowed(statement, permission))
    }

    private static func unchanged(_ statement: Statement, _ known: KnownEvent) -> Decision {
        .unchanged(known.stamp.noting(statement.update, from: statement.source))
    }

    private static func held(_ code: DiagnosticCode, _ statement: Statement, _ known: KnownEvent) -> Decision {
        .held(Decision.diagnostic(code, statement, known))
    }

    /// Whether a statement is the last one of its source, or made the event what it is, if its source has said nothing else since.
    private static func isRepeated(_ statement: Statement, _ known: KnownEvent) -> Bool {
        guard let base = statement.base else { return known.contentHash == statement.contentHash }
        return base.contentHash == statement.contentHash
            || known.contentHash == statement.contentHash && repeats(statement.update, known.state)
    }

    /// Whether an update says of the event what is known.
    private static func repeats(_ update: EventUpdate, _ state: Event) -> Bool {
        difference(from: state.content, to: update.content).isEmpty
    }

    /// Why an update whose meaning is clear still needs a person.
    private static func doubt(
        _ statement: Statement, _ known: KnownEvent, _ order: RevisionOrder, _ after: Event,
        _ changes: ChangeSet
    ) -> Decision? {
        if let path = changed(by: changes, amongSetIn: known.state) {
            return .held(
                Decision.ambiguous(
                    statement.update, "it changes \(path), which a person has set; releasing it ends that decision",
                    field: path))
        }
        if statement.source.publisher.isEmpty, statement.source.submitter != known.announcer, changes.isMajor {
            return .held(Decision.anotherUser(statement))
        }
        // Its source insists on what a person has taken back, and says something else beside it.
        if let base = statement.base, base.isReverted, statement.update.contradicts(after) {
            return held(.seenBefore, statement, known)
        }
        if statement.wasSeenBefore, !order.isNewer { return held(.seenBefore, statement, known) }
        if order == .equal { return held(.revisionConflict, statement, known) }
        if repeatsFormerStart(statement, known) {
            return .held(
                Decision.ambiguous(
                    statement.update,
                    "the event is postponed, and this gives its former start again in a format that may not be able to "
                        + "say postponed", field: "status"))
        }
        if order.isNewer { return nil }
        // It is not the latest word of anybody; what a change of time or place means is still for a person to say.
        if statement.isOvertaken {
            return changes.isMajor
                ? .held(Decision.overtaken(.revisionConflict, severity: .held, statement.update))
                : .stale(Decision.overtaken(.staleRevision, severity: .warning, statement.update))
        }
        if bringsBack(known.state.content, after.content) {
            return .held(
                Decision.ambiguous(
                    statement.update,
                    "it would bring back what is cancelled, and neither its sequence nor its issue date proves that it "
                        + "is newer than the cancellation", field: "status"))
        }
        if statement.source != known.stamp.source, changes.isMajor {
            return .held(
                Decision.ambiguous(
                    statement.update,
                    "it changes time, place or status, comes from another source than the last word on this event, and "
                        + "states no order", field: ""))
        }
        return nil
    }

    /// The first field that a person has set and that changes.
    private static func changed(by changes: ChangeSet, amongSetIn state: Event) -> String? {
        let set = state.evidence.filter { $0.rule == Correction.rule }.map(\.fieldPath)
        if set.isEmpty { return nil }
        let paths = changes.changes.map { $0.evidencePath(in: state.occurrences) }
        return set.first { field in
            paths.contains { $0 == field || field.hasPrefix($0 + ".") || $0.hasPrefix(field + ".") }
        }
    }

    /// Whether another source than the one that postponed the event still gives the start it was to have.
    private static func repeatsFormerStart(_ statement: Statement, _ known: KnownEvent) -> Bool {
        guard known.state.status == .postponed, statement.update.status == .scheduled,
            statement.source != known.stamp.source
        else { return false }
        let former = known.state.occurrences.flatMap(\.previousStarts)
        return statement.update.occurrences.contains { occurrence in
            former.contains { $0.agrees(with: occurrence.when.start) }
        }
    }

    /// Whether something that was cancelled no longer is.
    static func bringsBack(_ before: EventContent, _ after: EventContent) -> Bool {
        if before.status == .cancelled { return after.status != .cancelled }
        if after.status == .cancelled { return false }
        let partners = OccurrenceMatching(from: before.occurrences, to: after.occurrences).partners
        return zip(before.occurrences, partners).contains { old, partner in
            old.status == .cancelled && partner.map { after.occurrences[$0].status != .cancelled } ?? false
        }
    }

    private static func accept(
        _ statement: Statement, _ known: KnownEvent, _ order: RevisionOrder, _ after: Event,
        _ changes: ChangeSet
    ) -> Decision.Acceptance {
        var warnings = inFuture(statement)
        if order == .newerWithSameSequence, changes.isMajor {
            warnings.append(Decision.diagnostic(.sequenceNotIncremented, statement, known))
        }
        return Decision.Acceptance(
            intent: Intent(from: known.state.content, to: after.content), after: after, changes: changes,
            isTombstone: known.isTombstone && after.status == .cancelled, warnings: warnings)
    }

    /// What a person accepted although it contradicts itself counts as it is written.
    private static func force(_ statement: Statement, _ known: KnownEvent) -> Decision.Acceptance {
        var after = EventRevision.first(statement.update)
        after.uid = known.state.uid
        after.uidOrigin = known.state.uidOrigin
        let changes = difference(from: known.state.content, to: after.content)
        return accept(statement, known, .newer, after, changes)
    }

    private static func inFuture(_ statement: Statement) -> [Diagnostic] {
        statement.update.isIssuedInFuture ? [Decision.inFuture(statement)] : []
    }

    /// The first that is heard of an event. It may already be a postponed, rescheduled, moved or cancelled one; a text
    /// that says so may be about an event that is known under another name.
    private static func first(_ statement: Statement) -> Decision {
        let update = statement.update
        let speaksOfKnown = update.kind != .announce || update.hasChangedStatus
        if statement.source.format == .text, speaksOfKnown, statement.ruling == nil {
            return .held(
                Decision.ambiguous(
                    update, "it speaks of an event that is not known under this uid", field: "uid"))
        }
        var warnings = inFuture(statement)
        if update.isCancellation {
            warnings.append(Decision.unknownTarget(update))
        } else if speaksOfKnown {
            warnings.append(Decision.firstHeard(update))
        }
        return .accepted(
            Decision.Acceptance(
                intent: update.isCancellation ? .cancelled : Intent(first: update.content),
                after: EventRevision.first(update), changes: ChangeSet(),
                isTombstone: update.isCancellation, warnings: warnings))
    }
}

extension Event {
    /// What a person has set stays known as such until it changes.
    fileprivate mutating func keepDecisions(of state: Event, but changes: ChangeSet) {
        let known = Set(evidence.map(\.fieldPath))
        let changed = changes.changes.map { $0.evidencePath(in: state.occurrences) }
        evidence += state.evidence.filter { set in
            set.rule == Correction.rule && !known.contains(set.fieldPath)
                && !changed.contains { $0 == set.fieldPath || set.fieldPath.hasPrefix($0 + ".") }
        }
    }
}

extension Event {
    /// What a person has let be cancelled is cancelled by that person: to undo it is asked about.
    fileprivate mutating func noteCancellation(of state: Event) {
        guard content.status == .cancelled, state.status != .cancelled else { return }
        evidence.removeAll { $0.fieldPath == "status" }
        evidence.append(Evidence(fieldPath: "status", basis: .stated, rule: Correction.rule))
    }
}

extension EventUpdate {
    /// Whether it says that something about the event has changed since it was announced.
    var hasChangedStatus: Bool {
        let changed: [EventStatus] = [.postponed, .rescheduled, .movedOnline, .cancelled]
        return changed.contains(content.status)
            || content.occurrences.contains { $0.status.map(changed.contains) ?? false }
    }

    /// Whether it announces an event under a uid that was made from its headline, and says neither by word nor by
    /// reference that it is about a known one.
    var announcesUnderDerivedUID: Bool {
        uidOrigin == .derived && kind == .announce && !hasChangedStatus && references.isEmpty
    }

    /// The uids of the event it may speak of, the likeliest first: its own, or, where that was derived, those it
    /// refers to.
    public var targets: [String] {
        let referred = references.map(\.uid).filter { $0 != uid }
        if uidOrigin == .derived { return referred + [uid] }
        return kind == .announce ? [uid] : [uid] + referred
    }
}
