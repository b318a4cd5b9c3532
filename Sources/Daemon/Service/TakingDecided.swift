import Configuration
import Requests
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd
import Primitives

/// What administrators decided, on its way into the pipeline.
extension Reception {
    /// Carries out what requests ask for as far as that needs no stage, and claims what does: deliveries that go through
    /// again, or one order about an event. Says whether it claimed anything.
    func takeDecided(
        _ limit: Int, _ room: Int, into claimed: inout Claimed, _ trouble: inout SpoolError?
    ) async throws(SpoolError) -> Bool {
        guard let decisions else { return false }
        do throws(SpoolError) {
            return try await takeDecided(decisions, limit, room, into: &claimed)
        } catch {
            decisions.lookAgain()
            if error.isDurabilityLost { throw error }
            trouble = error
            return false
        }
    }

    private func takeDecided(
        _ decisions: Decisions, _ limit: Int, _ room: Int, into claimed: inout Claimed
    ) async throws(SpoolError) -> Bool {
        var room = room
        for standing in try decisions.take(leaveAlone) {
            if let order = standing.order {
                // What waits aside may speak of the event: it is tried once before.
                guard claimed.passages.isEmpty, recovery.isOthersTurn || !isAsideDue else {
                    decisions.lookAgain()
                    break
                }
                guard await mayCarryOut(order, standing, decisions) else { continue }
                decisions.begin(standing)
                claimed = Claimed(order: order)
                return true
            }
            guard claimed.passages.count < limit, room > 0 else {
                decisions.lookAgain()
                break
            }
            guard let passage = try await decide(standing, decisions) else { continue }
            claimed.passages.append(passage)
            room -= passage.delivery.bytes.count
        }
        return !claimed.passages.isEmpty
    }

    /// Carries out what requests ask for that needs no room on a full disk: throwing away makes some, and an event is taken
    /// out all the same. The others wait.
    func takeDecidedWhileFull(into claimed: inout Claimed) async throws(SpoolError) {
        guard let decisions else { return }
        for standing in try decisions.take(leaveAlone) {
            // What is done is gone when they are looked at again, and what is not waits.
            decisions.lookAgain()
            if standing.throwsAwayAll || standing.suspension != nil {
                _ = try await decide(standing, decisions)
            } else if let order = standing.order, await mayCarryOut(order, standing, decisions) {
                decisions.begin(standing)
                claimed = Claimed(order: order)
                return
            }
        }
    }

    /// What is known of a file that is found in work: its earlier tries, and what a person decided about it.
    func earlierTry(_ id: DeliveryID) throws(SpoolError) -> EarlierTry {
        if let note = try spool.report(id, in: .active) {
            var earlier = EarlierTry(note)
            for folder in Folder.setAside {
                guard let report = try spool.report(id, in: folder) else { continue }
                earlier.add(reported: report)
                if folder == .held { earlier.home = .held }
                break
            }
            return earlier
        }
        for folder in [Folder.deferred, .held, .rejected] {
            if let report = try spool.report(id, in: folder) { return EarlierTry(report) }
        }
        return EarlierTry(nil)
    }

    /// Reads a file as a person has ruled about it, and says which of its updates the stages are still to see.
    func passage(_ file: ClaimedFile, _ earlier: EarlierTry) -> Passage {
        var earlier = earlier
        // What became of other bytes says nothing of these.
        if earlier.sha256 != nil, earlier.sha256 != file.sha256 { (earlier.items, earlier.missing) = ([], []) }
        desk.note(file.file.id, contentHashes: earlier.items.indices.map { earlier.item($0 + 1).contentHash })
        do throws(RequestFault) {
            var delivery = try read(file, earlier)
            var left = delivery.items.map { earlier.item($0.number).left }
            let missing = earlier.missingItems
            if !missing.isEmpty { delivery.list = nil }
            delivery.items += missing.map(\.item)
            left += missing.map(\.left)
            return Passage(delivery, earlier: left, slice: pipeline.slice)
        } catch {
            return Passage(delivery(file, Decoded(format: nil)), decided: Answer(.reject, reason: error.description))
        }
    }

    private func read(_ file: ClaimedFile, _ earlier: EarlierTry) throws(RequestFault) -> Delivery {
        if let decision = earlier.decision, decision.action == .revert { return try reversal(file, decision) }
        if file.isTooLarge { return read(file) }
        // What counts already is not read again as it was released.
        let decided = earlier.items.indices.filter { index in
            let item = earlier.item(index + 1)
            return item.release != nil && item.left.outcome == nil
        }
        if let decision = earlier.decision, decision.items.items.contains(0), decision.release?.isPlain == false {
            throw RequestFault(
                "nothing else can be said of what is missing from a list: release \(file.file.id)/0 as it is, or discard it"
            )
        }
        let release = earlier.decision?.release ?? decided.first.flatMap { earlier.item($0 + 1).release }
        var decoded = readUpdates(file.bytes, context: context(file))
        for index in decided {
            let isSame =
                decoded.updates.indices.contains(index)
                && digest.hex(CanonicalJSON.bytes(of: decoded.updates[index].update.essence))
                    == earlier.items[index].contentHash
            if !isSame {
                throw RequestFault(
                    "item \(index + 1) is read otherwise than when it was held, so that what was decided may not be meant; "
                        + "'tidings retry \(file.file.id)' has the file judged anew")
            }
        }
        if let release, !release.corrections.isEmpty || release.ruling.isOfOne {
            let number = decided.first.map { $0 + 1 } ?? earlier.decision?.items.items.first
            guard decided.count < 2 else {
                throw RequestFault(
                    "what is set or said of one update cannot be said of \(decided.count); release them one by one")
            }
            do throws(CorrectionFault) {
                decoded = try readUpdates(
                    file.bytes, context: context(file), ruling: release.ruling, corrections: release.corrections,
                    of: number)
            } catch {
                throw RequestFault(error)
            }
        }
        var delivery = delivery(file, decoded)
        for index in delivery.items.indices {
            let release = earlier.item(index + 1).release
            if let release { delivery.items[index].facts.add(Facts([release])) }
        }
        return delivery
    }

    /// The delivery that goes through again, if one does.
    private func decide(_ standing: Decisions.Standing, _ decisions: Decisions) async throws(SpoolError) -> Passage? {
        if let suspension = standing.suspension {
            await suspend(suspension, standing, decisions)
            return nil
        }
        if case .revert(let items) = standing.asked.action { return try await revert(items, standing, decisions) }
        guard let id = standing.asked.delivery else { return nil }
        let isWhole = standing.throwsAwayAll
        if isWhole, let file = recovery.aside.first(where: { $0.file.id == id })?.file {
            guard try await discard(file, from: .active, standing, decisions) else { return nil }
            recovery.aside.removeAll { $0.file.id == id }
            _ = desk.take(id)
            decisions.lost(id)
            decisions.close(standing, .discarded, "it was removed from active/, where it waited")
            return nil
        }
        if let item = desk.look(id) {
            join(standing, id, item, decisions)
            return nil
        }
        for folder in Folder.setAside {
            guard let file = try decisions.spool.find(id, in: folder) else { continue }
            let isApart = folder == .held && !isPaused
            if isWhole, !EarlierTry(isApart ? try decisions.spool.report(id, in: folder) : nil).isHeld {
                guard try await discard(file, from: folder, standing, decisions) else { return nil }
                decisions.close(standing, .discarded, "it was removed from \(folder.rawValue)/ with its report")
                return nil
            }
            return try await takeUp(file, from: folder, standing, decisions)
        }
        if try decisions.spool.find(id, in: .active) != nil {
            // It has its outcome, and is on its way to where that says.
            decisions.postpone()
            return nil
        }
        if isWhole, try decisions.spool.isDiscarded(id) {
            decisions.close(standing, .discarded, "it was removed before the daemon ended")
            return nil
        }
        await tellGone(standing, decisions)
        return nil
    }

    /// Throws a whole file away, once the log says so; false where the log cannot for now. Whoever took the file away
    /// meanwhile, it is gone as asked.
    private func discard(
        _ file: StoredFile, from folder: Folder, _ standing: Decisions.Standing, _ decisions: Decisions
    ) async throws(SpoolError) -> Bool {
        if let decision = standing.decision {
            let entry = LedgerEntries.discard(file, report: try spool.report(file.id, in: folder), decision)
            guard await isLogged([entry], standing, decisions) else { return false }
        }
        try decisions.spool.discard(file, from: folder)
        return true
    }

    /// Whether the log says what a person decided; where it cannot for now, the request waits.
    private func isLogged(
        _ entries: [LedgerEntry], _ standing: Decisions.Standing, _ decisions: Decisions
    ) async -> Bool {
        guard let ledger else { return true }
        do throws(PluginFailure) {
            try await ledger.record(entries)
            return true
        } catch {
            leave(standing.request, because: error, decisions)
            return false
        }
    }

    /// A request about a delivery in work: its outcome answers a retry, and a release that an earlier run began. Anything
    /// else is looked at when the outcome is there.
    func join(
        _ standing: Decisions.Standing, _ id: DeliveryID, _ item: Desk.Item, _ decisions: Decisions
    ) {
        let isBegun = standing.isBegun(by: item.decision)
        guard isBegun else { return decisions.postpone() }
        decisions.wait(standing, for: id)
        // Its outcome may have come between the look and the wait: whoever tells of it has not seen this one then.
        if desk.look(id) == nil { decisions.stopWaiting(standing, for: id) }
    }

    /// Takes a set-aside file up again. The decision is durable in active/ before it moves; its report stays as it is.
    private func takeUp(
        _ file: StoredFile, from folder: Folder, _ standing: Decisions.Standing, _ decisions: Decisions
    ) async throws(SpoolError) -> Passage? {
        guard let decision = standing.decision else { return nil }
        let report = try decisions.spool.report(file.id, in: folder)
        var earlier = EarlierTry(report)
        let isReleasable = decision.release != nil && earlier.items.contains(where: \.isReleasable)
        if decision.action != .retry, folder != .held, !isReleasable {
            let isExpired = earlier.items.contains { $0.left.outcome == .expired }
            let why =
                isExpired
                ? "\(HeldUpdate.reason): drop it again if it is meant still"
                : folder == .rejected
                    ? "it was rejected: mend the file and drop it again" : "it is tried again by itself"
            decisions.close(
                standing, .refused,
                "only what is held can be \(decision.release == nil ? "discarded by its number" : "released"); \(why), or "
                    + "'tidings retry \(file.id)' tries it now")
            return nil
        }
        if let missing = decision.items.items.first(where: { !earlier.isHeld($0, for: decision) }) {
            if let outcome = earlier.outcome(of: decision) {
                decisions.close(
                    standing, outcome == .discarded ? .discarded : .outcome(outcome),
                    "it was carried out before the daemon ended; 'tidings why \(file.id)' tells what became of it")
                return nil
            }
            decisions.close(standing, .gone, earlier.fault(missing, decision.items))
            return nil
        }
        if case .retry = decision.action {
            let entries = LedgerEntries.retried(earlier, of: file, report: report, decision)
            guard await isLogged(entries, standing, decisions) else { return nil }
        }
        earlier.attempts = 0
        earlier.decision = decision
        if folder == .held { earlier.home = folder }
        try decisions.spool.writeReport(file.id, decision.note(name: earlier.fileName), in: .active)
        // It is in work before anybody asks whether it is.
        guard let claimed = try takeUp(file, from: folder, attempts: 1, earlier) else {
            try decisions.spool.removeReport(file.id, in: .active)
            decisions.close(standing, .refused, "the file cannot be taken up; the journal says why")
            return nil
        }
        decisions.wait(standing, for: file.id)
        return passage(claimed, earlier)
    }
}

extension Decisions {
    /// The log cannot take what a request decides.
    func leave(_ request: Request, because failure: PluginFailure) {
        leave(request)
        journal.write(
            .stageFailed,
            "the request \(request.name) of user \(request.user) waits, since it could not be written into the log: \(failure)"
        )
    }
}
