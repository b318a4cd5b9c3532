import Spool
import Synchronization

/// What was heard and not looked at yet. Bounded: where too much waits, a scan takes the place of the names.
final class HintBox: Sendable {
    /// Names that wait, at most.
    let limit: Int

    private struct Waiting {
        var hints: [Hints] = []
        var names = 0
    }

    private let waiting = Mutex(Waiting())

    /// A box for that many names.
    init(limit: Int) { self.limit = limit }

    /// Adds what was heard; true where nothing waited before, so that somebody has to be told.
    func add(_ heard: Hints) -> Bool {
        waiting.withLock { waiting in
            let isFirst = waiting.hints.isEmpty
            waiting.names += heard.names.count
            if waiting.names > limit || waiting.hints.count > limit {
                waiting = Waiting(hints: [Hints(isScanNeeded: true)])
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
