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

    struct Aside {
        let file: StoredFile
        /// When it may be tried.
        let notBefore: Duration
        /// Why it was set aside; empty where it only could not be read.
        var reason = ""
    }

    /// What lay in active/ and is taken up before anything else.
    var left = Left.unknown(isAfterEnd: true)
    /// The file that was noted last as alone in work, and whether nothing is held against it when another one is.
    var alone: (id: DeliveryID, hasSurvived: Bool)?
    var aside: [Aside] = []
    /// Files that could not be read, which was told of.
    var unread: Set<DeliveryID> = []

    /// What the file that was alone has come to, when another one is.
    var wasAlone: WasAlone? {
        guard let alone, alone.hasSurvived else { return nil }
        return aside.contains { $0.file.id == alone.id } ? .setAside(alone.id) : .done(alone.id)
    }
}

extension Reception {
    /// Takes up what lay in active/, and says whether it took anything. What was alone in work at an end is set aside.
    func recover(_ limit: Int, into claimed: inout Claimed) throws(SpoolError) -> Bool {
        if case .unknown(let isAfterEnd) = recovery.left {
            let files = try spool.list(.active, after: nil, limit: Reception.maxListed).files
            if !files.isEmpty { tell(.recovered(files.count, isAfterEnd: isAfterEnd)) }
            recovery.left = .listed(files, isAfterEnd: isAfterEnd)
        }
        guard case .listed(var files, let isAfterEnd) = recovery.left else { return false }
        var room = settings.maxBatchBytes.bytes
        while let file = files.first, claimed.passages.count < (isAfterEnd ? 1 : limit), room > 0 {
            files.removeFirst()
            recovery.left = .listed(files, isAfterEnd: isAfterEnd)
            if recovery.aside.contains(where: { $0.file.id == file.id }) { continue }
            if let ends = try endsAlone(file.id), ends < maxEndsAlone {
                setAside(
                    file,
                    ends == 0
                        ? "it was set aside before the daemon ended"
                        : "it was alone in work when the daemon ended (\(ends) of \(maxEndsAlone) times)")
            } else if let passage = try takeUpLeft(file, isAlone: isAfterEnd) {
                room -= passage.delivery.bytes.count
                claimed.passages.append(passage)
            }
        }
        claimed.isAlone = isAfterEnd && !claimed.passages.isEmpty
        if !claimed.passages.isEmpty { return true }
        if isAfterEnd {
            try spool.forgetAlone(after: recovery.wasAlone)
            recovery.alone = nil
        }
        recovery.left = .none
        intake.requestScan()
        return false
    }

    /// Takes up a file that was set aside and has waited so long beyond its time, and says whether there was one. Nothing
    /// else may be in work beside it.
    func takeAside(waiting wait: Duration, into claimed: inout Claimed) throws(SpoolError) -> Bool {
        let now = clock.uptime
        while let index = recovery.aside.firstIndex(where: { $0.notBefore + wait <= now }) {
            // It goes behind the others: whatever prevents that it is taken up holds up none of them.
            let next = recovery.aside.remove(at: index)
            guard let passage = try takeUpLeft(next.file, isAlone: true, again: next.reason) else { continue }
            claimed.passages = [passage]
            claimed.isAlone = true
            return true
        }
        return false
    }

    /// How long it takes until a file that was set aside may be tried; nil where none was.
    var nextAside: Duration? {
        recovery.aside.map(\.notBefore).min().map { max(.zero, $0 - clock.uptime) }
    }

    /// Deliveries leave the pipeline, and come again alone when the others are through.
    func setAside(_ passages: [Passage]) {
        // ignoring: without the note they only come earlier after an end of the process
        try? spool.noteAside(passages.map(\.delivery.id))
        for passage in passages {
            guard let file = desk.look(passage.delivery.id)?.file else { continue }
            setAside(file.stored, passage.asideReason ?? "")
        }
    }

    private func setAside(_ file: StoredFile, _ reason: String) {
        tell(.setAside(file, reason: reason))
        recovery.aside.append(Recovery.Aside(file: file, notBefore: clock.uptime, reason: reason))
    }

    /// Takes up a file of active/. One that cannot be read now is tried again later, and told of once; one that has ended
    /// the process too often is held unread.
    private func takeUpLeft(
        _ file: StoredFile, isAlone: Bool, again reason: String = ""
    ) throws(SpoolError) -> Passage? {
        let again = Recovery.Aside(file: file, notBefore: clock.uptime + settings.pause, reason: reason)
        do throws(SpoolError) {
            let ends = try endsAlone(file.id) ?? 0
            if isAlone { try noteAlone(file.id) }
            let earlier = try earlierTry(file.id)
            let before = desk.look(file.id)
            switch try spool.takeUp(
                file, from: .active, named: before?.file.fileName ?? earlier.fileName,
                limit: settings.maxFileBytes.bytes)
            {
            case .taken(let claim):
                recovery.unread.remove(file.id)
                let attempts = before.map { $0.attempts + (reason.isEmpty ? 0 : 1) } ?? earlier.attempts + 1
                desk.put(
                    claim.file, since: before?.since ?? clock.uptime, attempts: attempts,
                    wantsReply: claim.wantsReply, release: earlier.release)
                if ends >= maxEndsAlone { return stopped(claim, ends) }
                if attempts > maxAttempts { return givenUp(claim, attempts - 1, reason) }
                return passage(claim, earlier)
            case .stays(let notice):
                if recovery.unread.insert(file.id).inserted { tell(.leftAlone(notice)) }
                recovery.aside.append(again)
            case .gone:
                recovery.unread.remove(file.id)
                _ = desk.take(file.id)
            }
            return nil
        } catch {
            recovery.aside.append(again)
            throw error
        }
    }

    /// Others are in work from now on, and an end is not held against the file that was alone.
    func forgetAlone() throws(SpoolError) {
        guard recovery.alone != nil else { return }
        try spool.forgetAlone(after: recovery.wasAlone)
        recovery.alone = nil
    }

    /// At how many ends of the process a file was alone in work; nil where nothing is held against it.
    private func endsAlone(_ id: DeliveryID) throws(SpoolError) -> Int? {
        let ends = try spool.endsAlone(id)
        // One that is noted since, and was not done when a reload came, has not ended it this time.
        return recovery.alone?.id == id ? ends.flatMap { $0 > 1 ? $0 - 1 : nil } : ends
    }

    private func noteAlone(_ id: DeliveryID) throws(SpoolError) {
        if recovery.alone?.id == id { return }
        let ends = try spool.noteAlone(id, after: recovery.wasAlone)
        recovery.alone = (id, ends < maxEndsAlone)
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

    /// A file that a stage has failed for too often is held: with others in a row, it may not be the file's fault.
    private func givenUp(_ file: ClaimedFile, _ attempts: Int, _ reason: String) -> Passage {
        Passage(
            delivery(file, Decoded(format: nil)),
            decided: Answer(.hold, reason: Completion.givingUp(file.file.id, after: attempts, reason)))
    }

    /// Takes up again what an ended shift left in active/. Ask it while no shift works.
    func takeUpAgain() {
        // What an end has left is worked on one at a time still.
        switch recovery.left {
        case .unknown(isAfterEnd: true), .listed(_, isAfterEnd: true): recovery.left = .unknown(isAfterEnd: true)
        default: recovery.left = .unknown(isAfterEnd: false)
        }
    }
}
