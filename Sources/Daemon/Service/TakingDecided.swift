import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// What administrators decided, on its way into the pipeline.
extension Reception {
    /// Carries out what requests ask for as far as that needs no stage, and claims what does: deliveries that go through
    /// again, or one order about an event. Says whether it claimed anything.
    func takeDecided(
        _ limit: Int, _ room: Int, into claimed: inout Claimed, _ trouble: inout SpoolError?
    ) throws(SpoolError) -> Bool {
        guard let decisions else { return false }
        do throws(SpoolError) {
            return try takeDecided(decisions, limit, room, into: &claimed)
        } catch {
            decisions.lookAgain()
            if error.isDurabilityLost { throw error }
            trouble = error
            return false
        }
    }

    private func takeDecided(
        _ decisions: Decisions, _ limit: Int, _ room: Int, into claimed: inout Claimed
    ) throws(SpoolError) -> Bool {
        var room = room
        for standing in try decisions.take(leaveAlone) {
            if let order = standing.order {
                // What waits aside may speak of the event: it is tried once before.
                guard claimed.passages.isEmpty, recovery.isOthersTurn || !isAsideDue else {
                    decisions.lookAgain()
                    break
                }
                decisions.begin(standing)
                claimed = Claimed(order: order)
                return true
            }
            guard claimed.passages.count < limit, room > 0 else {
                decisions.lookAgain()
                break
            }
            guard let passage = try decide(standing, decisions) else { continue }
            claimed.passages.append(passage)
            room -= passage.delivery.bytes.count
        }
        return !claimed.passages.isEmpty
    }

    /// Carries out what requests ask for that needs no room on a full disk: throwing away makes some, and an event is taken
    /// out all the same. The others wait.
    func takeDecidedWhileFull(into claimed: inout Claimed) throws(SpoolError) {
        guard let decisions else { return }
        for standing in try decisions.take(leaveAlone) {
            // What is done is gone when they are looked at again, and what is not waits.
            decisions.lookAgain()
            if case .discard = standing.asked.action {
                _ = try decide(standing, decisions)
            } else if let order = standing.order {
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
            if try spool.report(id, in: .held) != nil { earlier.home = .held }
            return earlier
        }
        if let report = try spool.report(id, in: .deferred) { return EarlierTry(report) }
        for folder in [Folder.held, .rejected] {
            if let report = try spool.report(id, in: folder) { return EarlierTry(decided: report) }
        }
        return EarlierTry(nil)
    }

    /// Reads a file as a person has ruled about it.
    func read(_ file: ClaimedFile, _ release: Release?) throws(RequestFault) -> Delivery {
        guard let release, !file.isTooLarge else { return read(file) }
        do throws(CorrectionFault) {
            let decoded = try readUpdates(
                file.bytes, context: context(file), ruling: release.ruling, corrections: release.corrections)
            return delivery(file, decoded, release)
        } catch {
            throw RequestFault(error)
        }
    }

    /// The delivery that goes through again, if one does.
    private func decide(_ standing: Decisions.Standing, _ decisions: Decisions) throws(SpoolError) -> Passage? {
        guard let id = standing.asked.delivery else { return nil }
        if case .discard = standing.asked.action, let index = recovery.aside.firstIndex(where: { $0.file.id == id }) {
            try decisions.spool.discard(recovery.aside[index].file, from: .active)
            recovery.aside.remove(at: index)
            _ = desk.take(id)
            decisions.lost(id)
            decisions.close(standing, .discarded, "it was removed from active/, where it waited")
            return nil
        }
        if let item = desk.look(id) {
            join(standing, id, item, decisions)
            return nil
        }
        for folder in [Folder.held, .rejected, .deferred] {
            guard let file = try decisions.spool.find(id, in: folder) else { continue }
            if case .discard = standing.asked.action {
                // Whoever took it away meanwhile, it is gone as asked.
                try decisions.spool.discard(file, from: folder)
                decisions.close(standing, .discarded, "it was removed from \(folder.rawValue)/ with its report")
                return nil
            }
            return try takeUp(file, from: folder, standing, decisions)
        }
        if try decisions.spool.find(id, in: .active) != nil {
            // It has its outcome, and is on its way to where that says.
            decisions.postpone()
            return nil
        }
        if case .discard = standing.asked.action, try decisions.spool.isDiscarded(id) {
            decisions.close(standing, .discarded, "it was removed before the daemon ended")
            return nil
        }
        decisions.close(
            standing, .gone,
            "no delivery \(id) waits in held/, rejected/ or deferred/: it was decided about before, or never was; "
                + "'tidings why \(id)' tells")
        return nil
    }

    /// A request about a delivery in work: its outcome answers a retry, and a release that an earlier run began. Anything
    /// else is looked at when the outcome is there.
    private func join(
        _ standing: Decisions.Standing, _ id: DeliveryID, _ item: Desk.Item, _ decisions: Decisions
    ) {
        let isBegun =
            switch standing.asked.action {
            case .retry: true
            case .release: item.release == standing.release
            case .discard, .withdraw, .restore, .forget: false
            }
        guard isBegun else { return decisions.postpone() }
        decisions.wait(standing, for: id)
        // Its outcome may have come between the look and the wait: whoever tells of it has not seen this one then.
        if desk.look(id) == nil { decisions.stopWaiting(standing, for: id) }
    }

    /// Takes a set-aside file up again. The decision is durable in active/ before it moves; its report stays as it is.
    private func takeUp(
        _ file: StoredFile, from folder: Folder, _ standing: Decisions.Standing, _ decisions: Decisions
    ) throws(SpoolError) -> Passage? {
        let release = standing.release
        if release != nil, folder != .held {
            let why =
                folder == .rejected ? "it was rejected: mend the file and drop it again" : "it is tried again by itself"
            decisions.close(
                standing, .refused,
                "only held deliveries can be released; \(why), or 'tidings retry \(file.id)' tries it now")
            return nil
        }
        var earlier = EarlierTry(decided: try decisions.spool.report(file.id, in: folder))
        earlier.release = release
        if folder == .held { earlier.home = folder }
        try decisions.spool.writeReport(file.id, Release.note(release, name: earlier.fileName), in: .active)
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
