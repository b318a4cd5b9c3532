import Configuration
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Reading
import Requests
import Spool
import Synchronization
import Primitives

/// Takes files in and reads them: first those that an earlier run left in work, then the deferred ones whose time has
/// come, then what is dropped.
actor Reception {
    private let executor: BlockingExecutor
    let spool: any SpoolWork
    let settings: SpoolSettings
    private(set) var pipeline: PipelineSettings
    let desk: Desk
    let decisions: Decisions?
    let clock: any ServiceClock
    let tell: @Sendable (ReceptionNotice) -> Void
    var intake: Intake
    var recovery = Recovery()
    /// Deliveries in held/ about which nobody need decide any more, as it seems: they are offered again.
    var answered: [DeliveryID] = []
    /// Long deliveries of which the stages have seen a part, and those whose turn comes next.
    private var goingOn: [Passage] = []
    private var isGoingOnsTurn = false
    let digest: SHA256
    private(set) var ledger: (any LedgerKeeper)?
    var held = HeldFiles()
    /// Whether something waits to leave held/.
    nonisolated let hasClosed = Atomic<Bool>(false)
    private var nextDeferred: Instant?
    private(set) var isPaused = false
    /// The trouble that was told of last, so that it is told of once.
    private var trouble: SpoolError?
    /// The log may have lost what it was given: the service ends.
    private var lost: PluginFailure?
    /// Why files wait that were not taken.
    private(set) var waiting = Waiting.nothing
    /// Who speaks for whom.
    private var publishers = Publishers()
    private var spokenFor: [UInt32: String] = [:]
    private var notices: NoticeBudget

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        spool: any SpoolWork, configuration: Configuration, desk: Desk, decisions: Decisions? = nil,
        clock: any ServiceClock, tell: @escaping @Sendable (ReceptionNotice) -> Void
    ) throws(SpoolError) {
        executor = BlockingExecutor(name: "intake")
        self.spool = spool
        settings = configuration.spool
        pipeline = configuration.pipeline
        self.desk = desk
        self.decisions = decisions
        self.clock = clock
        self.tell = tell
        digest = try SHA256(for: configuration.spool.directory)
        intake = spool.intake(settings.intake, after: try spool.highestID())
        nextDeferred = Instant(microseconds: 0)
        notices = NoticeBudget(limit: configuration.spool.maxNoticesPerMinute)
    }

    /// A shift of that configuration begins.
    func begin(_ configuration: Configuration, ledger: (any LedgerKeeper)? = nil) {
        self.ledger = ledger
        pipeline = configuration.pipeline
        publishers = configuration.publishers
        spokenFor = [:]
        held.nextLook = Instant(microseconds: 0)
        decisions?.begin()
    }

    /// Why files wait that were not taken.
    enum Waiting: Sendable {
        /// None are known to wait.
        case nothing
        /// Some may not be whole yet.
        case settling
        /// Some of active/ could not be read, or worked on.
        case aside
        /// The disk is full, or there is trouble with the spool.
        case blocked
    }

    /// Notes what was heard, and takes up to that many files. Trouble with the spool is told of and tried again after a
    /// pause; only what may not be durable is thrown.
    func take(_ hints: [Hints], files limit: Int) async throws(PluginFailure) -> Claimed {
        tellRest(at: clock.uptime)
        for hint in hints { intake.note(hint) }
        decisions?.hear(hints)
        var claimed = Claimed()
        do throws(SpoolError) {
            claimed.lookAgain = try await take(limit, into: &claimed)
            if !goingOn.isEmpty { claimed.lookAgain = .zero }
            if let trouble { tell(.mended(trouble)) }
            trouble = nil
        } catch {
            if error.isDurabilityLost { throw PluginFailure(.durability, "\(error)", cause: error) }
            if trouble?.kind != error.kind { tell(.trouble(error)) }
            trouble = error
            waiting = .blocked
            claimed.lookAgain = settings.pause
        }
        if let lost { throw lost }
        if let end = notices.nextEnd {
            claimed.lookAgain = min(claimed.lookAgain ?? .seconds(Int64.max), max(.zero, end - clock.uptime))
        }
        return claimed
    }

    /// The log failed while nobody asked for anything.
    func lose(_ failure: PluginFailure) { if failure.kind == .durability { lost = failure } }

    /// The log could not take what a request decides: the request stays.
    func leave(_ request: Request, because failure: PluginFailure, _ decisions: Decisions) {
        if failure.kind == .durability { lost = failure }
        decisions.leave(request, because: failure)
    }

    /// Tells of a file that stays, unless its owner has had more than enough of that.
    func leaveAlone(_ notice: Notice) {
        if notices.admits(notice, at: clock.uptime) { tell(.leftAlone(notice)) }
    }

    /// Tells what was left out in the minutes that are over by then, or in all of them.
    func tellRest(at now: Duration? = nil) {
        for rest in notices.rest(at: now) { tell(.leftAloneToo(rest)) }
    }

    private func take(_ limit: Int, into claimed: inout Claimed) async throws(SpoolError) -> Duration? {
        if try pauseIfFull() {
            try await takeDecidedWhileFull(into: &claimed)
            waiting = .blocked
            return settings.pause
        }
        let room = desk.room(of: settings.maxBytesInWork.bytes)
        isGoingOnsTurn.toggle()
        if let next = goingOn.first {
            claimed.isAlone = recovery.alone?.id == next.delivery.id
            if isGoingOnsTurn || room == 0 || claimed.isAlone {
                claimed.passages = [goingOn.removeFirst()]
                return .zero
            }
        }
        if room == 0 { return nil }
        if try recover(limit, room, into: &claimed) { return .zero }
        try forgetAlone()
        try takeFollowers(limit, room, into: &claimed)
        if !claimed.passages.isEmpty { return .zero }
        if try takeAnswered(limit, room, into: &claimed.passages) { return .zero }
        if !recovery.isOthersTurn {
            switch try takeAside(waiting: pipeline.longestAside, into: &claimed) {
            case .taken: return .zero
            case .waits: return nil
            case .none: break
            }
        }
        if try await takeClosed(limit, room, into: &claimed) { return .zero }
        // Told of after the files were taken: they do not wait for it.
        var requestTrouble: SpoolError?
        if try await takeDecided(limit, room, into: &claimed, &requestTrouble) { return .zero }
        try takeDeferred(limit, room, into: &claimed.passages)
        let left = room - claimed.passages.reduce(0) { $0 + $1.delivery.bytes.count }
        let isAsideFull = recovery.aside.count >= pipeline.maxPostponed
        let taken = intake.take(files: isAsideFull ? 0 : limit - claimed.passages.count, bytes: left)
        recovery.isOthersTurn = false
        let now = clock.uptime
        for file in taken.files {
            desk.put(file, since: now, attempts: 1)
            let passage = Passage(read(file), slice: pipeline.slice)
            if let passage = admit(passage) { claimed.passages.append(passage) }
        }
        for notice in taken.notices { leaveAlone(notice) }
        if let trouble = taken.trouble ?? requestTrouble { throw trouble }
        if !claimed.passages.isEmpty {
            if isAsideDue { return .zero }
        } else if case .taken = try takeAside(waiting: .zero, into: &claimed) {
            return .zero
        }
        waiting = taken.lookAgain != nil ? .settling : recovery.aside.isEmpty ? .nothing : .aside
        let deferred = nextDeferred.map { max(.zero, $0.since(clock.now)) }
        return [isAsideFull ? settings.pause : taken.lookAgain, deferred, nextAside, nextHeldLook].compactMap(\.self)
            .min()
    }

    private func pauseIfFull() throws(SpoolError) -> Bool {
        let free = try spool.freeSpace()
        let isFull = free.bytes < UInt64(settings.minFreeBytes.bytes) || free.inodes == 0
        if isFull != isPaused {
            isPaused = isFull
            tell(isFull ? .paused(free) : .resumed(free))
        }
        return isFull
    }

    private func takeDeferred(_ limit: Int, _ room: Int, into passages: inout [Passage]) throws(SpoolError) {
        guard let next = nextDeferred, next <= clock.now else { return }
        let (due, later) = try spool.due(at: clock.now, limit: limit)
        var room = room
        var count = 0
        for file in due where room > 0 {
            let earlier = EarlierTry(try spool.report(file.file.id, in: .deferred))
            guard let claim = try takeUp(file.file, from: .deferred, attempts: earlier.attempts + 1, earlier) else {
                continue
            }
            if let passage = admit(passage(claim, earlier)) { passages.append(passage) }
            room -= claim.bytes.count
            count += 1
        }
        // What there was no room for, or what may not be read for now, is looked at again.
        nextDeferred = count == due.count ? later : clock.now.adding(room > 0 ? settings.rescan : .zero)
    }

    func takeUp(
        _ file: StoredFile, from folder: Folder, attempts: Int, _ earlier: EarlierTry
    ) throws(SpoolError) -> ClaimedFile? {
        switch try spool.takeUp(file, from: folder, named: earlier.fileName, limit: settings.maxFileBytes.bytes) {
        case .taken(let claimed):
            desk.put(claimed, since: clock.uptime, attempts: attempts, earlier)
            return claimed
        case .stays(let notice):
            leaveAlone(notice)
            return nil
        case .notReady, .gone: return nil
        }
    }

    /// The stages have seen a part of long deliveries: the next part comes when others had their turn.
    func goOn(with passages: [Passage]) {
        for var passage in passages {
            passage.goOn()
            goingOn.append(passage)
        }
    }

    /// What the stages have not seen of long deliveries is read again with the rest of active/.
    func forgetGoingOn() { goingOn = [] }

    /// A delivery was deferred until then.
    func deferred(until next: Instant) { nextDeferred = nextDeferred.map { min($0, next) } ?? next }

    func read(_ file: ClaimedFile) -> Delivery {
        delivery(file, file.isTooLarge ? tooLarge(file) : readUpdates(file.bytes, context: context(file)))
    }

    func context(_ file: ClaimedFile) -> ReadingContext {
        ReadingContext(receivedAt: file.receivedAt, sha256: file.sha256, limits: settings.readingLimits)
    }

    func delivery(_ file: ClaimedFile, _ decoded: Decoded) -> Delivery {
        var facts: [any Fact] = []
        let publisher = publisher(of: file.file.submitter)
        let may = publishers.may(of: publisher)
        if publisher != nil || may.count < Permission.allCases.count {
            facts.append(Publisher(publisher ?? "", may: may))
        }
        let policy = publishers.partial(of: publisher)
        if policy != .accept { facts.append(policy) }
        var decoded = decoded
        let pattern = publishers.list(of: publisher, named: file.file.fileName.bytes)
        var list = pattern.flatMap { CompleteList($0, of: decoded) }
        list?.others = Set(publishers.lists(of: publisher))
        // That a list holds no event is nothing wrong with the file.
        if list != nil { decoded.diagnostics.removeAll { $0.code == .noEvent } }
        var delivery = Delivery(
            id: file.file.id, file: file.file.fileName.bytes, bytes: file.bytes, sha256: file.sha256,
            submitter: file.file.submitter, receivedAt: file.receivedAt, decoded: decoded, facts: Facts(facts))
        delivery.list = list
        return delivery
    }

    /// Whom a submitter speaks for. The user database is asked once a user until the next reload.
    private func publisher(of user: UInt32) -> String? {
        if let known = spokenFor[user] { return known }
        guard let publisher = publishers.publisher(of: user) else { return nil }
        if spokenFor.count >= Reception.rememberedUsers { spokenFor = [:] }
        spokenFor[user] = publisher
        return publisher
    }

    private static let rememberedUsers = 10_000

    private func tooLarge(_ file: ClaimedFile) -> Decoded {
        Decoded(
            format: nil,
            diagnostics: [
                Diagnostic(
                    .tooLarge, severity: .error,
                    message: "the file has \(file.size) bytes, \(settings.maxFileBytes) are read at most; "
                        + "split it, or raise spool.max_file_bytes")
            ])
    }
}
