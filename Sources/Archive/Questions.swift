public import EventModel
public import PluginKit
public import Store

/// What was held or refused before, and is said again.
public struct Repetition: Sendable {
    /// The item that said it first.
    public let delivery: DeliveryID
    /// Its number in the file, from 1.
    public let item: Int
    /// How often it was said, this time included.
    public let count: Int
    /// When it was said first.
    public let since: Instant
    /// Whether a person decides about it still; else one has, or nobody need.
    public let isOpen: Bool
}

/// Questions are few: one is what a source says of an event and why that is held, however often it is said. The next
/// export that says the same asks nothing new. What was refused is known again likewise.
extension Ledger {
    /// Counts what an item asks where it is asked already, or is decided; nil where it is not.
    ///
    /// - Parameters:
    ///   - event: The event that it speaks of; nil where that is not known.
    ///   - found: What an earlier stage found, which may be about what could not be read; nil where the deciding one asks.
    public func askAgain(
        _ stated: StatedUpdate, for code: String, finding found: [Diagnostic]? = nil, of event: EventRow?,
        in delivery: LedgerDelivery, at now: Instant
    ) throws(StoreError) -> Repetition? {
        let isMeant = { (question: QuestionRow) in question.state != .refused }
        return try count(stated, code, found, of: event, in: delivery, at: now, where: isMeant)
    }

    /// Records that an item asks what is asked already, with what is told of that, or what was decided.
    public func noteAsked(
        _ question: Repetition, _ told: [Diagnostic], _ stated: StatedUpdate, of event: EventRow?,
        in delivery: inout LedgerDelivery, at now: Instant
    ) throws(StoreError) {
        delivery.counts = true
        if !question.isOpen, let event {
            let item = Coverage.Item(number: stated.number, event: event.number, revision: event.revision)
            delivery.receipts.append(LedgerDelivery.Receipt(item: item, stated: stated))
            return
        }
        var row = logRow(.unchanged, stated, nil, in: delivery, at: now)
        (row.event, row.revision, row.intent) = (event?.number, event?.revision, .unchanged)
        if event == nil { row.uid = stated.update.uid }
        row.code = told.first?.code.rawValue
        try write(row, told)
    }

    /// The code of what holds an item whatever else is known by now: what somebody would have done too much of, or who was
    /// suspended, waits until a person decides.
    public func standingCode(
        _ stated: StatedUpdate, _ event: EventRow?, in delivery: LedgerDelivery
    ) throws(StoreError) -> DiagnosticCode? {
        guard let source = memory?.sources[stated.source] else { return nil }
        let codes: [DiagnosticCode] = [.blastRadius, .suspended]
        let standing = try asked(event, stated.update.uid).first { question in
            question.source == source && question.hash == stated.hash && question.state == .open
                && question.delivery != delivery.row.number && codes.contains { $0.rawValue == question.code }
        }
        return standing.flatMap { DiagnosticCode(rawValue: $0.code) }
    }

    /// What the other items of a delivery are, which are not looked at now.
    public func standings(besides items: [Int], in delivery: LedgerDelivery) throws(StoreError) -> [Verdict] {
        guard delivery.isKnown else { return [] }
        var last: [Int: LogRow] = [:]
        for row in try log.rows(delivery: delivery.row.number) {
            if let item = row.item, item != 0, !items.contains(item) { last[item] = row }
        }
        return last.values.compactMap { row in
            switch row.outcome {
            case .rejected: .reject
            case .held: .hold
            case .unchanged where row.code != nil: .hold
            default: nil
            }
        }
    }

    /// Counts what an item was refused for before; nil where it is new.
    public func refuseAgain(
        _ stated: StatedUpdate, for code: String, finding found: [Diagnostic], of event: EventRow?,
        in delivery: LedgerDelivery, at now: Instant
    ) throws(StoreError) -> Repetition? {
        try count(stated, code, found, of: event, in: delivery, at: now) { $0.state == .refused }
    }

    /// Why an earlier stage refused an item of this very delivery before; nil where it did not.
    public func refusal(
        of stated: StatedUpdate, by stage: String, in delivery: LedgerDelivery
    ) throws(StoreError) -> String? {
        guard delivery.isKnown,
            let last = try log.rows(delivery: delivery.row.number, item: stated.number).last,
            last.outcome == .rejected, last.stage == stage
        else { return nil }
        return last.message
    }

    private func count(
        _ stated: StatedUpdate, _ code: String, _ found: [Diagnostic]?, of event: EventRow?,
        in delivery: LedgerDelivery,
        at now: Instant, where isMeant: (QuestionRow) -> Bool
    ) throws(StoreError) -> Repetition? {
        guard let source = memory?.sources[stated.source] else { return nil }
        for var question in try asked(event, stated.update.uid)
        where question.source == source && question.code == code && question.hash == stated.hash && isMeant(question) {
            let first = try log.row(question.number)
            let isSame: Bool
            if let found {
                let asked = first.stage == nil ? nil : try findings.rows(first.findings).objections
                isSame = asked == found.objections
            } else {
                isSame = first.stage == nil
            }
            guard isSame, question.delivery != delivery.row.number else { continue }
            question.count += 1
            question.lastAsked = now
            try questions.write(question)
            return Repetition(
                delivery: try deliveries.row(question.delivery).header.id, item: question.item,
                count: question.count, since: first.time, isOpen: question.state == .open)
        }
        return nil
    }

    /// What was asked about an event, also while it was not known.
    func asked(_ event: EventRow?, _ uid: String) throws(StoreError) -> [QuestionRow] {
        let rows = try questions.rows(uid: event?.uid ?? uid)
        guard let event else { return rows }
        return rows + (try questions.rows(event: event.number))
    }

    /// What an item asked is decided: it counts. What its source has said is what it said before a person corrected it, and
    /// where that person said of which event it speaks it is known again.
    ///
    /// - Parameter uid: The event that it changed.
    public func decided(
        _ stated: StatedUpdate, _ release: Release, about uid: String?, in delivery: LedgerDelivery
    ) throws(StoreError) {
        let event: EventRow? = if let uid { try event(uid) } else { nil }
        for question in try questions.rows(delivery: delivery.row.number)
        where question.item == stated.number && question.state == .open {
            let isOwn = try isOwn(question)
            if !release.corrections.isEmpty, let event {
                if isOwn { try setBase(question, of: event.number) } else { try setReadable(question, of: event) }
            }
            if release.ruling == .accept, isOwn {
                try remove(question)
            } else {
                try leave(question)
            }
        }
    }

    /// Whether the deciding stage asks it: it knows by what its source said last whether that is said again. What another
    /// stage asks may be about what could not be read.
    private func isOwn(_ question: QuestionRow) throws(StoreError) -> Bool {
        try log.row(question.number).stage == nil
    }

    /// Notes what an item that is held asks, or that it was refused.
    ///
    /// - Parameter number: The entry of the log that says so.
    func ask(
        _ stated: StatedUpdate, said: EventContent?, for code: String, of event: EventRow?, _ state: QuestionRow.State,
        in delivery: LedgerDelivery, by number: Int64, at now: Instant
    ) throws(StoreError) {
        try close(delivery.row.number, item: stated.number)
        let source = try self.number(of: stated.source)
        for former in try asked(event, stated.update.uid)
        where former.source == source && former.state != .open
            && (former.hash == stated.hash || stated.update.uidOrigin == .stated)
        {
            try remove(former)
        }
        var content: Int64?
        if state == .open, let said = said ?? (event == nil ? stated.update.content.withoutDerived : nil) {
            let isAll = said == stated.update.content.withoutDerived
            let json = isAll ? stated.json : StateCoding.json(said, of: stated.update.uid)
            content = try self.content(json, hash: isAll ? stated.hash : hash(json), of: event?.number)
        }
        try questions.write(
            QuestionRow(
                number: number, delivery: delivery.row.number, item: stated.number, event: event?.number,
                uid: event == nil ? stated.update.uid : nil, source: source, code: code,
                hash: stated.hash, content: content, sequence: stated.update.sequence,
                issuedAt: stated.update.provenIssue, state: state, lastAsked: now))
    }

    /// What those items asked need not be decided any more; of the whole delivery, where no item is named.
    ///
    /// - Parameter outcome: What became of them: what a person threw away is what its source said last, and that and what
    ///   nobody decided about in time is not asked again.
    func close(_ delivery: Int64, item: Int?, as outcome: LogOutcome? = nil) throws(StoreError) {
        for question in try questions.rows(delivery: delivery)
        where (item == nil || question.item == item) && question.state == .open {
            switch outcome {
            case .discarded:
                if let event = question.event, try isOwn(question) {
                    try setBase(question, of: event)
                    try remove(question)
                } else {
                    try leave(question)
                }
            case .expired: try leave(question)
            default: try remove(question)
            }
        }
    }

    /// Closes the questions of all other deliveries: they wait nowhere any more.
    public func keepQuestions(of deliveries: Set<DeliveryID>) throws(StoreError) {
        try commit { () throws(StoreError) in
            var gone: Set<Int64> = []
            for question in try questions.all() where question.state == .open {
                let id = try self.deliveries.row(question.delivery).header.id
                if !deliveries.contains(id) { gone.insert(question.delivery) }
            }
            for delivery in gone { try close(delivery, item: nil) }
        }
    }

    /// Nobody is asked any more, and it is known again.
    private func leave(_ question: QuestionRow) throws(StoreError) {
        var decided = question
        (decided.state, decided.content) = (.decided, nil)
        try questions.write(decided)
        try dropContent(question.content, of: question.event)
    }

    func remove(_ question: QuestionRow) throws(StoreError) {
        try questions.delete(question.number)
        try dropContent(question.content, of: question.event)
    }

    /// Makes what was asked what its source has said, unless that has said something else since.
    private func setBase(_ question: QuestionRow, of event: Int64) throws(StoreError) {
        var next = BaseRow(
            event: event, source: question.source, hash: question.hash, content: question.content,
            sequence: question.sequence, issuedAt: question.issuedAt, delivery: question.delivery)
        let base = try bases.rows(event: event).first { $0.source == question.source }
        if let base, base.delivery > question.delivery { return }
        if question.event != event {
            next.content = try question.content.map { content throws(StoreError) in try copy(content, to: event) }
        }
        next.sequence = [base?.sequence, question.sequence].compactMap { $0 }.max()
        next.isRestamped = base?.isRestamped ?? false
        try bases.write(next)
        if base?.content != next.content { try dropContent(base?.content, of: event) }
    }

    /// Makes what was asked what its source has said, but for the status, which nobody could read: that is as a person has let
    /// it be.
    private func setReadable(_ question: QuestionRow, of event: EventRow) throws(StoreError) {
        guard let number = question.content,
            let state = try revisions.state(event: event.number, revision: event.revision)
        else { return }
        var content = try said(number)
        content.status = state.status
        let json = StateCoding.json(content, of: event.uid)
        let hash = try hash(json)
        var readable = question
        readable.content = try self.content(json, hash: hash, of: event.number)
        (readable.hash, readable.event) = (hash, event.number)
        try setBase(readable, of: event.number)
    }

    /// Removes a content that nothing uses any more. What is said of an event that is not known is used once.
    func dropContent(_ number: Int64?, of event: Int64?) throws(StoreError) {
        guard let number else { return }
        if let event, try contents.isUsed(number, event: event) { return }
        try contents.delete(number)
    }
}

extension [Diagnostic] {
    /// What an update is held or refused for, in words.
    fileprivate var objections: [String] {
        filter { $0.severity == .held || $0.severity == .error }.map { "\($0.code.rawValue): \($0.message)" }.sorted()
    }
}
