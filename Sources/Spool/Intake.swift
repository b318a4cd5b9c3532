public import EventModel
import Synchronization

/// Takes dropped files in: what hints name and what scans find goes through a bounded, fair window, is claimed, read
/// and handed out. Calls block; keep it on a thread of its own.
///
/// Watch first, then ask for a scan: what arrives in between is then found by one of the two. Ask for another scan
/// when a hint says so, after `SpoolDirectory.refresh` found a folder replaced, and at an interval.
public struct Intake: ~Copyable {
    private let spool: SpoolDirectory
    private let settings: IntakeSettings
    private let clock: SpoolClock
    private var ids: DeliveryIDGenerator
    private var queue: CandidateQueue
    private var again: LookAgain
    private var told: NoticeMemory
    private var rule: SettleRule
    private var hinted: [Hint] = []
    private var pass: DirectoryStream?
    private var isPassWanted = false
    private var temporariesLeft = 0
    private var news: [Notice] = []
    private var realtime: Int64 = 0
    private var monotonic: Int64 = 0
    var hooks = ClaimHooks.none

    /// Makes an intake for a spool.
    ///
    /// - Parameter last: The highest id in the spool (`SpoolDirectory.highestID`): new ones are higher.
    public init(
        _ spool: SpoolDirectory, settings: IntakeSettings = IntakeSettings(), after last: DeliveryID?,
        clock: SpoolClock = .system
    ) {
        self.spool = spool
        self.settings = settings
        self.clock = clock
        ids = DeliveryIDGenerator(after: last)
        queue = CandidateQueue(capacity: 2 * settings.window)
        again = LookAgain(capacity: settings.rememberedNotReady, from: settings.settle, to: settings.longestPause)
        told = NoticeMemory(limit: settings.rememberedNotices)
        rule = SettleRule(settle: settings.settle)
    }

    /// Files that wait in the window.
    public var waiting: Int { queue.count + hinted.count }

    /// Asks for a scan of incoming/; if one is under way, for another one after it.
    public mutating func requestScan() { isPassWanted = true }

    /// Takes note of what the watcher heard.
    public mutating func note(_ hints: Hints) {
        if hints.isScanNeeded { isPassWanted = true }
        let room = max(0, 4 * settings.window - hinted.count)
        if hints.names.count > room { isPassWanted = true }
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
        if !queue.isEmpty || !hinted.isEmpty || pass != nil || isPassWanted { return .zero }
        return again.nextDue.map { .nanoseconds(max(0, $0 &- monotonic)) }
    }

    private mutating func fill() throws(SpoolError) {
        for name in again.due(at: monotonic) { try consider(name, .found, isDue: true) }
        let hints = hinted
        hinted.removeAll(keepingCapacity: true)
        for hint in hints where !hint.name.isTemporary {
            // A file that was put back is not proved whole by that.
            let isOurs = hint.arrival == .renamed && spool.putBack.withLock { $0.remove(hint.name) != nil }
            do throws(SpoolError) {
                try consider(hint.name, isOurs ? .found : hint.arrival)
            } catch {
                isPassWanted = true
                throw error
            }
        }
        try scan()
    }

    private mutating func scan() throws(SpoolError) {
        if pass == nil, isPassWanted {
            pass = try DirectoryStream(spool[.incoming], path: "\(spool.path)/incoming")
            isPassWanted = false
            temporariesLeft = settings.temporariesAsked
            told.beginPass()
        }
        guard let stream = pass else { return }
        var looks = 4 * settings.window
        while queue.count < settings.window, looks > 0 {
            looks -= 1
            do throws(SpoolError) {
                guard let name = try stream.next() else {
                    pass = nil
                    told.endPass()
                    return
                }
                if name.isTemporary { try considerTemporary(name) } else { try consider(name, .found) }
            } catch {
                pass = nil
                isPassWanted = true
                throw error
            }
        }
    }

    private mutating func consider(_ name: FileName, _ arrival: Arrival, isDue: Bool = false) throws(SpoolError) {
        if arrival == .found, !isDue, again.isEarly(name, at: monotonic) { return }
        guard let status = try spool.statusIfAny(.incoming, name) else { return again.forget(name) }
        if status.kind != .regular {
            return tell(name, status, .kind(status.kind))
        }
        let candidate = Candidate(
            name: name, submitter: status.owner, changedAt: status.changedAt, arrival: arrival)
        if !queue.insert(candidate) { isPassWanted = true }
    }

    private mutating func considerTemporary(_ name: FileName) throws(SpoolError) {
        guard temporariesLeft > 0 else { return }
        temporariesLeft -= 1
        guard let status = try spool.statusIfAny(.incoming, name) else { return }
        let age = realtime &- status.changedAt
        if age >= settings.temporaryAge.nanoseconds {
            tell(name, status, .forgottenTemporary(days: Int(age / 86_400_000_000_000)))
        }
    }

    private mutating func claim(_ candidate: Candidate) throws(SpoolError) -> ClaimedFile? {
        let name = candidate.name
        let (rule, known, realtime, monotonic) = (rule, again.stillness(name), realtime, monotonic)
        let result: ClaimResult
        do throws(SpoolError) {
            let id = try ids.next(at: Instant(microseconds: clock.realtime() / 1000))
            result = try spool.claim(
                name, candidate.arrival, as: id, limit: settings.maxFileBytes, hooks: hooks,
                isStill: { status in
                    rule.isStill(
                        .seen(status, at: monotonic, before: known), realtime: realtime, monotonic: monotonic)
                })
        } catch {
            if !queue.insert(candidate) { isPassWanted = true }
            throw error
        }
        switch result {
        case .claimed(let file):
            again.forget(name)
            return file
        case .gone:
            again.forget(name)
        case .notReady(let status):
            again.note(name, .seen(status, at: monotonic, before: known), at: monotonic)
        case .stays(let reason, let status):
            stays(name, candidate, reason, status, known)
        case .swapped(let other):
            let candidate = Candidate(
                name: other, submitter: candidate.submitter, changedAt: realtime, arrival: .found)
            if !queue.insert(candidate) { isPassWanted = true }
        }
        return nil
    }

    private mutating func stays(
        _ name: FileName, _ candidate: Candidate, _ reason: Notice.Reason, _ status: FileStatus, _ known: Stillness?
    ) {
        if case .hardLinked = reason {
            // Who links a file in and then removes its first name needs a moment for it.
            let stillness = Stillness.seen(status, at: monotonic, before: known)
            if monotonic &- stillness.since < rule.settle { return again.note(name, stillness, at: monotonic) }
        }
        again.forget(name)
        tell(name, status, reason)
    }

    private mutating func tell(_ name: FileName, _ status: FileStatus, _ reason: Notice.Reason) {
        let notice = Notice(folder: .incoming, name: name, owner: status.owner, reason: reason)
        if let notice = told.news(notice) { news.append(notice) }
    }
}
