import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool
import Synchronization

/// Takes files in and reads them: first those that an earlier run left in work, then the deferred ones whose time has
/// come, then what is dropped.
actor Reception {
    private let executor: BlockingExecutor
    private let spool: SpoolDirectory
    private let settings: SpoolSettings
    private let desk: Desk
    private let clock: any ServiceClock
    private let tell: @Sendable (ReceptionNotice) -> Void
    private var intake: Intake
    private var isRecovering = true
    private var recoveredUpTo: DeliveryID?
    private var nextDeferred: Instant?
    private var isPaused = false
    /// The trouble that was told of last, so that it is told of once.
    private var trouble: String?
    /// Whether files wait that may not be whole yet.
    private(set) var isWaiting = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        spool: SpoolDirectory, settings: SpoolSettings, desk: Desk, clock: any ServiceClock,
        tell: @escaping @Sendable (ReceptionNotice) -> Void
    ) throws(SpoolError) {
        executor = BlockingExecutor(name: "intake")
        self.spool = spool
        self.settings = settings
        self.desk = desk
        self.clock = clock
        self.tell = tell
        var limits = IntakeSettings()
        limits.maxFileBytes = settings.maxFileBytes.bytes
        limits.window = settings.window
        limits.settle = settings.settle
        limits.longestPause = settings.rescan
        intake = Intake(spool, settings: limits, after: try spool.highestID())
        nextDeferred = Instant(microseconds: 0)
    }

    /// Notes what was heard, and takes up to that many files. Trouble with the spool is told of and tried again after a
    /// pause; only what may not be durable is thrown.
    func take(_ hints: [Hints], files limit: Int) throws(PluginFailure) -> Claimed {
        for hint in hints { intake.note(hint) }
        var deliveries: [Delivery] = []
        do throws(SpoolError) {
            let again = try take(limit, into: &deliveries)
            trouble = nil
            return Claimed(deliveries, lookAgain: again)
        } catch {
            if error.isDurabilityLost { throw PluginFailure(.durability, "\(error)", cause: error) }
            if trouble != "\(error)" { tell(.trouble(error)) }
            trouble = "\(error)"
            isWaiting = true
            return Claimed(deliveries, lookAgain: Reception.pause)
        }
    }

    private func take(_ limit: Int, into deliveries: inout [Delivery]) throws(SpoolError) -> Duration? {
        if try pauseIfFull() {
            isWaiting = true
            return Reception.pause
        }
        if isRecovering {
            try recover(limit, into: &deliveries)
            if !deliveries.isEmpty { return .zero }
            isRecovering = false
            intake.requestScan()
        }
        try takeDeferred(limit, into: &deliveries)
        let taken = intake.take(files: limit - deliveries.count, bytes: Reception.maxBytesInBatch)
        let now = clock.uptime
        for file in taken.files {
            desk.put(file.file, since: now, attempts: 1, wantsReply: file.wantsReply)
            deliveries.append(read(file))
        }
        for notice in taken.notices { tell(.leftAlone(notice)) }
        if let trouble = taken.trouble { throw trouble }
        isWaiting = taken.lookAgain != nil
        let deferred = nextDeferred.map { max(.zero, $0.since(clock.now)) }
        guard let again = taken.lookAgain else { return deferred }
        return deferred.map { min($0, again) } ?? again
    }

    /// Bytes of one batch, so that large files do not add up.
    static let maxBytesInBatch = 64 << 20
    /// How long intake rests when the disk is full or the spool is in trouble.
    static let pause = Duration.seconds(5)

    private func pauseIfFull() throws(SpoolError) -> Bool {
        let free = try spool.freeSpace()
        let isFull = free.bytes < UInt64(settings.minFreeBytes.bytes) || free.inodes == 0
        if isFull != isPaused {
            isPaused = isFull
            tell(isFull ? .paused(free) : .resumed(free))
        }
        return isFull
    }

    private func recover(_ limit: Int, into deliveries: inout [Delivery]) throws(SpoolError) {
        repeat {
            let page = try spool.list(.active, after: recoveredUpTo, limit: limit)
            if page.files.isEmpty { return }
            var room = Reception.maxBytesInBatch
            for file in page.files where room > 0 {
                let attempts = desk.take(file.id)?.attempts ?? 1
                if let delivery = try takeUp(file, from: .active, attempts: attempts) {
                    deliveries.append(delivery)
                    room -= delivery.bytes.count
                }
                recoveredUpTo = file.id
            }
        } while deliveries.isEmpty
        tell(.recovered(deliveries.count))
    }

    /// Takes up again what an ended shift left in active/. Ask it while no shift works.
    func takeUpAgain() { (isRecovering, recoveredUpTo) = (true, nil) }

    private func takeDeferred(_ limit: Int, into deliveries: inout [Delivery]) throws(SpoolError) {
        guard let next = nextDeferred, next <= clock.now else { return }
        let (due, later) = try spool.due(at: clock.now, limit: limit)
        var room = Reception.maxBytesInBatch
        for file in due where room > 0 {
            let attempts = 1 + (try attemptsSoFar(file.file.id))
            if let delivery = try takeUp(file.file, from: .deferred, attempts: attempts) {
                deliveries.append(delivery)
                room -= delivery.bytes.count
            }
        }
        // What there was no room for, or what may not be read for now, is looked at again.
        let isComplete = deliveries.count == due.count
        nextDeferred = isComplete ? later : clock.now.adding(room > 0 ? settings.rescan : .zero)
    }

    private func takeUp(_ file: StoredFile, from folder: Folder, attempts: Int) throws(SpoolError) -> Delivery? {
        switch try spool.takeUp(file, from: folder, limit: settings.maxFileBytes.bytes) {
        case .taken(let claimed):
            desk.put(claimed.file, since: clock.uptime, attempts: attempts, wantsReply: claimed.wantsReply)
            return read(claimed)
        case .stays(let notice):
            tell(.leftAlone(notice))
            return nil
        case .gone: return nil
        }
    }

    private func attemptsSoFar(_ id: DeliveryID) throws(SpoolError) -> Int {
        guard let report = try spool.report(id, in: .deferred) else { return 0 }
        // ignoring: a report that cannot be read counts as the first attempt, which only shortens the next wait
        return (try? JSONDocument(report))?.root["attempts"]?.integer ?? 0
    }

    /// A delivery was deferred until then.
    func deferred(until next: Instant) { nextDeferred = nextDeferred.map { min($0, next) } ?? next }

    private func read(_ file: ClaimedFile) -> Delivery {
        var limits = ReadingLimits()
        limits.nestingDepth = settings.maxNesting
        limits.nodes = settings.maxNodes
        limits.updates = settings.maxUpdates
        limits.occurrences = settings.maxOccurrences
        let context = ReadingContext(receivedAt: file.receivedAt, sha256: file.sha256, limits: limits)
        return Delivery(
            id: file.file.id, file: Array(file.file.fileName.bytes), bytes: file.bytes, sha256: file.sha256,
            submitter: file.file.submitter, receivedAt: file.receivedAt,
            decoded: file.isTooLarge ? tooLarge(file) : readUpdates(file.bytes, context: context))
    }

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

/// What the reception has to tell about itself and the spool.
enum ReceptionNotice: Sendable {
    /// A file stays where it is.
    case leftAlone(Notice)
    /// Nothing is taken in until there is room.
    case paused(FreeSpace)
    /// Files are taken in again.
    case resumed(FreeSpace)
    /// Files of an earlier run were taken up again.
    case recovered(Int)
    /// The spool could not be worked with; it is tried again.
    case trouble(SpoolError)
}

/// The files in work: what finishing a delivery needs beside the delivery.
final class Desk: Sendable {
    struct Item: Sendable {
        let file: ActiveFile
        let since: Duration
        let attempts: Int
        let wantsReply: Bool
    }

    private let items = Mutex<[DeliveryID: Item]>([:])
    private let open = Atomic<Int>(0)

    func put(_ file: ActiveFile, since: Duration, attempts: Int, wantsReply: Bool) {
        let item = Item(file: file, since: since, attempts: attempts, wantsReply: wantsReply)
        items.withLock { $0[file.id] = item }
    }

    func take(_ id: DeliveryID) -> Item? { items.withLock { $0.removeValue(forKey: id) } }

    var count: Int { items.withLock { $0.count } }

    /// A delivery was rejected, held or deferred.
    func countOpenOutcome() { open.wrappingAdd(1, ordering: .relaxed) }

    /// How many were, since the start.
    var openOutcomes: Int { open.load(ordering: .relaxed) }
}
