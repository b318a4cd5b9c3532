import Requests
import EventModel
import PluginKit
import Spool
import Systemd

extension Decisions {
    /// A request that could be read, and is not answered yet.
    struct Standing: Sendable {
        let request: Request
        let asked: DecisionRequest

        /// What is decided about a delivery.
        var decision: ItemDecision? {
            ItemDecision(asked, decidedBy: request.user, decidedAt: request.receivedAt)
        }

        /// Whether a whole file is to be thrown away, whatever waits of it.
        var throwsAwayAll: Bool { asked.delivery.map { asked.action == .discard(DecidedItems($0)) } ?? false }

        /// The delivery whose outcome it waits for.
        var delivery: DeliveryID? {
            if case .revert = asked.action { return request.mark }
            return asked.delivery
        }

        /// Whether it is what a delivery in work was taken up for: its outcome answers it then. One that nobody had decided
        /// about is as good as tried again.
        func isBegun(by decision: ItemDecision?) -> Bool {
            if let decision { return decision == self.decision }
            return asked.delivery.map { asked.action == .retry(DecidedItems($0)) } ?? false
        }

        /// What is asked to be done to an event as a whole.
        var order: EventOrder? {
            let action: EventOrder.Action
            switch asked.action {
            case .withdraw: action = .withdraw
            case .readmit: action = .readmit
            case .forget: action = .forget
            case .link: action = .link
            case .unlink: action = .unlink
            case .retry, .release, .discard, .revert, .suspend, .resume: return nil
            }
            return EventOrder(
                action, uid: asked.alias ?? asked.uid ?? "", other: asked.alias.flatMap { _ in asked.uid },
                decidedBy: request.user, decidedAt: request.receivedAt,
                comment: asked.comment)
        }

        /// Whose updates are to be held, or to go on.
        var suspension: Suspension? {
            asked.origin.map { origin in
                Suspension(
                    of: origin, isOver: asked.action == .resume(origin), decidedBy: request.user,
                    decidedAt: request.receivedAt, comment: asked.comment)
            }
        }

        /// The answer to it.
        ///
        /// - Parameter named: The events that the message names.
        func reply(_ result: DecisionReply.Result, _ message: String, named: [String] = []) -> DecisionReply {
            DecisionReply(
                action: asked.action.word, items: asked.items, uid: result == .forgotten ? nil : asked.uid,
                others: (named + [asked.alias].compactMap(\.self)).filter { $0 != asked.uid },
                origin: asked.origin, result: result, message: message, decidedBy: request.user,
                decidedAt: request.receivedAt)
        }

        /// What the journal says of the answer.
        func words(_ reply: DecisionReply) -> String {
            let comment = asked.comment.isEmpty ? "" : " (\(PrintableText.escape(Array(asked.comment.utf8))))"
            let uid = reply.subject
            let both = asked.alias.map { "\($0) \(order?.action == .unlink ? "from" : "to") \(uid)" }
            let subject = PrintableText.escape(Array((both ?? uid).utf8))
            return "user \(request.user) asked to \(asked.action.word) \(subject)\(comment): "
                + "\(reply.result.word): \(reply.message)"
        }

        /// What it is about, for programs that read the journal.
        var fields: [JournalEntry.Field] {
            var fields: [JournalEntry.Field] = []
            if let items = asked.items {
                fields.append(.init("TIDINGS_DELIVERY", items.delivery.description))
                for number in items.items.prefix(DeliveryEntry.maxRepeatedFields) {
                    fields.append(.init("TIDINGS_ITEM", number))
                }
            }
            for uid in [asked.uid, asked.alias].compactMap(\.self) { fields.append(.init("TIDINGS_UID", uid)) }
            return fields
        }
    }
}
