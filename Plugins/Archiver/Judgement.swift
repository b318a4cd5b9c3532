import EventFormats
import EventModel
import PluginKit
import Store

/// What has been decided about one delivery so far.
struct Judgement {
    var next: Archive.Next
    let firstHistory: Int64
    let now: Instant
    var resolutions: [Resolution] = []
    var diagnostics: [Diagnostic] = []

    init(next: Archive.Next, now: Instant) {
        self.next = next
        self.now = now
        firstHistory = next.history
    }

    var isHeld: Bool { diagnostics.contains { $0.severity == .held } }

    var outcome: ArchiveOutcome {
        if isHeld { return .held }
        if resolutions.contains(where: \.changesEvent) || resolutions.isEmpty { return .accepted }
        return resolutions.allSatisfy { $0.intent == .stale } ? .stale : .unchanged
    }

    /// The sentences that a person needs to know why the delivery did not go on.
    var reason: String {
        switch outcome {
        case .held: diagnostics.filter { $0.severity == .held }.map(\.message).joined(separator: "; ")
        case .stale: diagnostics.filter { $0.code == .staleRevision }.map(\.message).joined(separator: "; ")
        case .accepted, .unchanged: ""
        }
    }

    func answer(_ row: DeliveryRow, _ delivery: Delivery) -> Answer {
        Judgement.answer(row, resolutions, diagnostics, delivery)
    }

    static func answer(
        _ row: DeliveryRow, _ resolutions: [Resolution], _ diagnostics: [Diagnostic], _ delivery: Delivery
    ) -> Answer {
        Answer(
            row.outcome.verdict, reason: row.reason, diagnostics: diagnostics.map { place($0, in: delivery) },
            facts: row.outcome == .held ? Facts() : Facts([Resolutions(resolutions)]))
    }

    /// Says where in the dropped bytes the field of a finding stands.
    private static func place(_ diagnostic: Diagnostic, in delivery: Delivery) -> Diagnostic {
        guard let index = diagnostic.update, delivery.decoded.updates.indices.contains(index),
            let field = FieldPath.Field(rawValue: diagnostic.field),
            let bytes = delivery.decoded.updates[index].positions.bytes(of: FieldPath(field))
        else { return diagnostic }
        var placed = diagnostic
        placed.position = SourcePosition(of: bytes, in: delivery.bytes)
        return placed
    }

    /// Thrown to undo the writes of a delivery of which one update is held.
    static func undo(_ path: String) -> StoreError {
        StoreError(.sqlite(code: 4, extended: 4), message: "one update of the delivery is held", path: path)
    }
}

extension Archive {
    /// Decides about one update of a delivery and writes what follows, unless it is held.
    func judge(_ prepared: PreparedDelivery, _ index: Int, _ judgement: inout Judgement) throws(StoreError) {
        let item = prepared.updates[index]
        let source = prepared.source(of: item.update)
        var row = try find(item.update, ruling: prepared.release?.ruling)
        let receipt = Receipt(prepared.delivery)
        let known = try row.map { row throws(StoreError) in try knownEvent(row, pending: receipt) }
        var statement = EventModel.Statement(
            item.update, from: source, contentHash: item.hash, ruling: prepared.release?.ruling)
        if let row, row.contentHash != item.hash {
            statement.wasSeenBefore = try history.hasSeen(item.hash, event: row.number)
            statement.isOvertaken = try isOvertaken(prepared.delivery, by: row, known, at: judgement.now)
            if item.update.sequence != nil, row.stamp.source != source || row.stamp.sequence == nil {
                statement.ownSequence = try history.sequence(of: source, event: row.number)
            }
        }
        switch Resolver.resolve(statement, known: known) {
        case .held(let diagnostic): judgement.add(diagnostic, index)
        case .stale(let diagnostic):
            judgement.add(diagnostic, index)
            guard let row, let known else { return }
            try note(.stale, row, known, item, source, &judgement)
        case .unchanged(let stamp):
            guard row != nil, let known else { return }
            let hasNews = row?.stamp != stamp
            row?.stamp = stamp
            guard let row else { return }
            if hasNews { try events.update(row) }
            try note(.unchanged, row, known, item, source, &judgement)
        case .accepted(let acceptance):
            for warning in acceptance.warnings { judgement.add(warning, index) }
            var acceptance = acceptance
            acceptance.after.receivedAt = receipt.receivedAt
            acceptance.after.source = receipt.source
            try accept(acceptance, row, known, item, source, &judgement)
        }
    }

    /// Whether the delivery that made the current state of an event was dropped after this one. Where that was in the
    /// future the clock has gone back, and the order of ids says nothing.
    private func isOvertaken(
        _ delivery: Delivery, by row: EventRow, _ known: KnownEvent?, at now: Instant
    ) throws(StoreError) -> Bool {
        guard let known, delivery.receivedAt <= known.state.receivedAt, known.state.receivedAt <= now else {
            return false
        }
        return try history.delivery(ofState: row.stateRow).map { $0 > delivery.id } ?? false
    }

    /// The event an update speaks of. One that a person called new has none, whatever its uid meets.
    private func find(_ update: EventUpdate, ruling: Ruling?) throws(StoreError) -> EventRow? {
        if ruling == .new { return nil }
        if case .update(let uid) = ruling { return try events.find(uid) }
        for uid in update.targets {
            if let row = try events.find(uid) { return row }
        }
        return nil
    }

    private func knownEvent(_ row: EventRow, pending: Receipt) throws(StoreError) -> KnownEvent {
        KnownEvent(
            state: try history.state(row.stateRow, pending: pending), revision: row.revision, owner: row.owner,
            isTombstone: row.isTombstone, stamp: row.stamp, contentHash: row.contentHash)
    }

    /// Records an update that made no revision.
    private func note(
        _ intent: Intent, _ row: EventRow, _ known: KnownEvent, _ item: PreparedUpdate, _ source: UpdateSource,
        _ judgement: inout Judgement
    ) throws(StoreError) {
        try history.insert(
            HistoryRow(
                number: judgement.next.history, event: row.number, delivery: judgement.next.delivery, intent: intent,
                revision: row.revision, stamp: RevisionStamp(item.update, from: source), contentHash: item.hash))
        judgement.next.history += 1
        judgement.resolutions.append(
            Resolution(
                uid: row.uid, intent: intent, revision: row.revision, before: known.state, after: known.state,
                changes: []))
    }

    private func accept(
        _ acceptance: Decision.Acceptance, _ row: EventRow?, _ known: KnownEvent?, _ item: PreparedUpdate,
        _ source: UpdateSource, _ judgement: inout Judgement
    ) throws(StoreError) {
        var after = acceptance.after
        if row == nil { after.uid = try freeUID(after.uid) }
        after.completeRecurrenceSets()
        let made = EventRow(
            number: row?.number ?? judgement.next.event, uid: after.uid, owner: owner(row, source),
            revision: (row?.revision ?? 0) + 1, stateRow: judgement.next.history, isTombstone: acceptance.isTombstone,
            overview: EventOverview(after), stamp: RevisionStamp(item.update, from: source), contentHash: item.hash)
        let content = after.content
        try history.insert(
            HistoryRow(
                number: made.stateRow, event: made.number, delivery: judgement.next.delivery,
                intent: acceptance.intent, revision: made.revision, stamp: made.stamp, contentHash: item.hash,
                state: content == item.update.content ? item.json : StateCoding.json(content),
                evidence: StateCoding.evidence(of: after)))
        judgement.next.history += 1
        if row == nil {
            try events.insert(made)
            judgement.next.event += 1
        } else {
            try events.update(made)
        }
        judgement.resolutions.append(
            Resolution(
                uid: made.uid, intent: acceptance.intent, revision: made.revision, before: known?.state, after: after,
                changes: acceptance.changes.changes))
    }

    /// Who owns an event after an update of that source: what belonged to nobody goes to the first publisher that speaks.
    private func owner(_ row: EventRow?, _ source: UpdateSource) -> String {
        guard let row else { return source.publisher }
        return row.owner.isEmpty && !UpdateSource.isLone(source.publisher) ? source.publisher : row.owner
    }

    /// The uid itself, unless a person called an update new whose uid another event has: then the first free one of
    /// `uid-2`, `uid-3` and so on.
    private func freeUID(_ uid: String) throws(StoreError) -> String {
        var candidate = uid
        var number = 1
        while try events.find(candidate) != nil {
            number += 1
            candidate = "\(uid)-\(number)"
        }
        return candidate
    }
}

extension Judgement {
    mutating func add(_ diagnostic: Diagnostic, _ index: Int) {
        var diagnostic = diagnostic
        diagnostic.update = index
        diagnostics.append(diagnostic)
    }
}

extension RevisionStamp {
    init(_ update: EventUpdate, from source: UpdateSource) {
        self.init(sequence: update.sequence, issuedAt: update.issuedAt, source: source)
    }
}
