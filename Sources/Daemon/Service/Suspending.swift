import Requests
import EventModel
import PluginKit
import Spool

extension Reception {
    /// Holds all that comes from somewhere, or lets it go on, as the log says from then on.
    func suspend(
        _ suspension: Suspension, _ standing: Decisions.Standing, _ decisions: Decisions
    ) async {
        guard let ledger else {
            return decisions.close(standing, .refused, DecisionReply.noLedger)
        }
        do throws(PluginFailure) {
            if suspension.isOver, try await !ledger.isSuspended(suspension) {
                return decisions.close(standing, .gone, "\(suspension.origin) was not suspended; nothing has changed")
            }
            try await ledger.suspend(suspension)
        } catch {
            return leave(standing.request, because: error, decisions)
        }
        if suspension.isOver {
            decisions.close(
                standing, .resumed,
                "what comes from there counts again; what waits stays held until it is released or discarded")
        } else {
            decisions.close(
                standing, .suspended,
                "all that comes from there is held from now on, until \"tidings resume\"; what counts already stays")
        }
    }
}

extension Reception {
    /// Whether nothing speaks against an order; where something does, who asked for it is told.
    func mayCarryOut(_ order: EventOrder, _ standing: Decisions.Standing, _ decisions: Decisions) async -> Bool {
        if order.action == .forget, let id = heldWithOthers(order.uid, decisions) {
            decisions.close(
                standing, .refused,
                "\(id) waits for a person and speaks of other events, too, which would go with it: release or discard what "
                    + "it says of them first ('tidings queue --list' shows them)")
            return false
        }
        let needsLedger = order.action == .link || order.action == .unlink
        guard let ledger else {
            if needsLedger { decisions.close(standing, .refused, DecisionReply.noLedger) }
            return !needsLedger
        }
        do throws(PluginFailure) {
            guard let fault = try await ledger.fault(of: order) else { return true }
            decisions.close(standing, fault.isGone ? .gone : .refused, fault.message)
        } catch {
            leave(standing.request, because: error, decisions)
        }
        return false
    }

    private func heldWithOthers(_ uid: String, _ decisions: Decisions) -> DeliveryID? {
        do throws(SpoolError) {
            return try decisions.spool.heldWithOthers(uid)
        } catch {
            // ignoring: a folder that cannot be read is told of when the event is taken out of it
            return nil
        }
    }
}
