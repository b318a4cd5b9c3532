import Glibc
import PluginKit
import Spool
import Synchronization

/// Waits for the spool on a thread of its own and hands over what it hears. Hints only: a rescan at an interval finds
/// what nobody heard.
actor Ears {
    private let executor: BlockingExecutor
    private let spool: SpoolDirectory
    private let rescan: Duration
    private let isClosed: Atomic<Bool>
    private var watcher: Watcher
    private let waker: Waker
    /// Folders were replaced and are not watched yet.
    private var isWatchDue = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ spool: SpoolDirectory, rescan: Duration) throws(SpoolError) {
        executor = BlockingExecutor(name: "watch")
        self.spool = spool
        self.rescan = rescan
        isClosed = Atomic(false)
        let watcher = try Watcher.start(spool)
        waker = watcher.waker
        self.watcher = watcher
    }

    /// Listens until it is closed; holds its thread all that time.
    func listen(_ hear: @Sendable (Result<Hints, SpoolError>) -> Void) {
        while !isClosed.load(ordering: .acquiring) {
            do throws(SpoolError) {
                var hints = try watcher.wait(timeout: rescan)
                let isRescan = hints.isEmpty
                if isRescan || hints.areFoldersInDoubt {
                    if try !spool.refresh().isEmpty { isWatchDue = true }
                    if isWatchDue { try watcher.watchAnew() }
                    isWatchDue = false
                    hints = Hints(names: hints.names, isScanNeeded: true)
                }
                hear(.success(hints))
            } catch {
                hear(.failure(error))
                rest()
                hear(.success(Hints(isScanNeeded: true)))
            }
        }
    }

    /// The folder is missing or the watch is gone: looking goes on at the interval of the rescans.
    private func rest() {
        var left = rescan.milliseconds
        while left > 0, !isClosed.load(ordering: .acquiring) {
            poll(nil, 0, CInt(min(left, 500)))
            left -= 500
        }
    }

    /// Ends the listening.
    nonisolated func close() {
        isClosed.store(true, ordering: .releasing)
        waker.wake()
    }
}

/// What was heard and not looked at yet. Bounded: where too much waits, a scan takes the place of the names.
final class HintBox: Sendable {
    /// Names that wait, at most.
    static let maxNames = 32_768

    private struct Waiting {
        var hints: [Hints] = []
        var names = 0
    }

    private let waiting = Mutex(Waiting())

    /// Adds what was heard; true where nothing waited before, so that somebody has to be told.
    func add(_ heard: Hints) -> Bool {
        waiting.withLock { waiting in
            let isFirst = waiting.hints.isEmpty
            waiting.names += heard.names.count + 1
            if waiting.names > HintBox.maxNames {
                waiting = Waiting(hints: [Hints(isScanNeeded: true)], names: 1)
            } else {
                waiting.hints.append(heard)
            }
            return isFirst
        }
    }

    /// Hands over everything.
    func takeAll() -> [Hints] {
        waiting.withLock { waiting in
            defer { waiting = Waiting() }
            return waiting.hints
        }
    }
}
