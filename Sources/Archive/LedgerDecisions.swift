public import EventModel
public import PluginKit
public import Store
import EventFormats

/// What was decided about an item before.
public struct StoredDecision: Sendable {
    /// What it was.
    public enum Kind: Hashable, Sendable {
        /// It counts.
        case counts(Intent)
        /// A person decides.
        case held
        /// It was refused.
        case rejected
        /// Its event was forgotten.
        case forgotten
    }

    /// What it was.
    public let kind: Kind
    /// Why it did not go on.
    public let message: String
    /// What was found.
    public let findings: [Diagnostic]
    /// What it did; nil unless it counts.
    public let resolution: Resolution?
    /// Whether it shared the fate of others of its file: nothing was decided about itself.
    public let isForOthers: Bool
    /// Whether it asked what waited for a person already.
    public var isAskedAgain = false
    /// By what it was replaced, where it waits no more: its source has said something else since.
    public var replaced: String?
}

extension Ledger {
    /// What was decided about an item before; nil where nothing was, or where a person had it looked at again.
    public func decision(on item: Int, in delivery: inout LedgerDelivery) throws(StoreError) -> StoredDecision? {
        guard delivery.isKnown else { return nil }
        let earlier = try earlier(&delivery)
        let rows = try log.rows(delivery: delivery.row.number, item: item)
        // Nobody is asked any more, whichever stage has held it.
        if let closed = rows.last(where: { $0.outcome == .replaced }),
            let held = rows.last(where: \.outcome.isDecision), held.number < closed.number
        {
            return StoredDecision(
                kind: .held, message: held.message, findings: try findings.rows(held.findings), resolution: nil,
                isForOthers: false, replaced: closed.message)
        }
        guard let own = rows.last(where: { $0.stage == nil && $0.outcome.isDecision }) else {
            guard let covered = earlier.covered[item] else { return nil }
            return try counted(.unchanged, covered.event, covered.revision, "", [])
        }
        let isAskedAgain = own.outcome == .unchanged && own.code != nil
        if !own.outcome.counts {
            let isReopened = rows.contains {
                $0.number > own.number && ($0.outcome == .released || $0.outcome == .retried)
            }
            if isReopened || earlier.reopened > own.number { return nil }
        }
        let found = try findings.rows(own.findings)
        if own.outcome == .unchanged, own.event == nil, let uid = own.uid {
            return StoredDecision(
                kind: .counts(.unchanged), message: own.message, findings: found,
                resolution: Resolution(
                    uid: uid, intent: .unchanged, revision: 0, before: nil, after: nil, changes: []),
                isForOthers: false, isAskedAgain: isAskedAgain)
        }
        guard own.outcome.counts, let intent = own.intent, let event = own.event, let revision = own.revision else {
            let kind: StoredDecision.Kind =
                own.outcome == .held ? .held : own.outcome == .rejected ? .rejected : .forgotten
            return StoredDecision(
                kind: kind, message: own.message, findings: found, resolution: nil,
                isForOthers: kind != .forgotten && own.isForOthers)
        }
        var stored = try counted(intent, event, revision, own.message, found)
        stored.isAskedAgain = isAskedAgain
        return stored
    }

    func counted(
        _ intent: Intent, _ event: Int64, _ revision: Int, _ message: String, _ found: [Diagnostic]
    ) throws(StoreError) -> StoredDecision {
        guard let uid = try events.row(event)?.uid else {
            return StoredDecision(kind: .forgotten, message: "", findings: [], resolution: nil, isForOthers: false)
        }
        let after = try revisions.state(event: event, revision: revision)
        let changesEvent = intent != .unchanged && intent != .stale
        let before = changesEvent ? try revisions.state(event: event, revision: revision - 1) : after
        var changes: [Change] = []
        if changesEvent, let before, let after {
            changes = difference(from: before.content, to: after.content).changes
        }
        return StoredDecision(
            kind: .counts(intent), message: message, findings: found,
            resolution: Resolution(
                uid: uid, intent: intent, revision: revision, before: before, after: after, changes: changes),
            isForOthers: false)
    }

    /// Records that an item made a revision of an event, or a new event.
    ///
    /// - Parameters:
    ///   - event: The event it speaks of; nil for a new one.
    ///   - said: All that its source has said of the event, this included; nil where that is not known.
    /// - Returns: What it did. A new event may have got another uid than the update's, where that is another event's.
    public func accept(
        _ acceptance: Decision.Acceptance, of event: EventRow?, known: KnownEvent?, _ stated: StatedUpdate,
        said: EventContent?, in delivery: inout LedgerDelivery, release: Release?, at now: Instant
    ) throws(StoreError) -> Resolution {
        var after = acceptance.after
        after.receipt = Receipt(delivery.header)
        if event == nil { after.uid = try freeUID(after.uid) }
        after.content.completeRecurrenceSets(receivedAt: after.receipt.receivedAt)
        let stamp = RevisionStamp(
            sequence: stated.update.sequence, issuedAt: stated.update.provenIssue, source: stated.source)
        var row = logRow(.accepted, stated, release, in: delivery, at: now)
        row.contentHash = nil
        row.intent = acceptance.intent
        row.revision = (event?.revision ?? 0) + 1
        let number = memory?.log ?? 0
        row.event = event?.number ?? number
        let made = EventRow(
            number: event?.number ?? number, uid: after.uid, owner: owner(event, stated.source),
            announcer: event?.announcer ?? stated.source.submitter, revision: (event?.revision ?? 0) + 1,
            isTombstone: acceptance.isTombstone,
            overview: EventOverview(after.content), stamp: stamp, contentHash: stated.hash)
        try write(row, acceptance.warnings)
        let statement = try content(stated.json, hash: stated.hash, of: event?.number)
        var state = statement
        if !after.isStated(by: stated.update) {
            let json = StateCoding.json(after)
            state = try self.content(json, hash: hash(json), of: event?.number)
        }
        try revisions.insert(
            RevisionRow(
                event: made.number, revision: made.revision, log: number, statementHash: stated.hash, content: state,
                statement: statement, evidence: StateCoding.evidence(of: after)))
        if event == nil { try events.insert(made) } else { try events.update(made) }
        try setBase(
            stated, said: said, content: statement, of: made.number, isNew: event == nil, in: &delivery,
            isReleased: release != nil)
        delivery.counts = true
        return Resolution(
            uid: made.uid, intent: acceptance.intent, revision: made.revision, before: known?.state, after: after,
            changes: acceptance.changes.changes)
    }

    /// Records that an item says what is known. `stamp` notes a later sequence, `said` all that its source has said.
    public func noteUnchanged(
        _ stamp: RevisionStamp, _ stated: StatedUpdate, said: EventContent?, of event: EventRow, known: KnownEvent,
        in delivery: inout LedgerDelivery, release: Release?, at now: Instant
    ) throws(StoreError) -> Resolution {
        if event.stamp != stamp {
            var event = event
            event.stamp = stamp
            try events.update(event)
        }
        try setBase(
            stated, said: said, content: nil, of: event.number, isNew: false, in: &delivery,
            isReleased: release != nil)
        delivery.counts = true
        if release == nil, try isNew(stated, in: delivery) {
            let item = Coverage.Item(number: stated.number, event: event.number, revision: event.revision)
            delivery.receipts.append(LedgerDelivery.Receipt(item: item, stated: stated))
        } else {
            try write(countedRow(.unchanged, stated, event, release, in: delivery, at: now))
        }
        return Ledger.resolution(.unchanged, event, known)
    }

    /// Whether nothing was decided about an item before, not even for the sake of others.
    private func isNew(_ stated: StatedUpdate, in delivery: LedgerDelivery) throws(StoreError) -> Bool {
        guard delivery.isKnown else { return true }
        return try log.rows(delivery: delivery.row.number, item: stated.number).isEmpty
    }

    /// Records that an item is older than what is known.
    public func noteStale(
        _ finding: Diagnostic, _ stated: StatedUpdate, of event: EventRow, known: KnownEvent,
        in delivery: inout LedgerDelivery, release: Release?, at now: Instant
    ) throws(StoreError) -> Resolution {
        var row = countedRow(.stale, stated, event, release, in: delivery, at: now)
        row.code = finding.code.rawValue
        row.message = finding.message
        try write(row, [finding])
        delivery.counts = true
        return Ledger.resolution(.stale, event, known)
    }

    /// Records that an item waits for a person, or was refused: for a finding of its own, or for the sake of others of
    /// its file. Said already, it is not said again.
    ///
    /// - Parameters:
    ///   - stage: The earlier stage that holds or refuses it; nil for the one that decides.
    ///   - found: What was found, that for which it does not go on first.
    ///   - said: All that its source would have said of the event, had it counted; nil where that is not known.
    ///   - isForgotten: Whether it is about something that was forgotten: then nothing that tells of it is kept.
    ///   - isAgain: Whether that was said before, and is known again.
    public func refuse(
        _ outcome: LogOutcome, by stage: String? = nil, _ found: [Diagnostic], message: String, _ stated: StatedUpdate,
        said: EventContent? = nil, of event: EventRow?, in delivery: LedgerDelivery, release: Release?,
        isForgotten: Bool = false, isAgain: Bool = false, at now: Instant
    ) throws(StoreError) {
        var row = logRow(outcome, stated, release, in: delivery, at: now)
        row.stage = stage
        row.code = found.first?.code.rawValue
        row.message = message
        row.event = event?.number
        if event == nil { row.uid = stated.update.uid }
        if isForgotten { (row.event, row.uid, row.contentHash) = (nil, nil, nil) }
        if delivery.isKnown, let last = try log.rows(delivery: delivery.row.number, item: stated.number).last,
            last.says(row)
        {
            return
        }
        let number = memory?.log ?? 0
        try write(row, found)
        if isForgotten || isAgain || outcome == .rejected && stage == nil { return }
        try ask(
            stated, said: said, for: row.code ?? "", of: event, outcome == .held ? .open : .refused, in: delivery,
            by: number, at: now)
    }

    func logRow(
        _ outcome: LogOutcome, _ stated: StatedUpdate, _ release: Release?, in delivery: LedgerDelivery,
        at now: Instant
    ) -> LogRow {
        var row = LogRow(outcome, at: now)
        row.delivery = delivery.row.number
        row.item = stated.number
        row.sequence = stated.update.sequence
        row.issuedAt = stated.update.issuedAt
        row.contentHash = stated.hash
        row.ruling = release?.words
        row.decidedBy = release?.decidedBy
        row.decidedAt = release?.decidedAt
        row.comment = release?.comment ?? ""
        return row
    }

    private func countedRow(
        _ outcome: LogOutcome, _ stated: StatedUpdate, _ event: EventRow, _ release: Release?,
        in delivery: LedgerDelivery, at now: Instant
    ) -> LogRow {
        var row = logRow(outcome, stated, release, in: delivery, at: now)
        row.event = event.number
        row.revision = event.revision
        row.intent = Intent(rawValue: outcome.rawValue)
        return row
    }

    private static func resolution(_ intent: Intent, _ event: EventRow, _ known: KnownEvent) -> Resolution {
        Resolution(
            uid: event.uid, intent: intent, revision: event.revision, before: known.state, after: known.state,
            changes: [])
    }
}

extension Event {
    /// Whether it is what an update states, and nothing else.
    fileprivate func isStated(by update: EventUpdate) -> Bool {
        uid == update.uid && uidOrigin == update.uidOrigin
            && content.withoutDerived == update.content.withoutDerived
    }
}

extension LogOutcome {
    /// Whether it is what the deciding stage says of an item.
    var isDecision: Bool { counts || self == .held || self == .rejected || self == .forgotten }
}

extension LogRow {
    /// Whether it shared the fate of others of its file. The first editions gave that no code.
    var isForOthers: Bool {
        guard let code = code.flatMap(DiagnosticCode.init(rawValue:)) else { return true }
        return code == .heldTogether || code == .rejectedTogether
    }

    /// Whether another entry about the same item would say the same.
    func says(_ other: LogRow) -> Bool {
        outcome == other.outcome && stage == other.stage && code == other.code && message == other.message
            && decidedBy == other.decidedBy && decidedAt == other.decidedAt
    }
}
