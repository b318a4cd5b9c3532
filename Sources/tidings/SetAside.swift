import Requests
import CommandLineKit
import EventModel
import Spool

/// Deliveries that were set aside, as commands name them: known ones only, where this user may look.
struct SetAside {
    private let spool: SpoolView
    private let service: Service

    init(_ service: Service) {
        self.service = service
        spool = SpoolView(path: service.spool)
    }

    /// The updates of a command line, a request for each delivery. One of which can be known that it waits nowhere is none.
    func items(_ operands: [Argument]) throws(Failure) -> [DecidedItems] {
        let named = try DecidedItems.read(operands)
        for one in named where isKnownNowhere(one.delivery) {
            throw Failure(.noInput, fault(one) ?? nowhere(one.delivery))
        }
        for one in named {
            if let words = missing(one) { throw Failure(.data, words) }
        }
        return named
    }

    /// That the report of a file that waits knows no update of a number.
    private func missing(_ items: DecidedItems) -> String? {
        for folder in Folder.setAside {
            // ignoring: what this user may not look into the daemon finds out
            guard let bytes = try? spool.report(items.delivery, in: folder), let report = ReportDocument(bytes),
                !report.updates.isEmpty, let number = items.items.first(where: { $0 > report.updates.count })
            else { continue }
            return items.missing(number, of: report.updates.count)
        }
        return nil
    }

    private func nowhere(_ id: DeliveryID) -> String {
        "no delivery \(id) waits in held/, rejected/ or deferred/; 'tidings why \(id)' tells what became of it"
    }

    /// What the archive tells against it, where this user may read it.
    private func fault(_ items: DecidedItems) -> String? {
        // ignoring: what cannot be looked up here the daemon finds out
        guard let archive = try? Archive(service), let account = try? archive.account(of: items.delivery),
            account.hasArchive
        else { return nil }
        return items.fault(account.known)
    }

    /// Whether all folders can be looked into and none has it.
    private func isKnownNowhere(_ id: DeliveryID) -> Bool {
        do throws(SpoolError) {
            for folder in Folder.setAside + [.active] where try spool.contains(id, in: folder) {
                return false
            }
            return true
        } catch {
            // ignoring: what this user may not look into the daemon finds out
            return false
        }
    }
}

extension DecidedItems {
    /// The updates of a command line, one value for each delivery.
    static func read(_ operands: [Argument]) throws(Failure) -> [DecidedItems] {
        var named: [DecidedItems] = []
        for operand in operands {
            guard let one = DecidedItems(operand.text.uppercased()) else {
                throw Failure(
                    .usage,
                    "\(operand.shown) is neither a delivery's id, 26 digits and letters, nor one with the number of an "
                        + "update behind it, as in ID/3; 'tidings queue --list', reports and the journal show them")
            }
            if let index = named.firstIndex(where: { $0.delivery == one.delivery }) {
                let all = named[index].items.isEmpty || one.items.isEmpty
                named[index] = DecidedItems(one.delivery, items: all ? [] : named[index].items + one.items)
            } else {
                named.append(one)
            }
        }
        if let many = named.first(where: { $0.items.count > DecisionRequest.maxItems }) {
            throw Failure(
                .usage,
                "more than \(DecisionRequest.maxItems) updates of \(many.delivery) are named; name the delivery for all that are "
                    + "held, or ask in several requests")
        }
        return named
    }
}
