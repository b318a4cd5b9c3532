public import EventModel
public import PluginKit
public import Store

/// What a complete list lacks.
public struct ListGap: Sendable {
    /// An event that is missing.
    public struct Missing: Sendable {
        /// The event.
        public let event: EventRow
        /// The event as it is known.
        public let state: Event
        /// What was found when it was asked about, where that is being told again.
        let finding: Diagnostic?
    }

    /// How many of the last that were answered are told again.
    static let remembered = 16

    /// What is missing, and is to be asked about.
    public var missing: [Missing] = []
    /// The delivery that was the list before; nil where some of it is missing for longer.
    public var before: DeliveryID?
    /// The question that asks the same already.
    public var asked: Repetition?
    /// Earlier deliveries of which nobody need decide about what is missing any more.
    public var answered: [DeliveryID] = []
}

/// Whole lists: the events that stood in a publisher's list last are expected in the next one.
extension Ledger {
    /// Compares a list with what is expected in it, and remembers what stands in it now. Ask it when all items of the
    /// delivery are decided; what is missing is asked about with ``propose(_:in:at:)``.
    ///
    /// A list that is older than the one known says nothing. The same events missing again are one question.
    ///
    /// - Parameter source: Who says it: its publisher's list it is.
    public func compare(
        _ list: CompleteList, by source: UpdateSource, in delivery: inout LedgerDelivery, at now: Instant
    ) throws(StoreError) -> ListGap {
        try writeReceipts(&delivery, at: now)
        if list.uids.isEmpty { delivery.counts = true }
        var row: ListRow
        if let known = try lists.find(publisher: source.publisher, pattern: list.pattern) {
            if known.delivery == delivery.row.number { return try stored(known, delivery) }
            if try deliveries.row(known.delivery).header.id > delivery.header.id { return ListGap() }
            row = known
        } else {
            let number = Int64(try lists.rows().last?.number ?? 0) + 1
            row = ListRow(
                number: number, publisher: source.publisher, pattern: list.pattern, delivery: delivery.row.number)
        }
        try followLinks(row, at: now)
        let others = try lists.rows().filter {
            $0.publisher == row.publisher && $0.number != row.number && list.others.contains($0.pattern)
        }
        let (asked, returned) = try welcome(list, source, row, delivery)
        var gap = ListGap()
        for expected in try lists.events(of: row.number) where !returned.isPresent(expected.event) {
            if try standsElsewhere(expected, others) {
                try lists.delete(expected)
            } else if let missing = try missing(expected, list, source, delivery, now) {
                gap.missing.append(missing)
            }
        }
        let lacking = Set(gap.missing.map(\.event.number))
        if row.question != nil, !lacking.isEmpty, lacking.isSubset(of: asked), returned.asked.isEmpty {
            try askAgain(&row, &gap, at: now)
        } else {
            try replaceQuestion(&row, &gap, asked, returned, lacking, delivery, now)
        }
        for other in others { try withdraw(returned, askedAbout: other, &gap, list, delivery, now) }
        row.delivery = delivery.row.number
        try lists.write(row)
        return gap
    }

    /// What of a list has come.
    struct Present {
        var events: Set<Int64> = []
        /// What was missing and is asked about.
        var asked: Set<Int64> = []

        func isPresent(_ event: Int64) -> Bool { events.contains(event) }
    }

    /// Remembers what stands in a list. Gives what was missing before, and what of it all has come.
    private func welcome(
        _ list: CompleteList, _ source: UpdateSource, _ row: ListRow, _ delivery: LedgerDelivery
    ) throws(StoreError) -> (asked: Set<Int64>, Present) {
        var present = Present()
        for uid in list.uids { if let event = try event(uid) { present.events.insert(event.number) } }
        for entry in try log.rows(delivery: delivery.row.number) where entry.item != 0 {
            if let event = entry.event { present.events.insert(event) }
            for item in try coverage(entry)?.items ?? [] { present.events.insert(item.event) }
        }
        let expected = try lists.events(of: row.number)
        let asked = Set(expected.filter { $0.stoodIn != nil }.map(\.event))
        present.asked = asked.intersection(present.events)
        let known = Set(expected.map(\.event))
        for number in present.events where !known.contains(number) || asked.contains(number) {
            guard let event = try events.row(number), source.maySpeak(forEventOf: event.owner) else { continue }
            try lists.write(ListedRow(list: row.number, event: number))
        }
        return (asked, present)
    }

    /// What is missing of what is expected: not what is over or cancelled, which nobody expects any more, and not yet what
    /// begins after all that the list has.
    private func missing(
        _ expected: ListedRow, _ list: CompleteList, _ source: UpdateSource, _ delivery: LedgerDelivery,
        _ now: Instant
    ) throws(StoreError) -> ListGap.Missing? {
        guard let event = try events.row(expected.event), source.maySpeak(forEventOf: event.owner),
            try withdrawals.find(event.number) == nil, let state = try comingState(event, delivery, now)
        else {
            try lists.delete(expected)
            return nil
        }
        if expected.stoodIn == nil, let last = list.lastDay, let start = event.overview.start,
            start.prefix(10) > last.description
        {
            return nil
        }
        return ListGap.Missing(event: event, state: state, finding: nil)
    }

    /// An event that is to take place; nil for others.
    private func comingState(
        _ event: EventRow, _ delivery: LedgerDelivery, _ now: Instant
    ) throws(StoreError) -> Event? {
        guard event.overview.status != .cancelled, let today = now.date else { return nil }
        let state = try known(event, in: delivery).state
        return state.content.isComing(on: today) ? state : nil
    }

    private func askAgain(_ row: inout ListRow, _ gap: inout ListGap, at now: Instant) throws(StoreError) {
        row.count += 1
        row.lastAsked = now
        gap.missing = []
        guard let question = row.question else { return }
        let asking = try deliveries.row(question).header
        gap.asked = Repetition(
            delivery: asking.id, item: 0, count: row.count, since: asking.receivedAt, isOpen: true)
    }

    /// Closes what was asked before, and opens what is asked now, where anything is.
    private func replaceQuestion(
        _ row: inout ListRow, _ gap: inout ListGap, _ asked: Set<Int64>, _ present: Present, _ lacking: Set<Int64>,
        _ delivery: LedgerDelivery, _ now: Instant
    ) throws(StoreError) {
        let id = delivery.header.id
        if let question = row.question {
            for number in asked.sorted() {
                let why =
                    present.isPresent(number)
                    ? "is in the list again (\(id)) and stays as it is"
                    : lacking.contains(number)
                        ? "is missing still, and the newer question \(id)/0 asks about it"
                        : "need not be decided about any more: it is over or cancelled, or another list has it"
                try lapse(question, number, why, now)
            }
            gap.answered = [try deliveries.row(question).header.id]
        }
        row.question = lacking.isEmpty ? nil : delivery.row.number
        row.count = lacking.isEmpty ? 0 : 1
        row.lastAsked = lacking.isEmpty ? nil : now
        guard !lacking.isEmpty else { return }
        if asked.isDisjoint(with: lacking), row.delivery != delivery.row.number {
            gap.before = try deliveries.row(row.delivery).header.id
        }
        for missing in gap.missing where !asked.contains(missing.event.number) {
            try lists.write(ListedRow(list: row.number, event: missing.event.number, stoodIn: row.delivery))
        }
    }

    /// Notes that nobody is asked any more about an event that is missing. Once the file has ended otherwise, it is not said.
    func lapse(_ question: Int64, _ event: Int64, _ why: String, _ now: Instant) throws(StoreError) {
        guard let row = try proposalRow(event, question), row.outcome == .held else { return }
        var lapsed = LogRow(.lapsed, at: now)
        (lapsed.delivery, lapsed.item, lapsed.event) = (question, 0, event)
        lapsed.revision = try events.row(event)?.revision
        var name = "the event"
        if let event = try events.row(event) { name = try self.name(of: event, at: now) }
        lapsed.message = "\(name) \(why)"
        try write(lapsed)
    }

    /// The last word on an event that a delivery lacks.
    func proposalRow(_ event: Int64, _ delivery: Int64) throws(StoreError) -> LogRow? {
        try log.rows(delivery: delivery, missing: event).last {
            $0.stage == nil && ($0.outcome.isDecision || $0.outcome == .lapsed)
        }
    }

    /// What a delivery asked when it was compared before.
    private func stored(_ row: ListRow, _ delivery: LedgerDelivery) throws(StoreError) -> ListGap {
        var gap = ListGap()
        gap.answered = try lapsedLists().prefix(ListGap.remembered).reversed()
        guard row.question == delivery.row.number else { return gap }
        for expected in try lists.events(of: row.number) where expected.stoodIn != nil {
            guard let event = try events.row(expected.event),
                let asked = try proposalRow(event.number, delivery.row.number), asked.outcome == .held
            else { continue }
            gap.missing.append(
                ListGap.Missing(
                    event: event, state: try known(event, in: delivery).state,
                    finding: try findings.rows(asked.findings).first))
        }
        return gap
    }

    /// Asks about what is missing. What was asked before is told as it was.
    ///
    /// - Parameter findings: One for each.
    public func propose(
        _ missing: [ListGap.Missing], because findings: [Diagnostic], in delivery: LedgerDelivery, at now: Instant
    ) throws(StoreError) -> [ListComparison.Proposal] {
        var proposals: [ListComparison.Proposal] = []
        for (missing, finding) in zip(missing, findings) {
            if missing.finding == nil {
                var row = LogRow(.held, at: now)
                (row.delivery, row.item) = (delivery.row.number, 0)
                (row.event, row.revision) = (missing.event.number, missing.event.revision)
                (row.code, row.message) = (finding.code.rawValue, finding.message)
                try write(row, [finding])
            }
            proposals.append(
                ListComparison.Proposal(
                    missing.state.cancellation(in: delivery.header), because: missing.finding ?? finding))
        }
        return proposals
    }
}

extension Event {
    /// The cancellation of an event, as a file says it by leaving the event out.
    fileprivate func cancellation(in header: DeliveryHeader) -> EventUpdate {
        var update = EventUpdate(uid: uid, name: content.name, receipt: Receipt(header))
        update.kind = .cancel
        update.status = .cancelled
        update.uidOrigin = uidOrigin
        // What may not be named stays so.
        update.visibility = content.visibility
        update.embargoUntil = content.embargoUntil
        return update
    }
}
