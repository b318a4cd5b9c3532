public import PluginKit
import Synchronization

/// How a call under a time limit ended.
public enum TimeLimited<Value: Sendable>: Sendable {
    /// It ended by itself, in time.
    case ended(Value)
    /// It ended after it was cancelled.
    case endedLate(Value)
    /// It ignored its cancellation and was left behind. Its thread may stay with it for ever.
    case abandoned
}

/// A limit on calls of code that may not come back.
public struct TimeLimit: Sendable {
    /// How long a call may take before it is cancelled.
    public var deadline: Duration
    /// How long it may take after that before it is left behind.
    public var grace: Duration

    /// Makes a limit.
    public init(_ deadline: Duration, grace: Duration) {
        self.deadline = deadline
        self.grace = grace
    }

    /// Calls, cancels when the deadline has passed, and returns when the call or its grace has ended.
    ///
    /// The call is a task without a parent: a task group would wait for a child that ignores its cancellation.
    public func run<Value: Sendable>(
        clock: any ServiceClock, _ call: @escaping @Sendable () async -> Value
    ) async -> TimeLimited<Value> {
        let outcome = FirstOf<TimeLimited<Value>>()
        let isLate = Flag()
        let work = Task.detached {
            let value = await call()
            outcome.give(isLate.isSet ? .endedLate(value) : .ended(value))
        }
        let timer = Task.detached { [self] in
            do throws(CancellationError) {
                try await clock.wait(deadline)
                isLate.set()
                work.cancel()
                try await clock.wait(grace)
                outcome.give(.abandoned)
            } catch {
                // ignoring: the call has ended, nobody waits for the time.
            }
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            work.cancel()
        }
    }
}

/// Of several that answer, the first counts.
private final class FirstOf<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, Never>)
        case answered(Value)
        case over
    }

    private let state = Mutex(State.open)

    func give(_ value: Value) {
        let waiter = state.withLock { state -> CheckedContinuation<Value, Never>? in
            switch state {
            case .open: state = .answered(value)
            case .awaited(let waiter):
                state = .over
                return waiter
            case .answered, .over: break
            }
            return nil
        }
        waiter?.resume(returning: value)
    }

    /// Ask for it once.
    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state -> Value? in
                    if case .answered(let value) = state {
                        state = .over
                        return value
                    }
                    state = .awaited(continuation)
                    return nil
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }
}

/// A flag that is set once.
private final class Flag: Sendable {
    private let state = Atomic<Bool>(false)
    var isSet: Bool { state.load(ordering: .acquiring) }
    func set() { state.store(true, ordering: .releasing) }
}
