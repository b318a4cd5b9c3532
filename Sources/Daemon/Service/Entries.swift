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
        var fields: [JournalEntry.Field] = []
        fields.reserveCapacity(16)
        fields.append(.init("TIDINGS_DELIVERY", delivery.id.description))
        fields.append(.init("TIDINGS_FILE", delivery.file))
        fields.append(.init("TIDINGS_SHA256", delivery.sha256))
        fields.append(.init("TIDINGS_SUBMITTER", Int(delivery.submitter)))
        fields.append(.init("TIDINGS_OUTCOME", outcome.rawValue))
        if let stage = passage.stage { fields.append(.init("TIDINGS_STAGE", stage)) }
        if let format = delivery.decoded.format { fields.append(.init("TIDINGS_FORMAT", format.rawValue)) }
        for decoded in delivery.decoded.updates.prefix(maxRepeatedFields) {
            fields.append(.init("TIDINGS_UID", decoded.update.uid))
            if let sequence = decoded.update.sequence { fields.append(.init("TIDINGS_SEQUENCE", sequence)) }
        }
        for resolution in passage.resolutions.prefix(maxRepeatedFields) {
            fields.append(.init("TIDINGS_INTENT", resolution.intent.rawValue))
        }
        var codes: [DiagnosticCode] = []
        for diagnostic in passage.diagnostics where !codes.contains(diagnostic.code) { codes.append(diagnostic.code) }
        for code in codes { fields.append(.init("TIDINGS_CODE", code.rawValue)) }
        fields.append(.init("TIDINGS_USEC", elapsed.microseconds))
        return JournalEntry(outcome.messageID, message(passage, outcome), fields: fields)
    }

    /// What each stage said, for those who want to see it.
    static func stages(_ passage: Passage) -> [JournalEntry] {
        passage.answers.map { answer in
            let reason = answer.reason.isEmpty ? "" : ": \(answer.reason)"
            return JournalEntry(
                .stageAnswered,
                "\(PrintableText.escape(passage.delivery.file)): \(answer.stage): \(answer.verdict.word)\(reason)",
                fields: [
                    .init("TIDINGS_DELIVERY", passage.delivery.id.description),
                    .init("TIDINGS_FILE", passage.delivery.file), .init("TIDINGS_STAGE", answer.stage),
                ])
        }
    }

    private static func message(_ passage: Passage, _ outcome: Outcome) -> String {
        "\(PrintableText.escape(passage.delivery.file)): \(outcome.rawValue): \(PrintableText.escape(passage.sentence))"
    }
}

extension Outcome {
    /// The kind of entry that ends a delivery with this outcome.
    var messageID: MessageID {
        switch self {
        case .accepted: .deliveryAccepted
        case .unchanged: .deliveryUnchanged
        case .stale: .deliveryStale
        case .rejected: .deliveryRejected
        case .held: .deliveryHeld
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
