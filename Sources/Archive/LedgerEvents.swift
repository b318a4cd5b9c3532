public import EventModel
import EventFormats
public import Store
import PluginKit

/// What is known of events, and the last word of each source about them.
extension Ledger {
    /// The event of that uid; another one where the uid stands for that.
    public func event(_ uid: String) throws(StoreError) -> EventRow? {
        let link = if let memory { memory.links[uid] } else { try links.rows().first { $0.uid == uid } }
        if let link { return try events.row(link.event) }
        return try events.find(uid)
    }

    /// An event as the rules look at it, while a delivery is decided.
    public func known(_ event: EventRow, in delivery: LedgerDelivery) throws(StoreError) -> KnownEvent {
        guard
            let state = try revisions.state(
                event: event.number, revision: event.revision, pending: Receipt(delivery.header))
        else { throw .missing(event.number, in: "revisions", database.path) }
        return KnownEvent(
            state: state, revision: event.revision, owner: event.owner, announcer: event.announcer,
            isTombstone: event.isTombstone,
            stamp: event.stamp, contentHash: event.contentHash)
    }

    /// Whether a statement of that content has made a revision of the event before.
    public func hasSeen(_ hash: [UInt8], _ event: EventRow) throws(StoreError) -> Bool {
        try revisions.hasSeen(hash, event: event.number)
    }

    /// The highest sequence that a source has stated for the event.
    public func sequence(of source: UpdateSource, _ event: EventRow) throws(StoreError) -> Int? {
        try base(of: source, event.number)?.sequence
    }

    /// What a source has said of an event. The first edition did not know the programs.
    func base(of source: UpdateSource, _ event: Int64) throws(StoreError) -> BaseRow? {
        let rows = try bases.rows(event: event)
        var unnamed = source
        unnamed.producer = ""
        for source in source.isAlias ? [source] : [source, unnamed] {
            guard let number = memory?.sources[source] else { continue }
            if let row = rows.first(where: { $0.source == number }) { return row }
        }
        return nil
    }

    /// The delivery that made the current state of an event.
    public func maker(of event: EventRow, in delivery: LedgerDelivery) throws(StoreError) -> DeliveryID? {
        guard let number = try revisions.log(event: event.number, revision: event.revision),
            let maker = try log.row(number).delivery
        else { return nil }
        return maker == delivery.row.number ? delivery.header.id : try deliveries.row(maker).header.id
    }

    /// Who owns an event after an update of that source: what belonged to nobody goes to the first publisher that speaks.
    func owner(_ event: EventRow?, _ source: UpdateSource) -> String {
        guard let event else { return source.publisher }
        return event.owner.isEmpty && !UpdateSource.isLone(source.publisher) ? source.publisher : event.owner
    }

    /// The uid itself, unless a person called an update new whose uid another event has: then the first free one of
    /// `uid-2`, `uid-3` and so on.
    func freeUID(_ uid: String) throws(StoreError) -> String {
        var candidate = uid
        var number = 1
        while try event(candidate) != nil {
            number += 1
            candidate = "\(uid)-\(number)"
        }
        return candidate
    }

    /// The row of a content; it is written unless the event has it already. `event` is nil for a new one.
    func content(_ json: [UInt8], hash: [UInt8], of event: Int64?) throws(StoreError) -> Int64 {
        if let event, let number = try contents.find(hash, event: event) { return number }
        let number = take(\.content)
        try contents.insert(json, hash: hash, at: number)
        return number
    }

    /// What the source of a statement has said of the event before; nil where it has said nothing that counts.
    public func base(
        of stated: StatedUpdate, _ event: EventRow
    ) throws(StoreError) -> SourceBase? {
        guard let row = try base(of: stated.source, event.number) else { return nil }
        var base = SourceBase(
            content: nil, contentHash: row.hash, issuedAt: row.issuedAt, isRestamped: row.isRestamped,
            isReverted: row.isReverted)
        if let content = row.content { base.content = try said(content) }
        return base
    }

    func said(_ content: Int64) throws(StoreError) -> EventContent {
        let json = try contents.json(content)
        do throws(CanonicalJSONError) {
            return try CanonicalJSON.read(json).content
        } catch {
            throw StoreError(
                .damagedRow(table: "contents", row: content),
                message: "row \(content) of table contents cannot be read: \(error)", path: database.path)
        }
    }

    /// Notes what a source has said of an event: what its next statement about it is compared with.
    ///
    /// - Parameters:
    ///   - said: All that it has said, this statement included; nil where that is not known.
    ///   - content: The row with this statement's content, where it is written.
    func setBase(
        _ stated: StatedUpdate, said: EventContent?, content: Int64?, of event: Int64, isNew: Bool,
        in delivery: inout LedgerDelivery, isReleased: Bool
    ) throws(StoreError) {
        let source = try number(of: stated.source)
        let base = isNew ? nil : try base(of: stated.source, event)
        // What a person lets pass late is not what its source said last.
        if isReleased, let base, try isLater(base.delivery, than: delivery) { return }
        let isRepeated = base?.hash == stated.hash
        if let base, isRepeated { delivery.statedIn = max(delivery.statedIn ?? 0, base.delivery) }
        let (earlier, later) = (base?.issuedAt, stated.update.provenIssue)
        let isRestamped = base?.isRestamped ?? false || isRepeated && earlier != nil && later != nil && earlier != later
        var next = BaseRow(
            event: event, source: source, hash: stated.hash, content: nil,
            sequence: [base?.sequence, stated.update.sequence].compactMap { $0 }.max(),
            issuedAt: stated.update.provenIssue,
            isRestamped: isRestamped, delivery: delivery.row.number)
        // What was taken back stays so, however often it is repeated, until it is accepted.
        if let base, isRepeated, base.isReverted, content == nil { return }
        if let base, isRepeated {
            let isSame = base.source == source && (base.isRestamped || base.issuedAt == next.issuedAt)
            if isSame, base.sequence == next.sequence { return }
            next.content = base.content
        } else if said == stated.update.content.withoutDerived {
            next.content = content
            if content == nil { next.content = try self.content(stated.json, hash: stated.hash, of: event) }
        } else if let said {
            let json = StateCoding.json(said, of: stated.update.uid)
            next.content = try self.content(json, hash: hash(json), of: event)
        }
        try self.bases.write(next)
        if base?.source == source, base?.content != next.content { try dropContent(base?.content, of: event) }
    }

    /// Whether a delivery was dropped after another one.
    func isLater(_ number: Int64, than delivery: LedgerDelivery) throws(StoreError) -> Bool {
        if number == delivery.row.number { return false }
        return try deliveries.row(number).header.id > delivery.row.header.id
    }

    /// The number of a source; it gets one when it first says something.
    func number(of source: UpdateSource) throws(StoreError) -> Int64 {
        if let number = memory?.sources[source] { return number }
        let number = Int64(memory?.sources.count ?? 0) + 1
        try bases.insert(source, at: number)
        memory?.sources[source] = number
        return number
    }
}
