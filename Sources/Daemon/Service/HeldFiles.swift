import Configuration
import EventModel
import Pipeline
import PluginKit
import Requests
import Spool
import Synchronization

/// What is known of held/ between two looks into it.
struct HeldFiles {
    /// Updates that wait there for nothing any more.
    var closed: [DeliveryID: [ClosedItem]] = [:]
    /// When the folder is looked through, at the latest: at the start, and daily.
    var nextLook = Instant(microseconds: 0)
    /// The file up to which it was looked through; nil where no look is under way.
    var last: DeliveryID?
    /// When something of what was looked at is due; nil for nothing.
    var due: Instant?

    /// Files that are looked at before others have their turn.
    static let page = 256
    static let interval = Duration.seconds(86_400)

    mutating func close(_ item: ClosedItem, of id: DeliveryID) {
        if closed[id, default: []].contains(where: { $0.number == item.number }) { return }
        closed[id, default: []].append(item)
    }
}

/// Updates that waited for a person and need none any more: they leave held/ by way of active/, like those that a person
/// has decided about, so that each step outlives a kill.
extension Reception {
    /// The deciding stage has closed updates that may lie in held/.
    func close(_ replaced: [ReplacedItem]) {
        for item in replaced {
            held.close(ClosedItem(item.number, .replaced, reason: item.reason), of: item.delivery)
        }
        noteClosed()
    }

    /// How long until held/ is looked through again; nil where nobody decides about what lies there.
    var nextHeldLook: Duration? { decisions.map { _ in max(.zero, held.nextLook.since(clock.now)) } }

    /// Takes up files of which something waits no more. Says whether it took any, or is to be asked again at once.
    func takeClosed(_ limit: Int, _ room: Int, into claimed: inout Claimed) async throws(SpoolError) -> Bool {
        guard let decisions else { return false }
        let hasMore = try await lookThroughHeld(decisions)
        defer { noteClosed() }
        var room = room
        for (id, items) in held.closed.sorted(by: { $0.key < $1.key }) {
            guard claimed.passages.count < limit, room > 0 else { return true }
            // What is in work is on its way there.
            if desk.look(id) != nil { continue }
            // Others move it from active/ to held/ meanwhile, and never back: looked for in this order it is not missed.
            if try decisions.spool.find(id, in: .active) != nil { continue }
            guard let file = try decisions.spool.find(id, in: .held) else {
                held.closed[id] = nil
                continue
            }
            guard let passage = try takeUp(file, closing: items, decisions) else { continue }
            claimed.passages.append(passage)
            room -= passage.delivery.bytes.count
        }
        return hasMore || !claimed.passages.isEmpty
    }

    private func noteClosed() { hasClosed.store(!held.closed.isEmpty, ordering: .relaxed) }

    private func takeUp(
        _ file: StoredFile, closing items: [ClosedItem], _ decisions: Decisions
    ) throws(SpoolError) -> Passage? {
        held.closed[file.id] = nil
        var earlier = EarlierTry(try decisions.spool.report(file.id, in: .held))
        earlier.closed = items.filter { earlier.isHeld($0.number) }
        if earlier.closed.isEmpty { return nil }
        earlier.home = .held
        try decisions.spool.writeReport(
            file.id, ClosedItem.note(earlier.closed, name: earlier.fileName), in: .active)
        guard let claimed = try takeUp(file, from: .held, attempts: max(1, earlier.attempts), earlier) else {
            try decisions.spool.removeReport(file.id, in: .active)
            return nil
        }
        return passage(claimed, earlier)
    }

    /// Looks through a part of held/ for what waits no more. Says whether there is more of it.
    private func lookThroughHeld(_ decisions: Decisions) async throws(SpoolError) -> Bool {
        guard held.nextLook <= clock.now else { return false }
        if held.last == nil { held.due = nil }
        let listing = try spool.list(.held, after: held.last, limit: HeldFiles.page)
        do throws(PluginFailure) {
            if let ledger, !listing.files.isEmpty { close(try await ledger.replaced(among: listing.files.map(\.id))) }
            for file in listing.files {
                held.due = [held.due, try await expire(file)].compactMap(\.self).min()
            }
        } catch {
            lose(error)
            held.nextLook = clock.now.adding(settings.rescan)
            return false
        }
        held.last = listing.hasMore ? listing.files.last?.id : nil
        if held.last != nil { return true }
        held.nextLook = min(clock.now.adding(HeldFiles.interval), held.due ?? .init(microseconds: .max))
        return false
    }
}

extension Completion {
    /// Hands over to the reception what the deciding stage has closed. Says whether something is to leave held/.
    nonisolated func close(_ batch: [Passage], for reception: Reception) async -> Bool {
        let replaced = batch.flatMap(\.replaced)
        if !replaced.isEmpty { await reception.close(replaced) }
        let expiry = batch.compactMap(\.firstExpiry).min()
        if let expiry { await reception.expires(at: expiry) }
        return reception.hasClosed.load(ordering: .relaxed)
    }
}

extension Reception {
    /// Says why nothing can be decided about what waits nowhere, or has nothing to take back.
    func tellGone(_ standing: Decisions.Standing, _ decisions: Decisions, otherwise words: String? = nil) async {
        guard let items = standing.asked.items else { return }
        var fault: String?
        if let ledger {
            do throws(PluginFailure) {
                let account = try await ledger.account(of: items.delivery)
                fault = items.fault(account, isToWait: words == nil)
            } catch {
                return leave(standing.request, because: error, decisions)
            }
        }
        let id = items.delivery
        let gone =
            "no delivery \(id) waits in held/, rejected/ or deferred/: it was decided about before, or never was; 'tidings why "
            + "\(id)' tells"
        decisions.close(standing, .gone, fault ?? words ?? gone)
    }
}

extension EarlierTry {
    /// Why nothing can be decided about an update of a file that waits.
    func fault(_ number: Int, _ asked: DecidedItems) -> String {
        let listed = number == 0 ? missing.first?.item : items.indices.contains(number - 1) ? items[number - 1] : nil
        guard let left = listed?.left else { return asked.missing(number, of: items.count) }
        if left.outcome == .replaced { return asked.replaced(number, left.reason) }
        if left.outcome == .expired { return "item \(number) of \(asked.delivery) has expired: \(left.reason)" }
        return
            "item \(number) of \(asked.delivery) is not held; 'tidings why \(asked.delivery)' tells what became of it"
    }
}
