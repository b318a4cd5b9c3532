import Daemon
import EventModel
import Spool

/// Deliveries that were set aside, as commands name them: known ones only, where this user may look.
struct SetAside {
    private let spool: SpoolView

    init(_ service: Service) { spool = SpoolView(path: service.spool) }

    /// The deliveries of a command line. One of which can be known that it waits nowhere is no such.
    func deliveries(_ operands: [Argument]) throws(Failure) -> [DeliveryID] {
        var ids: [DeliveryID] = []
        for operand in operands {
            guard let id = DeliveryID(operand.text.uppercased()) else {
                throw Failure(
                    .usage,
                    "\(operand.shown) is no delivery's id: 26 digits and letters, as 'tidings queue', reports and the "
                        + "journal show them")
            }
            if !ids.contains(id) { ids.append(id) }
        }
        for id in ids where isKnownNowhere(id) {
            throw Failure(
                .noInput,
                "no delivery \(id) waits in held/, rejected/ or deferred/; 'tidings why \(id)' tells what became of it")
        }
        return ids
    }

    /// Whether all folders can be looked into and none has it.
    private func isKnownNowhere(_ id: DeliveryID) -> Bool {
        do throws(SpoolError) {
            for folder in [Folder.held, .rejected, .deferred] where try spool.contains(id, in: folder) { return false }
            return true
        } catch {
            // ignoring: what this user may not look into the daemon finds out
            return false
        }
    }
}
