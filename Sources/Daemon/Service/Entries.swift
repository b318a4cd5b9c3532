import EventModel
import Pipeline
import PluginKit
import Systemd

/// Makes the entry that ends a delivery, with every field that programs look for.
enum DeliveryEntry {
    /// Events, sequences, intents and codes of one delivery that its entry names; the report has all of them.
    static let maxRepeatedFields = 64

    static func make(_ passage: Passage, elapsed: Duration) -> JournalEntry {
        let delivery = passage.delivery
        let outcome = passage.outcome
        let isNameable = passage.isNameable
        var fields: [JournalEntry.Field] = []
        fields.reserveCapacity(16)
        fields.append(.init("TIDINGS_DELIVERY", delivery.id.description))
        if isNameable { fields.append(.init("TIDINGS_FILE", delivery.file)) }
        fields.append(.init("TIDINGS_SHA256", delivery.sha256))
        fields.append(.init("TIDINGS_SUBMITTER", Int(delivery.submitter)))
        fields.append(.init("TIDINGS_OUTCOME", outcome.rawValue))
        if let stage = passage.stage { fields.append(.init("TIDINGS_STAGE", stage)) }
        if let format = delivery.format { fields.append(.init("TIDINGS_FORMAT", format.rawValue)) }
        for item in told(passage).prefix(maxRepeatedFields) {
            // A derived uid spells the title.
            if passage.isNameable(item.update.content) || item.update.uidOrigin == .stated {
                fields.append(.init("TIDINGS_UID", item.update.uid))
            }
            if let sequence = item.update.sequence { fields.append(.init("TIDINGS_SEQUENCE", sequence)) }
        }
        if let intent = passage.weightiest?.intent { fields.append(.init("TIDINGS_INTENT", intent.rawValue)) }
        for code in passage.codes { fields.append(.init("TIDINGS_CODE", code.rawValue)) }
        fields.append(.init("TIDINGS_USEC", elapsed.microseconds))
        return JournalEntry(outcome.messageID, message(passage, outcome, isNameable: isNameable), fields: fields)
    }

    /// The updates that changed something or need somebody; of a delivery that changed nothing all.
    private static func told(_ passage: Passage) -> [DeliveryItem] {
        let items = passage.delivery.items
        let told = items.indices.filter {
            passage.items[$0].outcome != .unchanged && passage.items[$0].outcome != .stale
        }
        return told.isEmpty ? items : told.map { items[$0] }
    }

    /// What each stage said, for those who want to see it.
    static func stages(_ passage: Passage) -> [JournalEntry] {
        let subject = passage.isNameable ? PrintableText.escape(passage.delivery.file) : "\(passage.delivery.id)"
        return zip(passage.delivery.items, passage.items).flatMap { item, passed in
            passed.answers.map { answer in
                let reason = answer.reason.isEmpty ? "" : ": \(answer.reason)"
                let number = passage.items.count > 1 ? ", item \(item.number)" : ""
                return JournalEntry(
                    .stageAnswered, "\(subject)\(number): \(answer.stage): \(answer.verdict.word)\(reason)",
                    fields: [
                        .init("TIDINGS_DELIVERY", passage.delivery.id.description),
                        .init("TIDINGS_ITEM", item.number), .init("TIDINGS_STAGE", answer.stage),
                    ])
            }
        }
    }

    private static func message(_ passage: Passage, _ outcome: Outcome, isNameable: Bool) -> String {
        // What is private or under an embargo is told by its id alone, whatever became of it.
        guard isNameable else {
            let codes = passage.codes.map(\.rawValue).joined(separator: ", ")
            return "\(passage.delivery.id): \(outcome.rawValue)" + (codes.isEmpty ? "" : ": \(codes)")
                + "; it is private or under an embargo, and its report tells more"
        }
        return "\(PrintableText.escape(passage.delivery.file)): \(outcome.rawValue): "
            + PrintableText.escape(passage.sentence)
    }
}

extension Outcome {
    /// The kind of entry that ends a delivery with this outcome.
    var messageID: MessageID {
        switch self {
        case .accepted: .deliveryAccepted
        case .unchanged: .deliveryUnchanged
        case .stale: .deliveryStale
        case .partial: .deliveryPartial
        case .rejected: .deliveryRejected
        case .held: .deliveryHeld
        case .discarded: .deliveryDiscarded
        case .replaced: .deliveryReplaced
        case .expired: .deliveryExpired
        case .deferred: .deliveryDeferred
        }
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
