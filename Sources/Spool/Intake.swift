public import EventModel
import Synchronization

/// Takes dropped files in: what hints name and what scans find goes through a bounded, fair window, is claimed, read
/// and handed out. Calls block; keep it on a thread of its own.
///
/// Watch first, then ask for a scan: what arrives in between is then found by one of the two. Ask for another scan
/// when a hint says so, after `SpoolDirectory.refresh` found a folder replaced, and at an interval.
public struct Intake: ~Copyable {
    let folder: any IncomingFolder
    let settings: IntakeSettings
    private let clock: SpoolClock
    private var ids: DeliveryIDGenerator
    var queue: CandidateQueue
    var again: LookAgain
    var told: NoticeMemory
    private var rule: SettleRule
    private var hinted: [Hint] = []
    var scan = ScanProgress()
    private var news: [Notice] = []
    var realtime: Int64 = 0
    var monotonic: Int64 = 0
    var hooks = ClaimHooks.none

    /// Makes an intake for a spool.
    ///
    /// - Parameter last: The highest id in the spool (`SpoolDirectory.highestID`): new ones are higher.
    public init(
        _ spool: SpoolDirectory, settings: IntakeSettings = IntakeSettings(), after last: DeliveryID?,
        clock: SpoolClock = .system
    ) {
        self.init(folder: spool, settings: settings, after: last, clock: clock)
    }

    init(folder: any IncomingFolder, settings: IntakeSettings, after last: DeliveryID?, clock: SpoolClock) {
        self.folder = folder
        self.settings = settings
        self.clock = clock
        ids = DeliveryIDGenerator(after: last)
        queue = CandidateQueue(capacity: 2 * settings.window, share: settings.filesOfOneSubmitter)
        again = LookAgain(capacity: settings.rememberedNotReady, to: settings.longestPause)
        told = NoticeMemory(limit: settings.rememberedNotices)
        rule = SettleRule(settle: settings.settle, rest: settings.restAfterClose)
    }

    /// Files that wait in the window.
    public var waiting: Int { queue.count + hinted.count }

    /// Asks for a scan of incoming/; if one is under way, for another one after it.
    public mutating func requestScan() { scan.request() }

    /// Takes note of what the watcher heard.
    public mutating func note(_ hints: Hints) {
        if hints.isScanNeeded { scan.request() }
        let room = max(0, 4 * settings.window - hinted.count)
        if hints.names.count > room { scan.request() }
        hinted += hints.names.prefix(room)
    }

    /// Claims and reads files, oldest first, submitters in turn.
    ///
    /// - Parameters:
    ///   - files: At most that many.
    ///   - bytes: No more are taken once that many bytes are read.
    public mutating func take(files: Int, bytes: Int) -> Taken {
        monotonic = clock.monotonic()
        realtime = clock.realtime()
        rule.observe(realtime: realtime, monotonic: monotonic)
        var taken = Taken()
        do throws(SpoolError) {
            try fill()
            var left = bytes
            while taken.files.count < files, left > 0, let candidate = queue.next() {
                if let file = try claim(candidate) {
                    left -= file.bytes.count
                    taken.files.append(file)
                }
            }
        } catch {
            taken.trouble = error
        }
        swap(&taken.notices, &news)
        taken.lookAgain = lookAgain
        return taken
    }

    private var lookAgain: Duration? {
        if !queue.isEmpty || !hinted.isEmpty || scan.isUnderWay { return .zero }
        return again.nextDue.map { .nanoseconds(max(0, $0 &- monotonic)) }
    }

    private mutating func fill() throws(SpoolError) {
        let hints = hinted
        hinted.removeAll(keepingCapacity: true)
        do throws(SpoolError) {
            for hint in hints where !hint.name.isTemporary {
                // A file that was put back is not proved whole by that.
                let isOurs = hint.arrival == .renamed && folder.wasPutBack(hint.name)
                try heard(hint.name, isOurs ? .found : hint.arrival)
            }
            for name in again.due(at: monotonic) { try lookAgain(at: name) }
        } catch {
            scan.request()
            throw error
        }
        try scanOn()
    }

    /// A name that was not ready when it was looked at.
    private mutating func lookAgain(at name: FileName) throws(SpoolError) {
        guard let status = try folder.status(ofIncoming: name) else { return again.forget(name) }
        let (before, arrival) = (again.stillness(name), again.arrival(name))
        let stillness = Stillness.seen(status, at: monotonic, before: before)
        // Who wrote to it after it was closed has not closed it again, or we had heard of it.
        consider(name, status, stillness == before ? arrival : .found, stillness)
    }

    /// A name that something has just happened to.
    private mutating func heard(_ name: FileName, _ arrival: Arrival) throws(SpoolError) {
        if arrival == .found, again.isEarly(name, at: monotonic) { return }
        guard let status = try folder.status(ofIncoming: name) else { return again.forget(name) }
        // The last change may be older than the close: it is the close that the file rests from.
        if arrival == .closed, rule.rest > 0, status.kind == .regular {
            return again.note(
                name, .seen(status, at: monotonic, before: nil), arrival, at: monotonic, after: rule.rest)
        }
        consider(name, status, arrival, .seen(status, at: monotonic, before: again.stillness(name)))
    }

    /// Waits for a file to rest, which may be closed and opened again, and makes it a candidate then.
    private mutating func consider(
        _ name: FileName, _ status: FileStatus, _ arrival: Arrival, _ stillness: Stillness
    ) {
        if arrival != .renamed, status.kind == .regular,
            !rule.isAtRest(stillness, realtime: realtime, monotonic: monotonic)
        {
            return again.note(name, stillness, arrival, at: monotonic, after: rule.rest)
        }
        offer(name, status, arrival)
    }

    /// Makes a file a candidate, or tells that it is no plain file.
    mutating func offer(_ name: FileName, _ status: FileStatus, _ arrival: Arrival) {
        if status.kind != .regular { return tell(name, status, .kind(status.kind)) }
        let candidate = Candidate(
            name: name, submitter: status.owner, changedAt: status.changedAt, arrival: arrival)
        if !queue.insert(candidate) { scan.isPassWanted = true }
    }

    private mutating func claim(_ candidate: Candidate) throws(SpoolError) -> ClaimedFile? {
        let name = candidate.name
        let (rule, known, realtime, monotonic) = (rule, again.stillness(name), realtime, monotonic)
        let result: ClaimResult
        do throws(SpoolError) {
            let id = try ids.next(at: Instant(microseconds: clock.realtime() / 1000))
            result = try folder.claim(
                name, candidate.arrival, as: id, limit: settings.maxFileBytes, hooks: hooks,
                isStill: { status in
                    rule.isStill(
                        .seen(status, at: monotonic, before: known), realtime: realtime, monotonic: monotonic)
                })
        } catch {
            if !queue.insert(candidate) { scan.isPassWanted = true }
            throw error
        }
        switch result {
        case .claimed(let file):
            again.forget(name)
            return file
        case .gone:
            again.forget(name)
        case .notReady(let status):
            wait(for: name, .seen(status, at: monotonic, before: known))
        case .stays(let reason, let status):
            stays(name, reason, status, known)
        case .swapped(let other):
            let candidate = Candidate(
                name: other, submitter: candidate.submitter, changedAt: realtime, arrival: .found)
            if !queue.insert(candidate) { scan.isPassWanted = true }
        }
        return nil
    }

    /// A file that has a writer, or has not settled: its next close is heard of, or it stands still.
    private mutating func wait(for name: FileName, _ stillness: Stillness) {
        let left = rule.settle &- (monotonic &- stillness.since)
        again.note(name, stillness, .found, at: monotonic, after: left > 0 ? left : rule.settle)
    }

    private mutating func stays(
        _ name: FileName, _ reason: Notice.Reason, _ status: FileStatus, _ known: Stillness?
    ) {
        if case .hardLinked = reason {
            // Who links a file in and then removes its first name needs a moment for it.
            let stillness = Stillness.seen(status, at: monotonic, before: known)
            if monotonic &- stillness.since < rule.settle { return wait(for: name, stillness) }
        }
        again.forget(name)
        tell(name, status, reason)
    }

    mutating func tell(_ name: FileName, _ status: FileStatus, _ reason: Notice.Reason) {
        let notice = Notice(folder: .incoming, name: name, owner: status.owner, reason: reason)
        if let notice = told.news(notice) { news.append(notice) }
    }
}
