import Archive
import EventModel
import PluginKit
import Store

/// What a publisher's whole list lacks: one question, whatever is missing.
extension Judgement {
    /// Compares a list with what is expected in it, once all its items are decided.
    func compare(
        _ list: CompleteList, _ prepared: PreparedDelivery, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Answer {
        let gap = try ledger.compare(list, by: UpdateSource(of: prepared.delivery), in: &delivery, at: now)
        var answer = Answer(.pass)
        if let question = gap.asked { answer.diagnostics = [Diagnostic.missing(again: question, in: list)] }
        let words = MissingWords(gap, list, delivery.header.id, at: now)
        let findings = gap.missing.indices.map { Diagnostic.missing(words[$0]) }
        let missing = try ledger.propose(gap.missing, because: findings, in: delivery, at: now)
        answer.facts.add(Facts([ListComparison(missing: missing, answered: gap.answered)]))
        return answer
    }

    /// The answer to an event that the delivery lacks: it waits for a person, unless the list has it again or that person
    /// has decided. What is otherwise by now than it was when it was asked stays.
    func answer(
        toMissing item: PreparedItem, _ prepared: PreparedDelivery, _ delivery: inout LedgerDelivery
    ) throws(StoreError) -> Answer {
        switch try ledger.listed(item.stated.update.uid, in: delivery) {
        case .cancelled(let resolution): return Answer(.pass, facts: Facts([resolution]))
        case .over(let resolution, let why):
            return Answer(.absorb, reason: why, facts: Facts(resolution.map { [$0] } ?? []))
        case .open(let event, let known, let finding):
            guard let release = item.release else {
                return Answer(.hold, reason: finding.message, diagnostics: [finding])
            }
            let statement = try statement(item, prepared, event, known, delivery)
            guard try isAsAsked(event, known, delivery),
                case .accepted(let acceptance) = Resolver.resolve(statement, known: known)
            else {
                let why =
                    "\(try ledger.name(of: event, at: now)) was changed, or is over, since that was asked, and stays as it is"
                let resolution = try ledger.leave(
                    event, known, because: why, in: delivery, release: release, at: now)
                return Answer(.absorb, reason: why, facts: Facts([resolution]))
            }
            let resolution = try ledger.accept(
                acceptance, of: event, known: known, item.stated, said: statement.said(of: known), in: &delivery,
                release: release, at: now)
            try ledger.settleListed(event, of: delivery)
            return Answer(.pass, facts: Facts([resolution]))
        }
    }

    private func isAsAsked(
        _ event: EventRow, _ known: KnownEvent, _ delivery: LedgerDelivery
    ) throws(StoreError) -> Bool {
        guard try ledger.isAsAsked(event, in: delivery), let today = now.date else { return false }
        return known.state.content.isComing(on: today)
    }
}

/// The sentences about what a list lacks. What is private or under an embargo is not named.
private struct MissingWords {
    private static let named = 3

    private let missing: [String?]
    private let lead: String
    private let id: DeliveryID

    init(_ gap: ListGap, _ list: CompleteList, _ id: DeliveryID, at now: Instant) {
        self.id = id
        missing = gap.missing.map { MissingWords.name($0.state, now) }
        let count = gap.missing.count
        let before = gap.before.map { "the list before this one (\($0)) had" } ?? "earlier lists had"
        lead =
            (list.uids.isEmpty ? "the list is empty, and " : "")
            + (count == 1
                ? "a coming event that \(before) is missing from \"\(list.pattern)\""
                : "\(count) coming events that \(before) are missing from \"\(list.pattern)\"")
    }

    /// The first says it all; the others what they are.
    subscript(index: Int) -> String {
        guard index == 0 else {
            return "\(missing[index] ?? "an event that is private or under an embargo") is missing from the list, too: "
                + "'tidings release \(id)/0' cancels it with the others, 'tidings discard \(id)/0' keeps them"
        }
        let it = missing.count == 1 ? "it" : "them"
        return
            "\(lead)\(names); 'tidings release \(id)/0' cancels \(it), 'tidings discard \(id)/0' keeps \(it), and a list "
            + "that has \(it) again withdraws this question"
    }

    private var names: String {
        let shown = missing.compactMap(\.self).prefix(MissingWords.named)
        let rest = missing.count - shown.count
        if shown.isEmpty { return ", private or under an embargo" }
        if rest > 0 { return ": " + shown.joined(separator: ", ") + " and \(rest) more" }
        return ": " + (shown.dropLast().isEmpty ? "" : shown.dropLast().joined(separator: ", ") + " and ")
            + (shown.last ?? "")
    }

    private static func name(_ state: Event, _ now: Instant) -> String? {
        guard state.visibility == .public, state.embargoUntil.map({ $0 <= now }) ?? true else { return nil }
        let day = now.date.flatMap { state.content.nextDay(on: $0) }
        return "\"\(state.name.text)\" (\(day?.description ?? "without a date"))"
    }
}

extension Diagnostic {
    fileprivate static func missing(_ message: String) -> Diagnostic {
        var finding = Diagnostic(.missingFromList, severity: .held, field: "", message: message)
        finding.update = -1
        return finding
    }

    fileprivate static func missing(again question: Repetition, in list: CompleteList) -> Diagnostic {
        let id = "\(question.delivery)/\(question.item)"
        return Diagnostic(
            .missingFromList, severity: .warning, field: "",
            message:
                "what is missing from \"\(list.pattern)\" waits for a person already as \(id), and was missing "
                + "\(question.count) times; 'tidings why \(id)' tells")
    }
}
