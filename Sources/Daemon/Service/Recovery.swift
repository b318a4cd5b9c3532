import Configuration
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// What is worked on apart from the rest: what an end of the process has left in active/, and what is set aside until the
/// others are through, since it may harm those beside it.
struct Recovery {
    enum Left {
        /// To be listed. After the end of a process one of the files may have caused it: they are worked on one at a time.
        case unknown(isAfterEnd: Bool)
        case listed([StoredFile], isAfterEnd: Bool)
        case none
    }

    /// The file that was noted last as alone in work.
    struct Alone {
        let id: DeliveryID
        /// Why it had been set aside; empty where it had not.
        let reason: String
        /// Whether its ends are forgotten once it has an outcome; one that is held for them keeps them until it has moved.
        let isForgotten: Bool
    }

    struct Aside {
        let file: StoredFile
        /// When it may be tried.
        let notBefore: Duration
        /// Why it was set aside; empty where it only could not be read.
        let reason: String
        /// How many deliveries had passed all stages by then.
        let passed: Int
        /// Marks of the events it speaks of.
        let events: Set<UInt64>
        /// Whether it only waits behind another one, and may be in work beside others after that.
        var isFollower = false

        /// Whether another file speaks of the same event and came later: then it is not taken before this one.
        func isBefore(_ id: DeliveryID, _ others: Set<UInt64>) -> Bool {
            file.id < id && !events.isDisjoint(with: others)
        }
    }

    /// What lay in active/ and is taken up before anything else.
    var left = Left.unknown(isAfterEnd: true)
    var alone: Alone?
    var aside: [Aside] = []
    /// Whether others are asked for before the next one of those.
    var isOthersTurn = false
    /// Files that could not be read, which was told of.
    var unread: Set<DeliveryID> = []

    /// The first that was set aside, once it has waited so long beyond its time. Of those that speak of one event the one
    /// that came first is the first.
    func next(waiting wait: Duration, at now: Duration) -> Int? {
        aside.firstIndex { next in
            !next.isFollower && next.notBefore + wait <= now
                && !aside.contains { $0.isBefore(next.file.id, next.events) }
        }
    }

    func isAside(_ id: DeliveryID) -> Bool { aside.contains { $0.file.id == id } }

    /// The file of which nothing is noted any more when another one is alone.
    var done: DeliveryID? { alone.flatMap { $0.isForgotten ? $0.id : nil } }
}

extension Reception {
    /// Takes up what lay in active/, and says whether it took anything. What was alone in work at an end is set aside.
    func recover(_ limit: Int, _ room: Int, into claimed: inout Claimed) throws(SpoolError) -> Bool {
        if case .unknown(let isAfterEnd) = recovery.left {
            let files = try spool.list(.active, after: nil, limit: Reception.maxListed).files.filter {
                !recovery.isAside($0.id)
            }
            if !files.isEmpty { tell(.recovered(files.count, isAfterEnd: isAfterEnd)) }
            let resumed = try decisions?.resume(files) { id throws(SpoolError) in try earlierTry(id).decision }
            recovery.left = .listed(resumed ?? files, isAfterEnd: isAfterEnd)
        }
        guard case .listed(var files, let isAfterEnd) = recovery.left else { return false }
        var room = room
        while let file = files.first, claimed.passages.count < (isAfterEnd ? 1 : limit), room > 0 {
            let suspicion = try suspicion(of: file.id)
            files.removeFirst()
            recovery.left = .listed(files, isAfterEnd: isAfterEnd)
            // Where its events are not known, it keeps its place: one of the others may speak of them too.
            if let suspicion, suspicion.ends < pipeline.maxEndsAlone, let events = suspicion.events {
                setAside(
                    file, events,
                    suspicion.ends == 0
                        ? "it was set aside before the daemon ended"
                        : "it was alone in work when the daemon ended (\(suspicion.ends) of \(pipeline.maxEndsAlone) times)"
                )
            } else if let passage = try takeUpLeft(file, isAlone: isAfterEnd) {
                room -= passage.delivery.bytes.count
                claimed.passages.append(passage)
            }
        }
        claimed.isAlone = isAfterEnd && !claimed.passages.isEmpty
        if !claimed.passages.isEmpty { return true }
        if isAfterEnd {
            try spool.forgetAlone(after: recovery.done)
            recovery.alone = nil
        }
        recovery.left = .none
        intake.requestScan()
        return false
    }

    /// Takes up a file of active/. One that cannot be read now is tried again later, and told of once; one that has ended
    /// the process too often is held unread.
    func takeUpLeft(
        _ file: StoredFile, isAlone: Bool, again aside: Recovery.Aside? = nil
    ) throws(SpoolError) -> Passage? {
        let reason = aside?.reason ?? ""
        let again = Recovery.Aside(
            file: file, notBefore: clock.uptime + settings.pause, reason: reason,
            passed: aside?.passed ?? desk.passed, events: aside?.events ?? [],
            isFollower: aside?.isFollower ?? false)
        do throws(SpoolError) {
            let before = desk.look(file.id)
            if let before, try spool.putBack(ifChanged: before.file) {
                lose(file.id)
                return nil
            }
            let ends = try suspicion(of: file.id)?.ends ?? 0
            let earlier = try earlierTry(file.id)
            switch try spool.takeUp(
                file, from: .active, named: before?.file.fileName ?? earlier.fileName,
                limit: settings.maxFileBytes.bytes)
            {
            case .taken(let claim):
                recovery.unread.remove(file.id)
                if isAlone { try noteAlone(file.id, reason) }
                // Only where others have passed the stages since may it be the file that they fail for.
                let counts =
                    !reason.isEmpty && aside?.isFollower == false && desk.passed > (aside?.passed ?? 0)
                let attempts = before.map { $0.attempts + (counts ? 1 : 0) } ?? earlier.attempts + 1
                desk.put(claim, since: before?.since ?? clock.uptime, attempts: attempts, earlier)
                if ends >= pipeline.maxEndsAlone { return stopped(claim, ends) }
                if attempts > pipeline.maxAttempts { return givenUp(claim, attempts - 1, reason) }
                let passage = passage(claim, earlier)
                if isAlone { try spool.noteEvents(passage.delivery.eventMarks, of: file.id) }
                return admit(passage)
            case .stays(let notice):
                if recovery.unread.insert(file.id).inserted { leaveAlone(notice) }
                recovery.aside.append(again)
            case .notReady: recovery.aside.append(again)
            case .gone:
                tell(.lost(file))
                lose(file.id)
            }
            return nil
        } catch {
            desk.setAside(file.id)
            recovery.aside.append(again)
            throw error
        }
    }

    /// A file of active/ is not there any more, or is dropped anew.
    private func lose(_ id: DeliveryID) {
        recovery.unread.remove(id)
        _ = desk.take(id)
        decisions?.lost(id)
    }

    /// Others are in work from now on, and an end is not held against the file that was alone.
    func forgetAlone() throws(SpoolError) {
        guard recovery.alone != nil else { return }
        try spool.forgetAlone(after: recovery.done)
        recovery.alone = nil
    }

    /// The daemon ends in order: what is alone in work is no reason for that.
    func leave() {
        tellRest()
        guard let alone = recovery.alone else { return }
        // ignoring: it only counts as one end more
        try? spool.noteAside([:], untried: alone.id)
    }

    /// What is held against a file; nil for nothing.
    private func suspicion(of id: DeliveryID) throws(SpoolError) -> Suspicion? {
        guard var suspicion = try spool.suspicion(of: id) else { return nil }
        // One that is noted since, and was not done when a reload came, has not ended it this time.
        if recovery.alone?.id == id { suspicion.ends -= 1 }
        return recovery.alone?.id == id && suspicion.ends == 0 ? nil : suspicion
    }

    private func noteAlone(_ id: DeliveryID, _ reason: String) throws(SpoolError) {
        if recovery.alone?.id == id { return }
        let ends = try spool.noteAlone(id, after: recovery.done)
        recovery.alone = Recovery.Alone(id: id, reason: reason, isForgotten: ends < pipeline.maxEndsAlone)
    }

    /// Files of active/ that are listed at once; there are never more than a run has in work.
    private static let maxListed = 1 << 20

    /// A file that has ended the process too often is held, and nobody looks into it.
    private func stopped(_ file: ClaimedFile, _ ends: Int) -> Passage {
        let words =
            "the daemon ended \(ends) times while this file alone was in work, so it is not worked on any more; "
            + "'tidings retry \(file.file.id)' tries it once more, and the journal says how the daemon ended"
        let delivery = delivery(file, Decoded(format: nil))
        let found = Diagnostic(.stoppedTheDaemon, severity: .held, message: words)
        return Passage(delivery, decided: Answer(.hold, reason: words, diagnostics: [found]))
    }

    /// A file that a stage has failed for too often, though it worked on others meanwhile, is held.
    private func givenUp(_ file: ClaimedFile, _ attempts: Int, _ reason: String) -> Passage {
        Passage(
            delivery(file, Decoded(format: nil)),
            decided: Answer(.hold, reason: Completion.givingUp(file.file.id, after: attempts, reason)))
    }

    /// Takes up again what an ended shift left in active/. Ask it while no shift works.
    func takeUpAgain() {
        desk.setAllAside()
        forgetGoingOn()
        // What an end has left is worked on one at a time still.
        switch recovery.left {
        case .unknown(isAfterEnd: true), .listed(_, isAfterEnd: true): recovery.left = .unknown(isAfterEnd: true)
        default: recovery.left = .unknown(isAfterEnd: false)
        }
    }
}
