import Configuration
import PluginKit
import Spool
import Synchronization
import Primitives

/// Waits for the spool on a thread of its own and hands over what it hears. Hints only: a rescan at an interval finds
/// what nobody heard, and is all there is where nothing can be watched.
actor Ears {
    /// Asked each time before the spool is watched: a test refuses it, as the kernel does at its limits.
    typealias Permission = @Sendable () throws(SpoolError) -> Void

    /// What the ears have to say.
    enum Heard: Sendable {
        case hints(Hints)
        /// The spool is not as it should be, or cannot be watched; told of once.
        case trouble(SpoolError)
        /// That trouble is over.
        case mended(SpoolError)
    }

    private let executor: BlockingExecutor
    private let spool: SpoolDirectory
    private let rescan: Duration
    private let capacity: Int
    private let mayWatch: Permission
    private let waker: Waker
    private let isClosed: Atomic<Bool>
    private var watcher: Watcher?
    /// Folders were replaced and are not watched yet.
    private var isWatchDue = false
    /// What went wrong last, if it has not been mended since, and whether it was told of.
    private var trouble: SpoolError?
    private var isTroubleTold = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Begins to watch. Where that is not possible, ``listen(_:)`` says so.
    init(_ spool: SpoolDirectory, settings: SpoolSettings, mayWatch: @escaping Permission) throws(SpoolError) {
        executor = BlockingExecutor(name: "watch")
        self.spool = spool
        rescan = settings.rescan
        capacity = settings.maxHints
        self.mayWatch = mayWatch
        waker = try Waker(for: spool)
        isClosed = Atomic(false)
        do throws(SpoolError) {
            try mayWatch()
            watcher = try Watcher.start(spool, waker: waker, capacity: capacity)
        } catch {
            watcher = nil
            trouble = error
        }
    }

    /// Listens until it is closed; holds its thread all that time.
    func listen(_ hear: @Sendable (Heard) -> Void) {
        while !isClosed.load(ordering: .acquiring) {
            do throws(SpoolError) {
                if let trouble, !isTroubleTold { throw trouble }
                let hints = try nextHints()
                if let trouble { hear(.mended(trouble)) }
                (trouble, isTroubleTold) = (nil, false)
                hear(.hints(hints))
            } catch {
                // The same trouble at each rescan is no news.
                if !isTroubleTold || trouble?.kind != error.kind { hear(.trouble(error)) }
                (trouble, isTroubleTold) = (error, true)
                hear(.hints(Hints(isScanNeeded: true)))
            }
        }
    }

    private func nextHints() throws(SpoolError) -> Hints {
        let hints: Hints
        if watcher == nil {
            if let trouble, isTroubleTold, waker.wait(timeout: rescan) { throw trouble }
            try mayWatch()
            watcher = try Watcher.start(spool, waker: waker, capacity: capacity)
            hints = Hints(isScanNeeded: true)
        } else {
            hints = try listenOnce()
        }
        // The trouble may be over: looking must not wait for something to be heard.
        guard hints.isEmpty || hints.areFoldersInDoubt || trouble != nil else { return hints }
        if try !spool.refresh().isEmpty { isWatchDue = true }
        if isWatchDue { try watcher?.watchAnew() }
        isWatchDue = false
        return Hints(names: hints.names, isScanNeeded: true)
    }

    private func listenOnce() throws(SpoolError) -> Hints {
        do throws(SpoolError) {
            return try watcher?.wait(timeout: rescan) ?? Hints()
        } catch {
            watcher = nil
            throw error
        }
    }

    /// Ends the listening.
    nonisolated func close() {
        isClosed.store(true, ordering: .releasing)
        waker.wake()
    }
}

extension SpoolError {
    /// What makes two troubles the same one for people: names of files and times differ.
    var kind: String { "\(operation.rawValue) \(errno.map { $0.name } ?? remedy)" }
}
