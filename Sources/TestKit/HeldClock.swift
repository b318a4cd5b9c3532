public import EventModel
public import PluginKit
import Synchronization

/// A clock that stands still until a test moves it. Who waits on it waits until the test has moved it far enough.
///
///     let clock = HeldClock()
///     async let done: Void = service.run()
///     await clock.untilSomebodyWaits()
///     clock.advance(by: .seconds(60))
public final class HeldClock: ServiceClock {
    private struct State {
        var now: Instant
        var uptime: Duration = .zero
        var nextID = 0
        var waiters: [Int: (deadline: Duration, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var watchers: [Int: (count: Int, continuation: CheckedContinuation<Void, Never>)] = [:]
    }

    private let state: Mutex<State>

    /// Makes a clock that shows a time, and 0 as uptime.
    public init(now: Instant = Instant(microseconds: 1_795_467_600_000_000)) { state = Mutex(State(now: now)) }

    /// The wall clock.
    public var now: Instant { state.withLock { $0.now } }

    /// Time since the clock was made, as far as the test moved it.
    public var uptime: Duration { state.withLock { $0.uptime } }

    /// Moves both clocks on, and wakes those whose time has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.adding(duration)
            state.uptime += duration
            let due = state.waiters.filter { $0.value.deadline <= state.uptime }
            for id in due.keys { state.waiters[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume(returning: true) }
    }

    /// Sets the wall clock alone, as an administrator does.
    public func set(now: Instant) { state.withLock { $0.now = now } }

    /// Waits until the test has moved the clock on by a duration; ends early by throwing when the task is cancelled.
    public func wait(_ duration: Duration) async throws(CancellationError) {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let isDue = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in register(continuation, id: id, for: duration) }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
        if !isDue { throw CancellationError() }
    }

    /// Returns when so many wait on the clock; at once if they do already, or if the task is cancelled.
    public func untilSomebodyWaits(count: Int = 1) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.waiters.count >= count || Task.isCancelled { return true }
                    state.watchers[id] = (count, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.watchers.removeValue(forKey: id) }?.continuation.resume()
        }
    }

    private func register(_ continuation: CheckedContinuation<Bool, Never>, id: Int, for duration: Duration) {
        let (answer, watchers) = state.withLock { state -> (Bool?, [CheckedContinuation<Void, Never>]) in
            if Task.isCancelled { return (false, []) }
            if duration <= .zero { return (true, []) }
            state.waiters[id] = (state.uptime + duration, continuation)
            let satisfied = state.watchers.filter { $0.value.count <= state.waiters.count }
            for id in satisfied.keys { state.watchers[id] = nil }
            return (nil, satisfied.values.map(\.continuation))
        }
        if let answer { continuation.resume(returning: answer) }
        for watcher in watchers { watcher.resume() }
    }
}
