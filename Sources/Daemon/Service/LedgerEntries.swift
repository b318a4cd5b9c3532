import Requests
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool
import Primitives

/// What goes into the log of the stage that decides without having passed it.
enum LedgerEntries {
    /// The endings of updates that the deciding stage never saw, or that another stage has held or refused after it, and
    /// what a person decided about them.
    static func of(_ closing: Closing, digest: SHA256?, at now: Instant) -> [LedgerEntry] {
        if closing.refusal != nil { return [] }
        let passage = closing.passage
        let header = header(of: closing)
        if passage.items.isEmpty {
            guard let outcome = LogOutcome(rawValue: closing.outcome.rawValue) else { return [] }
            return [
                LedgerEntry(
                    outcome, of: header, stage: passage.stage, findings: passage.findings,
                    message: passage.sentence, time: now)
            ]
        }
        return passage.items.indices.flatMap { index in
            let (item, passed) = (passage.delivery.items[index], passage.items[index])
            return decision(closing.item.decision, item, passed, header)
                + ending(item, passed, header, sentence: passage.sentence(of: index), digest, now)
        }
    }

    /// What is known of the file.
    static func header(of closing: Closing) -> DeliveryHeader {
        DeliveryHeader(closing.passage.delivery, byteCount: closing.report.byteCount)
    }

    private static func ending(
        _ item: DeliveryItem, _ passed: ItemPassage, _ header: DeliveryHeader, sentence: String, _ digest: SHA256?,
        _ now: Instant
    ) -> [LedgerEntry] {
        guard passed.settled == nil, !passed.isInLog, [.rejected, .held].contains(passed.outcome),
            let outcome = LogOutcome(rawValue: passed.outcome.rawValue)
        else { return [] }
        return [
            LedgerEntry(
                outcome, of: header, item: item.number, uid: item.update.uid, stage: passed.stage,
                findings: passed.diagnostics, message: sentence,
                contentHash: digest?.hex(CanonicalJSON.bytes(of: item.update.essence)), time: now)
        ]
    }

    /// What a person decided, where the deciding stage has not been told of it.
    private static func decision(
        _ decision: ItemDecision?, _ item: DeliveryItem, _ passed: ItemPassage, _ header: DeliveryHeader
    ) -> [LedgerEntry] {
        guard let decision, decision.items.contains(item.number) else { return [] }
        let outcome: LogOutcome
        switch decision.action {
        case .release where passed.settled == nil && !passed.isInLog: outcome = .released
        case .discard where passed.settled == .discarded: outcome = .discarded
        case .retry, .release, .discard, .revert: return []
        }
        return [
            LedgerEntry(
                outcome, of: header, item: item.number, uid: item.update.uid, decidedBy: decision.decidedBy,
                comment: decision.comment, time: decision.decidedAt)
        ]
    }

    /// That an update of a file in held/ waits for nothing any more.
    static func expired(_ update: HeldUpdate, of file: StoredFile, report: [UInt8]?, at now: Instant) -> LedgerEntry {
        LedgerEntry(
            .expired, of: DeliveryHeader(file, report: report), item: update.number, uid: update.uid,
            message: HeldUpdate.reason, time: now)
    }

    /// That a person has updates of a file tried again: those that do not count, or the file as a whole where nothing is known
    /// of them.
    static func retried(
        _ earlier: EarlierTry, of file: StoredFile, report: [UInt8]?, _ decision: ItemDecision
    ) -> [LedgerEntry] {
        let header = DeliveryHeader(file, report: report)
        func entry(_ item: Int?, _ uid: String?) -> LedgerEntry {
            LedgerEntry(
                .retried, of: header, item: item, uid: uid, decidedBy: decision.decidedBy, comment: decision.comment,
                time: decision.decidedAt)
        }
        let missing = decision.items.contains(0) ? earlier.missing.map { entry(0, $0.update.uid) } : []
        let items = earlier.items.indices.filter { index in
            decision.items.contains(index + 1) && earlier.isHeld(index + 1, for: decision)
        }
        let named = items.map { entry($0 + 1, earlier.items[$0].uid) } + missing
        return named.isEmpty ? [entry(nil, nil)] : named
    }

    /// That a person throws a whole file away, whatever waits of it.
    static func discard(_ file: StoredFile, report: [UInt8]?, _ decision: ItemDecision) -> LedgerEntry {
        LedgerEntry(
            .discarded, of: DeliveryHeader(file, report: report), decidedBy: decision.decidedBy,
            comment: decision.comment, time: decision.decidedAt)
    }
}

extension DeliveryHeader {
    /// Of a delivery whose bytes may be forgotten by now.
    fileprivate init(_ delivery: Delivery, byteCount: Int) {
        self.init(delivery)
        self.byteCount = byteCount
    }

    /// Of a file that waits, as its report tells.
    fileprivate init(_ file: StoredFile, report: [UInt8]?) {
        // ignoring: of a file without a report its name and id are known
        let root = report.flatMap { try? JSONDocument($0, limits: .own) }?.root
        self.init(
            id: file.id, file: EarlierTry(report).fileName?.bytes ?? file.name.bytes,
            sha256: root?["sha256"]?.text ?? "", byteCount: root?["byteCount"]?.integer ?? 0,
            format: root?["format"]?.text.flatMap(Format.init(rawValue:)),
            submitter: root?["submitter"]?.integer.flatMap(UInt32.init(exactly:)) ?? 0,
            publisher: root?["publisher"]?.text ?? "", receivedAt: file.id.instant)
    }
}
