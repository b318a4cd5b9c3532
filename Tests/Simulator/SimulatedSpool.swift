import EventModel
import PluginKit
import Synchronization
import TestKit

@testable import Daemon
@testable import Spool
import Primitives

/// A spool on a simulated disk. What a dead process does has no effect.
final class SimulatedSpool: SpoolWork, IncomingFolder {
    struct State {
        var disk = SimulatedDisk()
        var random: SimulatedRandom
        /// Free bytes of the filesystem.
        var free: UInt64 = 1 << 40
        /// Free inodes; nil where the filesystem makes them as it needs them.
        var inodes: UInt64?
        /// Folders that take no files now.
        var refusing: Set<Folder> = []
        /// How often they refused one.
        var refusals = 0
        /// Calls that fail now for want of descriptors.
        var lacksDescriptors = false
        /// Every flush fails.
        var failsToFlush = false
        /// The process ends after so many more changes of the disk; nil for not at all.
        var changesLeft: Int?
        var isDead = false
        /// What this spool does wrong, to prove that it is found.
        var damage: Damage?
        var putBack: Set<FileName> = []
    }

    /// Faults of the kinds that a life has to bring to light.
    enum Damage: CaseIterable {
        case removesBeforeTheEnd, leavesFilesInWork, losesHints, hasNoReport, answersNobody, forgetsWhoWasAlone
        case takesHalfWrittenFiles, overwritesWhatCameMeanwhile, claimsTwice
    }

    let state: Mutex<State>
    private let clock: HeldClock

    init(_ clock: HeldClock, seed: Int) {
        self.clock = clock
        state = Mutex(State(random: SimulatedRandom(seed: seed)))
    }

    private var now: Int64 { clock.now.microseconds * 1000 }

    /// Counts a change of the disk; false where the process has ended before it.
    func changes(_ state: inout State) -> Bool {
        if state.isDead { return false }
        if let left = state.changesLeft {
            if left == 0 {
                state.isDead = true
                return false
            }
            state.changesLeft = left - 1
        }
        return true
    }

    // MARK: What is dropped

    func names() throws(SpoolError) -> any NameStream {
        var names = state.withLock { $0.damage == .losesHints ? [] : Array($0.disk.incoming.keys) }
        names.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        return Names(names)
    }

    private final class Names: NameStream {
        private var names: ArraySlice<FileName>
        init(_ names: [FileName]) { self.names = names[...] }
        func next() throws(SpoolError) -> FileName? { names.popFirst() }
    }

    func status(ofIncoming name: FileName) throws(SpoolError) -> FileStatus? {
        state.withLock { $0.disk.incoming[name]?.status }
    }

    func wasPutBack(_ name: FileName) -> Bool { state.withLock { $0.putBack.remove(name) != nil } }

    func claim(
        _ name: FileName, _ arrival: Arrival, as id: DeliveryID, limit: Int, hooks: ClaimHooks,
        isStill: (FileStatus) -> Bool
    ) throws(SpoolError) -> ClaimResult {
        let result = state.withLock { state -> ClaimResult? in
            if state.lacksDescriptors { return nil }
            guard let file = state.disk.incoming[name] else { return .gone }
            if file.kind != .regular { return .stays(.kind(file.kind), file.status) }
            if file.isBeingWritten, state.damage != .takesHalfWrittenFiles {
                return .notReady(file.status)
            }
            guard changes(&state) else { return .gone }
            if state.damage != .claimsTwice || file.drop % 3 > 0 { state.disk.incoming[name] = nil }
            let stored = StoredFile(id: id, name: name)
            let drop = file.drop
            if state.damage != .removesBeforeTheEnd { state.disk[.active][id] = .init(name: name, file: file) }
            state.disk.unflushed.append(.claimed(name, id))
            state.disk.deliveries[drop, default: []].append(id)
            return .claimed(claimed(stored, name, file, .dropped))
        }
        guard let result else { throw SpoolError(.open, "incoming/\(name)", .tooManyFilesHere) }
        return result
    }

    private func claimed(
        _ stored: StoredFile, _ name: FileName, _ file: SimulatedFile, _ origin: ActiveFile.Origin
    ) -> ClaimedFile {
        let active = ActiveFile(
            id: stored.id, storedName: stored.storedName, fileName: name, submitter: file.owner, origin: origin,
            before: file.status)
        return ClaimedFile(
            file: active, bytes: file.bytes, sha256: "\(file.drop)", isTooLarge: false, size: file.size,
            wantsReply: file.drop.isMultiple(of: 2))
    }

    func intake(_ settings: IntakeSettings, after last: DeliveryID?) -> Intake {
        let clock = clock
        return Intake(
            folder: self, settings: settings, after: last,
            clock: SpoolClock(
                realtime: { clock.now.microseconds * 1000 }, monotonic: { Int64(clock.uptime.milliseconds) * 1_000_000 }
            ))
    }

    // MARK: What is in work

    func highestID() throws(SpoolError) -> DeliveryID? {
        state.withLock { $0.disk.folders.values.flatMap(\.keys).max() }
    }

    func freeSpace() throws(SpoolError) -> FreeSpace {
        if state.withLock({ $0.failsToFlush }) { throw Self.failedFlush }
        return state.withLock { FreeSpace(bytes: $0.free, inodes: $0.inodes) }
    }

    private static let failedFlush = SpoolError(.sync, "held", .inputOutput)

    func list(_ folder: Folder, after last: DeliveryID?, limit: Int) throws(SpoolError) -> Listing {
        var listing = Listing()
        listing.files = state.withLock { state in
            state.damage == .leavesFilesInWork
                ? []
                : state.disk.ids(in: folder).compactMap { id in
                    state.disk[folder][id].map { StoredFile(id: id, name: $0.name) }
                }
        }
        return listing
    }

    func due(at now: Instant, limit: Int) throws(SpoolError) -> (files: [DueFile], next: Instant?) {
        state.withLock { state in
            var due: [DueFile] = []
            var next: Instant?
            for id in state.disk.ids(in: .deferred) {
                guard let stored = state.disk[.deferred][id] else { continue }
                let time = state.disk.reports[.deferred]?[id]?.until ?? Instant(microseconds: 0)
                if time <= now, due.count < limit {
                    due.append(DueFile(file: StoredFile(id: id, name: stored.name), nextTry: time))
                } else {
                    next = min(next ?? time, time)
                }
            }
            return (due, next)
        }
    }

    func takeUp(
        _ stored: StoredFile, from folder: Folder, named name: FileName?, limit: Int
    ) throws(SpoolError) -> TakenUp {
        let taken = state.withLock { state -> TakenUp? in
            if state.lacksDescriptors { return nil }
            guard let found = state.disk[folder][stored.id] else { return .gone }
            if folder != .active {
                guard changes(&state) else { return .gone }
                state.disk[folder][stored.id] = nil
                state.disk[.active][stored.id] = found
            }
            let origin: ActiveFile.Origin = folder == .active ? .recovered : .takenUp(folder)
            return .taken(claimed(stored, name ?? found.name, found.file, origin))
        }
        guard let taken else { throw SpoolError(.open, "\(folder.rawValue)/\(stored.storedName)", .tooManyFilesHere) }
        return taken
    }

    /// Whether the process may open a file now.
    func open(_ name: String) throws(SpoolError) {
        if state.withLock({ $0.lacksDescriptors }) { throw SpoolError(.open, name, .tooManyFilesHere) }
    }

    func putBack(ifChanged file: ActiveFile) throws(SpoolError) -> Bool {
        state.withLock { state in
            guard let stored = state.disk[.active][file.id], file.differs(from: stored.file.status) else {
                return false
            }
            return putBack(stored, as: file.storedName, file.id, &state)
        }
    }

    func report(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> [UInt8]? {
        try open("\(folder.rawValue)/\(id).report.json")
        return state.withLock { $0.disk.reports[folder]?[id]?.bytes }
    }

    // MARK: Ends

    func noteUnanswered(_ endings: [Ending]) throws(SpoolError) {
        state.withLock { state in
            guard changes(&state) else { return }
            state.disk.unanswered = endings.compactMap { ending in
                ending.disposition.folder.map { ($0, ending.file.id) }
            }
        }
    }

    func finish(_ endings: [Ending]) -> [Finished] {
        state.withLock { state in
            var touched = false
            let results = endings.map { ending in finish(ending, &state, &touched) }
            if touched, !state.isDead { state.disk.unflushed = [] }
            return results
        }
    }

    private func finish(_ ending: Ending, _ state: inout State, _ touched: inout Bool) -> Finished {
        let id = ending.file.id
        if state.failsToFlush { return .failed(Self.failedFlush) }
        guard let stored = state.disk[.active][id] else { return .missing }
        if ending.file.differs(from: stored.file.status) {
            let isBack = putBack(stored, as: ending.file.storedName, id, &state)
            return isBack ? .changedAfterReading(stored.name) : .missing
        }
        guard let folder = ending.disposition.folder else {
            guard changes(&state) else { return .missing }
            state.disk[.active][id] = nil
            state.disk.unflushed.append(.removed(id, stored))
            removeReports(id, &state)
            return .done
        }
        if state.refusing.contains(folder) {
            state.refusals += 1
            return .failed(SpoolError(.rename, "\(folder.rawValue)/\(stored.name)", .quotaExceeded))
        }
        guard changes(&state) else { return .missing }
        removeReports(id, &state)
        if let report = ending.disposition.report, state.damage != .hasNoReport {
            state.disk.reports[folder, default: [:]][id] = .init(bytes: report.bytes, until: report.until)
        }
        guard changes(&state) else { return .missing }
        state.disk[.active][id] = nil
        state.disk[folder][id] = stored
        touched = true
        return .done
    }

    private func putBack(
        _ stored: SimulatedDisk.Stored, as storedName: FileName, _ id: DeliveryID, _ state: inout State
    ) -> Bool {
        guard changes(&state) else { return false }
        state.disk[.active][id] = nil
        let isFree = state.disk.incoming[stored.name] == nil || state.damage == .overwritesWhatCameMeanwhile
        let back = isFree ? stored.name : storedName
        state.disk.incoming[back] = stored.file
        state.putBack.insert(back)
        return true
    }

    private func removeReports(_ id: DeliveryID, _ state: inout State) {
        for folder in Folder.allCases { state.disk.reports[folder]?[id] = nil }
    }

    func takeBack(_ ending: Ending) throws(SpoolError) -> ActiveFile? {
        state.withLock { state in
            guard let folder = ending.disposition.folder, let stored = state.disk[folder][ending.file.id],
                changes(&state)
            else { return nil }
            state.disk[folder][ending.file.id] = nil
            state.disk[.active][ending.file.id] = stored
            return ending.file
        }
    }
}
