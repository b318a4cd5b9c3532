import Requests
import EventModel
import PluginKit
import Spool
import Systemd

/// The end of an order about an event, when every stage has carried it out.
struct OrderEnd {
    let decisions: Decisions
    let replies: ReplyOutbox
    let journal: Journal

    /// Tells who asked that it is done, or that a stage refused it for good; what is to be forgotten leaves the spool first.
    func tell(
        _ standing: Decisions.Standing, _ order: EventOrder, _ refusal: PluginFailure?
    ) throws(PluginFailure) {
        if let refusal {
            decisions.close(standing, .refused, "it could not be done: \(refusal)")
            return
        }
        switch order.action {
        case .withdraw:
            decisions.close(
                standing, .withdrawn,
                "it is in no output any more; what was sent, copied or backed up cannot be called back")
        case .readmit:
            decisions.close(standing, .readmitted, "it appears again with its next update")
        case .link:
            decisions.close(
                standing, .linked,
                "what is said of \(order.uid) is said of \(order.other ?? "") from now on; it is no event of its own any more"
            )
        case .unlink:
            decisions.close(
                standing, .unlinked,
                "what is said of \(order.uid) is said of an event of its own again; what was known of it before is back"
            )
        case .forget:
            do throws(SpoolError) {
                let count = try decisions.spool.forget(order.uid)
                try replies.forget { Erasure.speaks($0, of: order.uid) }
                decisions.close(
                    standing, .forgotten,
                    "it is erased\(count > 0 ? ", and \(count) file\(count == 1 ? "" : "s") set aside with it" : ""); what was sent, copied or "
                        + "backed up cannot be called back")
            } catch {
                if error.isDurabilityLost { throw PluginFailure(.durability, "\(error)", cause: error) }
                decisions.leave(standing.request)
                journal.write(
                    .spoolFaulty,
                    "what the spool holds of an event to be forgotten could not be removed, and is tried "
                        + "again: \(error)")
            }
        }
    }
}
